"""The base of all errors, and those of the ontology. Each error survives the way between processes."""

from collections.abc import Sequence


class GongbaoError(Exception):
    """Base of every error that gongbao raises on purpose, in whatever package; its text is fit for a user."""


class FileFormatError(GongbaoError):
    """A file that people write (patterns, questions, words) with something in it that cannot stand there."""

    def __init__(self, file: str, line: int, reason: str) -> None:
        self.file = file
        self.line = line
        self.reason = reason
        super().__init__(file, line, reason)

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.reason}"


class OntologyError(GongbaoError):
    """Base of the errors of the ontology package."""


class UnknownTermError(OntologyError, AttributeError):
    """A term that gongbao.ttl does not declare. ``nearest`` are declared ones that look like it."""

    def __init__(self, term: str, nearest: Sequence[str] = ()) -> None:
        self.term = term
        self.nearest = tuple(nearest)
        # The arguments themselves, not the message: that is what pickle gives back to __init__.
        super().__init__(term, self.nearest)

    def __str__(self) -> str:
        hint = f"; nearest: {', '.join(self.nearest)}" if self.nearest else ""
        return f"{self.term} is not declared in ontology/gongbao.ttl{hint}"


class IriError(OntologyError, ValueError):
    """An IRI that cannot be minted: a bad base, or nothing to make a name from."""


class ReasonerError(OntologyError):
    """The reasoner could not do its work; says nothing about consistency."""


class JavaMissingError(ReasonerError):
    """HermiT is a Java program and no ``java`` is on the PATH."""

    def __init__(self) -> None:
        super().__init__()

    def __str__(self) -> str:
        return (
            "the reasoner HermiT needs Java, and no `java` was found on the PATH. Install a Java runtime of "
            "version 8 or later (Debian, Ubuntu: apt-get install default-jre-headless; macOS: brew install "
            "openjdk; others: https://adoptium.net), then try again. Everything else works without it."
        )


class RegistryError(OntologyError):
    """A row of the registry or a judgement that cannot stand; ``row`` counts from 1, the header."""

    def __init__(self, file: str, row: int, reason: str) -> None:
        self.file = file
        self.row = row
        self.reason = reason
        super().__init__(file, row, reason)

    def __str__(self) -> str:
        return f"{self.file}, row {self.row}: {self.reason}"

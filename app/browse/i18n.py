"""The browser's messages in Chinese and in English.

The messages of a view stand in its package (views/tasks/messages.yaml), those of all views in messages/.
The id of a message is the name of its view or file and its key: ``tasks.title``, ``error.again``. Terms and
codes have the labels of the ontology.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from types import MappingProxyType

import msgspec

from ontology.written_files import read_yaml
from queries.model import Language, Words
from queries.present.labels import code_label, label


class Message(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One message; its values stand in braces, as in ``{rows} rows``."""

    zh: str
    en: str

    def in_language(self, language: Language) -> str:
        """Return the message in one language."""
        return self.zh if language == "zh" else self.en


@cache
def messages() -> Mapping[str, Message]:
    """Return every message by its id.

    Raises FileFormatError for a language that is missing or not known, with file and line.
    """
    found: dict[str, Message] = {}
    for prefix, file in _message_files():
        name = f"{prefix}/{file.name}" if file.name == _OF_VIEW else file.name
        entries = read_messages(file.read_text("utf8"), name)
        found |= {f"{prefix}.{key}": message for key, message in entries.items()}
    return MappingProxyType(found)


def read_messages(source: str, file: str) -> dict[str, Message]:
    """Read the text of one file of messages, by their keys in it. Raises FileFormatError."""
    return read_yaml(source, file, dict[str, Message])


@dataclass(frozen=True, slots=True)
class Translator:
    """Gives the texts of one language."""

    language: Language

    def __call__(self, message_id: str, **values: object) -> str:
        """Return a message with its values filled in. Raises KeyError for an id that is not known."""
        message = messages()[message_id].in_language(self.language)
        return message.format(**values) if values else message

    def text(self, words: Words) -> str:
        """Return words that come from elsewhere, such as the header of a question."""
        return words.of(self.language)

    def term(self, iri: str) -> str:
        """Return the ontology's label of a class, property or concept; the IRI where it has none."""
        return label(iri, self.language) or iri

    def code(self, value: str) -> str:
        """Return the label of a code in an answer, such as lead or by; the code itself where it has none."""
        message = messages().get(f"codes.{value}")
        return message.in_language(self.language) if message else code_label(value, self.language) or value

    def confidence(self, value: str | None) -> str:
        """Return how sure a rule is, or that it was not measured."""
        return value or self("table.not-measured")


_OF_VIEW = "messages.yaml"


def _message_files() -> Iterator[tuple[str, Traversable]]:
    """Yield the files in the order of their names, each with the first part of the ids in it."""
    package = resources.files("app.browse")
    for file in _sorted(package / "messages"):
        if file.name.endswith(".yaml"):
            yield file.name.removesuffix(".yaml"), file
    for folder in _sorted(package / "views"):
        file = folder / _OF_VIEW
        if file.is_file():
            yield folder.name, file


def _sorted(folder: Traversable) -> list[Traversable]:
    return sorted(folder.iterdir(), key=lambda each: each.name)

"""What the browser says, in Chinese and in English: words/*.yaml, and the ontology's own labels.

The name of a word is that of its file and its place in it: ``tasks.title`` is ``title`` in tasks.yaml.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType

import yaml

from queries.model import LANGUAGES, Language, Words
from queries.present.labels import code_label, label


@cache
def words() -> Mapping[str, Words]:
    """Every word by name. Raises ValueError where a language is missing."""
    found: dict[str, Words] = {}
    for file in sorted(resources.files("app.browse").joinpath("words").iterdir(), key=lambda file: file.name):
        if file.name.endswith(".yaml"):
            found.update(_read(file.name.removesuffix(".yaml"), file.read_text("utf8")))
    return MappingProxyType(found)


def _read(stem: str, text: str) -> Iterator[tuple[str, Words]]:
    for name, said in yaml.safe_load(text).items():
        if set(said) != set(LANGUAGES):
            raise ValueError(f"words/{stem}.yaml: {name} needs {' and '.join(LANGUAGES)}")
        yield f"{stem}.{name}", Words(said["zh"], said["en"])


@dataclass(frozen=True, slots=True)
class Speech:
    """Speaks one language."""

    language: Language

    def __call__(self, name: str, **values: object) -> str:
        """A word, with values where it has braces; KeyError where there is none."""
        said = words()[name].of(self.language)
        return said.format(**values) if values else said

    def of(self, both: Words) -> str:
        """Words that come from elsewhere, such as the header of a question."""
        return both.of(self.language)

    def term(self, iri: str) -> str:
        """What the ontology calls a class, property or concept; the IRI where it does not know it."""
        return label(iri, self.language) or iri

    def code(self, value: str) -> str:
        """What stands for a code in an answer, such as lead or by; the value itself where nothing does."""
        known = words().get(f"codes.{value}")
        return known.of(self.language) if known else code_label(value, self.language) or value

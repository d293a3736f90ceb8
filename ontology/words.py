"""The words of which names of areas and bodies are made, read from ``words.yaml``."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Annotated

from msgspec import Meta, Struct

from ontology.written_files import read_yaml

_LEVELS = ("provincial", "prefectural", "county", "township")
Word = Annotated[str, Meta(min_length=1)]


class AreaWord(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The last word of the names of areas of some level; ``sure`` that they have no other level,
    ``division`` that the constitution knows such areas.
    """

    word: Word
    usual: Annotated[str, Meta(pattern="^(provincial|prefectural|county|township)$")]
    sure: bool = False
    division: bool = True
    short: str = ""

    @property
    def rank(self) -> int:
        """The usual level as a number, 1 for a province."""
        return _LEVELS.index(self.usual) + 1


class RegistryWords(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What stands in ``words.yaml``."""

    about: Word
    source: Word
    area_words: tuple[AreaWord, ...]
    shorter: dict[Word, Word]
    nations: tuple[Word, ...]


@cache
def registry_words() -> RegistryWords:
    """The words that come with the registry."""
    source = resources.files("ontology").joinpath("words.yaml").read_text("utf8")
    return read_yaml(source, "words.yaml", RegistryWords)

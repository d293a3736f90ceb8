"""What may stand in a file of the lexicon; msgspec refuses every other key or value."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

NonEmpty = Annotated[str, Meta(min_length=1)]
PartName = Annotated[str, Meta(pattern=r"^[a-z_]+$")]
Words = Annotated[tuple[NonEmpty, ...], Meta(min_length=1)]


class LexiconFile(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words, expressions and what words are worth, of one subject, with where they come from."""

    about: NonEmpty
    source: NonEmpty
    words: dict[PartName, Words] = {}
    expressions: dict[PartName, NonEmpty] = {}
    values: dict[PartName, Annotated[dict[NonEmpty, str], Meta(min_length=1)]] = {}

"""Lines that name fields of a document and their values: 发布日期：2030-01-02 来源：云州市财政局."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.field_names import LONGEST_VALUE, field_of
from ingest.folding import fold
from ingest.pattern import book

_PAIR = re.compile(r"(?P<name>[\u4e00-\u9fff][\u4e00-\u9fff \u3000\u00a0]{0,16}):")
_NEXT = book("paper").regex("paper.next-field")
_LONGEST_PAIR = 200
_FEWEST = 2  # fields that make lines above a text an information table
_REACH = 15  # paragraphs in which they stand


def line_fields(text: str) -> list[tuple[str, str]]:
    """Return the names and values of a line such as 发布日期：2030-01-02 来源：云州市财政局."""
    folded = fold(text)
    if len(text) > _LONGEST_PAIR or ":" not in folded:
        return []
    pairs: list[tuple[str, str]] = []
    for match in _PAIR.finditer(folded):
        words = re.split(r"[ \u3000\u00a0]{2,}", match["name"])
        names = ("".join(words[-count:]) for count in range(len(words), 0, -1))
        name = next((name for name in names if field_of(name)), None)
        if name is None:
            continue
        following = _NEXT.search(folded, match.end() + 1)
        end = following.start() if following else len(text)
        pairs.append((name, text[match.end() : end].strip()[:LONGEST_VALUE]))
    return pairs


def opening_fields(paragraphs: Sequence[str]) -> tuple[list[tuple[str, str]], set[int]]:
    """Return the fields that whole lines above the running text give, and the places of these lines.

    One such line alone may be a sentence: there must be two fields.
    """
    pairs: list[tuple[str, str]] = []
    taken: set[int] = set()
    for place, words in enumerate(paragraphs[:_REACH]):
        if "。" in words:
            break
        found = line_fields(words)
        if found and field_of(fold(words).split(":")[0]) is not None and all(value for _, value in found):
            pairs += found
            taken.add(place)
    named = {known[0] for name, _ in pairs if (known := field_of(name))}
    return (pairs, taken) if len(named) >= _FEWEST else ([], set())

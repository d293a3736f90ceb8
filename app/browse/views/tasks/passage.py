"""A passage of a text with the characters of its facts marked.

Offsets are code points of the normalised text, ends exclusive. The marks are backgrounds of Streamlit's own
theme, which are seen in light and in dark; what stands in them is escaped, as all text of documents is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType
from typing import Literal

import streamlit as st

from app.browse.client.endpoint import Source
from app.browse.components.escaping import plain

Kind = Literal["body", "deadline", "target"]
COLOURS: Mapping[Kind, str] = MappingProxyType({"body": "blue", "deadline": "orange", "target": "green"})
MOST = 4000
"""Characters of a passage that are shown"""
_KEPT = 200  # passages; what a text is named by is its digest, so it never changes


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """Characters of a fact."""

    start: int
    end: int
    kind: Kind


def show_passage(text: str, start: int, marks: Iterable[Mark]) -> None:
    """Show characters that begin at an offset; of marks that overlap, the shorter is seen."""
    lines: list[list[str]] = [[]]
    for piece, kind in _pieces(text, start, list(marks)):
        for place, line in enumerate(piece.split("\n")):
            if place:
                lines.append([])
            shown = plain(line)
            if shown:
                lines[-1].append(f":{COLOURS[kind]}-background[{shown}]" if kind else shown)
    st.markdown("\n\n".join("".join(line) for line in lines if line))


def legend(names: Mapping[Kind, str]) -> None:
    """Say which mark is of which kind."""
    st.caption(" ".join(f":{COLOURS[kind]}-background[{plain(name)}]" for kind, name in names.items()))


@st.cache_data(max_entries=_KEPT, show_spinner=False)
def fetched(_source: Source, url: str, place: str) -> str | None:
    """The characters of a place, asked for once; None where the endpoint has no texts. ``url`` is its key."""
    return _source.text(place)


def _pieces(text: str, start: int, marks: list[Mark]) -> Iterator[tuple[str, Kind | None]]:
    end = start + len(text)
    cuts = {start, end}
    for mark in marks:
        cuts.update(cut for cut in (mark.start, mark.end) if start < cut < end)
    edges = sorted(cuts)
    for begin, stop in pairwise(edges):
        over = [mark for mark in marks if mark.start <= begin and stop <= mark.end]
        kind = min(over, key=lambda mark: mark.end - mark.start).kind if over else None
        yield text[begin - start : stop - start], kind

"""A passage of a text as Markdown, with the characters of its facts highlighted.

What stands in the highlights is escaped, as all text of documents is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import pairwise
from types import MappingProxyType

import streamlit as st

from app.browse.components.marked_text.marks import MarkKind, PassageMark
from app.browse.escaping import Highlight, escape_markdown, highlight_markdown

_COLOURS: Mapping[MarkKind, Highlight] = MappingProxyType(
    {"role": "blue", "deadline": "orange", "target": "green"}
)


def show_passage(text: str, begin: int, marks: Iterable[PassageMark]) -> None:
    """Show the characters that begin at an offset; of marks that overlap, the shorter one is seen."""
    lines: list[list[str]] = [[]]
    for stretch, kind in _stretches(text, begin, list(marks)):
        for number, line in enumerate(stretch.split("\n")):
            if number:
                lines.append([])
            if escape_markdown(line):
                lines[-1].append(_highlight(line, kind) if kind else escape_markdown(line))
    st.markdown("\n\n".join("".join(line) for line in lines if line))


def show_passage_legend(kinds: Collection[MarkKind], labels: Mapping[MarkKind, str]) -> None:
    """Show the labels of these kinds, each on its colour; ``labels`` gives their order."""
    st.caption(" ".join(_highlight(label, kind) for kind, label in labels.items() if kind in kinds))


def _highlight(text: str, kind: MarkKind) -> str:
    return highlight_markdown(text, _COLOURS[kind])


def _stretches(text: str, begin: int, marks: list[PassageMark]) -> Iterator[tuple[str, MarkKind | None]]:
    """Cut a text where a mark begins or ends."""
    end = begin + len(text)
    cuts = {begin, end}
    for mark in marks:
        cuts.update(cut for cut in (mark.begin, mark.end) if begin < cut < end)
    for first, last in pairwise(sorted(cuts)):
        covering = [mark for mark in marks if mark.begin <= first and last <= mark.end]
        kind = min(covering, key=lambda mark: mark.end - mark.begin).kind if covering else None
        yield text[first - begin : last - begin], kind

"""A whole text with its facts marked and its outline beside it, as a component of the page.

The component builds it from text nodes alone (assets/*.js): nothing in a text can become HTML.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib import resources

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from app.browse.components.javascript import join_modules
from app.browse.components.marked_text.marks import FactMark, MarkKind

_STYLES = ("layout", "kinds")
MODULES = ("dom", "text", "panel", "legend", "outline", "events", "main")
"""The JavaScript of the component; the last one has the default export"""


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A clause of the outline; offsets are code points of the text."""

    label: str
    depth: int
    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """A kind of fact, as the button that switches it on and off shows it."""

    kind: MarkKind
    label: str
    sign: str


@dataclass(frozen=True, slots=True)
class MarkedText:
    """All that is shown: ``styles`` are (begin, end, ``title`` or ``heading``); offsets are code points."""

    text: str
    marks: tuple[FactMark, ...]
    entries: tuple[OutlineEntry, ...]
    styles: tuple[tuple[int, int, str], ...]
    legend: tuple[LegendEntry, ...]
    messages: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class TextSelection:
    """Where the address points: a thing, its characters if it is none of the marks, kinds switched off."""

    at: str | None = None
    span: tuple[int, int] | None = None
    off: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReaderAction:
    """What the reader did: chose a fact, switched kinds off, followed a link."""

    at: str | None
    off: tuple[str, ...]
    go: str | None


def show_marked_text(
    marked_text: MarkedText, selection: TextSelection, key: str, on_change: Callable[[], None]
) -> ReaderAction:
    """Show a text; ``on_change`` is called before the run that follows a choice or a switch."""
    result = _component()(
        key=key,
        data=_component_data(marked_text, selection),
        default={"selection": {"at": selection.at, "off": list(selection.off)}},
        on_selection_change=on_change,
        on_go_change=_do_nothing,
    )
    return parse_action(result)


def parse_action(state: object) -> ReaderAction:
    """Read the state of the component; values of an unexpected form are ignored."""
    values = dict(state) if isinstance(state, Mapping) else {}
    go, selection = values.get("go"), values.get("selection")
    at, off = None, None
    if isinstance(selection, Mapping):
        at, off = selection.get("at"), selection.get("off")
    return ReaderAction(
        at if isinstance(at, str) else None,
        tuple(kind for kind in off if isinstance(kind, str)) if isinstance(off, list) else (),
        go if isinstance(go, str) else None,
    )


def utf16_offsets(text: str) -> Callable[[int], int]:
    """Return a function from offsets in code points to those in UTF-16 code units, as JavaScript counts."""
    # a character above the Basic Multilingual Plane takes two units
    double = [index for index, character in enumerate(text) if character > "\uffff"]
    return (lambda offset: offset + bisect_left(double, offset)) if double else (lambda offset: offset)


def _component_data(marked_text: MarkedText, selection: TextSelection) -> dict[str, object]:
    utf16 = utf16_offsets(marked_text.text)
    counts = {entry.kind: 0 for entry in marked_text.legend}
    for mark in marked_text.marks:
        counts[mark.kind] += 1
    version = (marked_text.text, marked_text.marks, marked_text.legend)
    return {
        "text": marked_text.text,
        "marks": [
            {
                "fact": mark.fact,
                "kind": mark.kind,
                "title": mark.title,
                "sign": mark.sign,
                "begin": utf16(mark.begin),
                "end": utf16(mark.end),
                "details": [[detail.label, detail.text, detail.link] for detail in mark.details],
            }
            for mark in marked_text.marks
        ],
        "clauses": [
            {
                "label": entry.label,
                "depth": entry.depth,
                "begin": utf16(entry.begin),
                "end": utf16(entry.end),
            }
            for entry in marked_text.entries
        ],
        "styles": [[utf16(begin), utf16(end), name] for begin, end, name in marked_text.styles],
        "kinds": [
            {"name": entry.kind, "label": entry.label, "sign": entry.sign, "count": counts[entry.kind]}
            for entry in marked_text.legend
            if counts[entry.kind]
        ],
        "messages": dict(marked_text.messages),
        "version": sha256(repr(version).encode()).hexdigest()[:16],
        "at": selection.at,
        "range": [utf16(offset) for offset in selection.span] if selection.span else None,
        "off": list(selection.off),
    }


@cache
def _component() -> ComponentRenderer:
    folder = resources.files("app.browse.components.marked_text").joinpath("assets")
    return st.components.v2.component(
        "gongbao_marked",
        html='<div class="reading"></div>',
        css="\n".join(folder.joinpath(f"{name}.css").read_text("utf8") for name in _STYLES),
        js=join_modules(folder, MODULES),
        isolate_styles=True,
    )


def _do_nothing() -> None:
    """A link is followed in the run that it starts."""

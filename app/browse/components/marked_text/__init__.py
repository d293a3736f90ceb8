"""A text with its facts marked, its outline beside it, as a component of the page.

The browser builds it from text nodes alone (marked.js): nothing in a text can become HTML.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib import resources
from typing import Literal

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

Kind = Literal[
    "role", "target", "deadline", "reference", "internal", "obligation", "prohibition", "permission"
]


@dataclass(frozen=True, slots=True)
class Detail:
    """One value of a fact; ``link`` is the address of what it names."""

    label: str
    text: str
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """A fact and its characters: code points of the text, the end not included."""

    fact: str
    kind: Kind
    title: str
    sign: str
    begin: int
    end: int
    details: tuple[Detail, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A clause of the outline; code points of the text."""

    label: str
    depth: int
    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class Legend:
    """A kind of fact, as the switch for it shows it."""

    kind: Kind
    label: str
    sign: str


@dataclass(frozen=True, slots=True)
class Reading:
    """All that is shown: ``styles`` are (begin, end, ``title`` or ``heading``); offsets are code points."""

    text: str
    marks: tuple[Mark, ...]
    entries: tuple[Entry, ...]
    styles: tuple[tuple[int, int, str], ...]
    legend: tuple[Legend, ...]
    words: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Chosen:
    """Where the address points: a thing, its characters if it is none of the marks, kinds switched off."""

    at: str | None = None
    span: tuple[int, int] | None = None
    off: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """What the reader did: chose a fact, switched kinds off, followed a link."""

    at: str | None
    off: tuple[str, ...]
    go: str | None


def marked(reading: Reading, chosen: Chosen, key: str, changed: Callable[[], None]) -> Said:
    """Show a text; ``changed`` is called before the run that follows a choice or a switch."""
    result = _component()(
        key=key,
        data=_data(reading, chosen),
        default={"said": {"at": chosen.at, "off": list(chosen.off)}},
        on_said_change=changed,
        on_go_change=_nothing,
    )
    return said(result)


def said(result: object) -> Said:
    """What a component's state holds; what is not as expected counts as nothing."""
    values = dict(result) if isinstance(result, Mapping) else {}
    go, told = values.get("go"), values.get("said")
    at, off = (told.get("at"), told.get("off")) if isinstance(told, Mapping) else (None, None)
    return Said(
        at if isinstance(at, str) else None,
        tuple(kind for kind in off if isinstance(kind, str)) if isinstance(off, list) else (),
        go if isinstance(go, str) else None,
    )


def utf16(text: str) -> Callable[[int], int]:
    """From offsets in code points to those in UTF-16 code units, as JavaScript counts."""
    # a character above the Basic Multilingual Plane takes two units
    double = [index for index, character in enumerate(text) if character > "\uffff"]
    return (lambda offset: offset + bisect_left(double, offset)) if double else (lambda offset: offset)


def _data(reading: Reading, chosen: Chosen) -> dict[str, object]:
    of = utf16(reading.text)
    counts = {entry.kind: 0 for entry in reading.legend}
    for mark in reading.marks:
        counts[mark.kind] += 1
    told: dict[str, object] = {
        "text": reading.text,
        "marks": [
            {
                "fact": mark.fact,
                "kind": mark.kind,
                "title": mark.title,
                "sign": mark.sign,
                "begin": of(mark.begin),
                "end": of(mark.end),
                "details": [[detail.label, detail.text, detail.link] for detail in mark.details],
            }
            for mark in reading.marks
        ],
        "clauses": [
            {"label": entry.label, "depth": entry.depth, "begin": of(entry.begin), "end": of(entry.end)}
            for entry in reading.entries
        ],
        "styles": [[of(begin), of(end), name] for begin, end, name in reading.styles],
        "kinds": [
            {"name": entry.kind, "label": entry.label, "sign": entry.sign, "count": counts[entry.kind]}
            for entry in reading.legend
            if counts[entry.kind]
        ],
        "words": dict(reading.words),
    }
    version = sha256(repr((reading.text, reading.marks, reading.legend)).encode()).hexdigest()[:16]
    span = [of(offset) for offset in chosen.span] if chosen.span else None
    return {**told, "version": version, "at": chosen.at, "range": span, "off": list(chosen.off)}


@cache
def _component() -> ComponentRenderer:
    folder = resources.files("app.browse.components.marked_text")
    css, js = (folder.joinpath(f"marked.{kind}").read_text("utf8") for kind in ("css", "js"))
    return st.components.v2.component(
        "gongbao_marked", html='<div class="reading"></div>', css=css, js=js, isolate_styles=True
    )


def _nothing() -> None:
    """A link is followed in the run that it starts."""

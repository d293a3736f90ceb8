"""The labels that Word makes and shows before paragraphs (一、 1.), which stand in no text of the file."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

import cn2an
from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

_VALUE = qn("w:val")
_PLACE = re.compile(r"%([1-9])")
_CHINESE = frozenset(
    (
        "chineseCounting",
        "chineseCountingThousand",
        "taiwaneseCounting",
        "taiwaneseCountingThousand",
        "japaneseCounting",
    )
)
_LARGEST = 10_000


@dataclass(frozen=True, slots=True)
class _Level:
    form: str  # decimal, chineseCounting … ("bullet" and "none" give no label)
    text: str  # "%1、"
    start: int


class Numbering:
    """Counts the numbered paragraphs of a file as they come."""

    def __init__(self, document: Document) -> None:
        self._levels: dict[tuple[str, int], _Level] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        self._styles: dict[str, tuple[str, int]] = {}
        self._read(document)

    def label(self, paragraph: BaseOxmlElement) -> str:
        """Return the label of a paragraph; empty where Word shows none."""
        found = _numbered(paragraph.find(qn("w:pPr")))
        if found is None and self._styles:
            style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
            found = self._styles.get(style.get(_VALUE, "")) if style is not None else None
        level = self._levels.get(found) if found else None
        if found is None or level is None:
            return ""
        number, depth = found
        counts = self._counts[number]
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [other for other in counts if other > depth]:
            del counts[deeper]
        if level.form in ("bullet", "none"):
            return ""
        return _PLACE.sub(lambda place: self._shown(number, int(place[1]) - 1), level.text)

    def _shown(self, number: str, depth: int) -> str:
        level = self._levels.get((number, depth))
        count = self._counts[number].get(depth, level.start if level else 1)
        if level is not None and level.form in _CHINESE and 0 < count < _LARGEST:
            return str(cn2an.an2cn(count, "low")).removeprefix("一" if 10 <= count < 20 else "")
        return str(count)

    def _read(self, document: Document) -> None:
        part = next(
            (rel.target_part for rel in document.part.rels.values() if rel.reltype.endswith("/numbering")),
            None,
        )
        root = getattr(part, "element", None)
        if root is None:
            return
        kinds: dict[str, dict[int, _Level]] = {}
        for kind in root.findall(qn("w:abstractNum")):
            levels = kind.findall(qn("w:lvl"))
            kinds[kind.get(qn("w:abstractNumId"), "")] = {
                _int(level.get(qn("w:ilvl"))): _level(level) for level in levels
            }
        for number in root.findall(qn("w:num")):
            kind = number.find(qn("w:abstractNumId"))
            for depth, level in kinds.get(kind.get(_VALUE, "") if kind is not None else "", {}).items():
                self._levels[number.get(qn("w:numId"), ""), depth] = level
        for style in document.styles.element.findall(qn("w:style")):
            found = _numbered(style.find(qn("w:pPr")))
            if found is not None:
                self._styles[style.get(qn("w:styleId"), "")] = found


def _numbered(properties: BaseOxmlElement | None) -> tuple[str, int] | None:
    numbering = properties.find(qn("w:numPr")) if properties is not None else None
    number = numbering.find(qn("w:numId")) if numbering is not None else None
    if numbering is None or number is None:
        return None
    depth = numbering.find(qn("w:ilvl"))
    return number.get(_VALUE, ""), _int(depth.get(_VALUE) if depth is not None else None)


def _level(level: BaseOxmlElement) -> _Level:
    values = {name: level.find(qn(f"w:{name}")) for name in ("numFmt", "lvlText", "start")}
    form, text, start = (found.get(_VALUE, "") if found is not None else "" for found in values.values())
    return _Level(form or "decimal", text, _int(start) if start else 1)


def _int(value: str | None) -> int:
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 7 else 0

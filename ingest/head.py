"""The head of a document: titles, number, issuers, addressees, dates.

GUIDELINES.md, "doc": a circular and the policy it issues are one document; its title is the policy's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from ingest import titles
from ingest.body_lists import find_joint_separators
from ingest.model import Block, Document, DocumentFields, HeadField, Part, Segment, Span, Text
from ingest.numerals import parse_date
from ingest.pattern import book
from ontology.registry.model import plain
from ontology.registry.registry import builtin

_BOOK = book("head")
_JOINT = _BOOK.regex("head.joint-split")
_HISTORY = _BOOK.regex("head.history-entry")
_EFFECTIVE = _BOOK.regex("head.effective")
_EXPIRES = _BOOK.regex("head.expires")
_ENDS_AS_BODY = book("titles").compile(r"(?:{body_end})$")
_CIRCULAR = book("titles").regex("title.circular")
_NO_BEGINNING = re.compile(r"^(?:办公厅|办公室|委员会|管理委员会|人民政府)")
_ET_AL = re.compile(r"等\d{0,2}[一-鿿]{0,6}$")
_OUTER_QUOTES = re.compile(r"^《([^《》]+)》$")


def head(text: Text, segment: Segment) -> DocumentFields:
    """Read the head of a segment. Fields that the text does not give are None or empty."""
    circular = _joined(text, segment.of(Part.CIRCULAR_TITLE))
    title_blocks = segment.of(Part.TITLE)
    title = _joined(text, title_blocks)
    if title is None and circular is not None:
        if segment.issued:
            title = HeadField(segment.issued[0], circular.span)
        else:
            title, circular = circular, None
    number = _number(text, segment.of(Part.NUMBER))
    date = _date(text, segment.of(Part.SIGNATURE))
    republished = _joined(text, segment.of(Part.REPUBLISHED_TITLE))
    if number is None:
        entry = _history(text, segment.of(Part.HISTORY), last=republished is not None)
        if entry is not None:
            number, date = entry[0], date or entry[1]
    effective, expires = _validity(text, segment, republished is not None)
    return DocumentFields(
        title=title,
        circular_title=circular,
        type=titles.document_type(title.value) if title else None,
        circular_type=titles.document_type(circular.value) if circular else None,
        number=number,
        issuers=_issuers(text, segment),
        addressees=_addressees(text, segment.of(Part.ADDRESSEES)),
        date=date,
        effective=effective,
        expires=expires,
        also=(republished,) if republished else (),
    )


def _joined(text: Text, blocks: tuple[Block, ...]) -> HeadField | None:
    if not blocks:
        return None
    value = "".join(text.text[block.start : block.end] for block in blocks).replace(" ", "")
    value = _OUTER_QUOTES.sub(r"\1", value)
    return HeadField(value, Span(blocks[0].start, blocks[-1].end))


def _number(text: Text, blocks: tuple[Block, ...]) -> HeadField | None:
    if not blocks:
        return None
    value = "".join(text.text[block.start : block.end] for block in blocks).replace(" ", "")
    if not any(character.isdigit() for character in value):
        return None
    return HeadField(value.strip("()（）"), Span(blocks[0].start, blocks[-1].end))


def _date(text: Text, blocks: tuple[Block, ...]) -> HeadField | None:
    for block in blocks:
        value = parse_date(text.folded[block.start : block.end])
        if value:
            return HeadField(value, Span(block.start, block.end))
    return None


def _addressees(text: Text, blocks: tuple[Block, ...]) -> HeadField | None:
    if not blocks:
        return None
    block = blocks[0]
    return HeadField(text.text[block.start : block.end].rstrip(":："), Span(block.start, block.end - 1))


def _history(
    text: Text, blocks: tuple[Block, ...], *, last: bool
) -> tuple[HeadField | None, HeadField | None] | None:
    """Number and date from the note under a title: of the last change where the text is printed
    again because of it, else of the first publication.
    """
    for block in blocks:
        entries = list(_HISTORY.finditer(text.folded, block.start, block.end))
        if entries:
            entry = entries[-1 if last else 0]
            day = parse_date(entry["date"])
            number = HeadField(entry["number"], Span(*entry.span("number"))) if entry["number"] else None
            return number, HeadField(day, Span(*entry.span("date"))) if day else None
    return None


def history_numbers(document: Document) -> tuple[str, ...]:
    """The numbers under which a text was published and changed, as the note under its title tells them."""
    return tuple(
        entry["number"]
        for block in document.blocks
        if block.part is Part.HISTORY
        for entry in _HISTORY.finditer(document.text.folded, block.start, block.end)
        if entry["number"]
    )


def _validity(text: Text, segment: Segment, decision: bool) -> tuple[HeadField | None, HeadField | None]:
    """Effective and expiry dates, from the last clauses (a decision's own, not the text's it repeats)."""
    effective: HeadField | None = None
    expires: HeadField | None = None
    for block in reversed(segment.blocks):
        if block.part not in (Part.NOTICE, Part.BODY) or (decision and block.part is Part.BODY):
            continue
        for found in _EFFECTIVE.finditer(text.folded, block.start, block.end):
            effective = effective or _day(found)
        for found in _EXPIRES.finditer(text.folded, block.start, block.end):
            expires = expires or _day(found)
        if effective and expires:
            break
    return effective, expires


def _day(match: re.Match[str]) -> HeadField | None:
    value = parse_date(match["date"])
    return HeadField(value, Span(*match.span("date"))) if value else None


def _issuers(text: Text, segment: Segment) -> tuple[HeadField, ...]:
    """Joint issuers, from the title where it names them all, else from the signature."""
    order = [
        HeadField(text.text[block.start : block.end - 1], Span(block.start, block.end - 1))
        for block in segment.of(Part.NUMBER)
        if titles.ORDER.match(text.folded[block.start : block.end])
    ]
    year = _year(text, (*segment.of(Part.NUMBER), *segment.of(Part.SIGNATURE)))
    signed = [
        name
        for block in segment.of(Part.SIGNATURE)
        if not parse_date(text.folded[block.start : block.end])
        for name in _names(text, (block,), block.end, year)
    ]
    titled: list[HeadField] = []
    for part in (Part.CIRCULAR_TITLE, Part.TITLE):
        blocks = segment.of(part)
        if not blocks:
            continue
        joined = "".join(text.folded[block.start : block.end] for block in blocks)
        match = _CIRCULAR.match(joined) or _FROM.match(joined)
        prefix = match["issuers"] if match else ""
        if not prefix or not _ENDS_AS_BODY.search(_ET_AL.sub("", prefix)):
            continue
        if _ET_AL.search(prefix) and signed:
            return _unique(signed)
        titled = _names(text, blocks, _offset(blocks, len(_ET_AL.sub("", prefix))), year)
        break
    if len(signed) > len(titled) and titled:
        together = "".join(field.value for field in titled)
        if titles.normal(together) == titles.normal("".join(field.value for field in signed)):
            return _unique(signed)
    return _unique(titled or signed or order)


def _year(text: Text, blocks: tuple[Block, ...]) -> int | None:
    found = (_YEAR.search(text.folded, block.start, block.end) for block in blocks)
    return next((int(match.group()) for match in found if match), None)


_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_FROM = re.compile(r"^(?P<issuers>[^,。;:《》]{2,60})关于")


def _unique(names: Iterable[HeadField]) -> tuple[HeadField, ...]:
    seen: dict[str, HeadField] = {}
    for name in names:
        seen.setdefault(name.value, name)
    return tuple(seen.values())


def _offset(blocks: tuple[Block, ...], length: int) -> int:
    """Offset in the text after ``length`` characters of the blocks joined."""
    for block in blocks:
        size = block.end - block.start
        if length <= size:
            return block.start + length
        length -= size
    return blocks[-1].end


def _names(text: Text, blocks: tuple[Block, ...], end: int, year: int | None) -> list[HeadField]:
    """Body names up to ``end``: cut at line breaks and spaces of the file, at 、, and where one full
    name follows another.
    """
    cuts: list[Span] = []
    for block in blocks:
        stop = min(block.end, end)
        if block.start >= stop:
            continue
        inside = [offset for offset in block.breaks if block.start < offset < stop]
        together = find_joint_separators(text.folded, block.start, stop, year)
        commas = (block.start + m.start() for m in re.finditer(r"[、 ]", text.folded[block.start : stop]))
        inside += [offset for offset in commas if offset not in together]
        edges = [block.start, *sorted(set(inside)), stop]
        cuts += [Span(a, b) for a, b in pairwise(edges) if b > a]
    names: list[HeadField] = []
    pending: Span | None = None
    for cut in cuts:
        start = pending.start if pending else cut.start
        value = "".join(text.folded[start : cut.end].split()).strip("、")
        if names and not pending and _NO_BEGINNING.match(value):  # 某市人民政府 / 办公厅 over two lines
            whole = names.pop().span
            start = whole.start if whole else start
        pending = Span(start, cut.end)
        if _ENDS_AS_BODY.search(value):
            names += _split(text, pending)
            pending = None
    return names


def _split(text: Text, span: Span) -> list[HeadField]:
    start = span.start
    while text.folded[start] in "、 ":
        start += 1
    if builtin().labelled(plain(text.text[start : span.end])):
        return [HeadField("".join(text.text[start : span.end].split()), Span(start, span.end))]
    offsets = [start, *(m.end() for m in _JOINT.finditer(text.folded, start, span.end)), span.end]
    return [HeadField("".join(text.text[a:b].split()), Span(a, b)) for a, b in pairwise(offsets) if b > a]

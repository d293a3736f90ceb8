"""The head of a document: titles, number, issuers, addressees, dates.

GUIDELINES.md, "doc": a circular and the policy it issues are one document; its title is the policy's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from ingest import numerals, titles
from ingest.bodies import joint_separators
from ingest.model import Document, DocumentFields, Field, Part, Piece, Segment, Span, Text
from ingest.pattern import book
from ontology.normal import plain
from ontology.registry import builtin_registry

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
    title_pieces = segment.of(Part.TITLE)
    title = _joined(text, title_pieces)
    if title is None and circular is not None:
        if segment.issued:
            title = Field(segment.issued[0], circular.span)
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


def _joined(text: Text, pieces: tuple[Piece, ...]) -> Field | None:
    if not pieces:
        return None
    value = "".join(text.text[piece.start : piece.end] for piece in pieces).replace(" ", "")
    value = _OUTER_QUOTES.sub(r"\1", value)
    return Field(value, Span(pieces[0].start, pieces[-1].end))


def _number(text: Text, pieces: tuple[Piece, ...]) -> Field | None:
    if not pieces:
        return None
    value = "".join(text.text[piece.start : piece.end] for piece in pieces).replace(" ", "")
    if not any(character.isdigit() for character in value):
        return None
    return Field(value.strip("()（）"), Span(pieces[0].start, pieces[-1].end))


def _date(text: Text, pieces: tuple[Piece, ...]) -> Field | None:
    for piece in pieces:
        value = numerals.date(text.folded[piece.start : piece.end])
        if value:
            return Field(value, Span(piece.start, piece.end))
    return None


def _addressees(text: Text, pieces: tuple[Piece, ...]) -> Field | None:
    if not pieces:
        return None
    piece = pieces[0]
    return Field(text.text[piece.start : piece.end].rstrip(":："), Span(piece.start, piece.end - 1))


def _history(
    text: Text, pieces: tuple[Piece, ...], *, last: bool
) -> tuple[Field | None, Field | None] | None:
    """Number and date from the note under a title: of the last change where the text is printed
    again because of it, else of the first publication.
    """
    for piece in pieces:
        entries = list(_HISTORY.finditer(text.folded, piece.start, piece.end))
        if entries:
            entry = entries[-1 if last else 0]
            day = numerals.date(entry["date"])
            number = Field(entry["number"], Span(*entry.span("number"))) if entry["number"] else None
            return number, Field(day, Span(*entry.span("date"))) if day else None
    return None


def history_numbers(document: Document) -> tuple[str, ...]:
    """The numbers under which a text was published and changed, as the note under its title tells them."""
    return tuple(
        entry["number"]
        for piece in document.pieces
        if piece.part is Part.HISTORY
        for entry in _HISTORY.finditer(document.text.folded, piece.start, piece.end)
        if entry["number"]
    )


def _validity(text: Text, segment: Segment, decision: bool) -> tuple[Field | None, Field | None]:
    """Effective and expiry dates, from the last clauses (a decision's own, not the text's it repeats)."""
    effective: Field | None = None
    expires: Field | None = None
    for piece in reversed(segment.pieces):
        if piece.part not in (Part.NOTICE, Part.BODY) or (decision and piece.part is Part.BODY):
            continue
        for found in _EFFECTIVE.finditer(text.folded, piece.start, piece.end):
            effective = effective or _day(found)
        for found in _EXPIRES.finditer(text.folded, piece.start, piece.end):
            expires = expires or _day(found)
        if effective and expires:
            break
    return effective, expires


def _day(match: re.Match[str]) -> Field | None:
    value = numerals.date(match["date"])
    return Field(value, Span(*match.span("date"))) if value else None


def _issuers(text: Text, segment: Segment) -> tuple[Field, ...]:
    """Joint issuers, from the title where it names them all, else from the signature."""
    order = [
        Field(text.text[piece.start : piece.end - 1], Span(piece.start, piece.end - 1))
        for piece in segment.of(Part.NUMBER)
        if titles.ORDER.match(text.folded[piece.start : piece.end])
    ]
    year = _year(text, (*segment.of(Part.NUMBER), *segment.of(Part.SIGNATURE)))
    signed = [
        name
        for piece in segment.of(Part.SIGNATURE)
        if not numerals.date(text.folded[piece.start : piece.end])
        for name in _names(text, (piece,), piece.end, year)
    ]
    titled: list[Field] = []
    for part in (Part.CIRCULAR_TITLE, Part.TITLE):
        pieces = segment.of(part)
        if not pieces:
            continue
        joined = "".join(text.folded[piece.start : piece.end] for piece in pieces)
        match = _CIRCULAR.match(joined) or _FROM.match(joined)
        prefix = match["issuers"] if match else ""
        if not prefix or not _ENDS_AS_BODY.search(_ET_AL.sub("", prefix)):
            continue
        if _ET_AL.search(prefix) and signed:
            return _unique(signed)
        titled = _names(text, pieces, _offset(pieces, len(_ET_AL.sub("", prefix))), year)
        break
    if len(signed) > len(titled) and titled:
        together = "".join(field.value for field in titled)
        if titles.normal(together) == titles.normal("".join(field.value for field in signed)):
            return _unique(signed)
    return _unique(titled or signed or order)


def _year(text: Text, pieces: tuple[Piece, ...]) -> int | None:
    found = (_YEAR.search(text.folded, piece.start, piece.end) for piece in pieces)
    return next((int(match.group()) for match in found if match), None)


_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_FROM = re.compile(r"^(?P<issuers>[^,。;:《》]{2,60})关于")


def _unique(names: Iterable[Field]) -> tuple[Field, ...]:
    seen: dict[str, Field] = {}
    for name in names:
        seen.setdefault(name.value, name)
    return tuple(seen.values())


def _offset(pieces: tuple[Piece, ...], length: int) -> int:
    """Offset in the text after ``length`` characters of the pieces joined."""
    for piece in pieces:
        size = piece.end - piece.start
        if length <= size:
            return piece.start + length
        length -= size
    return pieces[-1].end


def _names(text: Text, pieces: tuple[Piece, ...], end: int, year: int | None) -> list[Field]:
    """Body names up to ``end``: cut at line breaks and spaces of the file, at 、, and where one full
    name follows another.
    """
    cuts: list[Span] = []
    for piece in pieces:
        stop = min(piece.end, end)
        if piece.start >= stop:
            continue
        inside = [offset for offset in piece.breaks if piece.start < offset < stop]
        together = joint_separators(text.folded, piece.start, stop, year)
        commas = (piece.start + m.start() for m in re.finditer(r"[、 ]", text.folded[piece.start : stop]))
        inside += [offset for offset in commas if offset not in together]
        edges = [piece.start, *sorted(set(inside)), stop]
        cuts += [Span(a, b) for a, b in pairwise(edges) if b > a]
    names: list[Field] = []
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


def _split(text: Text, span: Span) -> list[Field]:
    start = span.start
    while text.folded[start] in "、 ":
        start += 1
    if builtin_registry().labelled(plain(text.text[start : span.end])):
        return [Field("".join(text.text[start : span.end].split()), Span(start, span.end))]
    offsets = [start, *(m.end() for m in _JOINT.finditer(text.folded, start, span.end)), span.end]
    return [Field("".join(text.text[a:b].split()), Span(a, b)) for a, b in pairwise(offsets) if b > a]

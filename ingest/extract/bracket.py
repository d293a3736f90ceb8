"""Explicit responsibilities in brackets and labelled lines: where annotations stand (docs/annotation.md)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ingest.extract.annotation import Proof, Reader, find_duties, has_label
from ingest.extract.roles import role_of
from ingest.model import FACT_PARTS, Block, Document, ParagraphKind, Responsibility, Role, Span
from ingest.pattern import book

_BOOK = book("bracket")
_LABELLED = _BOOK["bracket.labelled"]
_PHRASED = _BOOK["bracket.phrased"]
_BARE = _BOOK["bracket.bare"]
_LINE = _BOOK["bracket.line"]
_CONTACT = _BOOK.regex("bracket.contact")
_EXPLAINED = _BOOK.regex("bracket.explained")
_LABEL_ALONE = _BOOK.compile("(?:{numbering})?(?P<label>{label}):?")
_WEB_FOOT = _BOOK.regex("bracket.web-foot")
_BRACKETS = re.compile(r"[()\[\]]")
_LINE_STARTS = re.compile(r"[。;,\n]")
_NUMBERING = _BOOK.compile("{numbering}")
_CLAUSE_ENDS = frozenset("。;,!?:、\n")
_SENTENCE_ENDS = frozenset("。;!?)\n")
_CLOSERS = frozenset("。;,([")
_ENDS_OF_DUTY = _BOOK.words("end_of_duty")
_LONGEST = 1_000  # code points inside a bracket; the longest list of bodies seen has a few hundred
_DEEPEST = 3  # levels of brackets in one; names have one of their own: 市(县、区)
_SHORTEST_CLAUSE = 4  # before a bare bracket; a shorter one is a person's name: 张三(市水务局)
_SHORTEST_HEADING = 10  # before a bare bracket that is all of a paragraph's rest
_EXPLAINED_REACH = 100
_LONGEST_LABEL = 24
_BELOW = 60  # code points below a labelled line in which a web page's foot goes on


class _Place(NamedTuple):
    """A stretch that may be an annotation: all of it, what is in it, the rule, what it must show."""

    span: Span
    content: Span
    rule: str
    proof: Proof
    role: Role = Role.RESPONSIBLE


def extract(document: Document) -> list[Responsibility]:
    """Every unit of every annotation of a document, in the order of the text."""
    return [fact for _, facts in annotations_of(document) for fact in facts]


def annotations_of(document: Document) -> Iterator[tuple[Span, list[Responsibility]]]:
    """Each annotation's stretch with the responsibilities that it states."""
    reader = Reader(document)
    taken = 0
    for place in _find_places(document):
        if place.span.start < taken:
            continue
        facts = reader.read(place.content, place.rule, place.proof, place.role)
        if facts:
            taken = place.span.end
            yield place.span, facts


def _find_places(document: Document) -> Iterator[_Place]:
    folded = document.text.folded
    blocks = [b for b in document.blocks if b.kind is ParagraphKind.BODY and b.part in FACT_PARTS]
    label: str | None = None  # that ends the paragraph before
    for block in blocks:
        if label:
            yield _below_label(folded, block, label)
        pairs, unclosed = _pairs(folded, block)
        found = [place for pair in pairs if (place := _in_bracket(folded, pair, block))]
        if folded.find(":", block.start, block.end) >= 0 or folded.find("[", block.start, block.end) >= 0:
            found += _lines(folded, block, unclosed)
        yield from sorted(found, key=lambda place: (place.span.start, -place.span.end))
        label = _label_at_end(folded, block)


def _label_at_end(folded: str, block: Block) -> str | None:
    """A label for which the list stands in the next paragraph."""
    if folded[block.end - 1] != ":":
        return None
    start = max(block.start, block.end - _LONGEST_LABEL)
    for mark in _LINE_STARTS.finditer(folded, start, block.end):
        start = mark.end()
    match = _LABEL_ALONE.fullmatch(folded, start, block.end)
    return match["label"] if match else None


def _below_label(folded: str, block: Block, label: str) -> _Place:
    end = folded.find("。", block.start, block.end)
    stretch = Span(block.start, block.end if end < 0 else end)
    return _Place(stretch, stretch, _LINE.id, Proof.ONE, role_of(label))


def _pairs(folded: str, block: Block) -> tuple[list[Span], list[int]]:
    """The brackets of a paragraph that can be annotations, and where brackets open that never close."""
    opened: list[tuple[int, int]] = []  # offset, levels inside
    found: list[Span] = []
    for match in _BRACKETS.finditer(folded, block.start, block.end):
        if match.group() in "([":
            opened.append((match.start(), 0))
        elif opened:
            start, inside = opened.pop()
            if match.end() - start - 2 <= _LONGEST and inside < _DEEPEST:
                found.append(Span(start, match.end()))
            if opened:
                opened[-1] = (opened[-1][0], max(opened[-1][1], inside + 1))
    return found, [start for start, _ in opened]


def _in_bracket(folded: str, bracket: Span, block: Block) -> _Place | None:
    """How a bracket is to be read, if it may be an annotation."""
    start, end = bracket
    content = Span(start + 1, end - 1)
    if content.end - content.start < 2 or _LABEL_ALONE.fullmatch(folded, content.start, content.end):
        return None
    if has_label(folded, content):
        return _Place(bracket, content, _LABELLED.id, Proof.LABEL)
    text = folded[content.start : content.end]
    if ":" in text and _CONTACT.search(text[: text.index(":")]):
        return None
    following = folded[end] if end < block.end else "。"
    after_sentence = start == block.start or _ends_sentence(folded, start)
    if find_duties(folded, content):
        if after_sentence or following in _ENDS_OF_DUTY:
            return _Place(bracket, content, _PHRASED.id, Proof.ONE)
        return None
    if not _BARE.regex.match(text):
        return None
    if after_sentence:
        return _Place(bracket, content, _BARE.id, Proof.ONE)
    if following in _CLOSERS and not _is_explained(folded, start, block, at_end=end >= block.end):
        return _Place(bracket, content, _BARE.id, Proof.MOST)
    return None


def _ends_sentence(folded: str, offset: int) -> bool:
    before = folded[offset - 1]
    return before in _SENTENCE_ENDS or (before == "”" and folded[offset - 2] in _SENTENCE_ENDS)


def _is_explained(folded: str, bracket: int, block: Block, *, at_end: bool) -> bool:
    """Whether a bracket in mid-sentence explains or cites, or tells where a person works."""
    start = bracket
    while start > block.start and folded[start - 1] not in _CLAUSE_ENDS:
        start -= 1
        if bracket - start > _EXPLAINED_REACH:
            break
    alone = at_end and start == block.start
    if bracket - start < (_SHORTEST_HEADING if alone else _SHORTEST_CLAUSE):
        return True
    return _EXPLAINED.search(folded, start, bracket) is not None


def _lines(folded: str, block: Block, unclosed: list[int]) -> Iterator[_Place]:
    """Labels at the beginning of lines and sentences, and behind brackets that never close."""
    marks = [match.end() for match in _LINE_STARTS.finditer(folded, block.start, block.end)]
    starts = sorted({block.start, *marks, *block.breaks, *(offset + 1 for offset in unclosed)})
    reached = block.start
    for start in starts:
        if start < reached:
            continue
        numbering = _NUMBERING.match(folded, start, block.end)
        begin = numbering.end() if numbering else start
        if not _LINE.regex.match(folded, begin, block.end):
            continue
        end = folded.find("。", begin, block.end)
        end = block.end if end < 0 else end
        if 2 < end - begin <= _LONGEST and not _WEB_FOOT.search(folded, begin, end + _BELOW):
            yield _Place(Span(begin, end), Span(begin, end), _LINE.id, Proof.CELL)
        reached = end

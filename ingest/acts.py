"""The acts by which a text came about, as the lines or the bracket under its title tell them.

第X届人民代表大会常务委员会第X次会议通过, 令第X号公布, 修正, 批准, 起施行: each with its day, and as far
as they are told the number and the bodies. What a superior body approved is not its own text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.model import Block, Document, HeadField, Part, Span, Text
from ingest.numerals import parse_date
from ingest.pattern import book
from ontology.normal import without_space

_BOOK = book("head")
_DAY = _BOOK.regex("head.act-day")
_VERB = _BOOK.regex("head.act-verb")
_NUMBER = _BOOK.regex("head.act-number")
_CONGRESS = _BOOK.regex("head.act-congress")
_MAKER = _BOOK.regex("head.act-maker")
_QUOTED = re.compile(r"《[^《》]*(?:《[^《》]*》[^《》]*)*》")
_LONGEST = 400  # code points from a day to the verb of its act


@dataclass(frozen=True, slots=True)
class Act:
    """One act; ``verb`` is 通过, 公布, 修正, 批准, 施行 …"""

    verb: str
    day: HeadField | None
    number: HeadField | None
    bodies: tuple[HeadField, ...]

    @property
    def makes(self) -> bool:
        """Whether it makes or changes the text, rather than approving it or putting it in force."""
        return self.verb not in _BOOK.parts["not_making"].split("|")


def read_acts(text: Text, blocks: tuple[Block, ...]) -> tuple[Act, ...]:
    """The acts that some blocks tell, in the order of the text."""
    return tuple(act for block in blocks for act in _acts_in(text, block))


def numbers(document: Document) -> tuple[str, ...]:
    """The numbers under which a text was published and changed, as the note under its title tells them."""
    blocks = tuple(block for block in document.blocks if block.part is Part.HISTORY)
    return tuple(act.number.value for act in read_acts(document.text, blocks) if act.number)


def _acts_in(text: Text, block: Block) -> Iterator[Act]:
    folded = text.folded
    days = list(_DAY.finditer(folded, block.start, block.end))
    before = Span(block.start, days[0].start() if days else block.end)
    if before.end - before.start > 1:
        yield from _act(text, before, None)
    for place, day in enumerate(days):
        end = days[place + 1].start() if place + 1 < len(days) else block.end
        value = parse_date(day.group())
        if value:
            yield from _act(text, Span(day.end(), end), HeadField(value, Span(*day.span())))


def _act(text: Text, told: Span, day: HeadField | None) -> Iterator[Act]:
    folded = text.folded
    end = min(told.end, told.start + _LONGEST)
    blank = _QUOTED.sub(lambda quoted: "《" * len(quoted.group()), folded[told.start : end])
    verb = _VERB.search(blank)
    if verb is None:
        return
    stop = told.start + verb.start()
    number = _NUMBER.search(folded, told.start, told.start + verb.end())
    bodies: tuple[HeadField, ...] = ()
    congress = _CONGRESS.search(folded, told.start, stop)
    if congress:
        value = without_space((congress["place"] or "") + congress["organ"])
        begin = congress.start("place") if congress["place"] else congress.start("organ")
        bodies = (HeadField(value, Span(begin, congress.end("organ"))),)
    elif maker := _MAKER.match(folded, told.start, stop):
        bodies = tuple(_names(text, Span(*maker.span("names"))))
    field = (
        HeadField(without_space(text.text[slice(*number.span("number"))]), Span(*number.span("number")))
        if number
        else None
    )
    yield Act(verb.group(), day, field, bodies)


def _names(text: Text, span: Span) -> Iterator[HeadField]:
    start = span.start
    for name in text.text[slice(*span)].split("、"):
        yield HeadField(without_space(name), Span(start, start + len(name)))
        start += len(name) + 1


def without_term(name: str) -> str:
    """A congress's name without the number of its term: 云州市第三届人民代表大会 → 云州市人民代表大会."""
    congress = _CONGRESS.search(name)
    return (congress["place"] or "") + congress["organ"] if congress else name

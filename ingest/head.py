"""The head of a document: titles, number, issuers, addressees, dates.

A circular and the policy it issues are one document; its title is the policy's (docs/annotation.md,
documents).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from ingest import titles
from ingest.acts import Act, read_acts, without_term
from ingest.body_lists import find_joint_separators
from ingest.head_number import number_of_file, read_number
from ingest.model import Block, DocumentFields, HeadField, Part, Segment, Span, Text
from ingest.numerals import parse_date
from ingest.pattern import book
from ontology.normal import plain, without_space
from ontology.registry import builtin_registry

_BOOK = book("head")
_JOINT = _BOOK.regex("head.joint-split")
_EFFECTIVE = _BOOK.regex("head.effective")
_EXPIRES = _BOOK.regex("head.expires")
_ENDS_AS_BODY = book("titles").compile(r"(?:{body_end})$")
_CIRCULAR = book("titles").regex("title.circular")
_NO_BEGINNING = _BOOK.compile("^{no_beginning}")
_ET_AL = _BOOK.compile("{et_al}$")
_ORDER_OF = _BOOK.regex("head.order-of")
_IN_FORCE = frozenset(_BOOK.parts["in_force"].split("|"))
_REPORTED = _BOOK.regex("head.reported")
_NEWS = 3  # paragraphs in which the news says so
_NEWS_REACH = 300  # code points of each
_TITLES = (
    _CIRCULAR,
    _BOOK.compile("^{from_whom}"),
    _BOOK.regex("head.minutes-of"),
    _BOOK.regex("head.title-owner"),
)
_QUOTED_MARK = "《"
_TOLD = frozenset({Part.NOTICE, Part.BODY})
_NOTICE = 1200  # code points; a circular that only hands something on is shorter
_DAY = "日"  # every date that is looked for ends so
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_OUTER_QUOTES = re.compile(r"^《([^《》]+)》$")


def read_head(text: Text, segment: Segment) -> DocumentFields:
    """Read the head of a segment. Fields that the text does not give are None or empty."""
    circular = _join_blocks(text, segment.of(Part.CIRCULAR_TITLE))
    title_blocks = segment.of(Part.TITLE)
    title = _join_blocks(text, title_blocks)
    if title is None and circular is not None:
        if segment.issued and not _is_the_guide(segment, circular):
            title = HeadField(segment.issued[0], circular.span)
        else:
            title, circular = circular, None
    news = titles.NEWS.match(title.value) if title and circular is None else None
    if news and title:
        title, circular = replace(title, value=news["title"]), title
    number = read_number(text, segment.of(Part.NUMBER))
    date = _read_date(text, segment.of(Part.SIGNATURE))
    order = [b for b in segment.of(Part.NUMBER) if titles.announces(text.folded[b.start : b.end])]
    if title is None and order and not segment.issued:
        title = _join_blocks(text, tuple(order[:1]))
    elif title is None and circular is None and segment.issued:
        title = HeadField(segment.issued[0], None)
    republished = _join_blocks(text, segment.of(Part.REPUBLISHED_TITLE))
    acts = read_acts(text, segment.of(Part.HISTORY))
    made = [act for act in acts if act.makes]
    numbers = [act.number for act in made if act.number]
    if number is None and numbers:
        number = numbers[-1 if republished is not None else 0]
    if number is None and title is not None:
        number = number_of_file(text, segment, title)
    if date is None:
        days = [act.day for act in made if act.day]
        date = max(days, key=lambda day: day.value) if days else None
    effective, expires = _read_validity(text, segment, republished is not None)
    if effective is None:
        effective = next((act.day for act in acts if act.day and act.verb in _IN_FORCE), None)
    return DocumentFields(
        title=title,
        circular_title=circular,
        type=titles.document_type(title.value) if title else None,
        circular_type=titles.document_type(circular.value) if circular else None,
        number=number,
        issuers=_read_issuers(text, segment, acts),
        addressees=_read_addressees(text, segment.of(Part.ADDRESSEES)),
        date=date,
        effective=effective,
        expires=expires,
        also=(republished,) if republished else (),
    )


def _is_the_guide(segment: Segment, circular: HeadField) -> bool:
    """Whether a circular is itself what it puts out: it names it without 《》, and goes on at length."""
    length = sum(block.end - block.start for block in segment.blocks if block.part in _TOLD)
    return _QUOTED_MARK not in circular.value and length > _NOTICE


def _join_blocks(text: Text, blocks: tuple[Block, ...]) -> HeadField | None:
    if not blocks:
        return None
    value = "".join(text.text[block.start : block.end] for block in blocks).replace(" ", "")
    value = _OUTER_QUOTES.sub(r"\1", value)
    return HeadField(value, Span(blocks[0].start, blocks[-1].end))


def _read_date(text: Text, blocks: tuple[Block, ...]) -> HeadField | None:
    for block in blocks:
        value = parse_date(text.folded[block.start : block.end])
        if value:
            return HeadField(value, Span(block.start, block.end))
    return None


def _read_addressees(text: Text, blocks: tuple[Block, ...]) -> HeadField | None:
    if not blocks:
        return None
    block = blocks[0]
    return HeadField(text.text[block.start : block.end].rstrip(":："), Span(block.start, block.end - 1))


def _read_validity(text: Text, segment: Segment, decision: bool) -> tuple[HeadField | None, HeadField | None]:
    """Effective and expiry dates, from the last clauses (a decision's own, not the text's it repeats)."""
    effective: HeadField | None = None
    expires: HeadField | None = None
    for block in reversed(segment.blocks):
        if block.part not in (Part.NOTICE, Part.BODY) or (decision and block.part is Part.BODY):
            continue
        if text.folded.find(_DAY, block.start, block.end) < 0:
            continue
        for found in _EFFECTIVE.finditer(text.folded, block.start, block.end):
            effective = effective or _read_day(found)
        for found in _EXPIRES.finditer(text.folded, block.start, block.end):
            expires = expires or _read_day(found)
        if effective and expires:
            break
    return effective, expires


def _read_day(match: re.Match[str]) -> HeadField | None:
    value = parse_date(match["date"])
    return HeadField(value, Span(*match.span("date"))) if value else None


def _read_issuers(text: Text, segment: Segment, acts: tuple[Act, ...]) -> tuple[HeadField, ...]:
    """Joint issuers, from the title where it names them all, else from the signature, the head of the order,
    the acts below the title, the red head.
    """
    order = [name for block in segment.of(Part.NUMBER) for name in _of_order(text, block)]
    history = next((act.bodies for act in acts if act.bodies and act.makes), ())
    year = _find_year(text, (*segment.of(Part.NUMBER), *segment.of(Part.SIGNATURE)))
    signatures = [
        block for block in segment.of(Part.SIGNATURE) if not parse_date(text.folded[block.start : block.end])
    ]
    signed = _split_names(text, signatures, signatures[-1].end, year) if signatures else []
    titled: list[HeadField] = []
    for part in (Part.CIRCULAR_TITLE, Part.TITLE):
        blocks = segment.of(part)
        if not blocks:
            continue
        joined = "".join(text.folded[block.start : block.end] for block in blocks)
        match = next((found for rule in _TITLES if (found := rule.match(joined))), None)
        prefix = match["issuers"] if match else ""
        if not prefix or not _ENDS_AS_BODY.search(_ET_AL.sub("", prefix)):
            continue
        if _ET_AL.search(prefix) and signed:
            return _drop_repeated(signed)
        titled = _split_names(text, blocks, _offset_in(blocks, len(_ET_AL.sub("", prefix))), year)
        break
    if len(signed) > len(titled) and titled:
        spelled = ("".join(field.value for field in names) for names in (titled, signed))
        if len(set(map(titles.normalise_title, spelled))) == 1:
            return _drop_repeated(signed)
    if titled and len(signed) > len(titled) and {t.value for t in titled} <= {s.value for s in signed}:
        return _drop_repeated(signed)  # the title names who leads
    if len(titled) == len(signed) == 1 and _spells_out(signed[0].value, titled[0].value):
        return _drop_repeated(signed)
    if not (segment.of(Part.CIRCULAR_TITLE) or segment.of(Part.ADDRESSEES)):
        signed = list(order or history or signed)  # what stands under a law is no signature
    told = titled or signed or order or history or _of_red_head(text, segment, year)
    return _drop_repeated(told or _reported(text, segment))


def _reported(text: Text, segment: Segment) -> list[HeadField]:
    """Who put the text out, as the news that carries it says."""
    for block in segment.of(Part.BODY)[:_NEWS]:
        found = _REPORTED.search(text.folded, block.start, min(block.end, block.start + _NEWS_REACH))
        if found:
            return _split_names(text, (replace(block, start=found.start("names")),), found.end("names"), None)
    return []


def _spells_out(name: str, short: str) -> bool:
    """Whether a name is a short one with words put in: 人民政府办公厅 for 政府办公厅."""
    rest = iter(name)
    longer = len(name) > len(short) and name[-1] == short[-1] and name != _BOOK.parts["state"] + short
    return longer and all(character in rest for character in short)


def _of_order(text: Text, block: Block) -> Iterator[HeadField]:
    """The bodies that the head of an order names."""
    found = _ORDER_OF.match(text.folded, block.start, block.end)
    if found is None:
        return
    start = block.start
    for name in found["names"].split("、"):
        own = text.text[start : start + len(name)]
        yield HeadField(without_term(without_space(own)), Span(start, start + len(name)))
        start += len(name) + 1


def _of_red_head(text: Text, segment: Segment, year: int | None) -> list[HeadField]:
    names: list[HeadField] = []
    for block in segment.of(Part.MASTHEAD):
        mark = text.folded.find(_BOOK.parts["red_head"], block.start, block.end)
        for start, end in ((block.start, mark), (mark + 2, block.end)) if mark > 0 else ():
            names += _split_names(text, (replace(block, start=start, end=end),), end, year)
    return names


def _find_year(text: Text, blocks: tuple[Block, ...]) -> int | None:
    found = (_YEAR.search(text.folded, block.start, block.end) for block in blocks)
    return next((int(match.group()) for match in found if match), None)


def _drop_repeated(names: Iterable[HeadField]) -> tuple[HeadField, ...]:
    seen: dict[str, HeadField] = {}
    for name in names:
        seen.setdefault(name.value, name)
    return tuple(seen.values())


def _offset_in(blocks: tuple[Block, ...], length: int) -> int:
    """Offset in the text after ``length`` characters of the blocks joined."""
    for block in blocks:
        size = block.end - block.start
        if length <= size:
            return block.start + length
        length -= size
    return blocks[-1].end


def _split_names(text: Text, blocks: Sequence[Block], end: int, year: int | None) -> list[HeadField]:
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
        value = without_space(text.folded[start : cut.end]).strip("、")
        if names and not pending and _NO_BEGINNING.match(value):  # 某市人民政府 / 办公厅 over two lines
            whole = names.pop().span
            start = whole.start if whole else start
        pending = Span(start, cut.end)
        if _ENDS_AS_BODY.search(value):
            names += _split_joint(text, pending)
            pending = None
    return names


def _split_joint(text: Text, span: Span) -> list[HeadField]:
    start = span.start
    while text.folded[start] in "、 ":
        start += 1
    if builtin_registry().labelled(plain(text.text[start : span.end])):
        return [HeadField(without_space(text.text[start : span.end]), Span(start, span.end))]
    offsets = [start, *(m.end() for m in _JOINT.finditer(text.folded, start, span.end)), span.end]
    return [HeadField(without_space(text.text[a:b]), Span(a, b)) for a, b in pairwise(offsets) if b > a]

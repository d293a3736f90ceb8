"""Identity of titles and numbers: all forms that mean one document give one key.

Keys are for comparison and for IRIs, never for people to read; ``display`` makes the readable form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from ingest.folding import fold
from ingest.numerals import parse_integer
from ingest.pattern import book
from ingest.pattern_file import CitationAttributes
from ingest.titles import document_type
from ontology.iris import number_slug
from ontology.normal import plain, without_space

_BOOK = book("citation")
_ISSUE = _BOOK.regex("citation.issue")
_FORWARD = _BOOK.regex("citation.forward")
_STANDS_ALONE = _BOOK.regex("citation.stands-alone")
_STATE = _BOOK.regex("citation.state")
_STATE_OF_ORGAN = _BOOK.regex("citation.state-of-organ")
_LAW = _BOOK.regex("citation.law")
_STATUTE = _BOOK.regex("citation.statute")
_EDITION = _BOOK.regex("citation.edition")
_REVISION = _BOOK.regex("citation.revision")
_NOTE = _BOOK.regex("citation.note")
_DASH = _BOOK.regex("citation.dash")
_SPAN_OF_YEARS = _BOOK.regex("citation.span-of-years")
_YEAR_IN_WORDS = _BOOK.regex("citation.year-in-words")
_FILLERS = _BOOK.regex("citation.fillers")
_GENERAL = _BOOK.regex("citation.general")
_NUMBER = _BOOK.regex("citation.number")
_ORDER = _BOOK.regex("citation.order")
_STANDARD = _BOOK.having_id("citation.standard", CitationAttributes)
_ENDS_AS_BODY = book("titles").compile("{ends_as_body}")
_ABOUT = "关于"
_OUTER = re.compile(r"^[《〈](?P<inner>[^《》]*(?:《[^《》]*》[^《》]*)*)[》〉]$")
_AREA = _BOOK.regex("citation.area")
_SHORTEST_ABBREVIATION = 0.5  # of the full title
_LAYERS = 4  # a title in a title in a title; deeper is no title


@dataclass(frozen=True, slots=True)
class ParsedTitle:
    """A title taken apart. Two mentions of one ``key`` name the same document, as far as titles go.

    ``bare`` is the key without issuers in front of 关于, ``loose`` without notes in brackets behind it;
    ``general`` marks a short form (《实施方案》) that means nothing outside its text.
    """

    key: str
    bare: str
    loose: str
    issuers: str
    law: bool
    statute: bool
    general: bool
    type: str | None
    display: str


@dataclass(frozen=True, slots=True)
class ParsedNumber:
    """A document number: the same for every way to write it. ``year`` is None where it has none."""

    key: str
    text: str
    organ: str | None
    year: int | None
    standard: str | None  # administrative level of a standard's code


def canonical_title(title: str) -> str:
    """The key of a title: one for the circular and what it issues, for long and short titles of a law.

    >>> canonical_title("云州市科学技术局关于印发〈云州市供水规划（2021年—2025年）〉的通知")
    '云州市供水规划(2021-2025)'
    >>> canonical_title("中华人民共和国标准化法（2017年修订）")
    '标准化法'
    """
    return parse_title(title).key


@lru_cache(maxsize=65536)
def parse_title(title: str) -> ParsedTitle:
    """Take a title apart, with or without its outer 《》."""
    form = _STATE.sub("", _outer_taken_off(_normal(title)))
    unmarked = _NOTE.sub("", form)
    kind = document_type(unmarked)
    stem = _skeleton(unmarked).removesuffix(kind or "法")
    statute = bool(_STATUTE.search(unmarked))
    general = (kind is not None or statute) and bool(_GENERAL.match(stem))
    law = not general and bool(_LAW.search(unmarked))
    if law:
        form = _REVISION.sub("", form)
    head, about, rest = form.partition(_ABOUT)
    issuers = head if about and head and _ENDS_AS_BODY.search(head) else ""
    return ParsedTitle(
        key=_skeleton(form) or form,
        bare=_skeleton(rest if issuers else form) or form,
        loose=_skeleton(unmarked) or form,
        issuers=_skeleton(issuers),
        law=law,
        statute=law and statute,
        general=general,
        type="法" if statute else kind,
        display=_display(title, law=law),
    )


def loose_key(key: str) -> str:
    """A key without the notes behind it: (试行), (2021-2025)."""
    return _NOTE.sub("", key)


def edition_of(title: str) -> int | None:
    """The year of the edition that a title names behind it: (2018年版), (2021年修订)."""
    match = _EDITION.search(_normal(title))
    return int(match["year"]) if match else None


def _normal(title: str) -> str:
    """NFKC, folded brackets, no white space, hyphens for dashes, plain years."""
    text = fold(plain(title))
    text = _DASH.sub("-", text)
    text = _YEAR_IN_WORDS.sub(lambda match: "".join(map(_digit, match.group())), text)
    return _SPAN_OF_YEARS.sub(r"\g<first>-\g<last>", text)


def _digit(character: str) -> str:
    return "0" if character in "〇零○" else str(parse_integer(character))


def _outer_taken_off(form: str) -> str:
    """The title of the policy where a title is that of the circular which issues or forwards it."""
    for _ in range(_LAYERS):
        quoted = _OUTER.match(form)
        if quoted:
            form = quoted["inner"]
            continue
        inner = _issued(form) or _forwarded(form)
        if inner is None:
            break
        form = inner
    return form


def _issued(form: str) -> str | None:
    match = _ISSUE.match(form)
    if match is None or (match["issuers"] and not _ENDS_AS_BODY.search(match["issuers"])):
        return None
    return f"{match['quoted']}{match['note'] or ''}" if match["quoted"] else match["plain"]


def _forwarded(form: str) -> str | None:
    """Return the title that a circular forwards; None where the forwarded text has a title of its own."""
    match = _FORWARD.match(form)
    if match is None or (match["issuers"] and not _ENDS_AS_BODY.search(match["issuers"])):
        return None
    inner: str = match["quoted"] or match["plain"]
    head, about, rest = inner.partition(_ABOUT)
    authored = bool(about and head and _ENDS_AS_BODY.search(head))
    if _STANDS_ALONE.search(inner) or (authored and match["quoted"]):
        return None
    return about + rest if authored else inner


def _skeleton(form: str) -> str:
    return _FILLERS.sub("", form)


def _display(title: str, *, law: bool) -> str:
    """A title as people write it: without white space, outer form and, for a law, note of revision."""
    text = without_space(title)
    inner = _outer_taken_off(fold(text))
    if law:
        inner = _REVISION.sub("", inner)
    place = fold(text).find(inner)
    shown = text[place : place + len(inner)] if place >= 0 else inner
    return shown.replace("(", "（").replace(")", "）")


@lru_cache(maxsize=65536)
def parse_number(number: str) -> ParsedNumber:
    """A document number in its one form: 〔〕 or [], 第61号令 or 令第61号, digits or words."""
    folded = fold(plain(number))
    folded = _STATE_OF_ORGAN.sub("", _DASH.sub("-", folded))
    if match := _NUMBER.match(folded):
        year = int(match["year"])
        text = f"{match['organ']}〔{year}〕{int(match['serial'])}号"
        return ParsedNumber(number_slug(text), text, match["organ"], year, None)
    if match := _ORDER.match(folded):
        serial = match["serial_before"] or match["serial"]
        named = f"{match['year']}年第" if match["year"] else "第"
        text = f"{match['organ']}令{named}{parse_integer(serial) or serial}号"
        return ParsedNumber(number_slug(text), text, match["organ"], _integer(match["year"]), None)
    if match := _STANDARD.regex.match(folded):
        level = _STANDARD.attributes.level
        return ParsedNumber(number_slug(folded), folded, None, _integer(match["year"]), level)
    return ParsedNumber(number_slug(folded), folded, None, None, None)


def _integer(digits: str | None) -> int | None:
    return int(digits) if digits else None


def aliases(name: ParsedTitle, issuers: Sequence[str]) -> Iterator[str]:
    """Keys under which a document is also cited: without the issuer, with issuer or place in front."""
    if name.bare != name.key:
        yield name.bare
        return
    names = [without_space(issuer) for issuer in issuers]
    prefixes = {"".join(names), *names}
    for issuer in names:
        place = ""
        while match := _AREA.match(issuer, len(place)):
            place += match.group()
            prefixes.add(place)
    yield from sorted(
        f"{prefix}{name.key}" for prefix in prefixes if prefix and not name.key.startswith(prefix)
    )


def groups_of(keys: Sequence[str]) -> list[list[str]]:
    """Titles under one number, put together where one can be short for the other."""
    groups: list[list[str]] = []
    for key in sorted(keys, key=lambda each: (-len(each), each)):
        near = [group for group in groups if any(alike(key, other) for other in group)]
        joined = [key, *chain.from_iterable(near)]
        groups = [group for group in groups if group not in near] + [joined]
    return [sorted(group) for group in groups]


def alike(one: str, other: str) -> bool:
    """Tell whether one of two keys under the same number can be short for the other."""
    notes = {key[len(loose_key(key)) :] for key in (one, other)} - {""}
    short, full = sorted((loose_key(one), loose_key(other)), key=len)
    return len(notes) < 2 and _shortens(short, full)


def _shortens(short: str, full: str) -> bool:
    if short[-2:] != full[-2:] or len(short) < _SHORTEST_ABBREVIATION * len(full):
        return full.endswith(short) and len(short) > 4
    letters = iter(full)
    return all(letter in letters for letter in short)

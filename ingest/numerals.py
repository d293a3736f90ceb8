"""Numbers and dates as circulars write them: Arabic, Chinese (三十, 二〇二五) and full-width."""

from __future__ import annotations

import calendar
from datetime import date
from functools import lru_cache

from ingest.pattern import book

_DIGITS = {digit: value for value, digits in enumerate(("〇零", *"一二三四五六七八九")) for digit in digits}
_SMALL = book("numbers").regex("number.small")
_BARE_MAGNITUDE = book("numbers").regex("number.bare-magnitude")
_DATE = book("numbers").regex("number.date")


@lru_cache(maxsize=4096)
def parse_integer(text: str) -> int | None:
    """Value of a whole number in Arabic or Chinese digits; None where it is none.

    >>> parse_integer("三十"), parse_integer("二〇二五"), parse_integer("100"), parse_integer("百")
    (30, 2025, 100, 100)
    """
    text = text.replace(",", "").replace("○", "〇")
    if not text:
        return None
    if text.isascii():
        return int(text) if text.isdigit() else None
    small = read_small(text)
    if small is not None:
        return small
    import cn2an  # noqa: PLC0415 - takes longer to import than most files to read, and few need it

    try:
        value = cn2an.cn2an(_BARE_MAGNITUDE.sub(lambda m: "一" + m.group(), text), "smart")
    except (ValueError, KeyError):  # cn2an raises KeyError where it meets digits out of place
        return None
    return int(value)


def read_small(text: str) -> int | None:
    """The value of what is written with digits alone, or as numbers below a thousand mostly are."""
    if all(character in _DIGITS for character in text):
        return int("".join(str(_DIGITS[character]) for character in text))
    match = _SMALL.fullmatch(text)
    if match is None or text[0] == "零":
        return None
    hundreds, tens, ones = (_DIGITS.get(match[part] or "〇", 0) for part in ("hundreds", "tens", "ones"))
    return 100 * hundreds + 10 * (tens or bool(match["ten"])) + ones


def last_day(year: int, month: int) -> int:
    """Number of days of a month."""
    return calendar.monthrange(year, month)[1]


def iso_date(year: int, month: int, day: int) -> str | None:
    """ISO date, or None where the calendar has no such day."""
    try:
        return date(year, month, day).isoformat()
    except (ValueError, OverflowError):
        return None


def parse_date(text: str) -> str | None:
    """ISO date of the first full date in a text: 2020年1月3日, 二〇二〇年一月三日.

    >>> parse_date("2020年1月3日"), parse_date("二〇二〇年十月三十一日"), parse_date("2020年")
    ('2020-01-03', '2020-10-31', None)
    """
    for match in _DATE.finditer(text):
        if match["day"] is not None:
            year, month, day = (parse_integer(match[unit]) for unit in ("year", "month", "day"))
            return iso_date(year or 0, month or 0, day or 0)
    return None

"""Numbers and dates as circulars write them: Arabic, Chinese (三十, 二〇二五) and full-width."""

from __future__ import annotations

import calendar
import re
from functools import lru_cache

import cn2an

CHINESE = "〇零一二三四五六七八九十百千万亿两廿"
_BARE_MAGNITUDE = re.compile(r"^[百千万亿]")
_DATE = re.compile(
    r"(?P<year>\d{4}|[〇○零一二三四五六七八九]{4})年"
    r"(?:(?P<month>\d{1,2}|[一二三四五六七八九十]{1,3})月(?:(?P<day>\d{1,2}|[一二三四五六七八九十]{1,3})[日号])?)?"
)


@lru_cache(maxsize=4096)
def integer(text: str) -> int | None:
    """Value of a whole number in Arabic or Chinese digits; None where it is none.

    >>> integer("三十"), integer("二〇二五"), integer("100"), integer("百")
    (30, 2025, 100, 100)
    """
    text = text.replace(",", "").replace("○", "〇")
    if not text:
        return None
    if text.isascii():
        return int(text) if text.isdigit() else None
    try:
        value = cn2an.cn2an(_BARE_MAGNITUDE.sub(lambda m: "一" + m.group(), text), "smart")
    except (ValueError, KeyError):  # cn2an raises KeyError where it meets digits out of place
        return None
    return int(value)


def last_day(year: int, month: int) -> int:
    """Number of days of a month."""
    return calendar.monthrange(year, month)[1]


def iso(year: int, month: int, day: int) -> str | None:
    """ISO date, or None where the calendar has no such day."""
    if not (1 <= month <= 12 and 1 <= day <= 31 and 1 <= year <= 9999) or day > last_day(year, month):
        return None
    return f"{year:04d}-{month:02d}-{day:02d}"


def date(text: str) -> str | None:
    """ISO date of the first full date in a text: 2020年1月3日, 二〇二〇年一月三日.

    >>> date("2020年1月3日"), date("二〇二〇年十月三十一日"), date("2020年")
    ('2020-01-03', '2020-10-31', None)
    """
    for match in _DATE.finditer(text):
        if match["day"] is not None:
            year, month, day = integer(match["year"]), integer(match["month"]), integer(match["day"])
            return iso(year or 0, month or 0, day or 0)
    return None

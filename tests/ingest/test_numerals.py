"""Numbers and dates as circulars write them."""

from __future__ import annotations

import doctest
import itertools
from datetime import date, timedelta

import cn2an
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest import numerals

ANY = settings(derandomize=True, database=None)
DIGITS = "〇一二三四五六七八九"


def chinese(number: int) -> str:
    """1 to 9999 in Chinese numerals, as 立法技术规范 counts articles: 十, 二十一, 一百零五."""
    text, gap = "", False
    for place, word in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, place)
        if digit:
            text += ("零" if gap and text else "") + DIGITS[digit] + word
            gap = False
        else:
            gap = True
    return text.removeprefix("一") if text.startswith("一十") else text


def test_the_examples_in_the_docstrings_hold() -> None:
    found = doctest.testmod(numerals)
    assert (found.attempted, found.failed) == (2, 0)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0),
        ("7", 7),
        ("1,200", 1200),
        ("〇", 0),
        ("三", 3),
        ("两", 2),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("三十一", 31),
        ("一百零五", 105),
        ("二百", 200),
        ("百", 100),
        ("千", 1000),
        ("万", 10_000),
        ("亿", 100_000_000),
        ("二〇二四", 2024),
        ("二○二四", 2024),
        ("二零二四", 2024),
        ("３０", 30),
    ],
)
def test_a_whole_number(text: str, value: int) -> None:
    assert numerals.parse_integer(text) == value


@pytest.mark.parametrize("text", ["", "A", "1.5", "-3", "一批", "第三", "若干", "甲", "1 2", "²"])
def test_what_is_no_whole_number(text: str) -> None:
    assert numerals.parse_integer(text) is None


@ANY
@given(st.integers(1, 9999))
def test_arabic_and_chinese_digits_say_the_same(number: int) -> None:
    assert numerals.parse_integer(chinese(number)) == number
    assert numerals.parse_integer(str(number)) == number
    digits = "".join(DIGITS[int(digit)] for digit in f"{number + 1000}")
    assert numerals.parse_integer(digits) == number + 1000


@ANY
@given(st.text(st.sampled_from("〇零一二三四五六七八九十百千万亿两廿0123456789,.年第"), max_size=8))
def test_any_row_of_numerals_is_a_number_or_none(text: str) -> None:
    value = numerals.parse_integer(text)
    assert value is None or value >= 0


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2023年4月6日", "2023-04-06"),
        ("2023年04月06日", "2023-04-06"),
        ("2023年12月31号", "2023-12-31"),
        ("二〇二三年四月六日", "2023-04-06"),
        ("二○二三年十月二十日", "2023-10-20"),
        ("二零二三年十二月三十一日", "2023-12-31"),
        ("云州市水务局于2024年2月29日起草", "2024-02-29"),
        ("2021年1月1日至2023年12月31日", "2021-01-01"),
        ("2023年，自2024年3月1日起施行", "2024-03-01"),
        ("2023年2月29日", None),
        ("2023年13月1日", None),
        ("2023年4月31日", None),
        ("2023年4月", None),
        ("2023年", None),
        ("4月6日", None),
        ("0000年1月1日", None),
        ("", None),
    ],
)
def test_the_first_full_date_of_a_text(text: str, iso: str | None) -> None:
    assert numerals.parse_date(text) == iso


@ANY
@given(st.dates(date(1949, 10, 1), date(2099, 12, 31)))
def test_every_day_is_read_in_both_ways_of_writing(day: date) -> None:
    year = "".join(DIGITS[int(digit)] for digit in f"{day.year}")
    assert numerals.parse_date(f"{day.year}年{day.month}月{day.day}日") == day.isoformat()
    assert numerals.parse_date(f"{year}年{chinese(day.month)}月{chinese(day.day)}日") == day.isoformat()


@ANY
@given(st.integers(1, 9999), st.integers(1, 12))
def test_the_last_day_of_a_month_is_followed_by_the_next_month(year: int, month: int) -> None:
    last = numerals.last_day(year, month)
    assert numerals.iso_date(year, month, last) == date(year, month, last).isoformat()
    assert numerals.iso_date(year, month, last + 1) is None
    if (year, month) != (9999, 12):
        assert (date(year, month, last) + timedelta(days=1)).day == 1


@pytest.mark.parametrize(("year", "month", "day"), [(2023, 0, 1), (2023, 13, 1), (2023, 1, 0), (0, 1, 1)])
def test_what_no_calendar_has_is_no_date(year: int, month: int, day: int) -> None:
    assert numerals.iso_date(year, month, day) is None


@pytest.mark.parametrize("first", "〇零一三九十百")
def test_small_numbers_are_read_as_cn2an_reads_them(first: str) -> None:
    read = 0
    for rest in itertools.chain(*(itertools.product("〇零一三九十百", repeat=size) for size in range(4))):
        text = first + "".join(rest)
        small = numerals.read_small(text)
        if small is not None:
            read += 1
            assert small == int(cn2an.cn2an(text, "smart")), text
    assert read or first == "百"

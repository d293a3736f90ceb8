"""Texts that are long and made to be slow, for the tests of growth and for the benchmark of builds."""

from __future__ import annotations

from tests.conftest import circular

LONG = {
    "annexes": ("\n附件", 8_000),
    "digits": ("1", 40_000),
    "greetings": ("\n各县档案局：", 8_000),
    "headings": ("\n一、总则", 8_000),
    "glued": ("。青石县档案局2030年5月6日", 8_000),
    "labels": ("\n1.甲", 8_000),
    "numeral": ("一", 40_000),
    "numbers": ("\n青档发〔2030〕99号", 8_000),
    "openings": ("《", 100_000),
    "open-brackets": ("（县财政局、", 16_000),
    "open-lines": ("\n（县财政局、", 8_000),
    "labelled-lists": ("责任单位：县财政局、", 10_000),
    "list-marks": ("、", 100_000),
}
"""What is repeated, and how often: below the limit of a line, and below one issue of a gazette."""
ONE_LINE = "青石县"
ONE_LINE_TIMES = 50_000_000 // 9  # about 50 MB


def long_circular(name: str, times: int, serial: int = 1) -> str:
    """A circular with a paragraph, or many, in which something is repeated."""
    return f"{circular(serial)}{LONG[name][0] * times}。\n"

"""A title that stands above a text once more: as the heading of its page, or as the name of the file."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.pattern import book

_MOST_LINES = 5
_SHORTEST = 6  # letters
_SERIAL = book("paper").regex("paper.serial")


def count_repeated(lines: Sequence[str]) -> int:
    """Return how many lines at the beginning the lines behind them say again, marks and serial number aside.

    >>> count_repeated(["012_关于节水_的通知", "关于“节水”的通知", "各单位："])
    1
    """
    for count in range(1, min(_MOST_LINES, len(lines))):
        outer = _letters(_SERIAL.sub("", "".join(lines[:count])))
        inner = ""
        for line in lines[count : count + _MOST_LINES]:
            inner += _letters(line)
            if inner == outer and len(outer) >= _SHORTEST:
                return count
            if len(inner) > len(outer):
                break
    return 0


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))

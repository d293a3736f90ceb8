"""What stands on a page and is no text of the document: running heads, page numbers, addresses of prints."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from ingest.pattern import book
from ingest.readers.lines import PaperLine

_DEEPEST = 3  # lines at the top or bottom of a page that can be furniture
_FEWEST = 3  # pages on which a running head stands
_SHARE = 0.3  # of all pages
_OUTER = 0.12  # of a page's height: where a running head or foot stands (GB/T 9704: text begins below)
_DIGITS = re.compile(r"\d+")
_SPACE = re.compile(r"\s+")
_PAGE_NUMBER = book("paper").regex("paper.page-number")
_ADDRESS = re.compile(r"^(?:https?|file)://\S+")
_NEVER = book("paper").regex("paper.never-furniture")
_INLINE = re.compile(r"(?<![\d—–-])[—–]\s?\d{1,3}\s?[—–](?![\d—–-])")


def strip_furniture(pages: Sequence[tuple[float, list[PaperLine]]]) -> list[list[PaperLine]]:
    """The lines of each page without furniture; a page is its height and its lines."""
    edges = [_edges(lines) for _, lines in pages]
    counts = Counter(
        key for page in edges for key in {_key(zone, line) for zone, line in page if _can_run(line)}
    )
    kept: list[list[PaperLine]] = []
    for height, lines in pages:
        dropped: set[int] = set()
        for zone in ("top", "bottom"):
            for line in _from_outside(lines, zone):
                outer = line.box.bottom < _OUTER * height or line.box.top > (1 - _OUTER) * height
                if not (_is_number(line) or _runs(counts[_key(zone, line)], len(pages), outer=outer)):
                    break
                dropped.add(id(line))
        kept.append([line for line in lines if id(line) not in dropped])
    return kept


def _from_outside(lines: list[PaperLine], zone: str) -> list[PaperLine]:
    ordered = sorted(lines, key=lambda line: (line.box.top, line.box.left))
    return ordered[:_DEEPEST] if zone == "top" else ordered[: -_DEEPEST - 1 : -1]


def _edges(lines: list[PaperLine]) -> list[tuple[str, PaperLine]]:
    return [(zone, line) for zone in ("top", "bottom") for line in _from_outside(lines, zone)]


def _key(zone: str, line: PaperLine) -> str:
    return zone + _DIGITS.sub("#", _SPACE.sub("", line.text)) + f"@{round(line.box.top / 8)}"


def _can_run(line: PaperLine) -> bool:
    return len(line.text) >= 3 and not _NEVER.match(line.text)


def _runs(count: int, pages: int, *, outer: bool) -> bool:
    return outer and ((count >= _FEWEST and count >= _SHARE * pages) or 2 <= pages == count)


def _is_number(line: PaperLine) -> bool:
    bare = _SPACE.sub("", line.text)
    return bool(_PAGE_NUMBER.match(bare) or _ADDRESS.match(bare)) and bare != "一"


def inline_numbers(text: str) -> Iterator[tuple[int, int]]:
    """Page numbers (— 3 —) that a converter left inside a line of text."""
    for match in _INLINE.finditer(text):
        before, after = text[: match.start()].rstrip()[-1:], text[match.end() :].lstrip()[:1]
        if before >= "\u2e80" or after >= "\u2e80":
            yield match.span()

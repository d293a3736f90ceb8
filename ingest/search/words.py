"""Text to words, the same for the index and for what people search.

Every character is put into its compatibility form (NFKC: full width = half width) in lower case. A run of
Chinese characters gives each pair of neighbours (bigrams) and its last character, so that every character
begins a word; a run of other letters and digits is one word; whatever stands between two runs is one break.
A phrase is words at fixed distances, so it matches these very characters side by side and nothing else.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from operator import add

_HAN = "〇\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_LETTER = rf"[^\W_{_HAN}]"
_RUN = re.compile(rf"(?P<han>[{_HAN}]+)|{_LETTER}+")
_HAN_RUN = re.compile(rf"([{_HAN}]+)")
_CHUNK = re.compile(r'"(?P<straight>[^"]*)"|“(?P<curly>[^”]*)”|(?P<bare>[^\s"“]+|["“])')
_BREAK = "."  # no run holds it, so it is no word
_ANY_BREAK = rf"(?:(?![{_HAN}])[\W_])+"
_CACHED = 0x10000  # code points beyond are rare, and there are a million of them


class _Fold(dict[int, str]):
    """A table for str.translate that fills itself."""

    def __missing__(self, point: int) -> str:
        folded = unicodedata.normalize("NFKC", chr(point)).lower()
        if point < _CACHED:
            self[point] = folded
        return folded


_FOLD = _Fold()


def search_form(text: str) -> str:
    """Each character by itself in its compatibility form and lower case; may be longer than the text."""
    return text.translate(_FOLD)


def offsets(text: str, folded: str) -> range | list[int]:
    """For each character of ``fold(text)`` the offset of the character of the text that it comes from."""
    if len(folded) == len(text):  # no character folds to nothing
        return range(len(text))
    return [place for place, character in enumerate(text) for _ in search_form(character)]


def index_words(text: str) -> str:
    """The words of a text with a space between them, each at its place: what the index takes in."""
    words: list[str] = []
    for place, part in enumerate(_HAN_RUN.split(search_form(text))):
        if place % 2:
            words.extend(map(add, part, part[1:]))
            words.append(part[-1])
        elif part:
            words.extend(_between(part))
    return " ".join(words)


@lru_cache(maxsize=4096)  # for the most part a comma, a full stop or a small number
def _between(text: str) -> tuple[str, ...]:
    """The words and breaks of a stretch without Chinese characters."""
    words: list[str] = []
    end = 0
    for run in _RUN.finditer(text):
        if run.start() > end:
            words.append(_BREAK)
        words.append(run[0])
        end = run.end()
    if end < len(text):
        words.append(_BREAK)
    return tuple(words)


def name_key(text: str) -> str:
    """A title or name for comparison as a whole: folded, without spaces and punctuation."""
    return "".join(run[0] for run in _RUN.finditer(search_form(text)))


@dataclass(frozen=True, slots=True)
class Phrase:
    """Characters that must stand side by side.

    ``words`` are (place, word) as the index has them, places relative to one another; where ``begun``, the
    last is a single Chinese character that may be the first of a pair. ``pattern`` finds the same characters
    in a folded text.
    """

    words: tuple[tuple[int, str], ...]
    begun: bool
    pattern: re.Pattern[str]


def phrases(text: str) -> tuple[Phrase, ...]:
    """Split a search into phrases: parts with white space between them, or in double quotes, each a phrase.

    Nothing else has a meaning of its own; punctuation inside a part stands for any punctuation.
    """
    found: dict[str, Phrase] = {}
    for chunk in _CHUNK.finditer(text):
        phrase = _phrase(chunk["straight"] or chunk["curly"] or chunk["bare"] or "")
        if phrase is not None:
            found.setdefault(phrase.pattern.pattern, phrase)
    return tuple(found.values())


def _phrase(text: str) -> Phrase | None:
    runs = list(_RUN.finditer(search_form(text)))
    if not runs:
        return None
    words: list[tuple[int, str]] = []
    pattern: list[str] = []
    place = 0
    end = runs[0].start()
    for run in runs:
        if run.start() > end:
            words.append((place, _BREAK))
            pattern.append(_ANY_BREAK)
            place += 1
        end = run.end()
        words.extend((place + at, word) for at, word in _chosen(run))
        pattern.append(re.escape(run[0]))
        place += len(run[0]) if run["han"] else 1
    before = "" if runs[0]["han"] else f"(?<!{_LETTER})"
    after = "" if runs[-1]["han"] else f"(?!{_LETTER})"
    begun = runs[-1]["han"] is not None and len(runs[-1][0]) == 1
    return Phrase(tuple(words), begun, re.compile(f"{before}{''.join(pattern)}{after}"))


def _chosen(run: re.Match[str]) -> Iterator[tuple[int, str]]:
    """The words of a run that a phrase asks for: its pairs say all that its single characters say."""
    found = run[0]
    if run["han"] is None or len(found) == 1:
        yield 0, found
    else:
        yield from enumerate(map(add, found, found[1:]))

"""Classes of the words that stand before the name of a body: by whom, with whom, when, through what."""

from __future__ import annotations

from ingest.pattern import book

_BOOK = book("prose")
CLASSES = {
    word: kind
    for kind, part in {
        "t": "time_word",
        "by": "by_word",
        "ap": "approval_word",
        "with": "with_word",
        "ca": "causative_word",
        "en": "support_word",
        "pr": "preposition",
        "set": "set_up_word",
        "co": "help_word",
        "de": "possessive",
        "hold": "hold_word",
    }.items()
    for word in _BOOK.parts[part].split("|")
}
"""word before a name → class of such words"""


def class_of(before: str) -> str:
    """The class of the word before a name; d for digits and letters, v for any other word."""
    if before in {"^", ","}:
        return before
    kind = CLASSES.get(before)
    return kind or ("d" if before.isascii() and before.isalnum() else "v")

"""The role that words of an annotation or of a table's head give to the bodies beside them."""

from __future__ import annotations

import re

from ingest.model import Role
from ingest.pattern import book

_BOOK = book("bracket")
_TWO_LABELS = re.compile(r"[(/、]")
_COOPERATE = _BOOK.regex("bracket.cooperate-word")
_LEAD = _BOOK.regex("bracket.lead-word")


def role_of(words: str) -> Role:
    """The role that a label or phrase gives to the bodies beside it."""
    first = _TWO_LABELS.split(words, maxsplit=1)[0]
    if _COOPERATE.search(first):
        return Role.COOPERATE
    return Role.LEAD if _LEAD.search(first) else Role.RESPONSIBLE

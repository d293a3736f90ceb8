"""Normal forms of names and wordings: two that mean the same are equal in such a form.

``without_space`` is the weakest form and keeps every other character. ``plain`` also makes full width and
half width equal. ``ingest.read.fold`` keeps the length of a text, so that offsets hold, and
``ingest.search.words`` has the forms that the search index needs.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache


def without_space(text: str) -> str:
    """Return a text without white space."""
    return "".join(text.split())


@lru_cache(maxsize=65_536)
def plain(text: str) -> str:
    """Return a text in NFKC (Unicode's compatibility form) without white space.

    >>> plain("（云州市） 财政局")
    '(云州市)财政局'
    """
    return without_space(unicodedata.normalize("NFKC", text))

"""What stands around a name in a list: heads and areas that it shares with its neighbours."""

from __future__ import annotations

import re

from ingest.model import Document, Span
from ingest.pattern import book
from ingest.resolve.model import DocumentContext
from ingest.resolve.names import NameResolver
from ingest.resolve.spelling import kind_at
from ontology.normal import plain
from ontology.registry.labels import area_word

_BOOK = book("agency")
_BARE_IN_LIST = _BOOK.regex("agency.bare-in-list")
_LIST_HEAD = _BOOK.regex("agency.list-head")
_SAME_PLACE = _BOOK.regex("agency.same-place")
_SHARED_HEAD = _BOOK.regex("agency.shared-head")
_BY_LEVEL = _BOOK.regex("agency.listed-by-level")
_BY_LEVEL_BEHIND = _BOOK.regex("agency.listed-by-level-behind")
_JOINED = _BOOK.words("joined")
_ALIKE = re.compile(r"[(][^()]{1,6}[)]")  # 财政厅(局)
_FIELD = 10  # characters of a field of government at most
_LONGEST = 45  # characters of a name
_LIST_SO_FAR = 160  # characters before a name in its list


class Neighbours:
    """The lists of one document, around a name."""

    def __init__(self, document: Document, context: DocumentContext, names: NameResolver) -> None:
        self.document = document
        self.context = context
        self.names = names

    def shares_head(self, name: str, end: int) -> bool:
        """Tell whether a name is a field in a list that has one head for all: 供水、节水等部门."""
        folded = self.document.text.folded
        stop = min(end + _LIST_SO_FAR, self.document.span.end)
        headless = len(name) <= _FIELD and kind_at(name, None) is None and not area_word(plain(name))
        return headless and _SHARED_HEAD.match(folded, end, stop) is not None

    def by_level(self, span: Span) -> bool:
        """Tell whether a name stands among the departments of other levels: 省供水厅、市供水局、县供水局."""
        folded = self.document.text.folded
        before = folded[max(self.document.span.start, span.start - _LONGEST) : span.start]
        return bool(
            _BY_LEVEL.search(before) or _BY_LEVEL_BEHIND.match(folded, span.end, self.document.span.end)
        )

    def list_head(self, name: str, offset: int) -> str:
        """The area that the first of a list of departments names for all of them; "" for none."""
        folded = self.document.text.folded
        if folded[offset - 1 : offset] != "、" or not _BARE_IN_LIST.match(_ALIKE.sub("", plain(name))):
            return ""
        so_far = folded[max(self.document.span.start, offset - _LIST_SO_FAR) : offset]
        match = _LIST_HEAD.search(_ALIKE.sub("", so_far))
        if match is None:
            return ""
        listed = self.names.listed(plain(name), self.context.areas, self.context.interval)
        return match["head"] if listed is None or listed.level == "national" else ""

    def same_place(self, name: str, offset: int) -> str | None:
        """An organ's name with the place that the one before it in a coordination names: 海南省委和省政府."""
        start = max(self.document.span.start, offset - _LONGEST)
        before = self.document.text.folded[start:offset]
        match = _SAME_PLACE.search(before) if before[-1:] in _JOINED else None
        if match is None or not name.startswith(match["word"]) or name == match["word"]:
            return None
        end = match.end("word")
        places = (plain(before[begin:end]) for begin in range(end - len(match["word"]) - 1, -1, -1))
        known = (self.names.registry.area(place) for place in places)
        place = next((area for area in known if area is not None), None)
        return place.name + name.removeprefix(match["word"]) if place is not None else None

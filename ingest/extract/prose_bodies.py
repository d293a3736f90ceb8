"""Which bodies a stretch of running prose names, in the words of the document that it stands in."""

from __future__ import annotations

import re

from ingest.body_lists import shares_head, split_list, trim
from ingest.body_names import find_defined_names, is_clause, is_field, is_generic, is_name
from ingest.model import Document, Span
from ingest.pattern import book

_BOOK = book("prose")
_HEAD = _BOOK.compile(r"(?:{head})(?:{generic_tail})?")
_TAIL = _BOOK.compile(r"{tail_of_name}$")
_NO_DESCRIPTION = _BOOK.compile("{no_description}")
_LEVEL = _BOOK.compile("{bracketed_level}")
_LOCATED = _BOOK.compile("^{located}")
_AREA = _BOOK.compile("^{area}$")
_ENDS_AS_BODY = _BOOK.compile("{body_end}$")
_CAN_STAND_BESIDE = _BOOK.compile("^{can_stand_beside}$")
_BARE_FIELDS = _BOOK.compile("^{bare_fields}$")
_SHARED_COLLECTIVE = _BOOK.compile("^{shared_collective}$")
_BRACKET = re.compile(r"[(]([^()]*)[)]$")
_BRACKET_BEHIND = re.compile(r"[(][^()]{1,40}[)]")
_LIST_ENDS = frozenset(",:“《!?")
_LONGEST_LIST = 400
_LONGEST_DESCRIPTION = 40


class ProseBodies:
    """Finds the bodies in stretches of one document; all offsets are the text's."""

    def __init__(self, document: Document) -> None:
        self.folded = document.text.folded
        self.year = document.year
        self.defined = find_defined_names(document)

    def in_list(self, start: int, end: int) -> list[Span]:
        """The bodies that a stretch lists; empty unless all of it is bodies."""
        span = trim(self.folded, Span(start, end))
        text = self.folded[span.start : span.end]
        if not 2 <= len(text) <= _LONGEST_LIST:
            return []
        if "、" in text and self._is_body(text) and shares_head(self.folded, span):
            return [span]
        listed = self._rejoin(split_list(self.folded, span.start, span.end, self.year, self._is_body))
        texts = [self.folded[unit.start : unit.end] for unit in listed]
        doubtful = [text for text in texts if not self._is_body(text)]
        if len(doubtful) * 2 > len(texts) or any(map(is_clause, doubtful)):
            return []
        if not all(map(_CAN_STAND_BESIDE.search, doubtful)):
            return []
        named = [text not in doubtful or bool(_ENDS_AS_BODY.search(text)) for text in texts]
        kept = zip(listed, texts, named, strict=True)
        return [unit for unit, text, body in kept if body and not self._is_generic(text)]

    def longest_list(self, start: int, end: int) -> tuple[list[Span], int]:
        """The longest list of bodies that begins at ``start``, up to ``end``, and the offset behind it."""
        limit = min(self._list_end(start, end), start + _LONGEST_LIST)
        for head in reversed(list(_HEAD.finditer(self.folded, start, limit))):
            stop = head.end()
            bracket = _BRACKET_BEHIND.match(self.folded, stop, limit)
            stop = bracket.end() if bracket else stop
            found = self.in_list(start, self.without_tail(start, stop))
            if found:
                return found, stop
        return [], start

    def without_tail(self, start: int, end: int) -> int:
        """The end of a name without 等部门, 及其有关部门 and a bracket, unless that holds a body too."""
        tail = _TAIL.search(self.folded, start, end)
        if tail is None or tail.start() == end:
            return end
        bracket = _BRACKET.search(self.folded, start, end)
        inside = bracket.group(1) if bracket else ""
        if _LEVEL.fullmatch(inside) or (inside[:1] != "含" and is_name(inside)):
            return end
        return tail.start()

    def described(self, start: int, name_start: int, end: int) -> list[Span]:
        """A long description that the document gives a short name: 承担法制职责的机构(以下简称法制机构)."""
        bracket = self.folded.find("(", name_start, end)
        if bracket < 0 or bracket - start > _LONGEST_DESCRIPTION or _NO_DESCRIPTION.match(self.folded, start):
            return []
        named = any(bracket < place.start < end for place in self.defined.values())
        return [Span(start, bracket)] if named else []

    def fields(self, start: int, end: int) -> list[Span]:
        """Fields that stand for their bodies, one unit an item: 税务、市场监管等部门."""
        match = _BARE_FIELDS.match(self.folded[start:end])
        if match is None or not any(map(is_field, match["fields"].split("、"))):
            return []
        return split_list(self.folded, start, start + match.end("fields"), self.year)

    def _list_end(self, start: int, end: int) -> int:
        for offset in range(start, end):
            if self.folded[offset] in _LIST_ENDS:
                return offset
        return end

    def _rejoin(self, listed: list[Span]) -> list[Span]:
        """Units that are names only together: 各级财政、税务主管部门."""
        joined: list[Span] = []
        place = 0
        while place < len(listed):
            unit, end = listed[place], place
            while not self._is_body(self.folded[unit.start : unit.end]) and end + 1 < len(listed):
                end += 1
                unit = Span(unit.start, listed[end].end)
            whole = self._is_body(self.folded[unit.start : unit.end])
            joined.append(unit if whole else listed[place])
            place = end + 1 if whole else place + 1
        return joined

    def _is_body(self, text: str) -> bool:
        """Whether a text is a body's name: by grammar, by the document's own definition, by its place."""
        bare = _BRACKET.sub("", text)
        if bare in self.defined or is_name(bare) or is_generic(bare):
            return True
        if _SHARED_COLLECTIVE.search(bare):
            return True
        located = _LOCATED.match(text)
        if located and _NO_DESCRIPTION.search(located.group().replace("所在", "")):
            return False
        rest = text[located.end() :] if located else ""
        return bool(rest) and (is_name(_BRACKET.sub("", rest)) or bool(_AREA.match(rest)))

    def _is_generic(self, text: str) -> bool:
        return is_generic(text) and not any(text.endswith(short) for short in self.defined)

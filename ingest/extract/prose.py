"""Responsibilities in running prose (GUIDELINES.md, resp, explicit=false).

One record a sentence, unit and role. Generic bodies (有关部门) are left out unless the document itself
defines them; a permission (可以, 有权) is no responsibility.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from ingest.bodies import defined_names, is_clause, is_field, is_generic, is_name, shared_head, trimmed, units
from ingest.model import Document, Part, Responsibility, Role, Sentence, Span
from ingest.pattern import book

_BOOK = book("prose")
_SUBJECT = _BOOK["prose.subject"]
_BY = _BOOK["prose.by"]
_APPROVAL = _BOOK["prose.approval"]
_WITH = _BOOK["prose.with"]
_COOPERATES = _BOOK.regex("prose.cooperates")
_LEADS = _BOOK.regex("prose.leads")
_NO_SUBJECT = _BOOK.regex("prose.no-subject")
_OPENING = _BOOK.regex("prose.opening")
_HEAD = _BOOK.compile(r"(?:{head})(?:{generic_tail})?")
_TAIL = _BOOK.compile(
    r"(?:及其(?:有关|相关|所属|派出)?(?:部门|机构|单位)?)?(?:{generic_tail})?(?:[(][^()]{1,60}[)])?$"
)
_AFTER_NAME = _BOOK.compile(r"{verb}|等|[,。;]|$")
_ITEM_LABEL = re.compile(r"“?(?:[(]|\d|[一二三四五六七八九十]+、)")
_SHORT_HEADING = 8  # a run-in heading this short (各区初审。) names a step, it does not state a duty
_LOOK_AHEAD = 40
_LONGEST_LIST = 400
_LONGEST_DESCRIPTION = 40
_NO_DESCRIPTION = re.compile(r"[在为以对向按根经报由与]|根据|鼓励|支持")
_NEGATED = re.compile(r"不再|无需|不需|无须|不必")
_INTRODUCED = _BOOK.regex("prose.introducer")
_PUNISHES = re.compile(
    r"(?:依法|按照[^,]{0,12})?(?:责令|处以|处[一-鿿\d]|给予[^,]{0,12}(?:处罚|警告|处分)|予以(?:处罚|警告|处理)|没收|警告)"
)
_PASSED = re.compile(r"(?:通过|后)?[,、]?[^。;]{0,30}(?:现|印发|发布|公布|通知如下|$)")
_PERSON = re.compile(r"(?:主要|分管|主管|相关|有关)?(?:领导|负责同志|负责人|副?[市区县省]长|秘书长|同志)")
_CAN_JOIN = re.compile(r"(?:应当|应|要|须|负责|牵头|定期|及时|,|并)$")
_BRACKET = re.compile(r"[(]([^()]*)[)]$")
_LEVEL = re.compile(r"[省市州区县旗镇乡]|自治[区州县]|县级市|直辖市")
_LOCATED = re.compile(r"^[一-鿿]{0,12}(?:所在地?|所属)(?:的)?")
_AREA = re.compile(r"^(?:区|县|市|街|镇|街道)(?:[(][一-鿿]{1,4}[)])?$")
_ENDS_AS_BODY = re.compile(r"(?:局|委|办|部|厅|政府|部门)$")
_CAN_STAND_BESIDE = re.compile(
    r"^[一-鿿]{2,14}(?:局|委|办|部|厅|政府|部门|单位|机构|中心|公司|集团|企业|学校|院校|医院|协会|银行|园区|校|院|组织)$"
)
_BARE_FIELDS = re.compile(
    r"^(?P<fields>[一-鿿]{2,8}(?:、[一-鿿]{2,8}){0,8})(?:和|及|等)(?:其他)?(?:相关|有关)?(?:行政)?(?:管理|主管)?部门$"
)


def extract(document: Document, annotations: Sequence[Span] = ()) -> list[Responsibility]:
    """Responsibilities of named bodies in the prose of a document, outside its annotations, in the
    order of the text.
    """
    return _Reader(document, annotations).run()


class _Reader:
    """Collects the records of one document."""

    def __init__(self, document: Document, annotations: Sequence[Span]) -> None:
        self.document = document
        self.annotations = annotations
        self.annotation_starts = [span.start for span in annotations]
        self.folded = document.text.folded
        self.defined = defined_names(document)
        self.found: dict[tuple[int, str, Role], Responsibility] = {}

    def run(self) -> list[Responsibility]:
        for piece in self.document.bodies():
            for match in _SUBJECT.regex.finditer(self.folded, piece.start, piece.end):
                self.subject(match)
            for match in _BY.regex.finditer(self.folded, piece.start, piece.end):
                self.by(match)
            for match in _APPROVAL.regex.finditer(self.folded, piece.start, piece.end):
                self.approval(match)
        return sorted(self.found.values(), key=lambda fact: (fact.span.start, fact.role))

    # one hit ------------------------------------------------------------------------------------

    def subject(self, match: re.Match[str]) -> None:
        """A body's name followed by a word that can begin a predicate."""
        sentence = self.sentence(match.start(), match.end())
        if sentence is None:
            return
        start = self.clause_start(sentence, match.start())
        if start > 0 and self.folded[start - 1] in "(《":
            return  # a bracket explains a name, a title cites it: neither makes anybody do anything
        name_end = self.without_tail(start, match.end())
        behind = self.folded[match.end() : min(match.end() + _LOOK_AHEAD, sentence.end)].lstrip(",")
        if _NO_SUBJECT.match(behind) or _NEGATED.search(self.folded, start, name_end):
            return
        if any(True for _ in _INTRODUCED.finditer(self.folded, start, name_end)):
            return  # the rules for 由 and 经 see to it
        begin = self.after_opening(start, name_end)
        found = self.units(begin, name_end) or self.fields(begin, match.end()) or self.described(begin, match)
        for unit in found:
            self.add(sentence, unit, self.role(behind), _SUBJECT.id)
        if found:
            self.together(sentence, match.end())

    def by(self, match: re.Match[str]) -> None:
        """由X…: the longest list of bodies behind 由."""
        sentence = self.sentence(match.start(), match.end())
        if sentence is None:
            return
        permitted = self.folded[max(match.start() - 2, 0) : match.start()].endswith(("可", "可以"))
        found, end = self.longest_list(match.end(), sentence)
        behind = self.folded[end : min(end + _LOOK_AHEAD, sentence.end)]
        if (
            not found
            or behind.startswith(("的", "组成", "任组长", "任主任", "任召集人", "担任"))
            or _PERSON.match(behind)
            or (permitted and not _PUNISHES.match(behind))
        ):
            return
        for unit in found:
            self.add(sentence, unit, self.role(behind), _BY.id)
        self.together(sentence, end)

    def approval(self, match: re.Match[str]) -> None:
        """经X同意, 报X批准: what happens needs X's decision."""
        sentence = self.sentence(match.start(), match.end())
        if sentence is None:
            return
        notice = self.document.clauses[sentence.clause].part is Part.NOTICE
        if notice and _PASSED.match(self.folded, match.end(), sentence.end):
            return  # how the circular itself was passed is no duty
        if _NEGATED.search(self.folded, self.clause_start(sentence, match.start()), match.start()):
            return
        for unit in self.units(*match.span("body")):
            self.add(sentence, unit, Role.RESPONSIBLE, _APPROVAL.id)

    def together(self, sentence: Sentence, offset: int) -> None:
        """X会同Y: Y cooperates."""
        for match in _WITH.regex.finditer(self.folded, offset, sentence.end):
            if match.start() > offset and not _CAN_JOIN.search(self.folded, offset, match.start()):
                continue
            found, _ = self.longest_list(match.end(), sentence)
            for unit in found:
                self.add(sentence, unit, Role.COOPERATE, _WITH.id)

    def add(self, sentence: Sentence, unit: Span, role: Role, rule: str) -> None:
        name = "".join(self.document.text.quote(unit).split())
        key = (sentence.start, name, role)
        if key not in self.found:
            self.found[key] = Responsibility(unit, rule, role, name, explicit=False)

    # parts of a hit -----------------------------------------------------------------------------

    def sentence(self, start: int, end: int) -> Sentence | None:
        """The sentence of a hit; None inside annotations and in headings that name a step."""
        sentence = self.document.sentence_at(start)
        if sentence is None or end > sentence.end:
            return None
        place = bisect_right(self.annotation_starts, start) - 1
        if place >= 0 and start < self.annotations[place].end:
            return None
        heading = self.document.clauses[sentence.clause].heading
        if heading is not None and start < heading.end and heading.end - heading.start <= _SHORT_HEADING:
            return None if _ITEM_LABEL.match(self.folded, sentence.start) else sentence
        return sentence

    def clause_start(self, sentence: Sentence, offset: int) -> int:
        """Where the clause that holds ``offset`` begins: behind the last mark before it."""
        depth = 0
        position = offset
        while position > sentence.body:
            character = self.folded[position - 1]
            if character in ")”":
                depth += 1
            elif character in "(“" and depth:
                depth -= 1
            elif depth == 0 and character in ",:“(《》!?":
                break
            position -= 1
        return position

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

    def after_opening(self, start: int, end: int) -> int:
        """Where the subject begins behind 其中, 同时, 每年 and the like."""
        while True:
            match = _OPENING.match(self.folded[start:end])
            if match is None or match.end() == 0:
                return start
            start += match.end()

    def role(self, behind: str) -> Role:
        if _COOPERATES.match(behind):
            return Role.COOPERATE
        return Role.LEAD if _LEADS.match(behind) else Role.RESPONSIBLE

    def longest_list(self, start: int, sentence: Sentence) -> tuple[list[Span], int]:
        """The longest list of bodies that begins at ``start`` and the offset behind it."""
        limit = min(self.list_end(start, sentence.end), start + _LONGEST_LIST)
        for head in reversed(list(_HEAD.finditer(self.folded, start, limit))):
            end = head.end()
            bracket = re.compile(r"[(][^()]{1,40}[)]").match(self.folded, end, limit)
            end = bracket.end() if bracket else end
            found = self.units(start, self.without_tail(start, end))
            if found:
                return found, end
        return [], start

    def list_end(self, start: int, end: int) -> int:
        for offset in range(start, end):
            if self.folded[offset] in ",:“《!?":
                return offset
        return end

    def described(self, begin: int, match: re.Match[str]) -> list[Span]:
        """A long description that the document gives a short name: 承担法制职责的机构(以下简称法制机构)."""
        bracket = self.folded.find("(", match.start(), match.end())
        if bracket < 0 or bracket - begin > _LONGEST_DESCRIPTION or _NO_DESCRIPTION.match(self.folded, begin):
            return []
        named = any(bracket < place.start < match.end() for place in self.defined.values())
        return [Span(begin, bracket)] if named else []

    def units(self, start: int, end: int) -> list[Span]:
        """The bodies that a stretch lists; empty unless all of it is bodies."""
        span = trimmed(self.folded, Span(start, end))
        text = self.folded[span.start : span.end]
        if not 2 <= len(text) <= _LONGEST_LIST:
            return []
        if "、" in text and self.body(text) and shared_head(self.folded, span):
            return [span]
        listed = self.rejoined(units(self.folded, span.start, span.end, self.document.year, self.body))
        texts = [self.folded[unit.start : unit.end] for unit in listed]
        doubtful = [text for text in texts if not self.body(text)]
        if len(doubtful) * 2 > len(texts) or any(map(is_clause, doubtful)):
            return []
        if not all(map(_CAN_STAND_BESIDE.search, doubtful)):
            return []
        named = [text not in doubtful or bool(_ENDS_AS_BODY.search(text)) for text in texts]
        kept = zip(listed, texts, named, strict=True)
        return [unit for unit, text, body in kept if body and not self.generic(text)]

    def rejoined(self, listed: list[Span]) -> list[Span]:
        """Units that are names only together: 各级财政、税务主管部门."""
        joined: list[Span] = []
        place = 0
        while place < len(listed):
            unit, end = listed[place], place
            while not self.body(self.folded[unit.start : unit.end]) and end + 1 < len(listed):
                end += 1
                unit = Span(unit.start, listed[end].end)
            whole = self.body(self.folded[unit.start : unit.end])
            joined.append(unit if whole else listed[place])
            place = end + 1 if whole else place + 1
        return joined

    def fields(self, start: int, end: int) -> list[Span]:
        """Fields that stand for their bodies: 税务、市场监管等部门 (one unit an item, GUIDELINES.md)."""
        match = _BARE_FIELDS.match(self.folded[start:end])
        if match is None or not any(map(is_field, match["fields"].split("、"))):
            return []
        return units(self.folded, start, start + match.end("fields"), self.document.year)

    def body(self, text: str) -> bool:
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

    def generic(self, text: str) -> bool:
        return is_generic(text) and not any(text.endswith(short) for short in self.defined)


_SHARED_COLLECTIVE = re.compile(
    r"^各[省区县市州镇乡]+(?:、[^、]+)*(?:、|和)[^、]*(?:相关|有关)?(?:部门|人民政府|政府|局)$"
)

"""What a candidate is judged by: what stands around it, how it is named, what the document says elsewhere.

A feature is a short string whose first letters tell its kind; ``weights.json`` gives its weight.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable

from ingest.body_names import is_generic
from ingest.extract.judge.candidates import Candidate
from ingest.extract.judge.stretches import NO_GAP
from ingest.model import Document, Part
from ingest.pattern import book

_BOOK = book("prose")
_MODAL = _BOOK.regex("prose.modal")
_GOES_ON = _BOOK.regex("prose.goes-on")
_ADVERB = _BOOK.regex("prose.adverb")
_OPENING = _BOOK.regex("prose.opening")
_MADE = _BOOK.regex("prose.made")
_PAST = _BOOK.regex("prose.past")
_SCOPE = _BOOK.regex("prose.scope")
_DUTY_NOUN = _BOOK.regex("prose.duty-noun")
_TAKES_UP = _BOOK.regex("prose.takes-up")
_PERMISSION = _BOOK.regex("prose.permission")
_LEADS = _BOOK.regex("prose.leads")
_COOPERATES = _BOOK.regex("prose.cooperates")
_NO_DUTY = _BOOK.regex("prose.no-duty")
_NOT_NEEDED = _BOOK.compile("{not_needed}")
_SANCTION = _BOOK.compile("{sanction}")
_PUBLIC = _BOOK.compile("{public}")
_RELATIVE_BEHIND = _BOOK.compile("{relative_behind}")
_BY_FUNCTION = _BOOK.compile("{by_function}")
_MARK = _BOOK.compile("[,;:。“”《》!?()]")
_PREDICATES = frozenset(_BOOK.parts["predicate"].split("|"))
_MARKS = frozenset(",;:。“”《》!?()[]…|")
_CLASSES = {
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
_BY = frozenset(_BOOK.parts["by_word"].split("|"))
_DUTY = frozenset({"must", "have"})
_OPENS = _MARKS | {""}
_LOOK_AHEAD = 60
_NEAR = 10
_DEFINING = _BOOK.parts["defining_word"]
_LONGEST_OPENING = 12  # characters of a time or condition before a subject
_OPENS_ADJUNCT = _BOOK.words("opens_adjunct")
_AFTER_TIME = _BOOK.words("after_time")
_CALLS_FOR = {**dict.fromkeys(_BOOK.lists["must_character"], "m"), "可": "y"}


class Features:
    """Makes the features of the candidates of one document."""

    def __init__(self, document: Document, defined: Collection[str], found: Iterable[Candidate]) -> None:
        self._clauses = document.clauses
        self._issues = any(clause.part is Part.BODY for clause in document.clauses)
        self._folded = document.text.folded
        self._defined = defined
        self._bound = Counter(self._folded[each.start : each.end] for each in found if self._binds(each))

    def _binds(self, each: Candidate) -> bool:
        """Whether a body stands where one that has a duty does: behind 由, or before 应当."""
        if each.before in _BY:
            return True
        modal = _MODAL.match(self._folded, each.behind, each.sentence.end)
        return each.start == each.clause and modal is not None and modal.lastgroup in _DUTY

    def of(self, each: Candidate) -> list[str]:
        """The features by which a candidate is judged to have a duty."""
        folded, sentence, behind = self._folded, each.sentence, each.behind
        stop = sentence.end
        goes_on = _GOES_ON.match(folded, behind, stop)
        behind = goes_on.end() if goes_on else behind
        text, lead = folded[each.start : each.end], folded[each.clause : each.start]
        before = "^" if not lead or each.before in _OPENS else each.before
        cls = _class(before)
        if cls == "t" and len(lead) <= _LONGEST_OPENING:
            cls = "^t"
        comma = "," if behind < stop and folded[behind] == "," else ""
        begin = behind + 1 if comma else behind
        mark = _MARK.search(folded, begin, stop)
        end = mark.start() if mark else stop
        modal = _MODAL.match(folded, begin, stop)
        kind = (modal.lastgroup or "") if modal else ""
        at = modal.end() if modal else begin
        adverb = _ADVERB.match(folded, at, stop)
        at = adverb.end() if adverb else at
        verb = folded[at : min(at + 2, stop)]
        known = "k" if verb in _PREDICATES or _OPENING.match(folded, at, stop) else "u"
        rest = folded[begin : min(end, begin + _LOOK_AHEAD)]
        later = folded[begin : min(stop, begin + _LOOK_AHEAD)]
        defined = "d" if text in self._defined else ""
        told = bool(defined) or each.way == "relative"  # what a body is for says that it is one
        public = "+" if told or _PUBLIC.search(folded, each.start, behind) else "-"
        length = min((end - begin) // 4, 5)
        gap = "-" if each.gap == NO_GAP else min(each.gap // 3, 6)
        generic = "+" if is_generic(text) else "-"
        by_function = "fn" if _BY_FUNCTION.search(text) else ""
        two, head = rest[:2], defined or by_function or text[-2:]
        found = [
            f"b={before}",
            f"bp={before}{'1' if each.clause == sentence.body else 'n'}",
            f"w={each.way}",
            f"R1={rest[:1]}",
            f"R2={two}",
            f"R3={rest[:3]}",
            f"M={kind}",
            f"V={verb}",
            f"cl={cls}",
            f"cM={cls}{kind}",
            f"cV={cls}{verb}",
            f"cR2={cls}{two}",
            f"ck={cls}{known}{kind}",
            f"bR={before}{two}",
            f"h={head}",
            f"h4={text[-4:]}",
            f"f2={text[:2]}",
            f"sp{'+' if text[:2] in _PREDICATES and not by_function else '-'}",
            f"ri={each.rivals}/{each.way}",
            f"ge{generic}{defined}",
            f"pub{public}",
            f"pub{public}{cls}{kind}",
            f"s={min(len(text) // 3, 8)}",
            f"e={rest[-2:]}",
            f"e1={rest[-1:]}{folded[end] if end < stop else '.'}",
            f"g={gap}",
            f"c={comma}{cls}",
            f"L={lead[-4:]}",
            f"len={length}{cls}",
        ]
        if goes_on:
            found += ["go", f"go{cls}"]
        if each.end != each.behind:
            found += [f"tail={folded[each.end]}", f"tail2={folded[each.end : each.behind][-3:]}"]
            if folded.find(_DEFINING, each.end, each.behind) >= 0:
                found.append("called")
        bound = self._bound.get(text, 0)
        elsewhere = bound - self._binds(each) if bound else 0
        if elsewhere > 0:
            found += ["el", f"el{cls}", f"el{min(elsewhere, 3)}"]
        self._add_part(found, each, cls)
        self._add_next(found, rest, end, stop, cls)
        self._add_place(found, each, rest, cls, kind)
        self._add_words(found, each, rest, later, lead, cls, known + kind)
        return found

    def _add_part(self, found: list[str], each: Candidate, cls: str) -> None:
        """In which part of the document the body stands."""
        clause = self._clauses[each.sentence.clause]
        if clause.part is Part.NOTICE and self._issues:
            found += ["notice", f"notice{cls}"]
        if clause.heading is not None and each.start < clause.heading.end:
            found.append(f"hd{min((clause.heading.end - clause.heading.start) // 4, 4)}")

    def _add_place(self, found: list[str], each: Candidate, rest: str, cls: str, kind: str) -> None:
        """Where in the sentence the body stands, and where behind it the first verb and 的."""
        possessive = rest.find("的")
        where = "-" if possessive < 0 else min(possessive // 3, 4)
        verb = _first_verb(rest, 0)
        first = "-" if verb is None else min(verb // 3, 4)
        found.append(f"fd={first}{where}{cls}")
        if not kind:
            if rest[:1] not in _OPENS_ADJUNCT and _MADE.match(self._folded, each.behind, each.sentence.end):
                found += ["made", f"made{cls}"]
            opens = "p" if rest[:1] in _OPENS_ADJUNCT else "-"
            behind = rest[possessive + 1 :] if possessive >= 0 else ""
            calls = _MODAL.search(behind)
            acts = (verb if possessive < 0 else _first_verb(rest, possessive + 1)) is not None
            found.append(f"rl={opens}{where != '-'}{calls.lastgroup if calls else '-'}{acts}{cls}")

    def _add_next(self, found: list[str], rest: str, end: int, stop: int, cls: str) -> None:
        """How the next clause, or the next sentence, begins."""
        folded = self._folded
        if end == stop:
            if not rest:
                found.append("ends")
                found.append(f"N={folded[stop + 1 : stop + 3]}")
            return
        if not rest:
            found.append("ends")
        if folded[end] == ",":
            following = folded[end + 1 : end + 3]
            time = "t" if rest[-1:] in _AFTER_TIME else "-"
            opens = "a" if following[:1] in _OPENS_ADJUNCT else "-"
            calls = _CALLS_FOR.get(following[:1]) or ("k" if following in _PREDICATES else opens)
            found += [f"N,{cls}{following[:1]}", f"NX{rest[-1:]}{following}", f"NM{time}{calls}"]
            if rest[:1] in _OPENS_ADJUNCT:
                found.append(f"adj{time}{calls}{cls}")
            if rest[-1:] == "的":
                found += [f"if={cls}{following[:1]}", f"if{calls}{folded[end + 1 : end + 2] == '由'}"]

    def _add_words(
        self, found: list[str], each: Candidate, rest: str, later: str, lead: str, cls: str, predicate: str
    ) -> None:
        """Words in the clause and behind it that speak for a duty or against one."""
        if "的" in rest:
            found.append(f"de{cls}")
            if rest.endswith("的"):
                found.append(f"deE{cls}")
            if _RELATIVE_BEHIND.match(rest):
                found.append("relR")
        no_duty = _NO_DUTY.search(rest)
        if no_duty:
            found.append(f"no={no_duty.group()[:2]}")
            found.append(f"no{'n' if no_duty.start() else '1'}{cls}")
        body, stop = each.sentence.body, each.sentence.end
        around = max(body, each.start - 2 * _LOOK_AHEAD), min(stop, each.behind + 2 * _LOOK_AHEAD)
        if _SCOPE.search(self._folded, *around):
            found += ["scope", f"scope{cls}"]
        if _PAST.search(later):
            found += ["past", f"past{cls}", f"past{predicate}"]
        if _DUTY_NOUN.search(rest):
            found += ["dn", f"dn{cls}"]
        if _TAKES_UP.search(later):
            found += ["up", f"up{cls}"]
        if _SANCTION.match(rest):
            found += ["sanction", f"sanction{cls}"]
        if lead:
            if _PERMISSION.search(lead[-4:]) or lead[-2:-1] == "可":
                found.append("mayB")
            if _NOT_NEEDED.search(lead[-8:]):
                found.append("nn")
        self._add_parts(found, rest, later, cls)

    def _add_parts(self, found: list[str], rest: str, later: str, cls: str) -> None:
        """Words of permission, of leading and of helping, near the body or further on."""
        near = min(len(rest), _NEAR)
        may = _PERMISSION.search(later)
        if may:
            found.append("may")
            if may.end() <= near:
                found.append("may1")
        leads = _LEADS.search(later)
        if leads:
            found += ["lead1", f"lead1{cls}"] if leads.end() <= near else ["lead2"]
        helps = _COOPERATES.search(later)
        if helps:
            found.append("coop1" if helps.end() <= near else "coop2")

    def role_of(self, each: Candidate) -> list[str]:
        """The features by which the role of a candidate that has a duty is told."""
        folded, stop = self._folded, each.sentence.end
        begin = each.behind + 1 if folded.startswith((",", "、"), each.behind) else each.behind
        mark = _MARK.search(folded, begin, stop)
        rest = folded[begin : min(mark.start() if mark else stop, begin + _LOOK_AHEAD)]
        later = folded[begin + len(rest) : min(stop, begin + 2 * _LOOK_AHEAD)]
        before = "^" if each.start == each.clause else "," if each.before in _MARKS else each.before
        found = [f"c={_CLASSES.get(before, before)}"]
        modal = _MODAL.match(folded, begin, stop)
        at = modal.end() if modal else begin
        adverb = _ADVERB.match(folded, at, stop)
        at = adverb.end() if adverb else at
        for name, words in (("L", _LEADS), ("C", _COOPERATES)):
            if match := words.match(folded, at, stop):
                alone = "." if folded[match.end() : match.end() + 1] in ",。;、" else "+"
                found += [f"{name}0", f"{name}0{match.group()}", f"{name}0{alone}"]
            elif match := words.search(rest[:_NEAR]):
                left = rest[max(match.start() - 2, 0) : match.start()]
                found += [f"{name}1", f"{name}1{match.group()}", f"{name}1{left}"]
            elif match := words.search(rest):
                found += [f"{name}r", f"{name}r{match.group()}"]
            elif match := words.search(later):
                found += [f"{name}l", f"{name}l{match.group()}"]
                if later[match.start() - 1 : match.start()] == ",":
                    found += [f"{name}l,", f"{name}l,{match.group()}"]
        found.append(f"R2={rest[:2]}")
        found.append(f"B2={folded[max(each.start - 4, each.clause) : each.start]}")
        return found


def _first_verb(text: str, start: int) -> int | None:
    """Where the first predicate of a text stands from ``start`` on."""
    return next((at for at in range(start, len(text) - 1) if text[at : at + 2] in _PREDICATES), None)


def _class(before: str) -> str:
    """The class of the word before a name; d for digits and letters, v for any other word."""
    if before in {"^", ","}:
        return before
    kind = _CLASSES.get(before)
    return kind or ("d" if before.isascii() and before.isalnum() else "v")

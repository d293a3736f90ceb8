"""References to other documents by 《title》, by number, by both, by short form.

docs/annotation.md, references, says which count.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from ingest import titles
from ingest.clause_labels import match_label
from ingest.model import Document, Part, Reference, Relation, Sentence, Span
from ingest.pattern import Pattern, book
from ingest.pattern_file import ReferenceAttributes
from ontology.normal import without_space

_BOOK = book("reference")
_NO_SHORT_FORM_BEHIND = _BOOK.parts["no_short_form_behind"]
_TITLE = _BOOK["reference.title"]
_BEHIND = _BOOK.regex("reference.number-behind")
_ALONE = _BOOK["reference.number-alone"]
_STANDARD = _BOOK["reference.standard"]
_THING = _BOOK.regex("reference.thing")
_SHORT = _BOOK.regex("reference.short-form")
_DEFINES = _BOOK.regex("reference.defines")
_DEFINES_PLAIN = _BOOK["reference.defines-plain"]
_LISTED = _BOOK["reference.listed"]
_NUMBER_IN = _BOOK.regex("reference.number-in")
_HEADING = _BOOK.regex("reference.heading")
_MADE_ON = _BOOK.regex("relation.made-on")
_RELATION_BEHIND = tuple(
    _BOOK.having_id(name, ReferenceAttributes)
    for name in ("relation.repeals-behind", "relation.amends-behind")
)
_RELATION_BEFORE = tuple(
    _BOOK.having_id(name, ReferenceAttributes)
    for name in ("relation.repeals-before", "relation.amends-before")
)
_IMPLEMENTS_BEHIND = _BOOK.regex("relation.implements-behind")
_LEAD_IN = _BOOK.regex("relation.lead-in")
_ISSUES_BEHIND = _BOOK.regex("relation.issues-behind")
_ISSUED_NOW = _BOOK.regex("relation.issued-now")
_ISSUES = _BOOK.regex("relation.issues")
_GOVERNING = _BOOK.regex("relation.governing")
_NEXT_TITLE = _BOOK.compile("^{next_title}")
_MAYBE = _BOOK.compile("{maybe}")  # spares most paragraphs the search
_PUBLISHES = _BOOK.compile("{publishes}")
_ITSELF = _BOOK.compile("{itself}")
_ORDER_WORD = _BOOK.compile("{order_type}")
_FILE_BEHIND = _BOOK.compile("{file_behind}")
_ISSUED_BEHIND = _BOOK.compile("{issued_behind}")
_ISSUED_ITSELF = _BOOK.compile("{issued_itself}")
_QUOTED = re.compile(r"《(?:[^《》]|《[^《》]*》)*》(?:[(][^()]*(?:[(][^()]*[)])?[^()]*[)])?")
_PARTED = re.compile(r"[,;:]")
_NUMBER_MARK = "号"  # stands in every number, and is quick to look for
_ORDER_REACH = 80  # code points between an order and the title that it publishes
_NEAR = 300  # code points; a row of titles is no longer


def extract(document: Document) -> list[Reference]:
    """All references of a document, in the order of the text."""
    return _ReferenceReader(document).read()


class _ReferenceReader:
    """Reads one document; it remembers short forms and lead-ins as it goes."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.folded = document.text.folded
        self.short_forms: dict[str, str] = {}
        self.plain_forms: dict[str, str] = {}  # short forms that stand without 《》
        self.plain: re.Pattern[str] | None = None  # any of them
        self.lead_in: Relation | None = None
        self.lead_rank = 0
        fields = document.fields
        self.own = frozenset([titles.normalise_title(fields.title.value)] if fields.title else [])
        self.own_number = fields.number.value if fields.number else None
        self.amended = frozenset(titles.normalise_title(field.value) for field in fields.also)

    def read(self) -> list[Reference]:
        found: list[Reference] = []
        for stretch in self.document.bodies():
            self.follow_lead_in(stretch)
            found += self.read_plain(stretch)
            listed = self.read_listed(stretch)
            if listed is not None:
                found.append(listed)
                continue
            if not _MAYBE.search(self.folded, stretch.start, stretch.end):
                continue
            headings = self.headings(stretch)
            taken = list(headings)
            for match in _TITLE.regex.finditer(self.folded, stretch.start, stretch.end):
                if any(span.start <= match.start() < span.end for span in headings):
                    continue
                reference = self.read_titled(match, taken)
                taken.append(Span(*match.span()))
                if reference is not None:
                    found.append(reference)
            taken.sort()
            numbered = self.folded.find(_NUMBER_MARK, stretch.start, stretch.end) >= 0
            for pattern in (_ALONE, _STANDARD) if numbered else (_STANDARD,):
                for match in pattern.regex.finditer(self.folded, stretch.start, stretch.end):
                    own = pattern is _ALONE and self.is_own_number(match, stretch)
                    place = bisect_left(taken, Span(match.end(), 0))
                    if own or (place and taken[place - 1].end > match.start()):
                        continue
                    taken.insert(place, Span(*match.span()))
                    found.append(self.read_numbered(match, pattern))
        return sorted(found, key=lambda reference: reference.span)

    def follow_lead_in(self, stretch: Span) -> None:
        """Keep what a lead-in ending in a colon says of the labelled items below it."""
        if self.folded[stretch.end - 1] == ":":
            words = _LEAD_IN.search(self.folded, max(stretch.start, stretch.end - _NEAR), stretch.end)
            self.lead_in = Relation(words.lastgroup) if words and words.lastgroup else None
            self.lead_rank = self.rank_of(stretch)
        elif self.rank_of(stretch) <= self.lead_rank and not (self.lead_in and self.match_listed(stretch)):
            self.lead_in = None  # no item of the list any more

    def item_body(self, stretch: Span) -> int:
        """Where a paragraph begins behind its label."""
        sentence = self.document.sentence_at(stretch.start)
        return sentence.body if sentence else stretch.start

    def read_listed(self, stretch: Span) -> Reference | None:
        """The title without 《》 that is an item of a list, and what the lead-in says of it."""
        match = self.match_listed(stretch) if self.lead_in else None
        if match is None or self.lead_in is None:
            return None
        behind = _NUMBER_IN.search(self.folded, *match.span("behind")) if match["behind"] else None
        number = self.quote(Span(*behind.span("number"))) if behind else None
        span = Span(*match.span("title"))
        return Reference(span, _LISTED.id, self.quote(span), number, self.lead_in)

    def match_listed(self, stretch: Span) -> re.Match[str] | None:
        """A paragraph that is nothing but a title, behind its label."""
        return _LISTED.regex.match(self.folded, self.item_body(stretch), stretch.end)

    def read_plain(self, stretch: Span) -> Iterator[Reference]:
        """Later uses of short forms that were defined without 《》; each one once a sentence."""
        seen: set[tuple[int, str]] = set()
        for match in self.plain.finditer(self.folded, stretch.start, stretch.end) if self.plain else ():
            short, sentence = match.group(), self.document.sentence_at(match.start())
            if sentence is None or (sentence.start, short) in seen:
                continue
            seen.add((sentence.start, short))
            relation, span = self.find_relation(sentence, match, ""), Span(*match.span())
            yield Reference(
                span, _DEFINES_PLAIN.id, self.quote(span), None, relation, self.plain_forms[short]
            )

    def define_plain(self, short: str, title: str) -> None:
        """Keep a short form without 《》; of two that begin alike the longer one is looked for first."""
        self.plain_forms[short] = title
        forms = "|".join(map(re.escape, sorted(self.plain_forms, key=len, reverse=True)))
        self.plain = re.compile(f"(?<!{_NO_SHORT_FORM_BEHIND})(?:{forms})(?!》)")

    def headings(self, stretch: Span) -> list[Span]:
        """The last sentence of a paragraph, where it is a title by itself."""
        start = max(self.folded.rfind(mark, stretch.start, stretch.end - 1) for mark in "。;") + 1
        start = max(start, stretch.start)
        heading = _HEADING.fullmatch(self.folded, start, stretch.end)
        return [Span(*heading.span())] if heading else []

    def rank_of(self, stretch: Span) -> int:
        """The rank of a paragraph's label; 0 for one without."""
        label = match_label(self.folded, stretch.start, stretch.end)
        return label[0].attributes.rank if label else 0

    def read_titled(self, match: re.Match[str], taken: list[Span]) -> Reference | None:
        title = match["title"]
        sentence = self.document.sentence_at(match.start())
        if match.start() and _ITSELF.match(self.folded, match.start() - 1, match.start()):
            return None  # 本《行动计划》: the document itself
        if (
            sentence is None
            or _THING.search(title)
            or _FILE_BEHIND.match(self.folded, match.end())
            or _SHORT.search(self.folded, sentence.start, match.start())
        ):
            return None
        number: str | None = None
        behind = _BEHIND.match(self.folded, match.end())
        if behind:
            number = self.quote(Span(*behind.span("number")))
            taken.append(Span(*behind.span()))
        elif code := _STANDARD.regex.match(self.folded, match.end()):
            number = self.quote(Span(*code.span("number")))
            taken.append(Span(*code.span()))
        else:
            before = self.find_order_before(sentence, match.start())
            if before is not None:
                number = self.quote(before)
                taken.append(before)
        defined = _DEFINES.match(self.folded, match.end())
        plain = _DEFINES_PLAIN.regex.match(self.folded, match.end())
        surface = self.quote(Span(*match.span("title")))
        if defined:
            self.short_forms[titles.normalise_title(defined["short"])] = surface
        if plain:
            self.define_plain(plain["short"], surface)
        return Reference(
            span=Span(*match.span()),
            rule=_TITLE.id,
            title=surface,
            number=number,
            relation=self.find_relation(sentence, match, title),
            definition=self.short_forms.get(titles.normalise_title(title)) if number is None else None,
        )

    def find_order_before(self, sentence: Sentence, start: int) -> Span | None:
        """An order's number that publishes the title behind it: 国务院令第5号公布的《…》."""
        if not _ORDER_WORD.search(self.folded, max(sentence.start, start - _ORDER_REACH), start):
            return None
        last: Span | None = None
        for order in _ALONE.regex.finditer(self.folded, sentence.start, start):
            if last is None and _ORDER_WORD.search(order["number"]):
                last = Span(*order.span("number"))  # the first order published it, later ones amended it
        if last is not None and _PUBLISHES.fullmatch(self.folded, last.end, start):
            return last
        return None

    def is_own_number(self, match: re.Match[str], stretch: Span) -> bool:
        """Whether a number is that of this document: its own where no act below the title changed it by that
        number, and the order with which a line of the history, not in brackets, ends.
        """
        sentence = self.document.sentence_at(match.start())
        history = sentence is not None and self.document.clauses[sentence.clause].part is Part.HISTORY
        if self.quote(Span(*match.span("number"))) == self.own_number:
            return not history or bool(_ISSUED_BEHIND.match(self.folded, match.end()))
        return history and bool(_ISSUED_ITSELF.search(self.folded[stretch.start : stretch.end]))

    def read_numbered(self, match: re.Match[str], pattern: Pattern[object]) -> Reference:
        title = match["title"] if "title" in match.groupdict() and match["title"] else None
        sentence = self.document.sentence_at(match.start())
        relation = Relation.CITES
        if sentence is not None and pattern is _ALONE:
            history = self.document.clauses[sentence.clause].part is Part.HISTORY
            relation = Relation.CITES if history else self.find_relation(sentence, match, "")
        return Reference(
            Span(*match.span()), pattern.id, title, self.quote(Span(*match.span("number"))), relation
        )

    # relations ----------------------------------------------------------------------------------

    def find_relation(self, sentence: Sentence, match: re.Match[str], title: str) -> Relation:
        """What the document does to the one it names, from the words of the sentence around it."""
        part = self.document.clauses[sentence.clause].part
        before = self.folded[sentence.start : match.start()]
        after = self.text_after_titles(match.end(), sentence.end)
        if titles.normalise_title(title) in self.amended:
            return Relation.AMENDS
        if title and _ISSUED_NOW.match(after):
            return Relation.ISSUES
        if part is Part.NOTICE and title and self.is_issued(title, before, after):
            return Relation.ISSUES
        for pattern in _RELATION_BEHIND:
            if pattern.regex.search(after) or pattern.regex.search(self.folded[match.end() : sentence.end]):
                return pattern.attributes.relation
        for pattern in _RELATION_BEFORE:
            if pattern.regex.search(before[-_NEAR:]):
                return pattern.attributes.relation
        governing = self.find_governing(sentence.start, match.start())
        if governing is Relation.BASIS:
            return Relation.BASIS if _MADE_ON.search(after) else Relation.CITES
        if governing is Relation.CITES and _IMPLEMENTS_BEHIND.match(self.folded[match.end() : sentence.end]):
            return Relation.IMPLEMENTS
        if governing is Relation.CITES and self.lead_in and match.start() - sentence.body <= 1:
            return self.lead_in
        return governing

    def find_governing(self, start: int, end: int) -> Relation:
        """The relation that the last verb before a title gives it; CITES where none governs it."""
        before = _QUOTED.sub("", self.folded[start:end])
        last: re.Match[str] | None = None
        for verb in _GOVERNING.finditer(before):
            last = verb
        if last is None or last.lastgroup is None or _PARTED.search(before, last.end()):
            return Relation.CITES
        return Relation(last.lastgroup)

    def is_issued(self, title: str, before: str, after: str) -> bool:
        own = titles.normalise_title(title) in self.own or bool(_ISSUES.search(before[-_NEAR:]))
        return own or bool(_ISSUES_BEHIND.match(after))

    def text_after_titles(self, start: int, end: int) -> str:
        """What follows the row of titles in which a title stands."""
        while _NEXT_TITLE.match(self.folded[start:end]):
            following = _TITLE.regex.search(self.folded, start, end)
            if following is None:
                break
            start = following.end()
        return self.folded[start:end]

    def quote(self, span: Span) -> str:
        return without_space(self.document.text.quote(span))

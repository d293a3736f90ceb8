"""Identity of cited documents: every mention of one document leads to one IRI.

A mention is resolved where exactly one candidate is left; else it stays a document of its own, known by
what the mention gives.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from ingest.model import Reference, Relation
from ingest.resolve.cited import (
    CitationMention,
    CitationQuestions,
    CitedDocument,
    CitingDocument,
    DocumentHead,
    LevelOf,
    mentions,
    questions,
    unknown_level,
)
from ingest.resolve.identity import (
    ParsedNumber,
    ParsedTitle,
    canonical_title,
    loose_key,
    parse_number,
    parse_title,
)
from ingest.resolve.index import DocumentIndex, Keys, only, telling
from ontology.iris import Iris

__all__ = [
    "CitationMention",
    "CitationQuestions",
    "CitationResolver",
    "Citations",
    "CitedDocument",
    "CitingDocument",
    "DocumentHead",
    "canonical_title",
    "mentions",
    "questions",
]

_NOT_ITSELF = frozenset({Relation.REPEALS, Relation.AMENDS, Relation.BASIS})


class Citations:
    """All documents of a build and all that they cite. See ``DocumentIndex`` for the lookups of levels."""

    def __init__(
        self,
        heads: Iterable[DocumentHead],
        cited: Iterable[CitationMention],
        *,
        iris: Iris | None = None,
        organ_of: LevelOf = unknown_level,
        area_of: LevelOf = unknown_level,
    ) -> None:
        self._index = DocumentIndex(heads, cited, iris=iris or Iris(), organ_of=organ_of, area_of=area_of)

    def resolver(self, citing: CitingDocument) -> CitationResolver:
        """The resolver of one document's mentions."""
        return CitationResolver(self._index, citing)

    def answers(self, questions: CitationQuestions) -> tuple[CitedDocument, ...]:
        """Return what the questions of one document lead to, in their order."""
        if not questions.asked:
            return ()
        resolver = self.resolver(questions.citing)
        return tuple(resolver.resolve(*question) for question in questions.asked)

    def resolve(self, title: str | None, number: str | None = None) -> CitedDocument:
        """Return the document that a mention names, whoever makes it. Raises ValueError for an empty one."""
        return self.resolver(CitingDocument()).resolve(title, number)


class CitationResolver:
    """Resolves the mentions of one document, using its other statements as context."""

    def __init__(self, index: DocumentIndex, citing: CitingDocument) -> None:
        self._all, self._citing = index, citing
        self._by_key: Keys = defaultdict(set)  # what the document cites with a number
        self._by_loose: Keys = defaultdict(set)
        for title, number in citing.beside:
            if title and telling(name := parse_title(title)):
                iri = self._beside(name, parse_number(number) if number else None)
                if number:
                    self._by_key[name.key].add(iri)
                self._by_loose[name.loose].add(iri)
            elif title and name.law:
                self._by_loose[name.loose].add(index.law(name))
        self._own: Keys = defaultdict(set)
        self._own_loose: Keys = defaultdict(set)
        for iri in citing.own:
            for key in index.keys(iri):
                self._own[key].add(iri)
                self._own_loose[loose_key(key)].add(iri)

    def reference(self, reference: Reference) -> CitedDocument:
        """Return the document that a reference names."""
        title = reference.definition or reference.title
        return self.resolve(title, reference.number, reference.relation)

    def resolve(
        self, title: str | None, number: str | None = None, relation: Relation = Relation.CITES
    ) -> CitedDocument:
        """Return the document that a mention names. Raises ValueError for one without title and number."""
        name = parse_title(title) if title else None
        bears = parse_number(number) if number else None
        if name is not None and name.law:
            iri = self._law(name, relation)
        elif bears is not None:
            iri = self._all.numbered(bears, name if name and telling(name) else None)
        elif name is not None:
            iri = self._titled(name, relation)
        else:
            raise ValueError("a mention gives a title or a number")
        says = None if name and name.general and bears else name  # 《实施方案》 is no number's title
        return self._all.describe(iri, says, bears)

    def _law(self, name: ParsedTitle, relation: Relation) -> str:
        iri = self._all.law(name)
        itself = iri in self._citing.own and relation in _NOT_ITSELF
        return self._all.titled(name) if itself else iri  # a law that takes the place of its namesake

    def _titled(self, name: ParsedTitle, relation: Relation) -> str:
        own = set() if relation in _NOT_ITSELF else self._own.get(name.key, set())
        if relation is Relation.ISSUES and len(own) == 1:
            return next(iter(own))
        if name.general:
            return only(self._ending_in(name, relation)) or self._all.anonymous(name, self._citing.scope)
        beside = self._by_key.get(name.key, set())
        if beside:
            return only(beside | own) or self._all.titled(name)
        found = {iri for iri in self._all.candidates(name) if self._possible(iri, relation)}
        if not found and name.loose == name.key:  # 《某办法》 where the document also says 《某办法(试行)》
            near = set(self._by_loose.get(name.loose, ()))
            if relation not in _NOT_ITSELF:
                near |= self._own_loose.get(name.loose, set())
            found = near - {self._all.titled(name)}
        return only(found) or self._all.titled(name)

    def _beside(self, name: ParsedTitle, number: ParsedNumber | None) -> str:
        if number is not None:
            return self._all.numbered(number, name)
        return only({i for i in self._all.candidates(name) if self._possible(i, None)}) or self._all.titled(
            name
        )

    def _ending_in(self, name: ParsedTitle, relation: Relation) -> set[str]:
        """Return the documents, cited or the citing one itself, whose title ends as the short form does."""
        sources = [self._by_loose] if relation in _NOT_ITSELF else [self._by_loose, self._own_loose]
        return {
            iri
            for source in sources
            for key, found in source.items()
            if key.endswith(name.loose) and key != name.loose
            for iri in found
        }

    def _possible(self, iri: str, relation: Relation | None) -> bool:
        """Tell whether this document can have meant that one: neither itself nor one from after it."""
        if iri in self._citing.own:
            return relation not in _NOT_ITSELF
        since = self._all.since(iri)
        return not (self._citing.on and since and since > self._citing.on)

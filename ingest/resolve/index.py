"""The documents that a build knows: those of the corpus, and those that it cites.

The index is made from all heads and all mentions of a build, as sets: the order in which they come, and
who gathered them, makes no difference.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain

from ingest.pattern import book
from ingest.pattern_file import CitationAttributes
from ingest.resolve.cited import CitationMention, CitedDocument, DocumentHead, LevelOf
from ingest.resolve.identity import (
    ParsedNumber,
    ParsedTitle,
    aliases,
    alike,
    edition_of,
    groups_of,
    parse_number,
    parse_title,
)
from ontology.iris import Iris

Keys = defaultdict[str, set[str]]
"""IRIs by key."""

_BOOK = book("citation")
_CENTRAL = _BOOK.having_id("citation.central", CitationAttributes)


@dataclass(slots=True)
class KnownDocument:
    """A document that can be resolved to, with the keys of its titles and its numbers by key."""

    iri: str
    keys: set[str] = field(default_factory=set)
    numbers: dict[str, ParsedNumber] = field(default_factory=dict)
    head: DocumentHead | None = None

    @property
    def number(self) -> ParsedNumber | None:
        """Its number, where only one is known."""
        return next(iter(self.numbers.values())) if len(self.numbers) == 1 else None

    @property
    def since(self) -> str | None:
        """ISO date before which nobody can have cited it."""
        if self.head is not None and self.head.date:
            return self.head.date
        return f"{self.number.year:04d}-01-01" if self.number and self.number.year else None


class DocumentIndex:
    """All documents that a build knows, by number and by title.

    ``organ_of`` gives the level of an organ code (京科发) or order's organ, ``area_of`` that of a title
    by the place it names; both None where they do not know.
    """

    def __init__(
        self,
        heads: Iterable[DocumentHead],
        cited: Iterable[CitationMention],
        *,
        iris: Iris,
        organ_of: LevelOf,
        area_of: LevelOf,
    ) -> None:
        self._iris = iris
        self._organ_of, self._area_of = organ_of, area_of
        self._known: dict[str, KnownDocument] = {}
        self._titles: dict[str, str] = {}  # best title by key
        self._by_key: Keys = defaultdict(set)
        self._by_alias: Keys = defaultdict(set)  # titles with or without issuer or place
        self._heads_by_number: Keys = defaultdict(set)
        self._heads_by_earlier: Keys = defaultdict(set)
        self._by_number: Keys = defaultdict(set)  # documents that are cited only
        self._of_pair: dict[tuple[str, str], str] = {}  # number key and title key to IRI
        self._cache: dict[str, CitedDocument] = {}
        for head in sorted(set(heads), key=repr):
            self._add_head(head)
        pairs = sorted({mention for mention in cited if any(mention)}, key=repr)
        names = {title: parse_title(title) for title, _ in pairs if title}
        for name in names.values():
            self._add_title(name)
        self._add_laws([(names[title], number) for title, number in pairs if title and names[title].law])
        self._add_numbered([(names[t], parse_number(n)) for t, n in pairs if t and n and telling(names[t])])
        self._add_titled([name for name in names.values() if telling(name)])

    # the index ----------------------------------------------------------------------------------

    def _add_title(self, name: ParsedTitle) -> None:
        best = self._titles.get(name.key, "")
        self._titles[name.key] = max(best, name.display, key=lambda title: (len(title), title))

    def _add_head(self, head: DocumentHead) -> None:
        known = self._known.setdefault(head.iri, KnownDocument(head.iri, head=head))
        for name in (parse_title(title) for title in (head.title, head.circular_title) if title):
            self._add_title(name)
            known.keys.add(name.key)
            self._by_key[name.key].add(head.iri)
            for alias in aliases(name, head.issuers):
                self._by_alias[alias].add(head.iri)
        if head.number:
            number = parse_number(head.number)
            known.numbers[number.key] = number
            self._heads_by_number[number.key].add(head.iri)
        for other in head.earlier:
            self._heads_by_earlier[parse_number(other).key].add(head.iri)

    def _add_laws(self, laws: Iterable[tuple[ParsedTitle, str | None]]) -> None:
        """A law is known by its title, whatever order made or revised it."""
        for name, written in laws:
            known = self._known_by(self.law(name), name.key)
            if written and known.head is None:
                number = parse_number(written)
                known.numbers[number.key] = number
                self._by_number[number.key].add(known.iri)

    def _add_numbered(self, pairs: Iterable[tuple[ParsedTitle, ParsedNumber]]) -> None:
        """Documents cited by number; different titles under one number are different documents."""
        under: defaultdict[str, dict[str, ParsedTitle]] = defaultdict(dict)
        numbers: dict[str, ParsedNumber] = {}
        of_title: Keys = defaultdict(set)
        for name, number in pairs:
            numbers[number.key] = number
            of_title[name.key].add(number.key)
            under[number.key][name.key] = name
        for number_key, names in sorted(under.items()):
            number, rest = numbers[number_key], []
            for key in sorted(names):
                head = self._head_under(number_key, key)
                if head is None:
                    rest.append(key)
                else:
                    self._of_pair[number_key, key] = head
                    self._known_by(head, key)
            groups = groups_of(rest)
            alone = len(groups) == 1 and not self._heads_by_number[number_key] | self._by_number[number_key]
            for group in groups:
                sole = all(of_title[key] == {number_key} for key in group)
                iri = self._numberless_head(group, number) if sole else None
                if iri is None and alone:
                    iri = self._iris.document(number.text, None, (), "")
                if iri is None:
                    iri = self._iris.document(None, max(group, key=len), (number_key,), "")
                self._by_number[number_key].add(iri)
                for key in group:
                    self._of_pair[number_key, key] = iri
                    self._known_by(iri, key).numbers[number_key] = number
                    for alias in aliases(names[key], ()):
                        self._by_alias[alias].add(iri)

    def _add_titled(self, names: Iterable[ParsedTitle]) -> None:
        """Titles with an issuer in front that are known by nothing else: shorter forms lead to them."""
        for name in names:
            if name.bare != name.key and not self._by_key.get(name.key) and not self._by_alias.get(name.key):
                self._by_alias[name.bare].add(self._iris.document(None, name.key, (), ""))

    def _known_by(self, iri: str, key: str) -> KnownDocument:
        known = self._known.setdefault(iri, KnownDocument(iri))
        known.keys.add(key)
        self._by_key[key].add(iri)
        return known

    def _head_under(self, number_key: str, key: str) -> str | None:
        """The document of the corpus that bears this number and this title or one that it shortens."""
        heads = self._heads_by_number.get(number_key, set())
        exact = {iri for iri in heads if key in self._known[iri].keys}
        again = {iri for iri in self._heads_by_earlier.get(number_key, ()) if key in self._known[iri].keys}
        near = {iri for iri in heads if any(alike(key, other) for other in self._known[iri].keys)}
        return only(exact) or only(again) or only(self._republished(heads, key)) or only(near)

    def _republished(self, decisions: Iterable[str], key: str) -> set[str]:
        """Texts without a number of their own that stand in the file of the decision that bears it."""
        files = {head.file for iri in decisions if (head := self._known[iri].head)}
        texts = self._by_key.get(key, ()) if files else ()
        return {
            iri for iri in texts if (head := self._known[iri].head) and not head.number and head.file in files
        }

    def _numberless_head(self, group: Sequence[str], number: ParsedNumber) -> str | None:
        """The one document of the corpus with these titles whose text gives no number."""
        found = set()
        for iri in chain.from_iterable(self._by_key.get(key, ()) for key in group):
            head = self._known[iri].head
            if head is None:
                continue
            other_year = head.date and number.year and int(head.date[:4]) != number.year
            if head.number or other_year or number.key in {parse_number(old).key for old in head.replaced}:
                return None
            found.add(iri)
        return only(found)

    # what the resolver asks ---------------------------------------------------------------------

    def law(self, name: ParsedTitle) -> str:
        """The IRI of a law: of the corpus if it is there once, else by its title."""
        found = self._by_key.get(name.key) or self._by_alias.get(name.key) or set()
        head = only({iri for iri in found if self._known[iri].head is not None})
        return head or self._iris.document(None, name.key, (), "")

    def numbered(self, number: ParsedNumber, name: ParsedTitle | None) -> str:
        """The IRI of what bears a number (and a title that tells something)."""
        if name is not None:
            found = self._of_pair.get((number.key, name.key)) or self._head_under(number.key, name.key)
        else:
            heads = self._heads_by_number.get(number.key)
            found = only(heads if heads else self._by_number.get(number.key, set()))
        return found or self._iris.document(number.text, None, (), "")

    def candidates(self, name: ParsedTitle) -> Iterable[str]:
        """Documents with this title; with it but for issuer or place, if there are none."""
        if found := self._by_key.get(name.key) or self._by_alias.get(name.key):
            return found
        if name.issuers and (level := self._level(None, name.display, statute=False)):
            return [
                iri
                for iri in self._by_key.get(name.bare, ())
                if self._known[iri].head is None and self.describe(iri, None, None).level == level
            ]
        return ()

    def titled(self, name: ParsedTitle) -> str:
        """The IRI of what is known by its title alone."""
        return self._iris.document(None, name.key, (), "")

    def anonymous(self, name: ParsedTitle, scope: str) -> str:
        """The IRI of what a short form means in one document, and nowhere else."""
        return self._iris.document(None, None, (), f"{scope} {name.key}")

    def keys(self, iri: str) -> Iterable[str]:
        """Keys of a document's titles."""
        return self._known[iri].keys if iri in self._known else ()

    def since(self, iri: str) -> str | None:
        """ISO date before which a document cannot have been cited, if known."""
        return self._known[iri].since if iri in self._known else None

    def describe(self, iri: str, name: ParsedTitle | None, number: ParsedNumber | None) -> CitedDocument:
        """Describe a document; ``name`` and ``number`` stand in where the index has nothing."""
        if (cached := self._cache.get(iri)) is not None:
            return cached
        known = self._known.get(iri)
        head = known.head if known else None
        number = known.number if known else number
        titles = {self._titles[key] for key in known.keys} if known else set()
        if not titles and name is not None:
            titles = {self._titles.get(name.key, name.display)}
        title = max(titles, key=lambda each: (len(each), each), default=None)
        if head is not None:
            title = head.title or head.circular_title or title
        named = parse_title(title) if title else None
        year = number.year if number else None
        if head is not None and head.date:
            year = int(head.date[:4])
        elif year is None and title:
            year = edition_of(title)
        self._cache[iri] = CitedDocument(
            iri=iri,
            title=title,
            number=(head.number if head else None) or (number.text if number else None),
            level=self._level(number, title, statute=named is not None and named.statute),
            type=named.type if named else None,
            issuers=head.issuers if head is not None else (),
            year=year,
            in_corpus=head is not None,
        )
        return self._cache[iri]

    def _level(self, number: ParsedNumber | None, title: str | None, *, statute: bool) -> str | None:
        level = number.standard if number else None
        if level is None and number and number.organ:
            level = self._organ_of(number.organ)
        if level is None and title:
            central = statute or bool(_CENTRAL.regex.match(title))
            level = _CENTRAL.attributes.level if central else self._area_of(title)
        return level


def telling(name: ParsedTitle) -> bool:
    """Tell whether a title is looked up as one: laws have their own way, general words say nothing."""
    return not name.law and not name.general


def only(found: set[str]) -> str | None:
    """The one member of a set; None where there are more or none."""
    return next(iter(found)) if len(found) == 1 else None

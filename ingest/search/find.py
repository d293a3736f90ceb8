"""Search an index. What people type is never parsed as a language: see ``words.phrases``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import tantivy
from tantivy import Occur, Query

from ingest.errors import StoreError
from ingest.search import model
from ingest.search.model import AgencyName, DocumentName, EntryKind, SearchEntry
from ingest.search.snippet import SnippetRun, snippet
from ingest.search.words import Phrase, name_key, phrases
from ontology.errors import GongbaoError
from ontology.places import place, place_iri

LONGEST = 200  # characters of a search
LARGEST_PAGE = 100  # hits
DEEPEST = 10_000  # hits that can be paged through
_TITLE_WEIGHT = 4.0  # of words in a title, against 1 in a text
_NUMBER_WEIGHT, _NAME_WEIGHT = 2000.0, 1000.0  # above every sum of weights of words
_FACETS = 20  # values of each facet, the most frequent ones
_YEARS = 9999


class SearchError(GongbaoError):
    """A search that cannot be carried out; its text says what to change."""


@dataclass(frozen=True, slots=True)
class SearchFilters:
    """Further conditions on hits; None sets no condition. A value that nothing has gives no hits.

    ``agency`` is a body's canonical name, another name of it, or its IRI; ``document_type`` is 通知, 办法 …
    """

    kind: str | None = None
    agency: str | None = None
    document_type: str | None = None
    year_from: int | None = None
    year_to: int | None = None


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One thing found.

    ``snippet`` are characters of the source, or of title or names, as they stand there: whoever shows them
    must escape them. ``place`` is the IRI of exactly these characters where a source holds them.
    """

    kind: EntryKind
    iri: str
    title: str
    document: DocumentName | None
    agencies: tuple[AgencyName, ...]
    document_type: str | None
    year: int | None
    score: float
    snippet: tuple[SnippetRun, ...]
    place: str | None


Counts = tuple[tuple[str, int], ...]
"""Values and how many hits have them, the most frequent first."""


@dataclass(frozen=True, slots=True)
class SearchFacets:
    """Counts of all hits of a search by kind, type, year and body; at most 20 values each."""

    kinds: Counts = ()
    document_types: Counts = ()
    years: Counts = ()
    agencies: Counts = ()  # by canonical name


@dataclass(frozen=True, slots=True)
class SearchResults:
    """A page of what was found; ``total`` counts all."""

    total: int
    page: int
    size: int
    hits: tuple[SearchHit, ...]
    facets: SearchFacets


class SearchIndex:
    """The search index of one version, open for reading; threads may share it.

    Stays usable when the version is deleted.
    """

    def __init__(self, version: Path) -> None:
        """Open the index of a version's folder. Raises StoreError with what to do where there is none."""
        folder = version / model.FOLDER
        try:
            # tantivy writes a lock beside what it reads, but a version may be read-only, and is never
            # written to: it gets a folder of links, which can go as soon as all files are open. That a thread
            # of tantivy writes the lock again while the folder goes is no fault of the index.
            with TemporaryDirectory(prefix="gongbao-search-", ignore_cleanup_errors=True) as links:
                for file in folder.iterdir():
                    (Path(links) / file.name).symlink_to(file.absolute())
                index = tantivy.Index.open(links)
                index.config_reader("manual")
                self.searcher = index.searcher()
                self.schema = index.schema
        except (OSError, ValueError) as error:
            raise StoreError(
                f"{folder}: the search index cannot be opened; 'gongbao build' writes a new one: {error}"
            ) from error


def search(
    index: SearchIndex, words: str, filters: SearchFilters = SearchFilters(), *, page: int = 1, size: int = 20
) -> SearchResults:
    """A page of the entries that hold all the words, the best first; pages are counted from 1.

    A page after the last is empty. Raises SearchError for words that are too long or hold nothing that can
    be searched for, and for a page or size out of range.
    """
    if len(words) > LONGEST:
        raise SearchError(f"the search has {len(words)} characters; {LONGEST} is the limit")
    wanted = phrases(words)
    if not wanted:
        raise SearchError("nothing to search for: give at least one letter, digit or Chinese character")
    if not 1 <= size <= LARGEST_PAGE:
        raise SearchError(f"{size} hits a page: 1 to {LARGEST_PAGE} are possible")
    if not 1 <= page <= DEEPEST // size:
        raise SearchError(f"page {page}: 1 to {DEEPEST // size} are possible with {size} hits a page")
    schema, searcher = index.schema, index.searcher
    query = Query.boolean_query(
        [(Occur.Must, _words(schema, words, wanted)), *_filters(index, filters)],
    )
    found = searcher.search(query, limit=size, count=False, offset=(page - 1) * size)
    hits = []
    for score, address in found.hits:
        shown = searcher.doc(address).get_first(model.SHOWN)
        hits.append(_hit(model.loaded(bytes(shown or b"")), float(score), wanted))
    facets = _facets(index, query)
    total = sum(count for _, count in facets.kinds)  # every entry has one kind, and there are few
    return SearchResults(total, page, size, tuple(hits), facets)


def _words(schema: tantivy.Schema, words: str, wanted: tuple[Phrase, ...]) -> Query:
    """All phrases, each in the title or in the text; or a number or name as a whole."""
    every = Query.boolean_query([(Occur.Must, _phrase(schema, phrase)) for phrase in wanted])
    either = [(Occur.Should, every)]
    for key, weight in (
        (model.number_key(words), _NUMBER_WEIGHT),
        (name_key(words), _NAME_WEIGHT),
    ):
        exact = _term(schema, model.EXACT, key)
        if exact is not None:
            either.append((Occur.Should, Query.const_score_query(exact, weight)))
    return Query.boolean_query(either)


def _phrase(schema: tantivy.Schema, phrase: Phrase) -> Query:
    title = Query.boost_query(_within(schema, model.TITLE, phrase), _TITLE_WEIGHT)
    return Query.boolean_query([(Occur.Should, title), (Occur.Should, _within(schema, model.TEXT, phrase))])


def _within(schema: tantivy.Schema, name: str, phrase: Phrase) -> Query:
    """Entries with a phrase in a field."""
    words = list(phrase.words)
    if phrase.begun:  # words are letters only, or the mark of a break
        patterns: list[str | tuple[int, str]] = [(place, re.escape(word)) for place, word in words]
        patterns[-1] = (words[-1][0], f"{words[-1][1]}.?")
        if len(words) == 1:
            return Query.regex_query(schema, name, f"{words[0][1]}.?")
        return Query.regex_phrase_query(schema, name, patterns)
    if len(words) == 1:
        return Query.term_query(schema, name, words[0][1])
    return Query.phrase_query(schema, name, list(words))


def _term(schema: tantivy.Schema, name: str, value: str) -> Query | None:
    """Entries with this value in a field; None for what no entry can have."""
    try:
        value.encode("utf8")
    except UnicodeEncodeError:  # half of a surrogate pair
        return None
    return Query.term_query(schema, name, value) if value else None


def _filters(index: SearchIndex, filters: SearchFilters) -> Iterator[tuple[Occur, Query]]:
    schema = index.schema
    chosen: list[Query | None] = []
    if filters.kind is not None:
        chosen.append(_term(schema, model.KIND, filters.kind))
    if filters.document_type is not None:
        chosen.append(_term(schema, model.TYPE, filters.document_type))
    if filters.agency is not None:
        chosen.append(_agency(index, filters.agency))
    for query in chosen:
        yield Occur.Must, Query.const_score_query(query or Query.empty_query(), 0.0)
    if filters.year_from is not None or filters.year_to is not None:
        since = 0 if filters.year_from is None else filters.year_from
        until = _YEARS if filters.year_to is None else filters.year_to
        since, until = (min(max(year, -1), _YEARS + 1) for year in (since, until))
        years = Query.range_query(schema, model.YEAR, tantivy.FieldType.Integer, since, until)
        yield Occur.Must, Query.const_score_query(years, 0.0)


def _agency(index: SearchIndex, value: str) -> Query | None:
    """Entries of a body that is given by IRI or by any name; of all bodies that share the name."""
    schema = index.schema
    iris = {value}
    exact = _term(schema, model.EXACT, name_key(value))
    kind = _term(schema, model.KIND, EntryKind.AGENCY)
    if exact is not None and kind is not None:
        bodies = index.searcher.search(
            Query.boolean_query([(Occur.Must, exact), (Occur.Must, kind)]), limit=LARGEST_PAGE
        )
        for _, address in bodies.hits:
            iris.add(model.loaded(bytes(index.searcher.doc(address).get_first(model.SHOWN) or b"")).iri)
    terms = [query for iri in sorted(iris) if (query := _term(schema, model.AGENCY, iri)) is not None]
    return Query.boolean_query([(Occur.Should, term) for term in terms]) if terms else None


def _hit(entry: SearchEntry, score: float, wanted: tuple[Phrase, ...]) -> SearchHit:
    """The snippet is from the text, unless the title alone holds the words."""
    shown = snippet(entry.text, wanted)
    where = None
    title = snippet(entry.title, wanted)
    if title.found > shown.found or not entry.text:
        shown = title
    elif entry.place is not None and (whole := place(entry.place)) is not None:
        where = place_iri(whole.text, whole.start + shown.start, whole.start + shown.end)
    return SearchHit(
        entry.kind,
        entry.iri,
        entry.title,
        entry.document,
        entry.agencies,
        entry.document_type,
        entry.year,
        score,
        shown.pieces,
        where,
    )


def _facets(index: SearchIndex, query: Query) -> SearchFacets:
    names = (model.KIND, model.TYPE, model.YEAR, model.AGENCY_NAME)
    asked = {name: {"terms": {"field": name, "size": _FACETS, "order": {"_count": "desc"}}} for name in names}
    answer = index.searcher.aggregate(query, asked)

    def counts(name: str) -> Counts:
        found = [(str(bucket["key"]), int(bucket["doc_count"])) for bucket in answer[name]["buckets"]]
        return tuple(sorted(found, key=lambda pair: (-pair[1], pair[0])))

    return SearchFacets(*map(counts, names))

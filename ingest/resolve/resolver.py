"""Resolve a file: its bodies first, knowing nothing of other files; then its citations, knowing them all."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from ingest.model import Document, Facts, Part
from ingest.pattern import book
from ingest.resolve.agencies import AgencyResolver
from ingest.resolve.annexes import annexes
from ingest.resolve.citations import Citations, CitingDocument, mentions
from ingest.resolve.clauses import ClauseFinder
from ingest.resolve.context import area_names, jurisdiction, outward
from ingest.resolve.evidence import bounds
from ingest.resolve.model import DocumentContext, Resolution
from ingest.resolve.names import NameResolver
from ontology.normal import plain
from ontology.registry import Interval, Judgements, Registry, load_registry
from ontology.registry.judgements import read_judgements
from ontology.registry.period import first_day

_SERIES = book("head").regex("head.series")


class Resolver:
    """Resolves files against one registry and the judgements of people."""

    def __init__(self, registry: Registry, judgements: Judgements) -> None:
        self.registry = registry
        self.judgements = judgements
        self.names = NameResolver(registry)
        self._areas = area_names(registry)

    def bodies(self, found: Sequence[tuple[Document, Facts]]) -> tuple[Resolution, ...]:
        """Resolve the bodies named in each document of a file.

        A document that names neither issuer nor place has the area that most of the others have.
        """
        dated = self._dated(found)
        areas = [
            jurisdiction(document, interval, self.registry, self._areas)
            for (document, _), (interval, _, _) in zip(found, dated, strict=True)
        ]
        common = Counter(area for area in areas if area).most_common(1)
        default = common[0][0] if common else None
        return tuple(
            self._document(document, facts, area or (None if document.fields.issuers else default), *dates)
            for (document, facts), area, dates in zip(found, areas, dated, strict=True)
        )

    def _dated(
        self, found: Sequence[tuple[Document, Facts]]
    ) -> list[tuple[Interval, str | None, str | None]]:
        """When each document was made: its date, that of the circular that issues it in a series, or the
        bounds that its text gives.
        """
        dated: list[tuple[Interval, str | None, str | None]] = []
        series: str | None = None  # date of the circular whose series goes on
        for document, facts in found:
            fields = document.fields
            if fields.date is not None:
                series = fields.date.value if _issues_series(document) else None
                dated.append((Interval.of(fields.date.value), None, None))
                continue
            if fields.number is not None or fields.issuers:
                series = None
            if series is not None:
                dated.append((Interval.of(series), series, series))
                continue
            earliest, latest = bounds(document, facts, lives=self._lives(document, facts))
            dated.append((Interval.of(None, earliest, latest), earliest, latest))
        return dated

    def _lives(self, document: Document, facts: Facts) -> Iterator[tuple[str | None, str | None]]:
        """Since when there have been the bodies that a document names: it is no older than they are."""
        area = jurisdiction(document, Interval(), self.registry, self._areas)
        areas = tuple(outward(area, self.registry)) if area else ()
        for name in {fact.unit for fact in facts.responsibilities}:
            found = self.registry.labelled(plain(name), areas)
            if len(found) == 1 and found[0].period.since:
                yield first_day(found[0].period.since), None

    def _document(
        self,
        document: Document,
        facts: Facts,
        area: str | None,
        interval: Interval,
        earliest: str | None,
        latest: str | None,
    ) -> Resolution:
        fields = document.fields
        areas = tuple(outward(area, self.registry)) if area else ()
        scopes = [
            plain(field.value) for field in (fields.number, fields.title, fields.circular_title) if field
        ]
        context = DocumentContext(interval, areas, (*scopes, *areas))
        resolver = AgencyResolver(document, context, self.names, self.judgements)
        return Resolution(
            context=context,
            issuers=resolver.issuers(),
            addressees=resolver.addressees(),
            responsibilities=resolver.responsibilities(facts),
            bearers=resolver.bearers(facts),
            earliest=earliest,
            latest=latest,
        )

    def level_of_code(self, code: str) -> str | None:
        """The administrative level of whose document numbers begin with a code, or whose orders it names."""
        bodies = self.registry.by_code(code) or self.registry.labelled(plain(code))
        levels = {body.level for body in bodies}
        return levels.pop() if len(levels) == 1 else None

    def level_of_title(self, title: str) -> str | None:
        """The administrative level of the place that a title begins with."""
        match = self._areas.match(plain(title))
        return self.registry.areas[match.group()].level if match else None

    @staticmethod
    def citing(
        document: Document, facts: Facts, resolution: Resolution, own: Sequence[str]
    ) -> CitingDocument:
        """A document as one that cites; ``own`` are its IRIs, the circular's first."""
        return CitingDocument(
            own=frozenset(own),
            on=document.fields.date.value if document.fields.date else resolution.latest,
            beside=mentions(facts.references),
            scope=own[0],
        )

    def citations(
        self,
        document: Document,
        facts: Facts,
        resolution: Resolution,
        citations: Citations,
        own: Sequence[str],
    ) -> Resolution:
        """The resolution with what each reference means; ``own`` as in ``citing``."""
        citing = self.citing(document, facts, resolution, own)
        return replace(
            resolution,
            cited=tuple(map(citations.resolver(citing).reference, facts.references)),
            clauses=tuple(map(ClauseFinder(document).find, facts.internal_references)),
            annexes=tuple(annexes(document, reference) for reference in facts.internal_references),
        )


def _issues_series(document: Document) -> bool:
    """Tell whether a circular issues several texts, which then follow it without heads of their own."""
    stretches = document.fields.circular_title or document.fields.title
    title = plain(stretches.value) if stretches else ""
    notice = "".join(
        document.text.folded[piece.start : piece.end]
        for piece in document.blocks
        if piece.part is Part.NOTICE
    )
    return bool(_SERIES.search(title) or _SERIES.search(notice))


def load_resolver(registries: Iterable[Path] = ()) -> Resolver:
    """Load the registry that comes with gongbao, and those of further folders, into a resolver.

    Raises RegistryError for a row or a judgement that is wrong.
    """
    registry, files = load_registry(registries)
    return Resolver(registry, read_judgements(files, registry))


@cache
def builtin_resolver() -> Resolver:
    """Return the resolver with the registry that comes with gongbao and nothing else.

    It lives as long as the process, and so does everything that was loaded with it: the garbage collector
    is told to skip all of that.
    """
    resolver = load_resolver()
    gc.freeze()
    return resolver

"""The bodies that one document names, resolved with what the document itself says before.

By judgement, by a name that the document defines, by registry and grammar (``names``), by a name that the
document has given in full before. Exactly one candidate, or unresolved.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ingest.body_lists import split_list
from ingest.body_names import find_definitions, is_name
from ingest.model import Document, Facts, HeadField, Span
from ingest.pattern import book
from ingest.resolve.classes import members_of
from ingest.resolve.model import (
    Agency,
    AgencyMention,
    DocumentContext,
    Form,
    ResolutionStep,
    ResolvedName,
)
from ingest.resolve.names import NameResolver
from ingest.resolve.neighbours import Neighbours
from ingest.resolve.spelling import in_full
from ontology.normal import plain, without_space
from ontology.registry import Decision, Judgements

_BOOK = book("agency")
_LEADING = _BOOK.regex("agency.leading-words")
_ANAPHOR = _BOOK.regex("agency.anaphor")
_DEPARTMENT = "部门"
_MEMBERS = _BOOK.regex("agency.members")
_HOST = _BOOK.regex("agency.host")
_FUNCTION_ALONE = _BOOK.regex("agency.function-alone")
_BREAK = _BOOK.regex("agency.break")
_EVERY = "各"
_LONGEST = 45  # characters of a name
_CERTAIN = frozenset(  # steps whose agency needs no further test that the name is one of a body
    {ResolutionStep.JUDGEMENT, ResolutionStep.REGISTRY, ResolutionStep.DEFINITION, ResolutionStep.GENERIC}
)


class AgencyResolver:
    """Resolves the bodies of one document."""

    def __init__(
        self, document: Document, context: DocumentContext, names: NameResolver, judgements: Judgements
    ) -> None:
        self.document = document
        self.context = context
        self.names = names
        self.judgements = judgements
        self._neighbours = Neighbours(document, context, names)
        self._defined = self._definitions()
        self._seen: dict[str, Agency] = {}  # names given in full so far, in the order of the text

    # mentions -----------------------------------------------------------------------------------

    def issuers(self) -> tuple[AgencyMention, ...]:
        """The document's issuers, in its order."""
        return tuple(self._of_field(field) for field in self.document.fields.issuers)

    def addressees(self) -> tuple[AgencyMention, ...]:
        """Return the bodies that the document is sent to."""
        field = self.document.fields.addressees
        if field is None or field.span is None:
            return ()
        return tuple(
            m for m in self.units(field.span) if m.step is ResolutionStep.COLLECTIVE or self._is_body(m)
        )

    def responsibilities(self, facts: Facts) -> tuple[AgencyMention, ...]:
        """The body of each responsibility; a place that bears one stands for its government."""
        return tuple(self._acting(self.mention(fact.span)) for fact in facts.responsibilities)

    def bearers(self, facts: Facts) -> tuple[tuple[AgencyMention, ...], ...]:
        """The bodies that bear each norm; () where its bearer is none (企业, 专家) or is not told."""
        return tuple(self._bearers(fact.bearer) if fact.bearer else () for fact in facts.norms)

    def _bearers(self, span: Span) -> tuple[AgencyMention, ...]:
        found = tuple(self.units(span))
        if all(map(self._is_body, found)):
            return found
        whole = self.mention(span)  # 市、区人民政府
        return (whole,) if self._is_body(whole) and whole.agency is not None else ()

    def _is_body(self, mention: AgencyMention) -> bool:
        if mention.step in _CERTAIN:
            return mention.agency is not None
        name = plain(mention.name)
        return is_name(name) or _FUNCTION_ALONE.match(name) is not None

    def units(self, span: Span) -> Iterator[AgencyMention]:
        """The mentions of a list."""
        for unit in self._spans(span):
            yield self.mention(unit)

    def _spans(self, span: Span) -> list[Span]:
        return split_list(self.document.text.folded, span.start, span.end, self.document.year)

    def mention(self, span: Span) -> AgencyMention:
        """The body named at a place."""
        name = without_space(self.document.text.quote(span))
        shared = self._neighbours.same_place(name, span.start)
        if shared is not None:
            return AgencyMention.of(span, name, self.resolve(plain(shared), span.start))
        head = self._neighbours.list_head(name, span.start)
        found = self.resolve(plain(head + name), span.start)
        if found is None and self._neighbours.by_level(span):
            found = self.resolve(plain(_EVERY + name), span.start)
        if found is None and self._neighbours.shares_head(name, span.end):
            found = self.resolve(plain(name + _DEPARTMENT), span.start)
        return AgencyMention.of(span, name, found)

    def _of_field(self, field: HeadField) -> AgencyMention:
        span = field.span or Span(self.document.span.start, self.document.span.start)
        found = self.resolve(plain(field.value), span.start)
        return AgencyMention.of(span, field.value, found)

    def _acting(self, mention: AgencyMention) -> AgencyMention:
        if mention.agency is None or mention.agency.form is not Form.AREA:
            return mention
        government = self.names.registry.acting(mention.agency.name)
        if government is None:
            return AgencyMention.of(mention.span, mention.name, None)
        resolved = ResolvedName(Agency.of_row(government), ResolutionStep.PLACE)
        return AgencyMention.of(mention.span, mention.name, resolved)

    # steps --------------------------------------------------------------------------------------

    def resolve(self, name: str, offset: int) -> ResolvedName | None:
        """The agency that a name (``plain`` form) means at an offset of the text."""
        judged = self.judgements.find(name, self.context.scopes)
        if judged is not None:
            body = self.names.registry.get(judged.body) if judged.body else None
            if body is not None:
                return ResolvedName(Agency.of_row(body), ResolutionStep.JUDGEMENT)
            if judged.decision is Decision.GENERIC:
                return ResolvedName(Agency(Form.GENERIC, name), ResolutionStep.JUDGEMENT)
            return None
        found = self._plain(name, offset)
        if found is None or found.agency.form is Form.FUNCTIONAL:
            bare = _LEADING.sub("", name)
            hosted = _HOST.match(bare)
            for other in dict.fromkeys((bare, hosted["name"] if hosted else bare)):
                found = (self._plain(other, offset) if other != name else None) or found
        if found is not None and found.agency.form is Form.CLASS and found.agency.area is None:
            scoped = self._scoped(found.agency.name)
            return ResolvedName(scoped, found.step) if scoped is not None else None
        if found is not None and found.agency.form is Form.BODY:
            self._seen.setdefault(name, found.agency)
        return found

    def _plain(self, name: str, offset: int) -> ResolvedName | None:
        definition = self._defined.get(name)
        if definition is not None and definition[0] <= offset:
            return definition[1]
        found = self.names.resolve(name, self.context.areas, self.context.interval)
        if found is not None:
            return found
        members = _MEMBERS.match(name)
        if members is not None:
            return self._members(name, members["group"], offset)
        anaphor = _ANAPHOR.match(name)
        if anaphor is None:
            return None
        head, organ = anaphor["head"], anaphor["organ"].removeprefix("的")
        defined = self._defined.get(head)
        if organ and defined is not None and defined[0] <= offset:
            return self._organ(defined[1], organ)
        named = self._before(anaphor["tail"], offset)
        if named is None and organ:  # the office of a group that was named without its office
            group = self._before(head, offset)
            return self._organ(group, organ) if group is not None else None
        return named

    def _organ(self, group: ResolvedName, organ: str) -> ResolvedName:
        """The office of a group."""
        name = group.agency.name + organ
        body = self.names.registry.get(name)
        agency = Agency.of_row(body) if body is not None else replace(group.agency, name=name, listed=False)
        return ResolvedName(agency, group.step)

    def _members(self, name: str, group: str, offset: int) -> ResolvedName | None:
        """The members of a group that the document has named; of a group that it has not named, those that
        this document means.
        """
        found = self._plain(group, offset) if group else None
        members = members_of(found.agency, name) if found is not None else None
        if members is None:
            members = Agency(Form.CLASS, name.removeprefix(_EVERY))
        return ResolvedName(members, ResolutionStep.COLLECTIVE)

    def _scoped(self, name: str) -> Agency | None:
        """A class of which nobody knows the area or the group, told apart by the document that means it: by
        its number, else by its title.
        """
        fields = self.document.fields
        field = fields.number or fields.title or fields.circular_title
        return Agency(Form.CLASS, f"{name}({plain(field.value)})") if field is not None else None

    def _definitions(self) -> dict[str, tuple[int, ResolvedName]]:
        """Short names that the document defines, with the offset from which they hold and their meaning."""
        found: dict[str, tuple[int, ResolvedName]] = {}
        for stretch, match in find_definitions(self.document):
            full = self._ending_at(stretch.start, match.start())
            short = plain(match["short"])
            if full is not None and short not in found:
                found[short] = (match.start(), ResolvedName(full, ResolutionStep.DEFINITION))
        return found

    def _ending_at(self, start: int, end: int) -> Agency | None:
        """The one organisation whose name ends at an offset: the longest stretch that the registry knows,
        else the longest that is a name.
        """
        begin = max(start, end - _LONGEST)
        stretch = self.document.text.folded[begin:end]
        breaks = [match.end() for match in _BREAK.finditer(stretch)]
        candidates = [plain(stretch[at:]) for at in range(breaks[-1] if breaks else 0, len(stretch) - 2)]
        areas, interval = self.context.areas, self.context.interval
        for candidate in candidates:
            listed = self.names.listed(candidate, areas, interval)
            if listed is not None:
                return Agency.of_row(listed)
        for candidate in candidates:
            found = self.names.resolve(candidate, areas, interval)
            if found is None or found.agency.form is not Form.BODY:
                continue
            if is_name(candidate) or found.agency.kind == "group":
                return found.agency
        return None

    # names given before -------------------------------------------------------------------------

    def _before(self, tail: str, offset: int) -> ResolvedName | None:
        """The one body with this end to its name that the document has named before an offset."""
        found: dict[str, Agency] = {}
        full = in_full(tail)
        for name, agency in self._seen.items():
            if len(name) > len(tail) and (name.endswith(tail) or agency.name.endswith((tail, full))):
                found[agency.name] = agency
        folded = self.document.text.folded
        at = folded.find(tail, self.document.span.start, offset)
        while at >= 0:
            named = self._ending_at(self.document.span.start, at + len(tail))
            if named is not None:
                found[named.name] = named
            at = folded.find(tail, at + len(tail), offset)
        if len(found) != 1:
            return None
        return ResolvedName(next(iter(found.values())), ResolutionStep.ANAPHORA)

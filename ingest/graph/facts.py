"""Facts as quads: each has its class, clause, place and rule; duties and outcomes hang on their task."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence

from ingest import nquads as nq
from ingest.graph.agencies import write_mention
from ingest.graph.documents import cited_node
from ingest.graph.force import Force, in_force
from ingest.graph.nodes import SharedNodes
from ingest.graph.resources import Resources
from ingest.graph.status import since_when
from ingest.graph.tasks import ClauseOf, task_clauses, task_label
from ingest.model import (
    Deadline,
    Document,
    Fact,
    Facts,
    Modality,
    Norm,
    Reference,
    Relation,
    Responsibility,
    Role,
    Span,
    Target,
)
from ingest.numerals import parse_integer
from ingest.pattern import book
from ingest.resolve.citations import CitedDocument
from ingest.resolve.model import AgencyMention, Resolution
from ontology.normal import without_space
from ontology.terms import ELI, GB, PROV, RDFS, SCHEMA, XSD, Term

_STATED_IN, _PLACE, _GENERATED = nq.node(GB.statedIn), nq.node(GB.place), nq.node(PROV.wasGeneratedBy)
_ROLES = nq.concepts(GB.Role)
_COMPARATORS = nq.concepts(GB.Comparator)
_DEADLINES = nq.concepts(GB.DeadlineKind)
_RELATIONS = nq.concepts(GB.Relation)
_SHORTCUTS = {
    Role.LEAD: nq.node(GB.leadAgency),
    Role.RESPONSIBLE: nq.node(GB.responsibleAgency),
    Role.COOPERATE: nq.node(GB.cooperatingAgency),
}
_LINKS = {
    Relation.BASIS: nq.node(ELI.based_on),
    Relation.IMPLEMENTS: nq.node(ELI.applies),
    Relation.REPEALS: nq.node(ELI.repeals),
    Relation.AMENDS: nq.node(ELI.amends),
    Relation.CITES: nq.node(ELI.cites),
}
_STATUS = (
    (Relation.REPEALS, GB.repealedBy, GB.repealedOn),
    (Relation.AMENDS, GB.amendedBy, GB.amendedOn),
)
_MODALITIES = {
    Modality.OBLIGATION: GB.Obligation,
    Modality.PROHIBITION: GB.Prohibition,
    Modality.PERMISSION: GB.Permission,
}
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_DURATION = re.compile(r"P(?:(?P<days>\d+)BD|T?\d+[YMDWH])")
_DECIMAL = re.compile(r"\d+(?:\.\d+)?")
_RANGE = book("numbers").regex("number.range")


def write_facts(
    nodes: SharedNodes,
    document: Document,
    facts: Facts,
    resources: Resources,
    clauses: list[str],
    resolution: Resolution,
) -> None:
    """Write every fact of a document. ``clauses`` are the IRIs of its clauses, by index."""
    _FactWriter(nodes, document, resources, clauses, resolution).run(facts)


class _FactWriter:
    def __init__(
        self,
        nodes: SharedNodes,
        document: Document,
        resources: Resources,
        clauses: list[str],
        resolution: Resolution,
    ) -> None:
        self.nodes = nodes
        self.writer = nodes.writer
        self.text = document.text
        self.document = document
        self.resources = resources
        self.clauses = clauses
        self.resolution = resolution
        self.forces: dict[bool, Force] = {}  # of the document, and of the text that it publishes again
        self.starts = [clause.span.start for clause in document.clauses]
        self.names: dict[int, Span] = {}  # of the tasks that are rows of tables, by clause

    def clause_of(self, fact: Fact) -> int:
        home = fact.home if isinstance(fact, Responsibility | Deadline | Target) else None
        return self.clause_at(fact.span.start if home is None else home)

    def clause_at(self, offset: int) -> int:
        return max(bisect_right(self.starts, offset) - 1, 0)

    def run(self, facts: Facts) -> None:
        self.names = {self.clause_at(row): name for row, name in facts.names}
        tasks = self.tasks(facts, self.clause_of)
        for target in facts.targets:
            self.hang(tasks, self.clause_of(target), GB.hasTarget, self.target(target))
        nodes = {deadline: self.deadline(deadline) for deadline in facts.deadlines}
        for deadline, node in nodes.items():
            self.hang(tasks, self.clause_of(deadline), GB.hasDeadline, node)
        self.force(nodes)
        for reference, cited in zip(facts.references, self.resolution.cited, strict=True):
            self.reference(reference, cited, facts.deadlines)
        targets_of = zip(self.resolution.clauses, self.resolution.annexes, strict=True)
        for internal, (targets, annexes) in zip(facts.internal_references, targets_of, strict=True):
            node = self.fact(GB.InternalReference, internal, internal.target)
            self.writer.add(node, nq.node(GB.targetText), nq.text(internal.target))
            for clause in targets:
                self.writer.add(node, nq.node(GB.refersToClause), nq.node(self.clauses[clause]))
            for annex in annexes:
                self.writer.add(node, nq.node(GB.refersToPlace), self.nodes.place(annex, quoted=False))
        for norm, bearers in zip(facts.norms, self.resolution.bearers, strict=True):
            self.norm(norm, bearers)

    def fact(self, kind: Term, fact: Fact, *content: str) -> str:
        """Write what every fact has: class, clause, place, rule."""
        place = self.nodes.place(fact.span)
        span = f"{fact.span.start},{fact.span.end}"  # no IRI: the hash is the same under another base
        home = fact.home if isinstance(fact, Responsibility | Deadline | Target) else None
        if home is not None:
            content = (*content, str(home))
        node = nq.node(self.nodes.iris.fact(kind, self.text.sha256, span, *content))
        clause = self.clauses[self.clause_at(fact.span.start if home is None else home)]
        self.writer.add_all(
            node,
            nq.is_a(kind),
            f"{_STATED_IN} <{clause}>",
            f"{_PLACE} {place}",
            f"{_GENERATED} {self.nodes.rule(fact.rule)}",
        )
        return node

    # tasks --------------------------------------------------------------------------------------

    def tasks(self, facts: Facts, clause_of: ClauseOf) -> dict[int, str]:
        """A task for each clause that lays a duty on bodies; gives the task's node by clause."""
        add = self.writer.add
        homes = task_clauses(self.document, facts.responsibilities, clause_of)
        tasks: dict[int, str] = {}
        mentions = self.resolution.responsibilities
        for responsibility, home, mention in zip(facts.responsibilities, homes, mentions, strict=True):
            if home not in tasks:
                tasks[home] = self.task(home)
            task = tasks[home]
            node = self.fact(GB.Responsibility, responsibility, responsibility.role, responsibility.unit)
            body = write_mention(self.nodes, node, mention)
            add(node, nq.node(GB.role), _ROLES[responsibility.role])
            add(node, nq.node(GB.agency), body)
            add(node, nq.node(GB.task), task)
            add(node, nq.node(GB.explicit), nq.typed(str(responsibility.explicit).lower(), XSD.boolean))
            add(task, _SHORTCUTS[responsibility.role], body)
        return tasks

    def task(self, home: int) -> str:
        task = nq.node(self.nodes.iris.task(self.clauses[home]))
        clause = self.document.clauses[home]
        self.writer.type(task, GB.Task)
        self.writer.add(task, _STATED_IN, nq.node(self.clauses[home]))
        # said outright: questions that count the tasks of a store would else walk up from every clause
        self.writer.add(task, nq.node(GB.setBy), nq.node(self.resources.put_out(clause)))
        self.writer.add(task, _PLACE, self.nodes.place(clause.span))
        self.writer.add(task, nq.node(RDFS.label), nq.chinese(task_label(self.document, home, self.names)))
        return task

    def hang(self, tasks: dict[int, str], clause: int, link: Term, node: str) -> None:
        """Hang a deadline or target on the task of its clause, or of the nearest clause above."""
        place: int | None = clause
        while place is not None:
            if place in tasks:
                self.writer.add(tasks[place], nq.node(link), node)
                return
            place = self.document.clauses[place].parent

    # outcomes -----------------------------------------------------------------------------------

    def target(self, target: Target) -> str:
        add = self.writer.add
        node = self.fact(GB.Target, target, target.value, target.unit, target.comparator)
        add(node, nq.node(GB.valueText), nq.text(target.value))
        between = _RANGE.fullmatch(target.value)
        if _DECIMAL.fullmatch(target.value):
            add(node, nq.node(SCHEMA.value), nq.typed(target.value, XSD.decimal))
        elif between:
            add(node, nq.node(SCHEMA.minValue), nq.typed(between["low"], XSD.decimal))
            add(node, nq.node(SCHEMA.maxValue), nq.typed(between["high"], XSD.decimal))
        if target.unit:
            add(node, nq.node(SCHEMA.unitText), nq.text(target.unit))
        add(node, nq.node(GB.comparator), _COMPARATORS[target.comparator])
        if target.indicator:
            add(node, nq.node(GB.indicator), nq.chinese(target.indicator))
        if target.by:
            add(node, nq.node(GB.by), nq.typed(target.by, XSD.date))
        return node

    def deadline(self, deadline: Deadline) -> str:
        add = self.writer.add
        node = self.fact(GB.Deadline, deadline, deadline.kind, deadline.norm)
        add(node, nq.node(GB.deadlineKind), _DEADLINES[deadline.kind])
        add(node, nq.node(GB.norm), nq.text(deadline.norm))
        length = deadline.norm.removeprefix("R/")
        recurring = length != deadline.norm
        duration = _DURATION.fullmatch(length)
        if _DATE.fullmatch(deadline.norm):
            add(node, nq.node(GB.date), nq.typed(deadline.norm, XSD.date))
        elif deadline.norm.startswith("on-issue"):
            add(node, nq.node(GB.trigger), nq.chinese(self.text.quote(deadline.span)))
        elif duration and duration["days"]:
            add(node, nq.node(GB.workingDays), nq.integer(int(duration["days"])))
        elif duration:
            if length.endswith("W"):  # XML Schema has no weeks
                length = f"P{(parse_integer(length[1:-1]) or 0) * 7}D"
            link = GB.recurrence if recurring else GB.duration
            add(node, nq.node(link), nq.typed(length, XSD.duration))
        return node

    def force(self, nodes: Mapping[Deadline, str]) -> None:
        """Work out when the texts are in force; write the days that follow from a deadline."""
        add, again = self.writer.add, self.resources.republished
        parts = {False: [each for each in nodes if self.owner(each) != again]}
        if again is not None:
            parts[True] = [each for each in nodes if self.owner(each) == again]
        for republished, deadlines in parts.items():
            force = self.forces[republished] = in_force(self.document, deadlines, again=republished)
            owner = nq.node(again if republished and again else self.resources.policy)
            for day, on, by in (
                (force.entry, ELI.first_date_entry_in_force, GB.effectiveDeadline),
                (force.expiry, ELI.date_no_longer_in_force, GB.expiresDeadline),
            ):
                if day and day.follows_from:
                    add(owner, nq.node(on), nq.typed(day.iso, XSD.date))
                    add(owner, nq.node(by), nodes[day.follows_from])

    # references and norms -----------------------------------------------------------------------

    def reference(self, reference: Reference, document: CitedDocument, deadlines: Sequence[Deadline]) -> None:
        add = self.writer.add
        node = self.fact(GB.Reference, reference, reference.title or "", reference.number or "")
        add(node, nq.node(GB.relation), _RELATIONS[reference.relation])
        if reference.title:
            add(node, nq.node(GB.citedTitle), nq.chinese(reference.title))
        if reference.number:
            add(node, nq.node(GB.citedNumber), nq.text(reference.number))
        if reference.definition:
            add(node, nq.node(GB.shortFormOf), nq.chinese(reference.definition))
        cited = cited_node(self.nodes, document)
        add(node, nq.node(GB.refersTo), cited)
        owner = self.owner(reference)
        if reference.relation in _LINKS and cited != nq.node(owner):
            add(nq.node(owner), _LINKS[reference.relation], cited)
            self.status(reference, owner, cited, deadlines)

    def owner(self, fact: Fact) -> str:
        """The IRI of the resource that states a fact."""
        return self.resources.of(self.document.clauses[self.clause_of(fact)])

    def status(self, reference: Reference, owner: str, cited: str, deadlines: Sequence[Deadline]) -> None:
        """Write what a repeal or an amendment does to the document it names, and from when on."""
        for kind, by, on in _STATUS:
            if reference.relation is kind:
                force = self.forces[owner == self.resources.republished]
                since = since_when(self.document, reference, deadlines, force)
                self.writer.add(cited, nq.node(by), nq.node(owner))
                if since:
                    self.writer.add(cited, nq.node(on), nq.typed(since, XSD.date))

    def norm(self, norm: Norm, bearers: Sequence[AgencyMention]) -> None:
        node = self.fact(_MODALITIES[norm.modality], norm, str(norm.modal.start))
        self.writer.add(node, nq.node(GB.modal), nq.chinese(self.text.quote(norm.modal)))
        if norm.bearer is None:
            return
        name = without_space(self.text.quote(norm.bearer))
        self.writer.add(node, nq.node(GB.bearerName), nq.chinese(name))
        self.writer.add(node, nq.node(GB.bearerPlace), self.nodes.place(norm.bearer))
        if not bearers:
            self.writer.add(node, nq.node(GB.bearer), self.nodes.named(GB.Party, name))
        for mention in bearers:
            place = self.nodes.place(mention.span)
            bearer = nq.node(self.nodes.iris.fact(GB.Mention, node, place))
            self.writer.type(bearer, GB.Mention)
            self.writer.add(bearer, _PLACE, place)
            self.writer.add(node, nq.node(GB.bearerMention), bearer)
            body = write_mention(self.nodes, bearer, mention)
            self.writer.add(bearer, nq.node(GB.agency), body)
            self.writer.add(node, nq.node(GB.bearer), body)

"""Bodies as quads: what a name means, the mentions in a document's head, and the registry itself."""

from __future__ import annotations

from ingest.graph import writer as g
from ingest.graph.names import Names
from ingest.graph.writer import GraphWriter
from ingest.resolve.model import Agency, Form, Mention
from ontology.iris import Iris
from ontology.registry import Body, Registry
from ontology.terms import CV, GB, ORG, SKOS, XSD, Term, notations

_CLASSES = {
    Form.BODY: CV.PublicOrganisation,
    Form.AREA: GB.AdministrativeArea,
    Form.CLASS: GB.CollectiveBody,
    Form.FUNCTIONAL: GB.FunctionalBody,
    Form.GENERIC: GB.GenericBody,
}
_KINDS = {name: g.node(term) for name, term in notations(GB.BodyKind).items()}
_LEVELS = {name: g.node(term) for name, term in notations(GB.AdministrativeLevel).items()}
_CHANGES = {name: g.node(term) for name, term in notations(GB.ChangeKind).items()}
_DATES = {4: XSD.gYear, 7: XSD.gYearMonth, 10: XSD.date}


def write_mention(names: Names, owner: str, mention: Mention, name: Term = GB.agencyName) -> str:
    """Say of a fact (``owner``) which body it names and what that is; gives the body's node."""
    add = names.writer.add
    body = agency_node(names, mention)
    add(owner, g.node(name), g.chinese(mention.name))
    if mention.how:
        add(owner, g.node(GB.resolvedBy), g.text(mention.how))
    if mention.agency is not None and mention.agency.holder:
        add(owner, g.node(GB.holder), g.node(names.iris.agency(Form.BODY, mention.agency.holder)))
    return body


def write_head_mention(names: Names, document: str, predicate: Term, mention: Mention) -> str:
    """A mention in a document's head as a node of its own; gives the body's node."""
    place = names.place(mention.span)
    node = g.node(
        names.iris.fact(GB.Mention, names.text.sha256, f"{mention.span.start}", mention.name, predicate)
    )
    names.writer.type(node, GB.Mention)
    names.writer.add(document, g.node(predicate), node)
    names.writer.add(node, g.node(GB.place), place)
    body = write_mention(names, node, mention)
    names.writer.add(node, g.node(GB.agency), body)
    return body


def agency_node(names: Names, mention: Mention) -> str:
    """The node of what a name means, described once a file; of the name itself where that is unknown."""
    agency = mention.agency
    if agency is None:
        return names.named(GB.NamedBody, mention.name)
    node = g.node(names.iris.agency(agency.form, agency.name))
    if names.first_time(node):
        _describe(names, node, agency)
    return node


def _describe(names: Names, node: str, agency: Agency) -> None:
    add = names.writer.add
    names.writer.type(node, _CLASSES[agency.form])
    add(node, g.node(SKOS.prefLabel), g.chinese(agency.name))
    if agency.kind:
        add(node, g.node(ORG.classification), _KINDS[agency.kind])
    if agency.level:
        add(node, g.node(GB.level), _LEVELS[agency.level])
    if agency.area and agency.area != agency.name:
        add(node, g.node(GB.area), g.node(names.iris.agency(Form.AREA, agency.area)))
    if agency.function:
        add(node, g.node(GB.function), g.text(agency.function))
    for member in agency.members:
        add(node, g.node(ORG.hasMember), g.node(names.iris.agency(Form.BODY, member)))


def registry_graph(registry: Registry, iris: Iris) -> GraphWriter:
    """The graph of the registry: every row, every change."""
    writer = GraphWriter(iris.registry_graph())
    for body in registry:
        _write_body(writer, registry, iris, body)
    return writer


def _node(iris: Iris, body: Body) -> str:
    return g.node(iris.agency(Form.AREA if body.is_area else Form.BODY, body.name))


def _write_body(writer: GraphWriter, registry: Registry, iris: Iris, body: Body) -> None:
    node, add = _node(iris, body), writer.add
    writer.type(node, GB.AdministrativeArea if body.is_area else CV.PublicOrganisation)
    add(node, g.node(SKOS.prefLabel), g.chinese(body.name))
    for alias in body.aliases:
        add(node, g.node(SKOS.altLabel), g.chinese(alias))
    add(node, g.node(ORG.classification), _KINDS[body.kind])
    add(node, g.node(GB.level), _LEVELS[body.level])
    if body.area:
        add(node, g.node(GB.area), g.node(iris.agency(Form.AREA, body.area)))
    if body.is_area:
        return
    if body.parent:
        add(node, g.node(ORG.subOrganizationOf), g.node(iris.agency(Form.BODY, body.parent)))
    for link, date in ((GB.validFrom, body.period.since), (GB.validUntil, body.period.until)):
        if date:
            add(node, g.node(link), _partial(date))
    for function in body.functions:
        add(node, g.node(GB.function), g.text(function))
    for code in body.codes:
        add(node, g.node(GB.organCode), g.text(code))
    for last in registry.now(body):
        add(node, g.node(GB.currentBody), _node(iris, last))
    if body.change and body.period.until:
        _write_change(writer, registry, iris, body, body.period.until)


def _write_change(writer: GraphWriter, registry: Registry, iris: Iris, body: Body, date: str) -> None:
    """The event that ended a body; bodies that went into one at one time share it."""
    who = "" if body.becomes and len(body.becomes) == 1 and body.change == "merged" else body.name
    event, add = g.node(iris.change(date, str(body.change), who, *sorted(body.becomes))), writer.add
    writer.type(event, ORG.ChangeEvent)
    add(event, g.node(GB.changeKind), _CHANGES[str(body.change)])
    add(event, g.node(GB.changeDate), _partial(date))
    add(event, g.node(ORG.originalOrganization), _node(iris, body))
    for name in body.becomes:
        successor = registry.get(name)
        if successor is not None:
            add(event, g.node(ORG.resultingOrganization), _node(iris, successor))
    if body.cause:
        add(event, g.node(GB.cause), g.chinese(body.cause))


def _partial(date: str) -> str:
    return g.typed(date, _DATES[len(date)])

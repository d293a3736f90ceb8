"""Bodies as quads: what a name means, the mentions in a document's head, and the registry itself."""

from __future__ import annotations

from ingest import nquads as nq
from ingest.graph.nodes import SharedNodes
from ingest.nquads import GraphWriter
from ingest.resolve.model import Agency, AgencyMention, Form
from ontology.iris import Iris
from ontology.registry import Body, Registry
from ontology.terms import CV, GB, ORG, SKOS, XSD, Term

_CLASSES = {
    Form.BODY: CV.PublicOrganisation,
    Form.AREA: GB.AdministrativeArea,
    Form.CLASS: GB.CollectiveBody,
    Form.FUNCTIONAL: GB.FunctionalBody,
    Form.GENERIC: GB.GenericBody,
}
_KINDS = nq.concepts(GB.BodyKind)
_LEVELS = nq.concepts(GB.AdministrativeLevel)
_CHANGES = nq.concepts(GB.ChangeKind)
_DATES = {4: XSD.gYear, 7: XSD.gYearMonth, 10: XSD.date}


def write_mention(nodes: SharedNodes, owner: str, mention: AgencyMention, name: Term = GB.agencyName) -> str:
    """Say of a fact (``owner``) which body it names and what that is; gives the body's node."""
    add = nodes.writer.add
    body = agency_node(nodes, mention)
    add(owner, nq.node(name), nq.chinese(mention.name))
    if mention.step:
        add(owner, nq.node(GB.resolvedBy), nq.text(mention.step))
    if mention.agency is not None and mention.agency.holder:
        add(owner, nq.node(GB.holder), nq.node(nodes.iris.agency(Form.BODY, mention.agency.holder)))
    return body


def write_head_mention(nodes: SharedNodes, document: str, predicate: Term, mention: AgencyMention) -> str:
    """A mention in a document's head as a node of its own; gives the body's node.

    A body that is known only beside the text has an empty span, and no place.
    """
    node = nq.node(
        nodes.iris.fact(GB.Mention, nodes.text.sha256, f"{mention.span.start}", mention.name, predicate)
    )
    nodes.writer.type(node, GB.Mention)
    nodes.writer.add(document, nq.node(predicate), node)
    if mention.span.start < mention.span.end:
        nodes.writer.add(node, nq.node(GB.place), nodes.place(mention.span))
    body = write_mention(nodes, node, mention)
    nodes.writer.add(node, nq.node(GB.agency), body)
    return body


def agency_node(nodes: SharedNodes, mention: AgencyMention) -> str:
    """Return the node of the body that a name means, or of the name itself; describe it once a file."""
    agency = mention.agency
    if agency is None:
        return nodes.named(GB.NamedBody, mention.name)
    return _node_of(nodes, agency)


def _node_of(nodes: SharedNodes, agency: Agency) -> str:
    """The node of an agency; a line's is the body as texts name it, whose name at the time is open."""
    if agency.form is Form.LINE:
        node = nodes.named(GB.NamedBody, agency.name)
    else:
        node = nq.node(nodes.iris.agency(agency.form, agency.name))
    if nodes.first_time(node):
        _describe(nodes, node, agency)
    return node


def _describe(nodes: SharedNodes, node: str, agency: Agency) -> None:
    add = nodes.writer.add
    if agency.form is not Form.LINE:
        nodes.writer.type(node, _CLASSES[agency.form])
        add(node, nq.node(SKOS.prefLabel), nq.chinese(agency.name))
    if agency.form is Form.BODY and not agency.listed:
        add(node, nq.node(GB.derived), nq.typed("true", XSD.boolean))
    if agency.kind:
        add(node, nq.node(ORG.classification), _KINDS[agency.kind])
    if agency.level:
        add(node, nq.node(GB.level), _LEVELS[agency.level])
    if agency.area and agency.area != agency.name:
        add(node, nq.node(GB.area), nq.node(nodes.iris.agency(Form.AREA, agency.area)))
    if agency.function:
        add(node, nq.node(GB.function), nq.text(agency.function))
    for member in agency.members:
        add(node, nq.node(ORG.hasMember), nq.node(nodes.iris.agency(Form.BODY, member)))
    for one in agency.line:
        add(node, nq.node(ORG.hasMember), _node_of(nodes, one))
    if agency.current is not None:
        add(node, nq.node(GB.currentBody), _node_of(nodes, agency.current))


def registry_graph(registry: Registry, iris: Iris) -> GraphWriter:
    """The graph of the registry: every row, every change."""
    writer = GraphWriter(iris.registry_graph())
    for body in registry:
        _write_body(writer, registry, iris, body)
    return writer


def _node(iris: Iris, body: Body) -> str:
    return nq.node(iris.agency(Form.AREA if body.is_area else Form.BODY, body.name))


def _write_body(writer: GraphWriter, registry: Registry, iris: Iris, body: Body) -> None:
    node, add = _node(iris, body), writer.add
    writer.type(node, GB.AdministrativeArea if body.is_area else CV.PublicOrganisation)
    add(node, nq.node(SKOS.prefLabel), nq.chinese(body.name))
    for alias in body.aliases:
        add(node, nq.node(SKOS.altLabel), nq.chinese(alias))
    add(node, nq.node(ORG.classification), _KINDS[body.kind])
    add(node, nq.node(GB.level), _LEVELS[body.level])
    if body.area:
        add(node, nq.node(GB.area), nq.node(iris.agency(Form.AREA, body.area)))
    if body.is_area:
        return
    if body.parent:
        add(node, nq.node(ORG.subOrganizationOf), nq.node(iris.agency(Form.BODY, body.parent)))
    for link, date in ((GB.validFrom, body.period.since), (GB.validUntil, body.period.until)):
        if date:
            add(node, nq.node(link), _partial(date))
    for function in body.functions:
        add(node, nq.node(GB.function), nq.text(function))
    for code in body.codes:
        add(node, nq.node(GB.organCode), nq.text(code))
    for last in registry.now(body):
        add(node, nq.node(GB.currentBody), _node(iris, last))
    if body.change and body.period.until:
        _write_change(writer, registry, iris, body, body.period.until)


def _write_change(writer: GraphWriter, registry: Registry, iris: Iris, body: Body, date: str) -> None:
    """The event that ended a body; bodies that went into one at one time share it."""
    who = "" if body.becomes and len(body.becomes) == 1 and body.change == "merged" else body.name
    event, add = nq.node(iris.change(date, str(body.change), who, *sorted(body.becomes))), writer.add
    writer.type(event, ORG.ChangeEvent)
    add(event, nq.node(GB.changeKind), _CHANGES[str(body.change)])
    add(event, nq.node(GB.changeDate), _partial(date))
    add(event, nq.node(ORG.originalOrganization), _node(iris, body))
    for name in body.becomes:
        successor = registry.get(name)
        if successor is not None:
            add(event, nq.node(ORG.resultingOrganization), _node(iris, successor))
    if body.cause:
        add(event, nq.node(GB.cause), nq.chinese(body.cause))


def _partial(date: str) -> str:
    return nq.typed(date, _DATES[len(date)])

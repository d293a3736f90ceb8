"""The facts of a document as marks of its text, with what each says and which view shows what it names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from app.browse.components.marked_text.component import LegendEntry
from app.browse.components.marked_text.marks import MARK_KINDS, FactMark, MarkDetail, MarkKind
from app.browse.context import ViewContext
from app.browse.routes import ViewState
from ontology.terms import ELI, GB, RDFS, SCHEMA, SKOS
from queries.run import Row

_TERMS: Mapping[MarkKind, str] = MappingProxyType(
    {
        "role": GB.Responsibility,
        "target": GB.Target,
        "deadline": GB.Deadline,
        "reference": GB.Reference,
        "internal": GB.InternalReference,
        "obligation": GB.Obligation,
        "prohibition": GB.Prohibition,
        "permission": GB.Permission,
    }
)
# The properties of a fact in the order in which they are read, and the view and parameter of what they name.
_PROPERTIES: Mapping[str, tuple[str, str] | None] = MappingProxyType(
    {
        GB.agencyName: None,
        GB.agency: ("agency", "agency"),
        GB.indicator: None,
        GB.comparator: None,
        GB.valueText: None,
        GB.by: None,
        GB.deadlineKind: None,
        GB.norm: None,
        GB.relation: None,
        GB.refersTo: ("document", "document"),
        GB.citedNumber: None,
        GB.targetText: None,
        GB.refersToClause: ("document", "at"),
        GB.modal: None,
        GB.bearerName: None,
        GB.bearer: ("agency", "agency"),
        GB.task: ("tasks", "task"),
    }
)
_LABELS = (SKOS.prefLabel, ELI.title, RDFS.label, GB.number)
_LINKED = (GB.task, GB.refersTo, GB.agency, GB.bearer)  # properties that name a node of the graph of links
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"

Statements = Mapping[str, Mapping[str, list[str]]]
"""Subject → property → values"""


def read_statements(rows: Iterable[Row]) -> Statements:
    """Read the answer to browse/statements."""
    found: dict[str, dict[str, list[str]]] = {}
    for row in rows:
        subject, name, value = row["subject"], row["property"], row["value"]
        if subject and name and value is not None:
            found.setdefault(subject, {}).setdefault(name, []).append(value)
    return found


def legend_entries(context: ViewContext) -> tuple[LegendEntry, ...]:
    """Return the kinds of facts in the order of the legend."""
    translate = context.translate
    return tuple(
        LegendEntry(kind, translate.term(term), translate(f"document.sign.{kind}"))
        for kind, term in _TERMS.items()
    )


def make_marks(
    context: ViewContext,
    rows: Iterable[Row],
    statements: Statements,
    pages: Mapping[str, str],
    begin: int,
    states: dict[str, ViewState],
) -> tuple[FactMark, ...]:
    """Make marks of the rows of document/marks, for a text that begins at an offset.

    ``pages`` are the pages of the original on which facts stand, where it has pages.

    ``states`` collects the views that the links of the details open, by their addresses.
    """
    marks = []
    for row in rows:
        fact, code = row["fact"] or "", row["kind"] or ""
        kind = MARK_KINDS.get(code)
        if kind is None:
            continue
        # a role has a title and a sign of its own
        title = context.translate.code(code) if kind == "role" else context.translate.term(_TERMS[kind])
        details = [*_details(context, statements, fact, states), *_provenance(context, row)]
        if context.client.is_gongbao:
            details.append(_original(context, fact, pages.get(fact), states))
        marks.append(
            FactMark(
                begin=int(row["begin"] or 0) - begin,
                end=int(row["end"] or 0) - begin,
                kind=kind,
                fact=fact,
                title=title,
                sign=context.translate(f"document.sign.{code if kind == 'role' else kind}"),
                details=tuple(details),
            )
        )
    return tuple(marks)


def _details(
    context: ViewContext, statements: Statements, fact: str, states: dict[str, ViewState]
) -> list[MarkDetail]:
    values_by_property = statements.get(fact, {})
    details = []
    for name, view in _PROPERTIES.items():
        for value in sorted(values_by_property.get(name, ())):
            text = _value_text(context, statements, values_by_property, name, value)
            link = None
            if view and not _is_party(statements, value):
                link = _add_link(context, ViewState(view[0], {view[1]: value}), states)
            details.append(MarkDetail(context.translate.term(name), text, link))
    values = (value for name in _LINKED for value in values_by_property.get(name, ()))
    node = next((value for value in values if not _is_party(statements, value)), None)
    if node:
        link = _add_link(context, ViewState("links", {"node": node}), states)
        details.append(MarkDetail(context.translate("links.name"), context.translate("document.graph"), link))
    return _without_repeated_names(context, details)


def _value_text(
    context: ViewContext,
    statements: Statements,
    values_by_property: Mapping[str, list[str]],
    name: str,
    value: str,
) -> str:
    if name == GB.valueText:
        return value + "".join(values_by_property.get(SCHEMA.unitText, ()))
    if name in (GB.comparator, GB.deadlineKind, GB.relation):
        return context.translate.term(value)
    if _PROPERTIES[name] is None:
        return value
    known = statements.get(value, {})
    label = next((min(known[label]) for label in _LABELS if label in known), None)
    return label or value.rpartition("/")[2]


def _without_repeated_names(context: ViewContext, details: list[MarkDetail]) -> list[MarkDetail]:
    """Drop the name of a body in the text where it is the same as the body's own name."""
    names = {detail.text for detail in details if detail.link}
    in_text = {context.translate.term(GB.agencyName), context.translate.term(GB.bearerName)}
    return [
        detail for detail in details if detail.link or detail.label not in in_text or detail.text not in names
    ]


def _is_party(statements: Statements, iri: str) -> bool:
    return GB.Party in statements.get(iri, {}).get(_TYPE, ())


def _add_link(context: ViewContext, state: ViewState, states: dict[str, ViewState]) -> str:
    address = context.routes.address(state)
    states[address] = state
    return address


def _original(context: ViewContext, fact: str, page: str | None, states: dict[str, ViewState]) -> MarkDetail:
    """The link to the place of a fact in the original, with the page where it has pages."""
    translate = context.translate
    words = translate("document.original.on-page", page=page) if page else translate("document.original.see")
    link = _add_link(context, ViewState("document", {"at": fact, "section": "original"}), states)
    return MarkDetail(translate("document.section.original"), words, link)


def _provenance(context: ViewContext, row: Row) -> list[MarkDetail]:
    translate = context.translate
    return [
        MarkDetail(translate.term(GB.Rule), row["rule"] or ""),
        MarkDetail(translate.term(GB.confidence), translate.confidence(row["confidence"])),
    ]

"""The facts of a document as marks, with what each says and where it leads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from app.browse.components.marked_text import Detail, Kind, Legend, Mark
from app.browse.context import Context
from app.browse.routes import Target
from ontology.terms import ELI, GB, RDFS, SCHEMA, SKOS
from queries.run import Row

KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "lead": "role",
        "responsible": "role",
        "cooperate": "role",
        "target": "target",
        "deadline": "deadline",
        "reference": "reference",
        "internal reference": "internal",
        "obligation": "obligation",
        "prohibition": "prohibition",
        "permission": "permission",
    }
)
"""Kinds of document/marks → kinds that are told apart in the text"""
_LEGEND: Mapping[Kind, str] = MappingProxyType(
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
# What a fact says, in the order in which it is read, and the view and parameter of what it names.
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
_NAMES = (SKOS.prefLabel, ELI.title, RDFS.label, GB.number)
_NODES = (GB.task, GB.refersTo, GB.agency, GB.bearer)  # where the graph around a fact begins
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"

Statements = Mapping[str, Mapping[str, list[str]]]


def statements(rows: Iterable[Row]) -> Statements:
    """Subject → property → values, from the answer to browse/statements."""
    found: dict[str, dict[str, list[str]]] = {}
    for row in rows:
        subject, name, value = row["subject"], row["property"], row["value"]
        if subject and name and value is not None:
            found.setdefault(subject, {}).setdefault(name, []).append(value)
    return found


def legend(context: Context) -> tuple[Legend, ...]:
    """The kinds in the order of the legend."""
    speech = context.speech
    return tuple(
        Legend(kind, speech.term(term), speech(f"document.sign.{kind}")) for kind, term in _LEGEND.items()
    )


def marks(
    context: Context, rows: Iterable[Row], said: Statements, begin: int, targets: dict[str, Target]
) -> tuple[Mark, ...]:
    """The rows of document/marks as marks of a text that begins at an offset.

    ``targets`` collects what the addresses of the details mean.
    """
    found = []
    for row in rows:
        fact, kind = row["fact"] or "", row["kind"] or ""
        if kind in KINDS:
            details = [*_details(context, said, fact, targets), *_origin(context, row)]
            found.append(
                Mark(
                    fact,
                    KINDS[kind],
                    _title(context, kind),
                    context.speech(f"document.sign.{kind if KINDS[kind] == 'role' else KINDS[kind]}"),
                    int(row["begin"] or 0) - begin,
                    int(row["end"] or 0) - begin,
                    tuple(details),
                )
            )
    return tuple(found)


def _title(context: Context, kind: str) -> str:
    role = KINDS[kind] == "role"
    return context.speech.code(kind) if role else context.speech.term(_LEGEND[KINDS[kind]])


def _details(context: Context, said: Statements, fact: str, targets: dict[str, Target]) -> list[Detail]:
    told = said.get(fact, {})
    details = []
    for name, view in _PROPERTIES.items():
        for value in sorted(told.get(name, ())):
            text = _text(context, said, told, name, value)
            target = Target(view[0], {view[1]: value}) if view and not _is_party(said, value) else None
            details.append(Detail(context.speech.term(name), text, _kept(context, target, targets)))
    node = next(
        (value for name in _NODES for value in told.get(name, ()) if not _is_party(said, value)), None
    )
    if node:
        link = _kept(context, Target("links", {"node": node}), targets)
        details.append(Detail(context.speech("links.name"), context.speech("document.graph"), link))
    return _distinct(context, details)


def _text(context: Context, said: Statements, told: Mapping[str, list[str]], name: str, value: str) -> str:
    if name == GB.valueText:
        return value + "".join(told.get(SCHEMA.unitText, ()))
    if name in (GB.comparator, GB.deadlineKind, GB.relation):
        return context.speech.term(value)
    if _PROPERTIES[name] is None:
        return value
    known = said.get(value, {})
    return next((min(known[label]) for label in _NAMES if label in known), None) or value.rpartition("/")[2]


def _distinct(context: Context, details: list[Detail]) -> list[Detail]:
    """Without the name that the text gives a body where that is its name."""
    names = {detail.text for detail in details if detail.link}
    written = {context.speech.term(GB.agencyName), context.speech.term(GB.bearerName)}
    return [
        detail for detail in details if detail.link or detail.label not in written or detail.text not in names
    ]


def _is_party(said: Statements, iri: str) -> bool:
    return GB.Party in said.get(iri, {}).get(_TYPE, ())


def _kept(context: Context, target: Target | None, targets: dict[str, Target]) -> str | None:
    if target is None:
        return None
    address = context.routes.address(target)
    targets[address] = target
    return address


def _origin(context: Context, row: Row) -> list[Detail]:
    speech = context.speech
    return [
        Detail(speech.term(GB.Rule), row["rule"] or ""),
        Detail(speech.term(GB.confidence), row["confidence"] or ""),
    ]

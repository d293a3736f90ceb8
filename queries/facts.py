"""Facts in the gold's form (JSON Lines), read back from the graph by SPARQL.

Surface strings lose their white space, as in the annotation guidelines; offsets are Unicode code points
of the normalised text, end exclusive.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator

from pyoxigraph import Store

from queries.library import question
from queries.run import Row, rows

FactValue = str | int | float | bool | None | list[str] | list[str | None] | dict[str, str | None]
FactRecord = dict[str, FactValue]

KINDS = ("doc", "resp", "target", "deadline", "ref", "iref", "norm")
_LINE = "line"  # the form of a body of which the line is known and the name at the time is not
_FIELDS = {"issuer": "issuers", "publication": "published"}
_TEXT = 30  # characters of a norm's sentence that the gold quotes


def facts(store: Store, kinds: tuple[str, ...] = KINDS) -> Iterator[FactRecord]:
    """Return all facts of the kinds asked for, ordered by file, place and kind."""
    found: list[tuple[tuple[str, int, int, str], FactRecord]] = []
    for kind in kinds:
        for row in rows(store, question(f"facts/{kind}")):
            record = _RECORDS[kind](row)
            place = (_text(row, "file"), _number(row, "begin"), KINDS.index(kind), _text(row, "iri"))
            found.append((place, {"kind": kind, **_where(row), **record, **_more(row)}))
    sure = _confidences(store)
    for _, record in found:
        if "rule" in record:
            record["confidence"] = sure.get(str(record["rule"]))
    agencies = Agencies(store)
    by_kind: dict[str, list[FactRecord]] = defaultdict(list)
    for _, record in found:
        by_kind[str(record["kind"])].append(record)
    _add_issuers(store, by_kind["doc"], agencies)
    _add_agencies(by_kind["resp"], agencies)
    _add_bearers(store, by_kind["norm"], agencies)
    _add_recognised(store, [record for _, record in found])
    _add_sources(store, [record for _, record in found])
    found.sort(key=lambda item: item[0])
    for _, record in found:
        yield record


def _confidences(store: Store) -> dict[str, float]:
    """How sure each rule is that was measured, by its id."""
    return {
        _rule_id(_text(row, "rule")): float(row["confidence"])
        for row in rows(store, question("facts/rules"))
        if row["confidence"]
    }


def _add_recognised(store: Store, records: list[FactRecord]) -> None:
    """Mark facts whose words were recognised in a picture, and the documents of such a text."""
    places: set[FactValue] = set()
    files: set[FactValue] = set()
    for row in rows(store, question("facts/recognised")):
        if row["place"] is None:
            files.add(row["file"])
        else:
            places.add(row["place"])
    for record in records:
        if record["place"] in places or (record["kind"] == "doc" and record["file"] in files):
            record["recognised"] = True


def _add_sources(store: Store, records: list[FactRecord]) -> None:
    """Add, where they are known, the page of a fact, the address of its file, and who says a document's
    fields that its text does not say."""
    pages = {
        (row["file"], row["place"]): int(row["page"] or 0) for row in rows(store, question("facts/pages"))
    }
    sources = {row["file"]: row["source"] for row in rows(store, question("facts/sources"))}
    said: dict[tuple[FactValue, FactValue], dict[str, str | None]] = defaultdict(dict)
    for row in rows(store, question("facts/said-by")):
        name = _text(row, "field")
        said[row["file"], row["iri"]][_FIELDS.get(name, name)] = row["said"]
    for record in records:
        file = _string(record["file"])
        if (page := pages.get((file, _string(record["place"])))) is not None:
            record["page"] = page
        if file in sources:
            record["source"] = sources[file]
        if record["kind"] == "doc" and (known := said.get((record["file"], record["iri"]))):
            record["said_by"] = dict(sorted(known.items()))


def _rule_id(iri: str) -> str:
    return iri.rsplit("/", 2)[-2]


class Agencies:
    """What the names of bodies in a store mean."""

    def __init__(self, store: Store) -> None:
        self._known: dict[str, tuple[str, str, str]] = {}  # IRI → name, form, kind
        self._now: dict[str, set[str]] = defaultdict(set)
        for row in rows(store, question("facts/agencies")):
            iri, form = _text(row, "agency"), _text(row, "form")
            self._known[iri] = (_text(row, "name"), form, row["kind"] or form)
            if row["now"]:
                self._now[iri].add(row["now"])

    def name(self, iri: str | None) -> str | None:
        """Return the canonical name; None for a name that is not resolved, or whose line alone is known."""
        known = self._known.get(iri or "")
        return known[0] if known and known[1] != _LINE else None

    def record(self, iri: str | None, holder: str | None) -> FactRecord:
        """Return what a name means; None for what is not known.

        ``agency`` is the canonical name, ``agency_form`` what it is (body, class, functional, generic, area,
        line), ``agency_kind`` what kind of body, ``agency_now`` the one body that it is today, or that holds
        the function today; None also where there are several. Of a line the name at the time is open:
        ``agency`` is None.
        """
        known = self._known.get(iri or "")
        if known is None:
            return {"agency": None, "agency_now": None, "agency_kind": None, "agency_form": None}
        name, form, kind = known
        return {
            "agency": name if form != _LINE else None,
            "agency_now": self._current(iri, holder, form),
            "agency_kind": kind if form != _LINE else None,
            "agency_form": form,
        }

    def _current(self, iri: str | None, holder: str | None, form: str) -> str | None:
        source = (holder or iri) if form == "functional" else iri
        if source is None or form not in ("body", "functional", _LINE):
            return None
        now = self._now.get(source)
        if now is None:  # no row of the registry: no change is known
            return self.name(source) if source != iri or form == "body" else None
        return self.name(next(iter(now))) if len(now) == 1 else None


def squeezed(text: str | None) -> str:
    """Return a text without white space."""
    return "".join((text or "").split())


def _text(row: Row, name: str) -> str:
    return row[name] or ""


def _number(row: Row, name: str) -> int:
    return int(row[name] or 0)


def _where(row: Row) -> FactRecord:
    return {"file": row["file"], "line": _number(row, "line")}


def _more(row: Row) -> FactRecord:
    """What the gold does not have: the fact's IRI, its place (text IRI, whose last part names the file in
    sources/, and offsets) and the rule that found it, later with how sure it is."""
    more: FactRecord = {"start": _number(row, "begin"), "end": _number(row, "end"), "place": row["place"]}
    more["iri"] = row["iri"]
    if row.get("rule"):
        more["rule"] = _rule_id(_text(row, "rule"))
    return more


def _doc(row: Row) -> FactRecord:
    title, own = row["title"], row["own_title"]
    return {
        "title": title,
        "circular_title": own if own != title else None,
        "number": row["number"],
        "issuers": [],
        "date": row["date"],
        "effective": row["effective"],
        "expires": row["expires"],
        "addressees": row["addressees"],
    }


def _resp(row: Row) -> FactRecord:
    return {
        "role": row["role"],
        "unit": row["unit"],
        "explicit": row["explicit"] == "true",
        "task": row["task"],
        "agency": row["agency"],  # an IRI until _add_agencies
        "holder": row["holder"],
        "resolved_by": row["how"],
    }


def _target(row: Row) -> FactRecord:
    return {
        "text": squeezed(row["quote"]),
        "value": row["value"],
        "unit": row["unit"] or "",
        "cmp": row["cmp"],
        "by": row["by"],
        "indicator": row["indicator"],
    }


def _deadline(row: Row) -> FactRecord:
    return {"text": squeezed(row["quote"]), "type": row["type"], "norm": row["norm"]}


def _ref(row: Row) -> FactRecord:
    cited = {"iri": row["cited"], "title": row["cited_title"]}
    return {"title": row["title"], "number": row["number"], "rel": row["rel"], "cited": cited}


def _iref(row: Row) -> FactRecord:
    return {"text": squeezed(row["quote"]), "target": row["target"]}


def _norm(row: Row) -> FactRecord:
    return {"modality": row["modality"], "bearer": row["bearer"], "text": squeezed(row["quote"])[:_TEXT]}


_RECORDS: dict[str, Callable[[Row], FactRecord]] = {
    "doc": _doc,
    "resp": _resp,
    "target": _target,
    "deadline": _deadline,
    "ref": _ref,
    "iref": _iref,
    "norm": _norm,
}


def _add_issuers(store: Store, documents: list[FactRecord], agencies: Agencies) -> None:
    """Issuers in the order of the text, as named and by canonical name; titles of republished texts."""
    issuers: dict[tuple[FactValue, FactValue], dict[str, tuple[int, str | None]]] = defaultdict(dict)
    also: dict[tuple[FactValue, FactValue], list[str]] = defaultdict(list)
    for row in rows(store, question("facts/issuers")) if documents else ():
        key = (row["file"], row["iri"])
        if row["also"]:
            also[key].append(_text(row, "also"))
        else:
            found = (_number(row, "begin"), agencies.name(row["agency"]))
            name = _text(row, "issuer")
            issuers[key][name] = min(found, issuers[key].get(name, found), key=lambda item: item[0])
    for document in documents:
        place = (document["file"], document["iri"])
        named = sorted((begin, name, canonical) for name, (begin, canonical) in issuers[place].items())
        document["issuers"] = [name for _, name, _ in named]
        document["issuers_canonical"] = [canonical for _, _, canonical in named]
        if also[place]:
            document["also"] = sorted(also[place])


def _add_agencies(responsibilities: list[FactRecord], agencies: Agencies) -> None:
    for record in responsibilities:
        record.update(agencies.record(_string(record["agency"]), _string(record["holder"])))


def _add_bearers(store: Store, norms: list[FactRecord], agencies: Agencies) -> None:
    """The bodies that bear each norm: a value where there is one, a list where there are several."""
    found: dict[FactValue, list[FactRecord]] = defaultdict(list)
    for row in rows(store, question("facts/bearers")) if norms else ():
        record: FactRecord = {"resolved_by": row["how"], **agencies.record(row["agency"], row["holder"])}
        found[row["iri"]].append(record)
    for norm in norms:
        named = found[norm["iri"]]
        for name in named[0] if named else ():
            values = [_string(record[name]) for record in named]
            norm[name] = values[0] if len(values) == 1 else values


def _string(value: FactValue) -> str | None:
    return value if isinstance(value, str) else None

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

Value = str | int | bool | None | list[str]
Record = dict[str, Value]

KINDS = ("doc", "resp", "target", "deadline", "ref", "iref", "norm")
_TEXT = 30  # characters of a norm's sentence that the gold quotes


def facts(store: Store, kinds: tuple[str, ...] = KINDS) -> Iterator[Record]:
    """All facts of the kinds asked for, ordered by file, place and kind."""
    found: list[tuple[tuple[str, int, int, str], Record]] = []
    for kind in kinds:
        for row in rows(store, question(f"facts/{kind}")):
            record = _RECORDS[kind](row)
            place = (_text(row, "file"), _number(row, "begin"), KINDS.index(kind), _text(row, "iri"))
            found.append((place, {"kind": kind, **_where(row), **record, **_more(row)}))
    if "doc" in kinds:
        _add_issuers(store, [record for _, record in found if record["kind"] == "doc"])
    found.sort(key=lambda item: item[0])
    for _, record in found:
        yield record


def squeezed(text: str | None) -> str:
    """A text without white space."""
    return "".join((text or "").split())


def _text(row: Row, name: str) -> str:
    return row[name] or ""


def _number(row: Row, name: str) -> int:
    return int(row[name] or 0)


def _where(row: Row) -> Record:
    return {"file": row["file"], "line": _number(row, "line")}


def _more(row: Row) -> Record:
    """What the gold does not have: the fact's IRI, its place (text IRI, whose last part names the file in
    sources/, and offsets) and the rule that found it."""
    more: Record = {"start": _number(row, "begin"), "end": _number(row, "end"), "place": row["place"]}
    more["iri"] = row["iri"]
    if row.get("rule"):
        more["rule"] = _text(row, "rule").rsplit("/", 2)[-2]
    return more


def _doc(row: Row) -> Record:
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


def _resp(row: Row) -> Record:
    return {
        "role": row["role"],
        "unit": row["unit"],
        "explicit": row["explicit"] == "true",
        "task": row["task"],
    }


def _target(row: Row) -> Record:
    return {
        "text": squeezed(row["quote"]),
        "value": row["value"],
        "unit": row["unit"] or "",
        "cmp": row["cmp"],
        "by": row["by"],
        "indicator": row["indicator"],
    }


def _deadline(row: Row) -> Record:
    return {"text": squeezed(row["quote"]), "type": row["type"], "norm": row["norm"]}


def _ref(row: Row) -> Record:
    return {"title": row["title"], "number": row["number"], "rel": row["rel"], "cited": row["cited"]}


def _iref(row: Row) -> Record:
    return {"text": squeezed(row["quote"]), "target": row["target"]}


def _norm(row: Row) -> Record:
    return {"modality": row["modality"], "bearer": row["bearer"], "text": squeezed(row["quote"])[:_TEXT]}


_RECORDS: dict[str, Callable[[Row], Record]] = {
    "doc": _doc,
    "resp": _resp,
    "target": _target,
    "deadline": _deadline,
    "ref": _ref,
    "iref": _iref,
    "norm": _norm,
}


def _add_issuers(store: Store, documents: list[Record]) -> None:
    """Issuers in the order of the text, and the titles of republished texts."""
    issuers: dict[tuple[Value, Value], dict[str, int]] = defaultdict(dict)
    also: dict[tuple[Value, Value], list[str]] = defaultdict(list)
    for row in rows(store, question("facts/issuers")):
        key = (row["file"], row["iri"])
        if row["also"]:
            also[key].append(_text(row, "also"))
        else:
            name = _text(row, "issuer")
            begin = _number(row, "begin") if row["begin"] else 1 << 62
            issuers[key][name] = min(begin, issuers[key].get(name, begin))
    for document in documents:
        place = (document["file"], document["iri"])
        named = issuers[place]
        document["issuers"] = [name for _, name in sorted((begin, name) for name, begin in named.items())]
        if also[place]:
            document["also"] = sorted(also[place])

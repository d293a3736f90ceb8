"""A query as text: its form, the prefixes that it lacks, where it is wrong, how an address has it.

Tokens are enough for all of this; what a query means is for the endpoint.
"""

from __future__ import annotations

import base64
import binascii
import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from ontology.terms import PREFIXES

_PACKED = "z."  # no SPARQL begins like this
_LONGEST_PLAIN = 600  # characters of a query that an address has as it is
_LONGEST = 1_000_000  # characters of a query that an address may unfold to

# Each alternative gives nothing back, so that the time grows with the length alone.
_TOKEN = re.compile(
    r'''(?P<text>"""(?:"{0,2}(?:[^"\\]|\\.))*+(?:""")?|\'\'\'(?:'{0,2}(?:[^'\\]|\\.))*+(?:\'\'\')?'''
    r"""|"(?:[^"\\\n\r]|\\.)*+"?|'(?:[^'\\\n\r]|\\.)*+'?)"""
    r"|(?P<iri><[^<>\"{}|^`\\\x00-\x20]*+>)"
    r"|(?P<comment>\#[^\n\r]*+)"
    r"|(?P<variable>[?$][\w-]++)"
    r"|(?P<name>(?P<prefix>[^\W\d_](?:[\w-]|\.(?=[\w-]))*+)?+:(?:[\w:-]|\.(?=[\w-])|%[0-9A-Fa-f]{2}|\\.)*+)"
    r"|(?P<word>[^\W\d_]\w*+)",
    re.DOTALL,
)
_PLACE = re.compile(
    r"(?:\bat |\bline[: ]+)(?P<line>\d{1,7})(?:[:,]\s*(?:column[: ]+)?(?P<column>\d{1,7}))?", re.I
)
_GRAPHS = frozenset({"CONSTRUCT", "DESCRIBE"})
_FORMS = frozenset({"SELECT", "ASK", *_GRAPHS})


@dataclass(frozen=True, slots=True)
class Position:
    """A place in a query, both counted from 1; the column is 0 where it is not told."""

    line: int
    column: int


def gives_graph(query: str) -> bool:
    """Whether the answer to the query is triples: a CONSTRUCT or a DESCRIBE."""
    words = (token["word"].upper() for token in _TOKEN.finditer(query) if token["word"])
    return next((word for word in words if word in _FORMS), "") in _GRAPHS


def missing_prefixes(query: str) -> dict[str, str]:
    """Prefixes with their namespaces that the query uses and does not declare, as far as they are known."""
    used: dict[str, None] = {}
    declared: set[str] = set()
    after = ""
    for token in _TOKEN.finditer(query):
        if token["name"] and token["prefix"]:
            if after == "PREFIX":
                declared.add(token["prefix"])
            else:
                used[token["prefix"]] = None
        if token.lastgroup != "comment":
            after = (token["word"] or "").upper()
    return {prefix: PREFIXES[prefix] for prefix in used if prefix in PREFIXES and prefix not in declared}


def with_prefixes(query: str, prefixes: Mapping[str, str]) -> str:
    """The query with these prefixes declared before it."""
    lines = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in prefixes.items())
    return f"{lines}{query}"


def wrong_at(said: str, query: str) -> Position | None:
    """Where an engine says the query is wrong; None where it does not say, or means no line of it."""
    found = _PLACE.search(said)
    if found is None:
        return None
    place = Position(int(found["line"]), int(found["column"] or 0))
    return place if 1 <= place.line <= query.count("\n") + 1 else None


def packed(query: str) -> str:
    """The query as the value of an address: itself where it is short, else compressed."""
    if len(query) <= _LONGEST_PLAIN and not query.startswith(_PACKED):
        return query
    squeezed = zlib.compress(query.encode("utf8", "replace"), 9)
    return _PACKED + base64.urlsafe_b64encode(squeezed).decode("ascii").rstrip("=")


def unpacked(value: str) -> str:
    """The query that an address has. Raises ValueError where the value was cut off or changed."""
    if not value.startswith(_PACKED):
        return value
    written = value.removeprefix(_PACKED)
    try:
        squeezed = base64.urlsafe_b64decode(written + "=" * (-len(written) % 4))
        unfolding = zlib.decompressobj()
        text = unfolding.decompress(squeezed, _LONGEST)
        if not unfolding.eof:
            raise ValueError("it ends too early, or is too long")
        return text.decode("utf8")
    except (binascii.Error, zlib.error, UnicodeDecodeError) as error:
        raise ValueError(str(error)) from error

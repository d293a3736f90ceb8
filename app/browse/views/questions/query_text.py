"""A query as text: its form, the prefixes that it lacks, the place of its error, its form in an address.

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

_COMPRESSED = "z."  # no SPARQL begins like this
_LONGEST_PLAIN = 600  # characters of a query that an address has as it is
_LONGEST = 1_000_000  # characters of a query that was compressed

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
_TRIPLE_FORMS = frozenset({"CONSTRUCT", "DESCRIBE"})
_FORMS = frozenset({"SELECT", "ASK", *_TRIPLE_FORMS})


@dataclass(frozen=True, slots=True)
class QueryPosition:
    """A place in a query, line and column counted from 1; the column is 0 where it is not known."""

    line: int
    column: int


def returns_triples(query: str) -> bool:
    """Whether the answer to the query is triples: a CONSTRUCT or a DESCRIBE."""
    words = (token["word"].upper() for token in _TOKEN.finditer(query) if token["word"])
    return next((word for word in words if word in _FORMS), "") in _TRIPLE_FORMS


def missing_prefixes(query: str) -> dict[str, str]:
    """Return the known prefixes that the query uses and does not declare, with their namespaces."""
    used: dict[str, None] = {}
    declared: set[str] = set()
    keyword = ""
    for token in _TOKEN.finditer(query):
        if token["name"] and token["prefix"]:
            if keyword == "PREFIX":
                declared.add(token["prefix"])
            else:
                used[token["prefix"]] = None
        if token.lastgroup != "comment":
            keyword = (token["word"] or "").upper()
    return {prefix: PREFIXES[prefix] for prefix in used if prefix in PREFIXES and prefix not in declared}


def add_prefixes(query: str, prefixes: Mapping[str, str]) -> str:
    """Return the query with these prefixes declared before it."""
    lines = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in prefixes.items())
    return f"{lines}{query}"


def find_error_position(message: str, query: str) -> QueryPosition | None:
    """Return the place in an engine's error message; None where it gives none, or no line of the query."""
    found = _PLACE.search(message)
    if found is None:
        return None
    place = QueryPosition(int(found["line"]), int(found["column"] or 0))
    return place if 1 <= place.line <= query.count("\n") + 1 else None


def encode_query(query: str) -> str:
    """Return the query as a parameter of an address: itself where it is short, else compressed."""
    if len(query) <= _LONGEST_PLAIN and not query.startswith(_COMPRESSED):
        return query
    compressed = zlib.compress(query.encode("utf8", "replace"), 9)
    return _COMPRESSED + base64.urlsafe_b64encode(compressed).decode("ascii").rstrip("=")


def decode_query(value: str) -> str:
    """Return the query in a parameter of an address. Raises ValueError where it was cut off or changed."""
    if not value.startswith(_COMPRESSED):
        return value
    encoded = value.removeprefix(_COMPRESSED)
    try:
        compressed = base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4))
        decompressor = zlib.decompressobj()
        text = decompressor.decompress(compressed, _LONGEST)
        if not decompressor.eof:
            raise ValueError("it ends too early, or is too long")
        return text.decode("utf8")
    except (binascii.Error, zlib.error, UnicodeDecodeError) as error:
        raise ValueError(str(error)) from error

"""Refuses, before it is parsed, a query that is too long, nested too deep, or would send requests (SERVICE).

Tokens are enough for that, as the grammar has the word SERVICE in no other place. Even if one got through,
the worker could not open a socket (``sandbox``); the guard gives the client a clear answer.
"""

from __future__ import annotations

import re

from app.serve.http.errors import ForbiddenError, RequestError, TooLongError
from app.serve.http.limits import Limits

_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")  # SPARQL 1.1 Query, section 19.2
# Each alternative takes all that it can and gives nothing back, so that the time grows with the length alone;
# a text that is not closed goes to its end.
_TOKEN = re.compile(
    r'''(?P<text>"""(?:"{0,2}(?:[^"\\]|\\.))*+(?:""")?|\'\'\'(?:'{0,2}(?:[^'\\]|\\.))*+(?:\'\'\')?'''
    r"""|"(?:[^"\\\n\r]|\\.)*+"?|'(?:[^'\\\n\r]|\\.)*+'?)"""
    r"|(?P<iri><[^<>\"{}|^`\\\x00-\x20]*+>)"
    r"|(?P<comment>\#[^\n\r]*+)"
    r"|(?P<variable>[?$@][\w-]++)"
    r"|(?P<name>(?:[^\W\d_][\w.-]*+|_)?:(?:[\w:.-]|%[0-9A-Fa-f]{2}|\\.)*+)"
    r"|(?P<word>\w[\w.-]*+)"
    r"|(?P<open>[({\[])"
    r"|(?P<close>[)}\]])",
    re.DOTALL,
)


def check_query(query: str, limits: Limits) -> None:
    """Raise RequestError for a query that is too long, nested too deep, or has SERVICE."""
    if len(query) > limits.query:
        raise TooLongError(f"the query has {len(query)} characters; {limits.query} are allowed")
    if "\0" in query:
        raise RequestError("the query holds a NUL character")
    text = _ESCAPE.sub(_character, query) if "\\" in query else query
    if "SERVICE" not in text.upper() and sum(map(text.count, "({[")) <= limits.depth:
        return  # nearly always: no need to look where the brackets stand
    depth = 0
    for token in _TOKEN.finditer(text):
        kind = token.lastgroup
        if kind == "open":
            depth += 1
            if depth > limits.depth:
                raise RequestError(f"the query is nested too deep; {limits.depth} brackets are allowed")
        elif kind == "close":
            depth -= 1
        elif kind == "word" and "SERVICE" in token[0].upper():  # SERVICESILENT and 1SERVICE are two words
            raise ForbiddenError("SERVICE is not evaluated here: this endpoint sends no requests")


def _character(escape: re.Match[str]) -> str:
    code = int(escape[1] or escape[2], 16)
    return chr(code) if code <= 0x10FFFF else escape[0]

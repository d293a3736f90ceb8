"""Tests of single terms in N-Triples form, as the constraints of SHACL ask them (``ingest.quick_shapes``)."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Mapping
from datetime import date

from ontology.errors import GongbaoError
from ontology.terms import RDF, XSD

Test = Callable[[str], bool]
"""Whether a term, in N-Triples form, is as it must be."""

_LANGUAGE = f"<{RDF.langString}>"


class ShapesError(GongbaoError):
    """A shape has a constraint that is not understood."""


def content(term: str) -> str:
    """The characters of a literal or an IRI."""
    if term[0] != '"':
        return term[1:-1]
    end = term.rindex('"')
    inside = term[1:end]
    return str(json.loads(term[: end + 1])) if "\\" in inside else inside


def number(term: str) -> float:
    """The value of a number; not a number, with which no comparison holds, for anything else."""
    try:
        return float(content(term))
    except ValueError:
        return float("nan")


def matches(pattern: re.Pattern[str]) -> Test:
    """The test that a pattern is found in a term."""
    return lambda term: pattern.search(content(term)) is not None


def at_least(bound: float) -> Test:
    """The test that a number is not below a bound."""
    return lambda term: number(term) >= bound


def at_most(bound: float) -> Test:
    """The test that a number is not above a bound."""
    return lambda term: number(term) <= bound


def any_of(choices: Collection[Collection[Test]]) -> Test:
    """The test that all tests of at least one choice hold."""
    return lambda term: any(all(test(term) for test in tests) for tests in choices)


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _form(pattern: str) -> Callable[[str], bool]:
    compiled = re.compile(pattern)
    return lambda text: compiled.fullmatch(text) is not None


_FORMS: Mapping[str, Callable[[str], bool]] = {
    XSD.integer: _form(r"-?[0-9]{1,15}"),
    XSD.decimal: _form(r"-?[0-9]{1,15}(?:\.[0-9]{1,15})?"),
    XSD.boolean: _form("true|false"),
    XSD.gYear: _form("[12][0-9]{3}"),
    XSD.gYearMonth: _form("[12][0-9]{3}-(?:0[1-9]|1[0-2])"),
    XSD.duration: _form(
        r"P(?=[0-9T])(?:[0-9]+Y)?(?:[0-9]+M)?(?:[0-9]+D)?(?:T(?=[0-9])(?:[0-9]+H)?(?:[0-9]+M)?)?"
    ),
    XSD.date: _is_day,
}
"""How values of a datatype are written, by its IRI: not every form, but each of these is one."""


def of_datatype(datatype: str, languages: Collection[str], lowest: int) -> Test:
    """The test of a literal's datatype, language and shortest length."""
    if datatype in (f"<{XSD.string}>", _LANGUAGE):
        if lowest > 1 or len(languages) > 1 or (datatype == _LANGUAGE) != bool(languages):
            raise ShapesError(f"{datatype}: only one language, and a least length of 1, are understood")
        end = "".join(['"', *(f"@{tag}" for tag in languages)])
        shortest = 1 + lowest + len(end)
        return lambda term: term[0] == '"' and term.endswith(end) and len(term) >= shortest
    form, end = _FORMS.get(datatype[1:-1]), f'"^^{datatype}'
    if form is None or languages or lowest:
        raise ShapesError(f"{datatype}: values of this datatype are not understood")
    cut, right = -len(end), form
    return lambda term: term.endswith(end) and right(term[1:cut])

"""Whether the SPARQL of a question keeps what its header promises of the parameters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from queries.conditional import ConditionError, QueryLine, conditions_of, query_lines
from queries.model import Parameter
from queries.parameters import SLICE, UNDEF, VALUES, split_values, term, value_in_file, values_by_name

_TURTLE = "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . <urn:s> <urn:p> "


class InconsistencyError(ValueError):
    """Header and SPARQL say different things: on a line of the file, else of a parameter."""

    def __init__(self, reason: str, *, line: int | None = None, parameter: str = "") -> None:
        self.line = line
        self.parameter = parameter
        super().__init__(reason)


def check_consistency(parameters: tuple[Parameter, ...], sparql: str) -> None:
    """Raise InconsistencyError unless each parameter, and nothing else, enters the SPARQL as the header says.

    As it stands the SPARQL is the query for the defaults, and for the examples of what must be given.
    """
    try:
        lines = query_lines(sparql)
    except ConditionError as error:
        raise InconsistencyError(str(error), line=error.line) from error
    known = {parameter.name: parameter for parameter in parameters}
    depended_on = _check_conditions(known, lines)
    _check_active(parameters, lines)
    entered = _terms_in_sparql(known, lines)
    for parameter in parameters:
        if parameter.name not in entered and parameter.name not in depended_on:
            raise InconsistencyError(
                f"no VALUES ?{parameter.name} {{ … }} in the SPARQL, nor a line that depends on it",
                parameter=parameter.name,
            )
        value = value_in_file(parameter)
        promised = UNDEF if value is None else term(parameter, split_values(parameter, value)[0])
        for line, written in entered.get(parameter.name, ()):
            if written != promised:
                reason = f"VALUES ?{parameter.name} says {written}, the header {promised}"
                raise InconsistencyError(reason, line=line)


def _check_conditions(known: dict[str, Parameter], lines: Iterable[QueryLine]) -> set[str]:
    """Return the parameters on which lines depend. Each must be known, and its value one that it can have."""
    depended_on: set[str] = set()
    for condition in conditions_of(lines):
        for requirement in condition.requirements:
            for name, value in requirement.alternatives:
                if name not in known:
                    reason = f"# {condition.words}: {name} is no parameter of the header"
                    raise InconsistencyError(reason, line=condition.line)
                try:
                    for each in split_values(known[name], value) if value is not None else ():
                        term(known[name], each)
                except ValueError as error:
                    raise InconsistencyError(f"# {condition.words}: {error}", line=condition.line) from error
                depended_on.add(name)
    return depended_on


def _check_active(parameters: tuple[Parameter, ...], lines: Iterable[QueryLine]) -> None:
    """A line must begin with ``#|`` if, and only if, it is not part of the query that the file is."""
    examples = {parameter.name: parameter.example for parameter in parameters if parameter.required}
    values = values_by_name(parameters, examples)
    for line in lines:
        if line.active and not line.stands(values):
            reason = "the line is not part of the query for the defaults, so it must begin with #|"
            raise InconsistencyError(reason, line=line.number)
        if not line.active and line.stands(values):
            reason = "the line is part of the query for the defaults, so it must not begin with #|"
            raise InconsistencyError(reason, line=line.number)


def _terms_in_sparql(
    known: dict[str, Parameter], lines: Iterable[QueryLine]
) -> dict[str, list[tuple[int, str]]]:
    """Return the lines on which each parameter stands, with the term that stands there."""
    entered: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for line in lines:
        for match in VALUES.finditer(line.text):
            if match["name"] not in known:
                reason = f"VALUES ?{match['name']} {{ … }} is no parameter of the header"
                raise InconsistencyError(reason, line=line.number)
            entered[match["name"]].append((line.number, _canonical(match["term"], line.number)))
        for match in SLICE.finditer(line.text):
            if match["name"].lower() in known:
                entered[match["name"].lower()].append((line.number, _canonical(match["term"], line.number)))
    return entered


def _canonical(written: str, line: int) -> str:
    """Return a term as pyoxigraph writes it, whatever way the file does."""
    if written.upper() == UNDEF:
        return UNDEF
    try:
        (triple,) = parse(f"{_TURTLE}{written} .".encode(), RdfFormat.TURTLE)
    except SyntaxError as error:
        raise InconsistencyError(f"{written} is no term: {error}", line=line) from error
    value = triple.object
    return str(value) if isinstance(value, Literal | NamedNode) else written

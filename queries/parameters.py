"""From what a user writes to terms of RDF, and these into the SPARQL of a question.

A parameter stands in the SPARQL as ``VALUES ?name { VALUE }``, as often as it is needed. As the file stands,
VALUE is the default of the header, the example where a value must be given, and UNDEF where it may be left
out: so any SPARQL tool can run the file. To bind a parameter is to replace what is between the braces by one
term that pyoxigraph has serialised, so no value can change the query around it; by several where the header
says ``many: true`` and the value has ``|`` between them.

A whole number named ``limit`` or ``offset`` stands as ``LIMIT 50``, ``OFFSET 0``, where no variable may.
Lines that depend on a parameter are conditional: see ``queries.conditional``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

from pyoxigraph import Literal, NamedNode

from queries.conditional import BETWEEN, Values, select_lines
from queries.errors import ParameterError
from queries.model import Parameter, Question

UNDEF = "UNDEF"
VALUES = re.compile(
    r"\bVALUES\s+[?$](?P<name>\w+)\s*\{\s*"
    r"(?P<term>UNDEF|true|false|[+-]?[0-9]+|<[^<>\s]*>|"
    r'"(?:[^"\\\n]|\\.)*"(?:\^\^(?:<[^<>\s]*>|[\w-]*:[\w-]+))?)\s*\}',
    re.IGNORECASE,
)
"""A place where a parameter enters. What has another form, such as a table of VALUES, is none."""

SLICE = re.compile(r"\b(?P<name>LIMIT|OFFSET)\s+(?P<term>[0-9]+)\b")
"""A place where a parameter ``limit`` or ``offset`` enters."""
SLICES = ("limit", "offset")

_XSD = "http://www.w3.org/2001/XMLSchema#"
_IRI = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.\-]*://|urn:)\S*")
_INTEGER = re.compile(r"[+-]?[0-9]{1,18}")  # what fits Oxigraph's 64 bits
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def bind(question: Question, values: Mapping[str, str]) -> str:
    """Return the SPARQL of a question asked with these values; parameters left out have their default.

    Raises ParameterError where a name or a value is not allowed, or a required one is missing.
    """
    for name in values:
        if question.parameter(name) is None:
            raise ParameterError(question.name, name, f"not known; {_known(question)}")
    terms: dict[str, str] = {}
    for parameter in question.parameters:
        value = values.get(parameter.name)
        if value is not None:
            try:
                terms[parameter.name] = " ".join(
                    term(parameter, each) for each in split_values(parameter, value)
                )
            except ValueError as error:
                raise ParameterError(question.name, parameter.name, str(error)) from error
        elif parameter.required:
            raise ParameterError(question.name, parameter.name, f"missing; {_example(parameter)}")

    def bind_values(match: re.Match[str]) -> str:
        given = terms.get(match["name"])
        return match[0] if given is None else f"VALUES ?{match['name']} {{ {given} }}"

    def bind_slice(match: re.Match[str]) -> str:
        given = values.get(match["name"].lower())
        return match[0] if given is None else f"{match['name']} {int(given)}"

    lines = select_lines(question.sparql, values_by_name(question.parameters, values))
    return VALUES.sub(bind_values, SLICE.sub(bind_slice, lines))


def values_by_name(parameters: Iterable[Parameter], values: Mapping[str, str]) -> Values:
    """Return the values that each parameter has, given or by default; one without any is left out."""
    made: dict[str, frozenset[str]] = {}
    for parameter in parameters:
        value = values.get(parameter.name, parameter.default)
        if value is not None:
            made[parameter.name] = frozenset(split_values(parameter, value))
    return made


def value_in_file(parameter: Parameter) -> str | None:
    """Return the value with which a question's file runs as it stands; None for an unbound variable."""
    return parameter.example if parameter.required else parameter.default


def split_values(parameter: Parameter, value: str) -> list[str]:
    """Return the values in what a user writes: one, or several where the parameter may have many."""
    return list(dict.fromkeys(value.split(BETWEEN))) if parameter.many else [value]


def term(parameter: Parameter, value: str) -> str:
    """Return a value as SPARQL writes it; ValueError, with what is allowed, where it is none of the type."""
    if not value.strip():
        raise ValueError(f"empty; {_example(parameter)}")
    if not _is_text(value):
        raise ValueError(f"{value!r} is no text in Unicode; {_example(parameter)}")
    if parameter.type == "iri" and not _IRI.fullmatch(value):
        raise ValueError(f"{value!r} is no IRI; {_example(parameter)}")
    if parameter.type in ("agency", "document", "iri") and _IRI.fullmatch(value):
        try:
            return str(NamedNode(value))
        except ValueError as error:
            raise ValueError(f"{value!r} is no IRI; {_example(parameter)}") from error
    if parameter.type == "date":
        return _typed_literal(_date(parameter, value), "date")
    if parameter.type == "integer":
        if not _INTEGER.fullmatch(value):
            raise ValueError(f"{value!r} is no whole number; {_example(parameter)}")
        if parameter.name in SLICES and int(value) < 0:
            raise ValueError(f"{value!r} is below zero; {_example(parameter)}")
        return _typed_literal(str(int(value)), "integer")
    if parameter.type == "boolean" and value not in ("true", "false"):
        raise ValueError(f"{value!r} is neither true nor false")
    if parameter.type == "boolean":
        return _typed_literal(value, "boolean")
    if parameter.type == "choice" and value not in parameter.choices:
        raise ValueError(f"{value!r} is not among {', '.join(parameter.choices)}")
    return str(Literal(value))


def _date(parameter: Parameter, value: str) -> str:
    try:
        if _DATE.fullmatch(value):
            return date.fromisoformat(value).isoformat()
    except ValueError:
        pass  # such as 2024-02-30
    raise ValueError(f"{value!r} is no date; {_example(parameter)}")


def _typed_literal(value: str, datatype: str) -> str:
    return str(Literal(value, datatype=NamedNode(_XSD + datatype)))


def _is_text(value: str) -> bool:
    try:
        value.encode("utf8")
    except UnicodeEncodeError:  # half of a surrogate pair, from bytes of the command line that are no UTF-8
        return False
    return True


def _known(question: Question) -> str:
    names = ", ".join(parameter.name for parameter in question.parameters)
    return f"known are {names}" if names else "the question has none"


def _example(parameter: Parameter) -> str:
    return f"an example: {parameter.example}"

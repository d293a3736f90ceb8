"""From what a user writes to terms of RDF, and these into the SPARQL of a question.

A parameter stands in the SPARQL as ``VALUES ?name { DEFAULT }``, as often as it is needed. Binding replaces
what is between the braces by one term that pyoxigraph has serialised, so no value can change the query
around it; by several where the header says ``many: true`` and the value has ``|`` between them.

A line whose last comment begins with ``when`` or ``unless``, or the lines after such a comment that stands
alone up to ``# end``, stand in the query only under that condition: what nobody asked for takes no time.

    ?task gb:hasTarget ?target .        # when target=yes
    ?task rdfs:label ?label .           # when words|sort=label
    # unless agency document
    ?task a gb:Task .
    # end

``when NAME`` holds if the parameter has a value, given or by default; ``NAME=VALUE`` if it has this one,
perhaps among many; ``|`` stands between alternatives, and of what stands apart all must hold. ``unless``
holds if none of what follows does. Both may stand in one comment: ``# when role unless agency``. A file with
such lines is no query as it stands: it is one as it is bound.

A whole number named ``limit`` or ``offset`` stands as ``LIMIT 50``, ``OFFSET 0``, where no variable may.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from pyoxigraph import Literal, NamedNode

from queries.errors import ParameterError
from queries.model import Parameter, Question

UNDEF = "UNDEF"
BLOCK = re.compile(
    r"\bVALUES\s+[?$](?P<name>\w+)\s*\{\s*"
    r'(?P<term>UNDEF|true|false|[+-]?[0-9]+|"(?:[^"\\\n]|\\.)*"(?:\^\^(?:<[^<>\s]*>|[\w-]*:[\w-]+))?)\s*\}',
    re.IGNORECASE,
)
"""A place where a parameter enters. What has another form, such as a table of VALUES, is none."""

SLICE = re.compile(r"\b(?P<name>LIMIT|OFFSET)\s+(?P<term>[0-9]+)\b")
"""A place where a parameter ``limit`` or ``offset`` enters."""
SLICES = ("limit", "offset")
CONDITION = re.compile(r"[ \t]#[ \t]+(?P<words>(?:when|unless)[ \t].*?)[ \t]*$", re.MULTILINE)
"""A comment that says under which condition its line, or the lines up to END, stand in the query."""
END = re.compile(r"[ \t]+# end[ \t]*\n?")
BETWEEN = "|"
"""What stands between the values of a parameter that may have many, and between alternatives."""

_XSD = "http://www.w3.org/2001/XMLSchema#"
_IRI = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.\-]*://|urn:)\S*")
_INTEGER = re.compile(r"[+-]?[0-9]{1,18}")  # what fits Oxigraph's 64 bits
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def bind(question: Question, values: Mapping[str, str]) -> str:
    """The SPARQL of a question asked with these values; parameters left out have their default.

    Raises ParameterError where a name or a value is not allowed, or a required one is missing.
    """
    for name in values:
        if question.parameter(name) is None:
            raise ParameterError(question.name, name, f"not known; {_known(question)}")
    terms: dict[str, str] = {}
    held: dict[str, frozenset[str]] = {}
    for parameter in question.parameters:
        value = values.get(parameter.name)
        if value is not None:
            try:
                terms[parameter.name] = " ".join(term(parameter, each) for each in pieces(parameter, value))
            except ValueError as error:
                raise ParameterError(question.name, parameter.name, str(error)) from error
        elif parameter.required:
            raise ParameterError(question.name, parameter.name, f"missing; {_example(parameter)}")
        value = parameter.default if value is None else value
        if value is not None:
            held[parameter.name] = frozenset(pieces(parameter, value))

    def bound(match: re.Match[str]) -> str:
        given = terms.get(match["name"])
        return match[0] if given is None else f"VALUES ?{match['name']} {{ {given} }}"

    def sliced(match: re.Match[str]) -> str:
        given = values.get(match["name"].lower())
        return match[0] if given is None else f"{match['name']} {int(given)}"

    return BLOCK.sub(bound, SLICE.sub(sliced, "".join(_standing(question.sparql, held))))


def pieces(parameter: Parameter, value: str) -> list[str]:
    """The values in what a user writes: one, or several where the parameter may have many."""
    return list(dict.fromkeys(value.split(BETWEEN))) if parameter.many else [value]


def conditions(comment: re.Match[str]) -> Iterator[tuple[bool, tuple[tuple[str, str | None], ...]]]:
    """What a CONDITION says: whether one of some alternatives must hold, or none may; names and values."""
    wanted = True
    for word in comment["words"].split():
        if word in ("when", "unless"):
            wanted = word == "when"
        else:
            named = (each.partition("=") for each in word.split(BETWEEN))
            yield wanted, tuple((name, value if equals else None) for name, equals, value in named)


def _standing(sparql: str, held: Mapping[str, frozenset[str]]) -> Iterator[str]:
    """The lines whose condition holds, without it, and those that have none."""
    within = True
    for line in sparql.splitlines(keepends=True):
        comment = CONDITION.search(line)
        alone = comment is not None and not line[: comment.start()].strip()
        if END.fullmatch(line):
            within = True
        elif comment is not None and alone:
            within = _holds(comment, held)
        elif within and comment is None:
            yield line
        elif within and comment is not None and _holds(comment, held):
            yield f"{line[: comment.start()].rstrip()}\n"


def _holds(comment: re.Match[str], held: Mapping[str, frozenset[str]]) -> bool:
    return all(
        wanted == any(name in held and (value is None or value in held[name]) for name, value in alternatives)
        for wanted, alternatives in conditions(comment)
    )


def term(parameter: Parameter, value: str) -> str:
    """A value as SPARQL writes it; ValueError, with what is allowed, where it is none of the type."""
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
        return _typed(_date(parameter, value), "date")
    if parameter.type == "integer":
        if not _INTEGER.fullmatch(value):
            raise ValueError(f"{value!r} is no whole number; {_example(parameter)}")
        if parameter.name in SLICES and int(value) < 0:
            raise ValueError(f"{value!r} is below zero; {_example(parameter)}")
        return _typed(str(int(value)), "integer")
    if parameter.type == "boolean" and value not in ("true", "false"):
        raise ValueError(f"{value!r} is neither true nor false")
    if parameter.type == "boolean":
        return _typed(value, "boolean")
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


def _typed(value: str, datatype: str) -> str:
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

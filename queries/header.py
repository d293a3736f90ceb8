"""The header of a question: YAML in the comments at the start of its file.

Nothing is guessed: an unknown, missing or doubled key, a wrong value, and a parameter that the SPARQL does
not have in the form and with the default that the header promises, each raise HeaderError.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeVar

import yaml
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from queries.errors import HeaderError
from queries.model import (
    IRI_SHOWS,
    LANGUAGES,
    PARAMETER_TYPES,
    SHOWS,
    Column,
    Parameter,
    Question,
    Words,
)
from queries.parameters import BLOCK, CONDITION, END, SLICE, UNDEF, conditions, pieces, term

Tree = str | list["Tree"] | dict[str, "Tree"]  # scalars stay as they are written
Choice = TypeVar("Choice", bound=str)

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_TURTLE = "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . <urn:s> <urn:p> "


def parse_question(name: str, sparql: str) -> Question:
    """The question in a file's text; ``name`` is its id."""
    try:
        return _question(name, sparql)
    except ValueError as error:
        raise HeaderError(f"{name}.rq", str(error)) from error


def _question(name: str, sparql: str) -> Question:
    try:
        node = yaml.compose("\n".join(_comments(sparql)), Loader=yaml.BaseLoader)
    except yaml.YAMLError as error:
        raise ValueError(f"the header is no YAML: {' '.join(str(error).split())}") from error
    header = _mapping("header", _tree(node))
    program = _boolean("program", header.get("program", "false"))
    needed = {"title"} if program else {"title", "description", "columns"}
    _keys("header", header, needed, {"title", "description", "columns", "parameters", "program"})
    columns = tuple(_column(key, value) for key, value in _items(header, "columns"))
    parameters = tuple(_parameter(key, value) for key, value in _items(header, "parameters"))
    names = {column.name for column in columns}
    for column in columns:
        if column.label is not None and (column.label not in names or column.label == column.name):
            raise ValueError(f"columns: {column.name}: label: there is no other column {column.label}")
    _enter(parameters, sparql)
    return Question(
        name=name,
        title=_words("title", header["title"]),
        description=_words("description", header["description"]) if "description" in header else None,
        parameters=parameters,
        columns=columns,
        program=program,
        sparql=sparql,
    )


def _comments(sparql: str) -> Iterator[str]:
    for line in sparql.splitlines():
        if not line.startswith("#"):
            return
        yield line.removeprefix("#").removeprefix(" ")


def _tree(node: yaml.Node | None) -> Tree:
    if node is None:
        raise ValueError("there is no header")
    if isinstance(node, yaml.MappingNode):
        made: dict[str, Tree] = {}
        for key_node, value_node in node.value:
            key = _tree(key_node)
            if not isinstance(key, str):
                raise ValueError("a key must be a word")
            if key in made:
                raise ValueError(f"{key} stands twice")
            made[key] = _tree(value_node)
        return made
    if isinstance(node, yaml.SequenceNode):
        return [_tree(item) for item in node.value]
    return str(node.value)


def _mapping(where: str, tree: Tree) -> dict[str, Tree]:
    if not isinstance(tree, dict):
        raise ValueError(f"{where}: a mapping is expected")
    return tree


def _items(header: dict[str, Tree], key: str) -> Iterator[tuple[str, Tree]]:
    if key in header:
        found = _mapping(key, header[key])
        if not found:
            raise ValueError(f"{key}: empty")
        yield from found.items()


def _keys(where: str, found: dict[str, Tree], needed: set[str], allowed: set[str]) -> None:
    for key in found:
        if key not in allowed:
            raise ValueError(f"{where}: {key} is not known; known are {', '.join(sorted(allowed))}")
    for key in sorted(needed):
        if key not in found:
            raise ValueError(f"{where}: {key} is missing")


def _text(where: str, tree: Tree) -> str:
    if not isinstance(tree, str):
        raise ValueError(f"{where}: text is expected")
    if not tree.strip():
        raise ValueError(f"{where}: empty")
    return tree


def _boolean(where: str, tree: Tree) -> bool:
    return _one_of(where, tree, ("true", "false")) == "true"


def _one_of(where: str, tree: Tree, known: tuple[Choice, ...]) -> Choice:
    value = _text(where, tree)
    if value not in known:
        raise ValueError(f"{where}: {value} is not known; known are {', '.join(known)}")
    return known[known.index(value)]


def _words(where: str, tree: Tree) -> Words:
    found = _mapping(where, tree)
    _keys(where, found, set(LANGUAGES), set(LANGUAGES))
    return Words(zh=_text(f"{where}: zh", found["zh"]), en=_text(f"{where}: en", found["en"]))


def _both(where: str, found: dict[str, Tree]) -> Words:
    return Words(zh=_text(f"{where}: zh", found["zh"]), en=_text(f"{where}: en", found["en"]))


def _column(name: str, tree: Tree) -> Column:
    where = f"columns: {name}"
    found = _mapping(where, tree)
    _keys(where, found, {"zh", "en", "show"}, {"zh", "en", "show", "label"})
    show = _one_of(f"{where}: show", found["show"], SHOWS)
    label = _text(f"{where}: label", found["label"]) if "label" in found else None
    if label is not None and show not in IRI_SHOWS:
        raise ValueError(f"{where}: label: only {', '.join(IRI_SHOWS)} have one")
    return Column(_variable(where, name), _both(where, found), show, label)


def _parameter(name: str, tree: Tree) -> Parameter:
    where = f"parameters: {name}"
    found = _mapping(where, tree)
    allowed = {"type", "zh", "en", "example", "default", "required", "choices", "many"}
    _keys(where, found, {"type", "zh", "en", "example"}, allowed)
    kind = _one_of(f"{where}: type", found["type"], PARAMETER_TYPES)
    if (kind == "choice") != ("choices" in found):
        raise ValueError(f"{where}: choices: a choice has them, and nothing else")
    choices = found.get("choices", [])
    if not isinstance(choices, list):
        raise ValueError(f"{where}: choices: a list is expected")
    parameter = Parameter(
        name=_variable(where, name),
        type=kind,
        words=_both(where, found),
        example=_text(f"{where}: example", found["example"]),
        default=_text(f"{where}: default", found["default"]) if "default" in found else None,
        required=_boolean(f"{where}: required", found.get("required", "false")),
        choices=tuple(_text(f"{where}: choices", choice) for choice in choices),
        many=_boolean(f"{where}: many", found.get("many", "false")),
    )
    if parameter.required and parameter.default is not None:
        raise ValueError(f"{where}: either required or with a default")
    for key, value in (("example", parameter.example), ("default", parameter.default)):
        if value is not None:
            _check(f"{where}: {key}", parameter, value)
    return parameter


def _check(where: str, parameter: Parameter, value: str) -> None:
    try:
        for each in pieces(parameter, value):
            term(parameter, each)
    except ValueError as error:
        raise ValueError(f"{where}: {error}") from error


def _variable(where: str, name: str) -> str:
    if not _NAME.fullmatch(name):
        raise ValueError(f"{where}: cannot be a variable's name")
    return name


def _enter(parameters: tuple[Parameter, ...], sparql: str) -> None:
    """Every parameter enters the SPARQL, with the default of the header, and nothing else does."""
    found: dict[str, set[str]] = {}
    for match in BLOCK.finditer(sparql):
        found.setdefault(match["name"], set()).add(_canonical(match["term"]))
    depended = _conditions(parameters, sparql)
    for match in SLICE.finditer(sparql):
        if match["name"].lower() in {parameter.name for parameter in parameters}:
            found.setdefault(match["name"].lower(), set()).add(_canonical(match["term"]))
    for parameter in parameters:
        default = UNDEF if parameter.default is None else term(parameter, parameter.default)
        terms = found.pop(parameter.name, None)
        if terms is None and parameter.name not in depended:
            raise ValueError(
                f"parameters: {parameter.name}: no VALUES ?{parameter.name} {{ … }} in the SPARQL, "
                "nor a line that depends on it"
            )
        if terms and terms != {default}:
            said = ", ".join(sorted(terms - {default}))
            raise ValueError(f"parameters: {parameter.name}: VALUES says {said}, the header {default}")
    for name in found:
        raise ValueError(f"VALUES ?{name} {{ … }} is no parameter of the header")


def _conditions(parameters: tuple[Parameter, ...], sparql: str) -> set[str]:
    """The parameters on which lines depend. Each must be there, and a value must be one that it can have."""
    known = {parameter.name: parameter for parameter in parameters}
    found: set[str] = set()
    _blocks(sparql)
    for comment in CONDITION.finditer(sparql):
        for _, alternatives in conditions(comment):
            for name, value in alternatives:
                if name not in known:
                    raise ValueError(f"# {comment['words']}: {name} is no parameter of the header")
                if value is not None:
                    _check(f"# {comment['words']}", known[name], value)
                found.add(name)
    return found


def _blocks(sparql: str) -> None:
    """Conditions that stand alone and their ends take turns."""
    opened: str | None = None
    for line in sparql.splitlines():
        comment = CONDITION.search(line)
        alone = comment is not None and not line[: comment.start()].strip()
        if (comment is not None and alone and opened) or (END.fullmatch(line) and not opened):
            raise ValueError(f"{line.strip()}: {opened or 'nothing'} is open there")
        if END.fullmatch(line):
            opened = None
        elif comment is not None and alone:
            opened = line.strip()
    if opened:
        raise ValueError(f"{opened}: # end is missing")


def _canonical(written: str) -> str:
    """A term as pyoxigraph writes it, whatever way the file does."""
    if written.upper() == UNDEF:
        return UNDEF
    try:
        (triple,) = parse(f"{_TURTLE}{written} .".encode(), RdfFormat.TURTLE)
    except SyntaxError as error:
        raise ValueError(f"{written} is no term: {error}") from error
    value = triple.object
    return str(value) if isinstance(value, Literal | NamedNode) else written

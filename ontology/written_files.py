"""Files that people write (YAML) as typed structures; a wrong key or value is said with file and line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeVar

import msgspec
import yaml

from ontology.errors import FileFormatError

Structure = TypeVar("Structure")
_PATH = re.compile(r"(?P<reason>.*?)(?: - at `(?:key` in `)?\$(?P<path>[^`]*)`)?", re.DOTALL)
_STEP = re.compile(r"\[(?P<index>\d+)\]|\[\.\.\.\]|\.(?P<key>[^.\[]+)")
_UNKNOWN_KEY = re.compile(r"unknown field `(?P<key>[^`]+)`")


def read_yaml(source: str, file: str, structure: type[Structure], first_line: int = 1) -> Structure:
    """Read YAML into a msgspec structure; ``source`` begins at ``first_line`` of the file.

    Raises FileFormatError for what is no YAML, a doubled key, and what the structure does not allow.
    """
    offset = first_line - 1
    try:
        tree = yaml.compose(source, Loader=yaml.CSafeLoader)
        if tree is None:
            raise FileFormatError(file, first_line, "nothing is in it")
        for node, key in _doubled(tree):
            raise FileFormatError(file, node.start_mark.line + 1 + offset, f"the key {key} stands twice")
        data = yaml.load(source, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 + offset if mark else first_line
        raise FileFormatError(file, line, f"not YAML: {error.problem or error}") from error
    except yaml.YAMLError as error:
        raise FileFormatError(file, first_line, f"not YAML: {error}") from error
    try:
        return msgspec.convert(data, structure)
    except msgspec.ValidationError as error:
        found = _PATH.fullmatch(str(error))
        reason, path = (found["reason"], found["path"] or "") if found else (str(error), "")
        raise FileFormatError(file, _line(tree, path, reason) + offset, reason) from error


def line_of(source: str, path: str, first_line: int = 1) -> int:
    """The line of the file on which what a path names begins, e.g. ``.patterns[2].regex``.

    ``source`` is YAML that ``read_yaml`` has read; a path is followed as far as it leads.
    """
    tree = yaml.compose(source, Loader=yaml.CSafeLoader)
    return _line(tree, path, "") + first_line - 1 if tree is not None else first_line


def _doubled(node: yaml.Node) -> Iterator[tuple[yaml.Node, str]]:
    """Keys that stand twice in one mapping, which YAML forbids and PyYAML lets pass."""
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                yield key, key.value
            seen.add(key.value)
            yield from _doubled(value)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _doubled(item)


def _line(node: yaml.Node, path: str, reason: str) -> int:
    """The line, from 1, of what a path of msgspec (``$.parts[2].name``) names, as far as it leads."""
    for step in _STEP.finditer(path):
        inner = None
        if isinstance(node, yaml.SequenceNode) and step["index"]:
            inner = node.value[int(step["index"])]
        elif isinstance(node, yaml.MappingNode) and step["key"]:
            inner = next((value for key, value in node.value if key.value == step["key"]), None)
        if inner is None:
            break
        node = inner
    unknown = _UNKNOWN_KEY.search(reason)
    if unknown and isinstance(node, yaml.MappingNode):
        for key, _ in node.value:
            if key.value == unknown["key"]:
                return int(key.start_mark.line) + 1
    return int(node.start_mark.line) + 1

"""Files that people write (YAML) as typed structures; a wrong key or value is said with file and line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TypeVar

import msgspec
import yaml

from ontology.errors import FileFormatError

Structure = TypeVar("Structure")
_PATH = re.compile(r"(?P<reason>.*?)(?: - at `(?P<key>key` in `)?\$(?P<path>[^`]*)`)?", re.DOTALL)
_STEP = re.compile(r"\[(?P<index>\d+)\]|(?P<any>\[\.\.\.\])|\.(?P<key>[^.\[]+)")
_UNKNOWN_KEY = re.compile(r"unknown field `(?P<key>[^`]+)`")

Step = str | int | None
"""A key, an index, or a key that msgspec does not name."""


def read_yaml(source: str, file: str, structure: type[Structure], first_line: int = 1) -> Structure:
    """Read YAML into a msgspec structure; ``source`` begins at ``first_line`` of the file.

    Raises FileFormatError for what is no YAML, a doubled key, and what the structure does not allow.
    """
    offset = first_line - 1
    try:
        tree = yaml.compose(source, Loader=yaml.CSafeLoader)
        if tree is None:
            raise FileFormatError(file, first_line, "nothing is in it")
        for node, reason in _wrong_keys(tree):
            raise FileFormatError(file, node.start_mark.line + 1 + offset, reason)
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
        reason = found["reason"] if found else str(error)
        steps = _named_steps(data, structure, _steps(found), str(error)) if found else []
        raise FileFormatError(file, _line(tree, steps, reason) + offset, reason) from error


def find_line(source: str, path: Sequence[str | int], first_line: int = 1) -> int:
    """Return the line in the file of what a path of keys and indexes leads to, as far as it leads."""
    tree = yaml.compose(source, Loader=yaml.CSafeLoader)
    return _line(tree, path, "") + first_line - 1 if tree else first_line


def _wrong_keys(node: yaml.Node) -> Iterator[tuple[yaml.Node, str]]:
    """Find keys that are no words, or stand twice in one mapping, which YAML forbids and PyYAML lets pass."""
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                yield key, "a key must be a word"
                continue
            if key.value in seen:
                yield key, f"the key {key.value} stands twice"
            seen.add(key.value)
            yield from _wrong_keys(value)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _wrong_keys(item)


def _steps(found: re.Match[str]) -> list[Step]:
    """Return the steps of a path of msgspec such as ``$.parts[2].name``."""
    steps: list[Step] = [
        int(step["index"]) if step["index"] else step["key"] for step in _STEP.finditer(found["path"] or "")
    ]
    return [*steps, None] if found["key"] else steps


def _named_steps(data: object, structure: type[Structure], steps: list[Step], message: str) -> list[Step]:
    """Name the keys that msgspec leaves open: each is the one whose entry alone gives the same error."""
    named: list[Step] = []
    inner = data
    for step in steps:
        if step is None and isinstance(inner, dict):
            alone = ((key, _with_only(data, named, key)) for key in inner)
            named.append(next((key for key, one in alone if _error(one, structure) == message), None))
        else:
            named.append(step)
        inner = _child(inner, named[-1])
    return named


def _error(data: object, structure: type[Structure]) -> str | None:
    try:
        msgspec.convert(data, structure)
    except msgspec.ValidationError as error:
        return str(error)
    return None


def _child(data: object, step: Step) -> object:
    if isinstance(data, list) and isinstance(step, int):
        return data[step]
    return data.get(step) if isinstance(data, dict) else None


def _with_only(data: object, path: Sequence[Step], key: object) -> object:
    """Return the data with one entry only in the mapping to which a path leads."""
    if isinstance(data, list) and path and isinstance(path[0], int):
        return [_with_only(item, path[1:], key) if at == path[0] else item for at, item in enumerate(data)]
    if isinstance(data, dict):
        if not path:
            return {key: data[key]}
        return {
            name: _with_only(item, path[1:], key) if name == path[0] else item for name, item in data.items()
        }
    return data


def _line(node: yaml.Node, path: Sequence[Step], reason: str) -> int:
    """Return the line, from 1, of what a path leads to, as far as it leads."""
    for step in path:
        inner = None
        if isinstance(node, yaml.SequenceNode) and isinstance(step, int):
            inner = node.value[step]
        elif isinstance(node, yaml.MappingNode):
            inner = next((value for key, value in node.value if key.value == step), None)
        if inner is None:
            break
        node = inner
    unknown = _UNKNOWN_KEY.search(reason)
    if unknown and isinstance(node, yaml.MappingNode):
        for key, _ in node.value:
            if key.value == unknown["key"]:
                return int(key.start_mark.line) + 1
    return int(node.start_mark.line) + 1

"""The library of questions: one ``.rq`` file a question, its path is its name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from types import MappingProxyType

from queries.errors import UnknownQuestionError
from queries.header import parse_question
from queries.model import Question


@cache
def question(name: str) -> str:
    """Return the text of a question's file, such as that of ``facts/resp``."""
    folder, _, stem = name.rpartition("/")
    return (resources.files("queries").joinpath(folder) / f"{stem}.rq").read_text("utf8")


@cache
def library() -> Mapping[str, Question]:
    """Return every question by name, in the order of the names; those of the program are among them."""
    names = sorted(_names(resources.files("queries"), ""))
    return MappingProxyType({name: parse_question(name, question(name)) for name in names})


def questions() -> list[Question]:
    """Return the questions that people and programs of others can ask, in the order of their names."""
    return [found for found in library().values() if not found.program]


def find(name: str) -> Question:
    """Return the question of that name if people can ask it. Raises UnknownQuestionError."""
    known = {found.name: found for found in questions()}
    if name in known:
        return known[name]
    # a name is often remembered without its folder
    near = [other for other in known if other.rpartition("/")[2] == name.rpartition("/")[2]]
    raise UnknownQuestionError(name, near or get_close_matches(name, known, 3, 0.5))


def _names(folder: Traversable, path: str) -> Iterator[str]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _names(entry, f"{path}{entry.name}/")
        elif entry.name.endswith(".rq"):
            yield path + entry.name.removesuffix(".rq")

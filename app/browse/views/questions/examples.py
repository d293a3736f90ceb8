"""The queries to begin with, which examples.yaml has."""

from __future__ import annotations

from functools import cache
from importlib import resources

import msgspec

from ontology.written_files import read_yaml


class ExampleQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A query to begin with, and its title in Chinese and in English."""

    zh: str
    en: str
    sparql: str


@cache
def example_queries() -> tuple[ExampleQuery, ...]:
    """Return the queries of examples.yaml. Raises FileFormatError, with file and line."""
    file = resources.files("app.browse.views.questions").joinpath("examples.yaml")
    return tuple(read_yaml(file.read_text("utf8"), "questions/examples.yaml", list[ExampleQuery]))

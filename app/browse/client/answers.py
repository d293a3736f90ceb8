"""What an endpoint answers: a table of rows, or a page of search hits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from queries.model import Question
from queries.run import Row


@dataclass(frozen=True, slots=True)
class QueryAnswer:
    """The rows of a query, with its SPARQL and the seconds it took.

    ``cut`` is the limit at which the endpoint cut the result, such as ``10 rows``; None where it is whole.
    ``question`` and ``values`` are given where a question of the library was asked.
    """

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    sparql: str
    seconds: float
    cut: str | None = None
    question: Question | None = None
    values: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class EndpointHit:
    """One thing that a search found; the snippet in parts, each with whether it is to be highlighted."""

    kind: str
    iri: str
    title: str
    snippet: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class SearchPage:
    """A page of hits, and how many there are in all."""

    total: int
    hits: tuple[EndpointHit, ...]


QuestionCall = tuple[str, Mapping[str, str]]
"""The name of a question and the values that it is asked with"""

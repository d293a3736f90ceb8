"""Put questions to a store."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pyoxigraph import BlankNode, Literal, NamedNode, QuerySolutions, Store, Triple

from queries.errors import ColumnsError
from queries.model import Question
from queries.parameters import bind

Row = dict[str, str | None]


def rows(store: Store, sparql: str) -> Iterator[Row]:
    """Return the rows of a SELECT as text: literals by their value, IRIs as they are, None where unbound."""
    return _rows(_select(store, sparql))


def answer(store: Store, question: Question, values: Mapping[str, str]) -> Iterator[Row]:
    """Return the rows of a question asked with these values, each with its columns in their order.

    Raises ParameterError for a value that is not allowed and ColumnsError for an answer that is not what the
    header promises, both before the first row.
    """
    solutions = _select(store, bind(question, values))
    found = [variable.value for variable in solutions.variables]
    promised = [column.name for column in question.columns]
    if found != promised:
        raise ColumnsError(question.name, promised, found)
    return _rows(solutions)


def _select(store: Store, sparql: str) -> QuerySolutions:
    solutions = store.query(sparql)
    if not isinstance(solutions, QuerySolutions):
        raise TypeError("a SELECT query is expected")
    return solutions


def _rows(solutions: QuerySolutions) -> Iterator[Row]:
    names = [variable.value for variable in solutions.variables]
    for solution in solutions:
        yield dict(zip(names, map(_plain, solution), strict=True))


def _plain(term: NamedNode | BlankNode | Literal | Triple | None) -> str | None:
    if term is None:
        return None
    return str(term) if isinstance(term, Triple) else term.value

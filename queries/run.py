"""Put questions to a store."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import BlankNode, Literal, NamedNode, QuerySolutions, Store, Triple

Row = dict[str, str | None]


def rows(store: Store, sparql: str) -> Iterator[Row]:
    """The rows of a SELECT as text: literals by their value, IRIs as they are, None where unbound."""
    solutions = store.query(sparql)
    if not isinstance(solutions, QuerySolutions):
        raise TypeError("a SELECT query is expected")
    names = [variable.value for variable in solutions.variables]
    for solution in solutions:
        yield {name: _plain(solution[name]) for name in names}


def _plain(term: NamedNode | BlankNode | Literal | Triple | None) -> str | None:
    if term is None:
        return None
    return str(term) if isinstance(term, Triple) else term.value

"""Put questions to a store."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import BlankNode, Literal, NamedNode, QuerySolutions, Store, Triple

Row = dict[str, str | None]


def rows(store: Store, sparql: str, *, union: bool = False) -> Iterator[Row]:
    """The rows of a SELECT as text: literals by their value, IRIs as they are, None where unbound.

    With ``union``, what stands outside GRAPH is looked for in all graphs, so that paths cross files.
    """
    solutions = store.query(sparql, use_default_graph_as_union=union)
    if not isinstance(solutions, QuerySolutions):
        raise TypeError("a SELECT query is expected")
    names = [variable.value for variable in solutions.variables]
    for solution in solutions:
        yield {name: _plain(solution[name]) for name in names}


def _plain(term: NamedNode | BlankNode | Literal | Triple | None) -> str | None:
    if term is None:
        return None
    return str(term) if isinstance(term, Triple) else term.value


def count(store: Store, sparql: str) -> int:
    """The one number that a query gives as ?n."""
    return int(next(rows(store, sparql))["n"] or 0)

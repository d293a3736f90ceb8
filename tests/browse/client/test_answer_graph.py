"""An answer as a graph, without a page."""

from __future__ import annotations

from app.browse.client.answer_graph import AnswerEdge, graph_of
from app.browse.client.answers import QueryAnswer
from ontology.iris import Iris
from queries.run import Row

ID = Iris().base


def answer(*rows: Row) -> QueryAnswer:
    return QueryAnswer(tuple(rows[0]), rows, "", 0.0)


def test_two_columns_of_things_are_a_graph_and_what_is_not_drawn_is_counted() -> None:
    rows: list[Row] = [
        {"a": f"{ID}org/甲", "b": f"{ID}org/{number}", "b_name": f"乙{number}"} for number in range(5)
    ]
    graph = graph_of(answer(*rows, rows[0]), 3)
    assert graph is not None
    assert (len(graph.edges), graph.total) == (3, 5)
    assert [node.name for node in graph.nodes] == ["甲", "乙0", "乙1", "乙2"]


def test_three_columns_of_things_are_triples() -> None:
    graph = graph_of(answer({"s": f"{ID}org/甲", "p": f"{ID}rule/x", "o": f"{ID}org/乙"}), 9)
    assert graph is not None
    assert graph.edges == (AnswerEdge(f"{ID}org/甲", f"{ID}org/乙", f"{ID}rule/x"),)


def test_one_column_of_things_is_no_graph() -> None:
    assert graph_of(answer({"a": f"{ID}org/甲", "n": "1"}), 9) is None

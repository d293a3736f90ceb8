"""What is drawn from an answer, without a page."""

from __future__ import annotations

from app.browse.answers import Edge, columns_of, fields_of, graph_of, in_unit, show_of, units_of
from app.browse.source import Answer
from queries.library import library
from queries.run import Row

ID = "https://w3id.org/gongbao/id/"


def answer(*rows: dict[str, str | None], question: str | None = None) -> Answer:
    return Answer(tuple(rows[0]), rows, "", 0.0, None, library()[question] if question else None)


def test_what_columns_hold_is_seen_from_their_values() -> None:
    found = answer(
        {"n": "12", "d": "2024-01-31", "y": "2024", "b": f"{ID}org/云州市财政局", "t": "007", "x": None},
        {"n": "-1.5", "d": "2024-02-01", "y": "2025", "b": f"{ID}area/云州市", "t": "8", "x": None},
    )
    kinds = {field.column.name: field.kind for field in fields_of(found)}
    assert kinds == {"n": "number", "d": "date", "y": "year", "b": "thing", "t": "text", "x": "text"}
    shows = {column.name: column.show for column in columns_of(found)}
    assert shows == {"n": "number", "d": "date", "y": "number", "b": "agency", "t": "text", "x": "text"}


def test_what_an_iri_names() -> None:
    assert show_of(f"{ID}doc/云科发-2024-1") == "document"
    assert show_of(f"{ID}doc/云科发-2024-1/c1/a3") == "clause"
    assert show_of(f"{ID}doc/云科发-2024-1/c1/a3/task") == "task"
    assert show_of(f"{ID}fact/00ff") == "iri"
    assert show_of("https://example.org/云州") == "text"


def test_units_are_kept_apart() -> None:
    found = answer(
        {"v": "1", "unit": "%"}, {"v": "2", "unit": "家"}, {"v": "3", "unit": "家"}, {"v": "4", "unit": None}
    )
    assert units_of(found) == {"家": 2, "%": 1, "": 1}
    assert [row["v"] for row in in_unit(found.rows, "家")] == ["2", "3"]


def test_two_columns_of_things_are_a_graph_and_what_is_not_drawn_is_counted() -> None:
    rows: list[Row] = [
        {"a": f"{ID}org/甲", "b": f"{ID}org/{number}", "b_name": f"乙{number}"} for number in range(5)
    ]
    drawn = graph_of(answer(*rows, rows[0]), 3)
    assert drawn is not None
    assert (len(drawn.edges), drawn.total) == (3, 5)
    assert [node.name for node in drawn.nodes] == ["甲", "乙0", "乙1", "乙2"]


def test_three_columns_of_things_are_triples() -> None:
    drawn = graph_of(answer({"s": f"{ID}org/甲", "p": f"{ID}rule/x", "o": f"{ID}org/乙"}), 9)
    assert drawn is not None
    assert drawn.edges == (Edge(f"{ID}org/甲", f"{ID}org/乙", f"{ID}rule/x"),)


def test_one_column_of_things_is_no_graph() -> None:
    assert graph_of(answer({"a": f"{ID}org/甲", "n": "1"}), 9) is None

"""What is drawn from an answer, without a page."""

from __future__ import annotations

from app.browse.client.answers import Edge, columns_of, fields_of, graph_of, in_unit, show_of, units_of
from app.browse.client.endpoint import Answer, Source
from app.browse.components.plots import MOST, Plot, choices, plotted
from app.browse.context import Context
from app.browse.i18n import Speech
from app.browse.routes import Routes
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


def context() -> Context:
    return Context(Source("http://127.0.0.1:9"), Speech("zh"), Routes({}, "zh"))


def test_the_longest_bars_are_drawn_and_the_others_counted() -> None:
    rows: list[Row] = [{"body": f"局{number}", "tasks": str(number)} for number in range(MOST + 2)]
    found = answer(*rows, {"body": None, "tasks": "1"})
    (x,), (y,) = choices(found)
    drawn = plotted(context(), found.rows, Plot(x, y))
    assert drawn.points[0] == {"x": f"局{MOST + 1}", "y": MOST + 1}
    assert (len(drawn.points), drawn.left, drawn.without, drawn.repeated) == (MOST, 2, 1, False)


def test_without_a_number_rows_are_counted_by_year() -> None:
    days = ("2024-05-01", "2023-01-31", "2024-12-01")
    rows: list[Row] = [{"title": f"文件{day}", "date": day} for day in days]
    found = answer(*rows)
    xs, ys = choices(found)
    assert (xs[0].column.name, ys) == ("date", ())
    drawn = plotted(context(), found.rows, Plot(xs[0], None))
    assert drawn.points == ({"x": "2023", "y": 1}, {"x": "2024", "y": 2})

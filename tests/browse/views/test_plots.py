"""What is drawn of an answer as a chart, without a page."""

from __future__ import annotations

from app.browse.client.answers import QueryAnswer
from app.browse.client.endpoint import EndpointClient
from app.browse.context import ViewContext
from app.browse.i18n import Translator
from app.browse.routes import Routes
from app.browse.views.questions.plots import MOST, Plot, axis_choices, plot_data
from queries.run import Row


def answer(*rows: Row) -> QueryAnswer:
    return QueryAnswer(tuple(rows[0]), rows, "", 0.0)


def context() -> ViewContext:
    return ViewContext(EndpointClient("http://127.0.0.1:9"), Translator("zh"), Routes({}, "zh"))


def test_the_longest_bars_are_drawn_and_the_others_counted() -> None:
    rows: list[Row] = [{"body": f"局{number}", "tasks": str(number)} for number in range(MOST + 2)]
    found = answer(*rows, {"body": None, "tasks": "1"})
    (x,), (y,) = axis_choices(found)
    data = plot_data(context(), found.rows, Plot(x, y))
    assert data.points[0] == {"x": f"局{MOST + 1}", "y": MOST + 1}
    assert (len(data.points), data.left, data.without, data.repeated) == (MOST, 2, 1, False)


def test_without_a_number_rows_are_counted_by_year() -> None:
    days = ("2024-05-01", "2023-01-31", "2024-12-01")
    rows: list[Row] = [{"title": f"文件{day}", "date": day} for day in days]
    found = answer(*rows)
    xs, ys = axis_choices(found)
    assert (xs[0].column.name, ys) == ("date", ())
    data = plot_data(context(), found.rows, Plot(xs[0], None))
    assert data.points == ({"x": "2023", "y": 1}, {"x": "2024", "y": 2})

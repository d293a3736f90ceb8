"""The columns of an answer, and what their values are."""

from __future__ import annotations

from app.browse.client.answers import QueryAnswer
from app.browse.client.columns import columns_of, count_units, fields_of, rows_in_unit, show_of_iri
from ontology.iris import Iris

ID = Iris().base


def answer(*rows: dict[str, str | None]) -> QueryAnswer:
    return QueryAnswer(tuple(rows[0]), rows, "", 0.0)


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
    assert show_of_iri(f"{ID}doc/云科发-2024-1") == "document"
    assert show_of_iri(f"{ID}doc/云科发-2024-1/c1/a3") == "clause"
    assert show_of_iri(f"{ID}doc/云科发-2024-1/c1/a3/task") == "task"
    assert show_of_iri(f"{ID}fact/00ff") == "iri"
    assert show_of_iri("https://example.org/云州") == "text"


def test_units_are_kept_apart() -> None:
    found = answer(
        {"v": "1", "unit": "%"}, {"v": "2", "unit": "家"}, {"v": "3", "unit": "家"}, {"v": "4", "unit": None}
    )
    assert count_units(found) == {"家": 2, "%": 1, "": 1}
    assert [row["v"] for row in rows_in_unit(found.rows, "家")] == ["2", "3"]

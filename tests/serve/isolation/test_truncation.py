"""Results cut anywhere are whole results with fewer rows."""

from __future__ import annotations

import csv
import io
import json
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, QueryResultsFormat, QuerySolutions, Store, parse_query_results

from app.serve.isolation.csv_results import write_csv
from app.serve.isolation.truncation import Sink, truncate

JSON, XML, TSV = QueryResultsFormat.JSON, QueryResultsFormat.XML, QueryResultsFormat.TSV
TEXT = st.text(st.sampled_from("a科\"'\\<>&{}[],:\t\n\r \u2028\U0001f600"), max_size=8)
ROWS = st.lists(st.tuples(st.none() | TEXT, st.none() | TEXT), max_size=6)
NOTICE = "http://localhost/sparql#limits?a=1&b='2'"


def result(rows: list[tuple[str | None, str | None]], form: QueryResultsFormat) -> bytes:
    """A result with two columns, as Oxigraph writes it."""
    solutions = selected(rows)
    return solutions.serialize(format=form) or b""


def selected(rows: list[tuple[str | None, str | None]]) -> QuerySolutions:
    lines = (f"({' '.join('UNDEF' if v is None else str(Literal(v)) for v in row)})" for row in rows)
    solutions = Store().query(f"SELECT ?a ?b {{ VALUES (?a ?b) {{ {' '.join(lines)} }} }}")
    assert isinstance(solutions, QuerySolutions)
    return solutions


def read(content: bytes, form: QueryResultsFormat) -> list[tuple[str | None, str | None]]:
    """The rows of a result, by a reader that is not ours."""
    if form == XML:
        ElementTree.fromstring(content)
    found = parse_query_results(content, form)
    assert isinstance(found, QuerySolutions)
    return [(a.value if a else None, b.value if b else None) for a, b in found]


@pytest.mark.parametrize("form", [JSON, XML, TSV])
@given(rows=ROWS, limit=st.integers(1, 6))
def test_rows(form: QueryResultsFormat, rows: list[tuple[str | None, str | None]], limit: int) -> None:
    content = result(rows, form)
    shortened = truncate(content, form, limit, NOTICE, broken=False)
    if len(rows) <= limit:
        assert shortened is None
        return
    assert shortened is not None
    assert read(shortened, form) == read(content, form)[:limit]


@pytest.mark.parametrize("form", [JSON, XML, TSV])
@given(rows=ROWS, share=st.floats(0, 1))
def test_bytes(form: QueryResultsFormat, rows: list[tuple[str | None, str | None]], share: float) -> None:
    content = result(rows, form)
    head = len(result([], form))
    stop = head + int((len(content) - head) * share)
    shortened = truncate(content[:stop], form, 100, NOTICE, broken=True)
    assert shortened is not None
    kept = read(shortened, form)
    assert kept == read(content, form)[: len(kept)]
    if form == JSON:
        assert json.loads(shortened)["head"]["link"] == [NOTICE]


def test_a_sink_takes_what_it_may() -> None:
    sink = Sink(5)
    sink.write(b"abc")
    assert not sink.full
    with pytest.raises(OSError, match="full"):
        sink.write(b"defg")
    assert (sink.full, sink.content()) == (True, b"abcde")


def parsed(table: bytes) -> list[tuple[str, str]]:
    return [(a, b) for a, b in list(csv.reader(io.StringIO(table.decode(), newline="")))[1:]]


@given(rows=ROWS, limit=st.integers(1, 6))
def test_rows_of_a_table(rows: list[tuple[str | None, str | None]], limit: int) -> None:
    content, cut_by = write_csv(selected(rows), limit, 10_000)
    assert parsed(content) == [(a or "", b or "") for a, b in rows[:limit]]
    assert cut_by == (f"{limit} rows" if len(rows) > limit else None)


@given(rows=ROWS, size=st.integers(5, 100))
def test_bytes_of_a_table(rows: list[tuple[str | None, str | None]], size: int) -> None:
    content, cut_by = write_csv(selected(rows), 10, size)
    kept = parsed(content)
    assert kept == [(a or "", b or "") for a, b in rows[: len(kept)]]
    assert cut_by == (f"{size} bytes" if len(kept) < len(rows) else None)


def test_a_comma_in_an_iri() -> None:
    solutions = Store().query("SELECT (<x:text#char=1,2> AS ?a) {}")
    assert isinstance(solutions, QuerySolutions)
    assert write_csv(solutions, 9, 99) == (b'a\r\n"x:text#char=1,2"\r\n', None)

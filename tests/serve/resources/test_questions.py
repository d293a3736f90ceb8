"""Named questions over HTTP."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from ingest.store import current
from queries.library import find, questions
from queries.parameters import bind
from queries.run import answer
from tests.serve.client import client
from tests.serve.pages import Page
from tests.serve.process import serving

_AGENCY = {"agency": "云州市科技创新局"}
_JSON = {"Accept": "application/json"}
_HTML = {"Accept": "text/html"}


def _rows(store: Path, name: str, values: dict[str, str]) -> list[dict[str, str | None]]:
    return list(answer(current(store).open(), find(name), values))


def test_the_list_has_every_question(samples_server: str) -> None:
    told = client.get(f"{samples_server}/q", headers=_JSON).json()
    assert [found["name"] for found in told] == [question.name for question in questions()]
    tasks = next(found for found in told if found["name"] == "agency/tasks")
    assert tasks["url"] == "/q/agency/tasks"
    assert tasks["title"]["en"] == find("agency/tasks").title.en
    page = Page(client.get(f"{samples_server}/q", headers=_HTML).text)
    for question in questions():
        assert f"/q/{question.name}" in page.links
        assert question.title.zh in page.text


def test_json_has_rows_parameters_and_sparql(samples_server: str, samples_store: Path) -> None:
    reply = client.get(f"{samples_server}/q/agency/tasks", params=_AGENCY, headers=_JSON)
    told = reply.json()
    expected = _rows(samples_store, "agency/tasks", _AGENCY)
    assert expected
    assert told["rows"] == expected  # no column of this question is a number
    assert told["question"] == "agency/tasks"
    assert told["parameters"]["agency"] == _AGENCY["agency"]
    assert told["parameters"]["with_predecessors"] == "false"
    assert told["cut"] is None
    assert "云州市科技创新局" in told["sparql"]
    assert not told["sparql"].startswith("#")
    assert [column["name"] for column in told["columns"]] == list(expected[0])


def test_numbers_are_numbers_in_json(samples_server: str) -> None:
    told = client.get(f"{samples_server}/q/document/most-cited", headers=_JSON).json()
    number = next(column["name"] for column in told["columns"] if column["show"] == "number")
    assert all(isinstance(row[number], int) for row in told["rows"])
    assert told["rows"]


def test_csv_is_that_of_sparql(samples_server: str, samples_store: Path) -> None:
    reply = client.get(f"{samples_server}/q/agency/tasks", params={**_AGENCY, "format": "csv"})
    assert reply.headers["content-type"] == "text/csv; charset=utf-8"
    head, *rows = csv.reader(io.StringIO(reply.text, newline=""))
    assert head == [column.name for column in find("agency/tasks").columns]
    expected = [
        [value or "" for value in row.values()] for row in _rows(samples_store, "agency/tasks", _AGENCY)
    ]
    assert rows == expected


def test_results_are_those_of_the_endpoint(samples_server: str) -> None:
    media_type = "application/sparql-results+json"
    mine = client.get(f"{samples_server}/q/agency/tasks", params=_AGENCY, headers={"Accept": media_type})
    query = bind(find("agency/tasks"), _AGENCY)
    theirs = client.get(f"{samples_server}/sparql", params={"query": query}, headers={"Accept": media_type})
    assert mine.json() == theirs.json()
    assert mine.headers["content-type"] == f"{media_type}; charset=utf-8"


def test_the_page_has_a_form_and_a_table_of_links(samples_server: str, samples_store: Path) -> None:
    reply = client.get(f"{samples_server}/q/agency/tasks", params=_AGENCY, headers=_HTML)
    page = Page(reply.text)
    expected = _rows(samples_store, "agency/tasks", _AGENCY)
    assert page.fields["agency"] == _AGENCY["agency"]
    assert f"{len(expected)} 行" in page.text
    assert len([cells for cells in page.cells if cells]) == len(expected)
    shown = find("agency/tasks").columns
    labels = {column.label for column in shown}
    assert page.headings == [column.words.zh for column in shown if column.name not in labels]
    base = current(samples_store).manifest()["base"]
    for row in expected:
        task = row["task"]
        assert task is not None
        assert task.replace(str(base), "/id/") in page.links
    link = next(link for link in page.links if link.startswith("/sparql?query="))
    answered = client.get(samples_server + link, headers={"Accept": "application/sparql-results+json"})
    assert len(answered.json()["results"]["bindings"]) == len(expected)


def test_the_page_speaks_english(samples_server: str) -> None:
    page = Page(
        client.get(f"{samples_server}/q/agency/tasks", params={**_AGENCY, "lang": "en"}, headers=_HTML).text
    )
    question = find("agency/tasks")
    assert question.title.en in page.text
    assert question.title.zh not in page.text
    assert all("lang=en" in link for link in page.links if link.startswith("/id/"))
    assert page.fields["lang"] == "en"


@pytest.mark.check
def test_a_cut_is_announced(samples_store: Path) -> None:
    with serving(samples_store, "--rows", 2, "--workers", 1) as served:
        url = f"{served.url}/q/agency/tasks"
        told = client.get(url, params=_AGENCY, headers=_JSON)
        assert len(told.json()["rows"]) == 2
        assert told.json()["cut"] == "2 rows"
        assert told.headers["Gongbao-Cut"] == "2 rows"
        page = client.get(url, params=_AGENCY, headers=_HTML)
        assert page.headers["Gongbao-Cut"] == "2 rows"
        assert "截断：2 rows" in Page(page.text).text
        listed = client.get(url, params={**_AGENCY, "format": "csv"})
        assert listed.headers["Gongbao-Cut"] == "2 rows"
        assert listed.text.count("\r\n") == 3


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("agency/tasks?agancy=x", 400, "agancy: not known; known are agency, role"),
        ("agency/tasks?agency=a&agency=b", 400, "agency is given twice"),
        ("agency/tasks?agency=a&role=boss", 400, "'boss' is not among lead, responsible, cooperate"),
        ("agency/tasks?agency=a&format=xls", 400, "format=xls: known are json, html, csv"),
        ("agency/tasks?agency=a&lang=fr", 400, "lang=fr: known are zh, en"),
        ("agency/tasks?agency=%ff", 400, "cannot be read"),
        ("document/outline", 400, "document: missing; an example"),
        ("agency/task", 404, "there is no question agency/task; nearest: agency/tasks"),
        ("facts/resp", 404, "there is no question facts/resp"),
        ("../agency/tasks", 404, ""),
    ],
)
def test_what_is_wrong_is_said(samples_server: str, path: str, status: int, words: str) -> None:
    reply = client.get(f"{samples_server}/q/{path}")
    assert (reply.status_code, words in reply.text) == (status, True), reply.text
    page = client.get(f"{samples_server}/q/{path}", headers=_HTML)
    if path != "document/outline":  # for a person it is a form that is to be filled in
        assert page.status_code == status
        assert words in Page(page.text).text


def test_a_question_that_must_be_told_something_shows_its_form(samples_server: str) -> None:
    reply = client.get(f"{samples_server}/q/document/outline", headers=_HTML)
    page = Page(reply.text)
    assert reply.status_code == 200
    assert page.fields["document"] == ""
    assert "请填写标有 * 的参数" in page.text
    assert page.cells == []


def test_what_a_form_leaves_empty_is_left_out(samples_server: str) -> None:
    full = {**_AGENCY, "role": "", "with_classes": ""}
    left = client.get(f"{samples_server}/q/agency/tasks", params=full, headers=_JSON).json()
    assert left == client.get(f"{samples_server}/q/agency/tasks", params=_AGENCY, headers=_JSON).json()


def test_nothing_acceptable_is_406(samples_server: str) -> None:
    reply = client.get(f"{samples_server}/q/document/list", headers={"Accept": "image/png"})
    assert reply.status_code == 406
    assert "text/csv" in reply.text


@pytest.mark.parametrize("form", ["json", "html"])
def test_every_question_is_answered_in_every_format(samples_server: str, form: str) -> None:
    for question in questions():
        values = {p.name: p.example for p in question.parameters if p.required}
        reply = client.get(
            f"{samples_server}/q/{question.name}", params={**values, "format": form}, timeout=60
        )
        assert reply.status_code == 200, f"{question.name}: {reply.text}"


def test_no_question_has_a_reserved_parameter() -> None:
    for question in questions():
        assert not {parameter.name for parameter in question.parameters} & {"lang", "format"}

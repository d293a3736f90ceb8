"""Limits that hold: time, rows, bytes, memory, length, depth, requests at once."""

from __future__ import annotations

import csv
import io
import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from tests.serve.process import serving

pytestmark = pytest.mark.server
CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
RUNAWAYS = {
    "a cross join": CROSS,
    "paths": "SELECT (COUNT(*) AS ?n) { ?a (!<x:a>|^!<x:b>)* ?b . ?c (!<x:a>|^!<x:b>)* ?d }",
    "an order": "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY MD5(CONCAT(STR(?a), STR(?f))) LIMIT 1",
    "a pattern": 'SELECT * { ?a ?b ?c . ?d ?e ?f FILTER REGEX(CONCAT(STR(?a), STR(?d)), "(a|ab)*z$") }',
}
ORDINARY = "SELECT * { ?a <http://www.w3.org/2004/02/skos/core#prefLabel> ?b } LIMIT 5"
SECONDS = 1.0


@pytest.fixture(scope="module")
def tight(samples_store: Path) -> Iterator[str]:
    """A server with tight limits."""
    options = ("--seconds", SECONDS, "--rows", 5, "--workers", 5, "--memory", 300)
    with serving(samples_store, *options) as served:
        yield served.url


@pytest.fixture(scope="module")
def small(samples_store: Path) -> Iterator[str]:
    """A server with much time, little memory and small results."""
    options = ("--seconds", 50, "--memory", 300, "--size", 1, "--workers", 1)
    with serving(samples_store, *options) as served:
        yield served.url


def ask(url: str, query: str, accept: str = "application/sparql-results+json") -> httpx.Response:
    return httpx.post(f"{url}/sparql", data={"query": query}, headers={"accept": accept}, timeout=60)


@pytest.mark.parametrize("name", RUNAWAYS)
def test_a_runaway_ends(name: str, tight: str) -> None:
    begun = time.monotonic()
    answer = ask(tight, RUNAWAYS[name])
    took = time.monotonic() - begun
    assert answer.status_code == 503, answer.text
    assert answer.headers["retry-after"] == "5"
    by_time = "the query was ended after 1 s" in answer.text
    # What is to be put in order is collected: where that is quick, memory ends before the time does.
    assert by_time or (name == "an order" and "the query needs more than 300 MB" in answer.text)
    assert (SECONDS if by_time else 0) <= took < 20 * SECONDS  # without a limit none of them would end
    assert ask(tight, ORDINARY).status_code == 200


def test_others_are_answered_beside_runaways(tight: str) -> None:
    with ThreadPoolExecutor(4) as executor:
        running = [executor.submit(ask, tight, query) for query in RUNAWAYS.values()]
        time.sleep(0.2)
        answers = [ask(tight, ORDINARY) for _ in range(20)]
        assert [answer.status_code for answer in answers] == [200] * 20
        assert [future.result().status_code for future in running] == [503] * 4


@pytest.mark.check
def test_an_asker_who_leaves_frees_the_worker(small: str) -> None:
    with pytest.raises(httpx.ReadTimeout):
        httpx.post(f"{small}/sparql", data={"query": CROSS}, timeout=1)
    begun = time.monotonic()
    assert ask(small, ORDINARY).status_code == 200
    assert time.monotonic() - begun < 40  # and not only after the 50 seconds that a query may take


def numbers(count: int) -> str:
    return f"SELECT ?n {{ VALUES ?n {{ {' '.join(map(str, range(count)))} }} }}"


def test_rows_are_cut_and_the_cut_is_announced(tight: str) -> None:
    answer = ask(tight, numbers(6))
    assert answer.headers["gongbao-cut"] == "5 rows"
    result = json.loads(answer.text)
    assert [row["n"]["value"] for row in result["results"]["bindings"]] == ["0", "1", "2", "3", "4"]
    assert result["head"] == {"vars": ["n"], "link": [f"{tight}/sparql#limits"]}


def test_as_many_rows_as_may_be_are_not_cut(tight: str) -> None:
    answer = ask(tight, numbers(5))
    assert "gongbao-cut" not in answer.headers
    assert json.loads(answer.text)["head"] == {"vars": ["n"]}


@pytest.mark.parametrize(
    "accept", ["text/csv", "text/tab-separated-values", "application/sparql-results+xml"]
)
def test_a_cut_result_is_whole(accept: str, tight: str) -> None:
    cut, whole = ask(tight, numbers(9), accept), ask(tight, numbers(5), accept)
    assert cut.headers["gongbao-cut"] == "5 rows"
    link = f'<link href="{tight}/sparql#limits"/>'
    assert cut.text.replace(link, "") == whole.text
    assert (link in cut.text) is accept.endswith("xml")


def test_triples_are_cut(tight: str) -> None:
    answer = ask(tight, "CONSTRUCT { ?a ?b ?c } { ?a ?b ?c }", "application/n-triples")
    assert answer.headers["gongbao-cut"] == "5 triples"
    assert len(answer.text.splitlines()) == 5


def test_bytes_are_cut(small: str) -> None:
    query = "SELECT ?a ?c { ?a ?b ?c }"
    answer = ask(small, query)
    assert answer.headers["gongbao-cut"] == f"{1 << 20} bytes"
    assert 900_000 < len(answer.content) <= (1 << 20) + 100
    assert len(json.loads(answer.text)["results"]["bindings"]) > 1000
    table = ask(small, query, "text/csv")
    assert {len(row) for row in csv.reader(io.StringIO(table.text, newline=""))} == {2}
    graph = ask(small, "CONSTRUCT WHERE { ?a ?b ?c }", "application/n-triples")
    assert graph.headers["gongbao-cut"] == f"{1 << 20} bytes"
    assert graph.text.endswith(" .\n")


def test_memory_is_bounded(small: str) -> None:
    doubling = "'" + "x" * 20_000 + "'"
    for _ in range(14):
        doubling = f"CONCAT({doubling}, {doubling})" if len(doubling) < 20_000 else doubling
    bound = " ".join(f"BIND (CONCAT(?a{n}, ?a{n}) AS ?a{n + 1})" for n in range(20))
    answer = ask(small, f"SELECT (STRLEN(?a20) AS ?n) {{ BIND ({doubling} AS ?a0) {bound} }}")
    assert answer.status_code == 503, answer.text
    assert "MB" in answer.text
    assert ask(small, ORDINARY).status_code == 200


def test_a_query_that_is_too_long(tight: str) -> None:
    assert ask(tight, f"ASK {{}} #{'x' * 50_000}").status_code == 413
    assert ask(tight, f"ASK {{}} #{'科' * 49_000}").status_code == 200
    assert ask(tight, f"ASK {{}} #{'科' * 500_000}").status_code == 413


@pytest.mark.parametrize(
    "query",
    [
        "ASK " + "{" * 2000 + "}" * 2000,
        "SELECT (" + "(" * 20_000 + "1" + ")" * 20_000 + " AS ?n) {}",
        "ASK { ?a " + "(" * 5000 + "<x:p>" + ")" * 5000 + " ?b }",
    ],
)
def test_a_query_that_is_too_deep(query: str, tight: str) -> None:
    answer = ask(tight, query)
    assert answer.status_code == 400
    assert "nested too deep" in answer.text


@pytest.mark.check
@pytest.mark.parametrize(
    "query",
    [
        "SELECT (" + "!" * 40_000 + "true AS ?n) {}",
        "SELECT (" + "-" * 40_000 + "1 AS ?n) {}",
        "ASK { ?a " + "^" * 40_000 + "<x:p> ?b }",
        "ASK { ?a <x:p>" + "/<x:p>" * 6_000 + " ?b }",
        "ASK { ?a <x:p>" + "|<x:p>" * 6_000 + " ?b }",
        "SELECT (1" + "+1" * 20_000 + " AS ?n) {}",
        "ASK { ?a <x:p>" + "*" * 40_000 + " ?b }",
        "ASK {} " + "VALUES ?a {} " * 3_000,
    ],
)
def test_depth_without_brackets_harms_nobody_else(query: str, tight: str) -> None:
    assert ask(tight, query).status_code in (200, 400, 503)
    assert ask(tight, ORDINARY).status_code == 200


@pytest.mark.check
def test_requests_at_once(samples_store: Path) -> None:
    options = ("--workers", 1, "--requests", 2, "--seconds", 3)
    with serving(samples_store, *options) as served, ThreadPoolExecutor(2) as executor:
        running = [executor.submit(ask, served.url, CROSS) for _ in range(2)]
        time.sleep(1)
        refused = ask(served.url, ORDINARY)
        assert (refused.status_code, refused.headers["retry-after"]) == (503, "1")
        assert {future.result().status_code for future in running} == {503}
        assert ask(served.url, ORDINARY).status_code == 200

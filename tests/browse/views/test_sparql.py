"""Queries as text, without an endpoint."""

from __future__ import annotations

import base64
import zlib

import pytest

from app.browse.views.questions.sparql import (
    Position,
    gives_graph,
    missing_prefixes,
    packed,
    unpacked,
    with_prefixes,
    wrong_at,
)

GB = "https://w3id.org/gongbao/ontology#"


@pytest.mark.parametrize(
    ("query", "graph"),
    [
        ("SELECT * WHERE { ?s ?p ?o }", False),
        ("PREFIX construct: <http://example.org/construct#>\nASK {}", False),
        ("# CONSTRUCT\nselect ?describe { ?describe ?p 'CONSTRUCT' }", False),
        ("construct { ?s ?p ?o } where { ?s ?p ?o }", True),
        ("PREFIX a: <http://example.org/select>\nDESCRIBE a:b", True),
        ("", False),
    ],
)
def test_the_form_of_a_query(query: str, graph: bool) -> None:
    assert gives_graph(query) is graph


def test_prefixes_that_are_used_and_not_declared() -> None:
    query = """PREFIX eli: <x>
        SELECT * { ?s a gb:Task ; eli:title "skos:no" . # org:no
          <rdf:no> unknown:x gb:role }"""
    assert missing_prefixes(query) == {"gb": GB}
    assert missing_prefixes(with_prefixes(query, {"gb": GB})) == {}
    assert with_prefixes(query, {"gb": GB}).startswith(f"PREFIX gb: <{GB}>\nPREFIX eli:")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("the query is not SPARQL 1.1: error at 2:8: expected one of HAVING", Position(2, 8)),
        ('Parse error: Encountered "x" at line 3, column 5.', Position(3, 5)),
        ("syntax error near line 1", Position(1, 0)),
        ("the query was ended after 10 s", None),
        ("error at 9:1: there is no such line", None),
    ],
)
def test_where_an_engine_says_the_query_is_wrong(said: str, expected: Position | None) -> None:
    assert wrong_at(said, "SELECT *\nWHERE {\n}") == expected


@pytest.mark.parametrize("query", ["ASK {}", "z.", "SELECT ?云 # 州\n" * 500, ""])
def test_a_query_goes_into_an_address_and_comes_back(query: str) -> None:
    assert unpacked(packed(query)) == query


def test_a_long_query_is_short_in_an_address() -> None:
    assert len(packed("SELECT ?云 # 州\n" * 500)) < 300


@pytest.mark.parametrize(
    "value",
    [
        "z.",
        "z.!!!",
        packed("SELECT * " * 400)[:-9],
        "z." + base64.urlsafe_b64encode(zlib.compress(b"\xff\xfe")).decode(),
        "z." + base64.urlsafe_b64encode(zlib.compress(b" " * 5_000_000)).decode(),
    ],
)
def test_an_address_that_was_cut_or_is_a_bomb_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        unpacked(value)

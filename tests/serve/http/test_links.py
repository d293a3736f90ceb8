"""Links of things lead back to the very IRIs that were minted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.serve.http.links import Links, requested_iri
from ontology.iris import Iris

_IRIS = Iris()
_BASE = _IRIS.base


def _back(link: str) -> str | None:
    path, _, query = link.removeprefix("/id/").partition("?")
    return requested_iri(_BASE, path.encode("ascii"), query.removeprefix("char=") if query else None)


@pytest.mark.parametrize(
    ("iri", "link"),
    [
        ("doc/京科发-2020-1", "/id/doc/%E4%BA%AC%E7%A7%91%E5%8F%91-2020-1"),
        ("doc/GB%2FT35273-2020", "/id/doc/GB%2FT35273-2020"),
        ("org/a%25b", "/id/org/a%25b"),
        ("org/%252F", "/id/org/%252F"),
        ("doc/x/c1/a3/task", "/id/doc/x/c1/a3/task"),
        ("doc/x~12", "/id/doc/x~12"),
        (f"text/{'0' * 64}#char=3,9", f"/id/text/{'0' * 64}?char=3,9"),
    ],
)
def test_a_minted_iri_has_one_link(iri: str, link: str) -> None:
    assert Links("").thing(_BASE, _BASE + iri) == link
    assert _back(link) == _BASE + iri


@given(st.text(min_size=1).filter(lambda name: "".join(name.split())))
def test_every_name_comes_back_from_its_link(name: str) -> None:
    for iri in (_IRIS.agency("body", name), _IRIS.clause(_IRIS.body(name), "c1/a2")):
        link = Links("").thing(_BASE, iri)
        assert link is not None
        assert _back(link) == iri


@pytest.mark.parametrize(
    "path", ["doc/%e4%ba%ac", "doc/%E4%BA%AC", "doc/京", "%64oc/京", "doc/%E4%BA%AC?", "doc/../doc/京"]
)
def test_a_path_may_be_encoded_in_any_way(path: str) -> None:
    same = requested_iri(_BASE, path.partition("?")[0].encode()) == f"{_BASE}doc/京"
    assert same is (".." not in path)


def test_what_is_no_utf8_and_no_span_is_no_name() -> None:
    assert requested_iri(_BASE, b"doc/%ff") is None
    assert requested_iri(_BASE, b"text/0", "1") is None
    assert requested_iri(_BASE, b"text/0", "1,2#") is None


def test_only_minted_iris_are_linked() -> None:
    links = Links("")
    for other in (
        "https://w3id.org/gongbao/ontology#Task",
        "javascript:alert(1)",
        "http://example.org/",
        f" {_BASE}doc/x",
    ):
        assert links.thing(_BASE, other) is None


def test_links_keep_root_and_language() -> None:
    links = Links("/below", "en")
    assert links.home == "/below/?lang=en"
    assert links.question("agency/tasks", {"agency": "市&局"}, "csv") == (
        "/below/q/agency/tasks?agency=%E5%B8%82%26%E5%B1%80&format=csv&lang=en"
    )
    assert links.thing(_BASE, f"{_BASE}org/x") == "/below/id/org/x?lang=en"
    assert links.sparql("ASK {}") == "/below/sparql?query=ASK+%7B%7D"

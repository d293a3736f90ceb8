"""/search: what the index finds, as JSON and as a page."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.search import SearchFilters, SearchIndex, search
from ingest.store import current
from tests.serve.client import client
from tests.serve.pages import Page

_WORDS = "数据"
_HTML = {"Accept": "text/html"}


def test_json_is_what_the_index_finds(samples_server: str, samples_store: Path) -> None:
    told = client.get(f"{samples_server}/search", params={"q": _WORDS}).json()
    found = search(SearchIndex(current(samples_store).folder), _WORDS)
    assert told["total"] == found.total > 20
    assert [hit["iri"] for hit in told["hits"]] == [hit.iri for hit in found.hits]
    assert [hit["title"] for hit in told["hits"]] == [hit.title for hit in found.hits]
    assert told["version"] == current(samples_store).id
    for hit in told["hits"]:
        assert any(piece == {"text": _WORDS, "marked": True} for piece in hit["snippet"])
        assert client.get(samples_server + hit["url"]).status_code == 200
    kinds = {facet["value"]: facet["count"] for facet in told["facets"]["kind"]}
    assert kinds == dict(found.facets.kinds)


def test_pages_follow_one_another(samples_server: str) -> None:
    seen: list[str] = []
    link: str | None = f"/search?q={_WORDS}"
    while link is not None:
        told = client.get(samples_server + link).json()
        seen += [hit["iri"] for hit in told["hits"]]
        assert len(seen) == len(set(seen)), link
        link = told["next"]
    assert len(seen) == told["total"]
    assert told["page"] == 1 + (told["total"] - 1) // told["size"]
    assert told["previous"] is not None


@pytest.mark.parametrize(
    ("parameters", "filters"),
    [
        ({"kind": "task"}, SearchFilters(kind="task")),
        ({"type": "办法"}, SearchFilters(document_type="办法")),
        ({"year": "2023"}, SearchFilters(year_from=2023, year_to=2023)),
        ({"year": "2021-2023"}, SearchFilters(year_from=2021, year_to=2023)),
        ({"year": "2023-"}, SearchFilters(year_from=2023)),
        ({"year": "-2022"}, SearchFilters(year_to=2022)),
        ({"agency": "云州市大数据管理局"}, SearchFilters(agency="云州市大数据管理局")),
        ({"year": "", "kind": ""}, SearchFilters()),
    ],
)
def test_filters_narrow(
    samples_server: str, samples_store: Path, parameters: dict[str, str], filters: SearchFilters
) -> None:
    told = client.get(f"{samples_server}/search", params={"q": _WORDS, **parameters}).json()
    assert told["total"] == search(SearchIndex(current(samples_store).folder), _WORDS, filters).total > 0


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", "q, the words to search for, is missing"),
        ("q=", "is missing"),
        ("q=。", "nothing to search for"),
        (f"q={'x' * 201}", "200 is the limit"),
        ("q=x&page=0", "page 0"),
        ("q=x&page=-1", "page=-1"),
        ("q=x&page=9999999", "page 9999999"),
        ("q=x&year=23", "year=23"),
        ("q=x&kind=norm", "known are document, clause, task, agency"),
        ("q=x&who=y", "known are q, kind, agency, type, year, page, lang, format"),
        ("q=x&q=y", "given twice"),
    ],
)
def test_what_is_wrong_is_said(samples_server: str, query: str, words: str) -> None:
    reply = client.get(f"{samples_server}/search?{query}", headers={"Accept": "application/json"})
    assert (reply.status_code, words in reply.text) == (400, True), reply.text


def test_the_page_marks_what_was_found(samples_server: str) -> None:
    parameters = {"q": _WORDS, "kind": "clause"}
    told = client.get(f"{samples_server}/search", params=parameters).json()
    page = Page(client.get(f"{samples_server}/search", params=parameters, headers=_HTML).text)
    assert f"{told['total']} 条结果" in page.text
    marked = [piece["text"] for hit in told["hits"] for piece in hit["snippet"] if piece["marked"]]
    assert page.marked == marked
    for hit in told["hits"]:
        assert hit["url"] in page.links
        assert hit["title"] in page.text
    assert page.fields["q"] == _WORDS
    assert told["next"] in page.links
    widened = f"/search?q={'%E6%95%B0%E6%8D%AE'}"
    assert widened in page.links  # the filter that was chosen is taken away again


def test_without_words_there_is_a_form(samples_server: str) -> None:
    page = Page(client.get(f"{samples_server}/search", headers=_HTML).text)
    assert page.fields["q"] == ""
    assert page.marked == []

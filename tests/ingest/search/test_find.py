"""Searching the samples: order, filters, pages, snippets, errors."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.search import SearchError, SearchFilters, SearchIndex, SearchResults, search
from ingest.search.snippet import snippet
from ingest.search.words import phrases
from ingest.store import current
from tests.ingest.search.conftest import IndexOf, names

BASE = "https://w3id.org/gongbao/id/"


@pytest.mark.parametrize(
    "number",
    [
        *("云科创发〔2023〕8号", "云科创发[2023]8号", "云科创发（2023）8号", "云科创发(2023) 8号"),
        *("云科创发20238号", "云科创发2023 8号", "云科创发２０２３８", '"云科创发【2023】8号"'),
    ],
)
def test_a_number_finds_its_document_first(index: SearchIndex, number: str) -> None:
    hit = search(index, number).hits[0]
    assert (hit.kind, hit.iri) == ("document", f"{BASE}doc/云科创发-2023-8")
    assert hit.document is not None
    assert hit.document.number == "云科创发〔2023〕8号"


def test_titles_weigh_more_than_text(index: SearchIndex) -> None:
    found = search(index, "数字经济")
    assert found.hits[0].title == "云州市数字经济发展行动方案（2021—2023年）"
    assert found.total == 11
    assert dict(found.facets.kinds) == {"agency": 2, "clause": 7, "document": 2}
    assert [hit.score for hit in found.hits] == sorted((hit.score for hit in found.hits), reverse=True)


def test_what_a_circular_issues_has_its_number_and_year(index: SearchIndex) -> None:
    hit = search(index, "数字经济发展行动方案", SearchFilters(kind="document")).hits[0]
    assert hit.document is not None
    assert hit.document.number == "云政办发〔2021〕15号"
    assert (hit.year, hit.document_type) == (2021, "方案")
    assert [agency.name for agency in hit.agencies] == ["云州市人民政府办公室"]


def total(index: SearchIndex, filters: SearchFilters, words: str = "数据") -> int:
    return search(index, words, filters).total


def test_filters_divide_what_is_found(index: SearchIndex) -> None:
    found = search(index, "数据")
    assert found.total > 20
    for kind, count in found.facets.kinds:
        assert total(index, SearchFilters(kind=kind)) == count
    for name, count in found.facets.document_types:
        assert total(index, SearchFilters(document_type=name)) == count
    for year, count in found.facets.years:
        assert total(index, SearchFilters(year_from=int(year), year_to=int(year))) == count
    for agency, count in found.facets.agencies:
        assert total(index, SearchFilters(agency=agency)) == count
    dated = sum(count for _, count in found.facets.years)
    assert total(index, SearchFilters(year_from=0)) == dated
    assert total(index, SearchFilters(year_from=2022)) + total(index, SearchFilters(year_to=2021)) == dated


def test_a_body_is_chosen_by_any_of_its_names(index: SearchIndex) -> None:
    iri = f"{BASE}org/云州市大数据管理局"
    counts = {total(index, SearchFilters(agency=name)) for name in (iri, "云州市大数据管理局", "市大数据局")}
    assert len(counts) == 1
    assert counts != {0}
    for hit in search(index, "数据", SearchFilters(agency="市大数据局"), size=100).hits:
        assert iri in {agency.iri for agency in hit.agencies}


@pytest.mark.parametrize(
    "filters",
    [
        SearchFilters(kind="nothing"),
        SearchFilters(kind=""),
        SearchFilters(document_type="诗"),
        SearchFilters(agency="无此局"),
        SearchFilters(agency=""),
        SearchFilters(agency="\ud800"),
        SearchFilters(agency="x" * 100_000),
        SearchFilters(year_from=10**30),
        SearchFilters(year_to=-(10**30)),
        SearchFilters(year_from=2023, year_to=2021),
    ],
)
def test_a_filter_that_nothing_meets_gives_nothing(index: SearchIndex, filters: SearchFilters) -> None:
    found = search(index, "数据", filters)
    assert (found.total, found.hits, found.facets.kinds) == (0, (), ())


def test_pages_join_to_the_whole(index: SearchIndex) -> None:
    whole = search(index, "市", size=100)
    assert whole.total > 100
    pages = [search(index, "市", page=page, size=7) for page in range(1, 16)]
    assert [hit for page in pages for hit in page.hits][:100] == list(whole.hits)
    assert {page.total for page in pages} == {whole.total}
    assert len({hit.iri for hit in whole.hits}) == 100
    assert search(index, "市", page=100).hits == ()


@pytest.mark.parametrize("words", ["数据", "各", "2023年", "市 数据", "（三）", "不得"])
def test_snippets_are_characters_of_the_source(samples_store: Path, index: SearchIndex, words: str) -> None:
    version = current(samples_store)
    hits = search(index, words, size=100).hits
    assert hits
    wanted = phrases(words)
    for hit in hits:
        shown = "".join(piece.text for piece in hit.snippet)
        assert 0 < len(shown) <= 120
        for piece in hit.snippet:
            assert piece.text
            assert piece.marked == any(phrase.pattern.search(piece.text) for phrase in wanted)
        if hit.place is not None:
            match = re.fullmatch(r".*/text/(\w+)#char=(\d+),(\d+)", hit.place)
            assert match is not None
            assert version.source(match[1])[int(match[2]) : int(match[3])] == shown
    assert any(hit.place for hit in hits)


def test_a_snippet_shows_the_stretch_with_most_of_the_words() -> None:
    text = "甲方在前。" + "无关。" * 60 + "其后甲方与乙方签约。" + "无关。" * 60
    found = snippet(text, phrases("甲方 乙方"))
    assert [piece.text for piece in found.pieces if piece.marked] == ["甲方", "乙方"]
    assert "".join(piece.text for piece in found.pieces) == text[found.start : found.end]
    assert found.pieces[0].text == "其后"


def test_of_stretches_with_as_many_words_a_snippet_shows_the_first() -> None:
    text = "甲方在前。" + "无关。" * 60 + "甲方在后。"
    assert snippet(text, phrases("甲方")).start == 0
    assert snippet(text, phrases("无关")).start == text.index("无关")


def test_a_snippet_is_of_the_text_where_the_title_has_no_more_of_the_words(index_of: IndexOf) -> None:
    index = index_of("一、整理案卷。案卷应当编号，整理后移交。")
    (clause,) = search(index, "整理", SearchFilters(kind="clause")).hits
    assert clause.title == "一 整理案卷"
    assert clause.place is not None  # titles have none
    (circular,) = search(index, "归档", SearchFilters(kind="document")).hits
    assert circular.place is None


def test_marks_stand_right_where_folding_changes_the_length() -> None:
    found = snippet("面积㎡㎡，㈱５Ｇ网。", phrases("m2m2 5g网"))
    assert [piece.text for piece in found.pieces] == ["面积", "㎡㎡", "，㈱", "５Ｇ网", "。"]
    assert [piece.marked for piece in found.pieces] == [False, True, False, True, False]


@pytest.mark.parametrize(
    ("words", "page", "size", "said"),
    [
        ("", 1, 20, "nothing to search for"),
        ("，《》 \0", 1, 20, "nothing to search for"),
        ("数" * 201, 1, 20, "the search has 201 characters; 200 is the limit"),
        ("数据", 0, 20, "page 0: 1 to 500 are possible with 20 hits a page"),
        ("数据", 501, 20, "page 501: 1 to 500"),
        ("数据", 1, 0, "0 hits a page: 1 to 100"),
        ("数据", 1, 101, "101 hits a page"),
    ],
)
def test_what_cannot_be_searched(index: SearchIndex, words: str, page: int, size: int, said: str) -> None:
    with pytest.raises(SearchError, match=said):
        search(index, words, page=page, size=size)


ODD = st.text(alphabet="数据市科0aA\"“”'()[]{}*?~^:\\/+-!&|<> \0\n\ud800😀〔〕第号令é％ＡＮＤ", max_size=210)


@given(st.one_of(ODD, st.text(max_size=30), st.sampled_from(["a AND b", "title:x", "/.*/", "[a TO b]", "*"])))
def test_no_text_is_an_accident(index: SearchIndex, words: str) -> None:
    for filters in (SearchFilters(), SearchFilters(agency=words, kind=words, document_type=words)):
        try:
            found = search(index, words, filters)
        except SearchError as error:
            assert str(error)
        else:
            assert isinstance(found, SearchResults)


def test_threads_may_share_an_index(index: SearchIndex) -> None:
    words = ["数据", "市科技局", "网", "企业 支持", "2023年"] * 20
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda each: search(index, each), words))
    assert found == [search(index, each) for each in words]


def test_names_of_tasks_lead_to_their_clause(index: SearchIndex) -> None:
    found = search(index, "深化联合验收", SearchFilters(kind="task"))
    assert names(found) == ["task"]
    assert found.hits[0].iri.endswith("/task")
    assert "".join(piece.text for piece in found.hits[0].snippet) == "深化联合验收"

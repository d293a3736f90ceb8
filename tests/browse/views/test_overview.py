"""The view of the whole over the samples."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from app.browse.components.charts import BarSegment
from app.browse.i18n import messages
from app.browse.views.overview.year_chart import merge_small_parts
from ingest.store import open_draft, prepare, publish
from tests.browse.conftest import View, settled
from tests.queries.conftest import put
from tests.serve.process import serving


def test_counts_are_those_of_the_store(view: View, samples_store: Path) -> None:
    found = {metric.label: metric.value for metric in view("overview").metric}
    told = {row[0]: row[1] for row in put(samples_store, "quality/counts", "kind", "count")}
    assert found["文件"] == told["documents"] == "14"
    assert found["任务"] == told["tasks"]
    assert len(found) == 10


def test_what_lies_ahead_of_a_day(view: View) -> None:
    """A year from it; where there is nothing, the last day that has any is offered."""
    found = view("overview", date="2025-06-01")
    assert set(found.dataframe[0].value["due"]) == {"2025-12-31"}
    later = view("overview", date="2026-01-01")
    said = messages()["overview.ahead.empty"].zh.format(date="2026-01-01")
    assert said in [element.value for element in later.info]
    (offered,) = [button for button in later.button if "2025-12-31" in button.label]
    offered.click().run()
    assert set(later.dataframe[0].value["due"]) == {"2025-12-31"}


def test_what_is_missing(view: View, samples_store: Path) -> None:
    found = view("overview", date="2026-01-01")
    assert list(found.dataframe[0].value["body"]) == ["市网格办"]
    cited = put(samples_store, "document/cited-not-seen", "title", "number")
    assert len(found.dataframe[1].value) == len(cited)
    said = [element.value for element in found.markdown]
    assert messages()["overview.health.absent.told"].zh.format(count=len(cited)) in said
    assert messages()["overview.health.silent.empty"].zh in [element.value for element in found.info]


def test_bodies_of_today(view: View) -> None:
    """The choice is in the address."""
    asked = [element.value for element in view("overview", by="now").markdown]
    assert any("agency/rolled-up" in element for element in asked)
    asked = [element.value for element in view("overview", by="nonsense").markdown]
    assert any("agency/load" in element for element in asked)


def test_the_version_of_the_store(view: View, samples_endpoint: str) -> None:
    said = [caption.value for caption in view("overview").caption]
    assert any(caption.startswith("库版本 ") and "建于 20" in caption for caption in said)
    foreign = view("overview", endpoint=f"{samples_endpoint}/sparql")
    assert messages()["overview.foreign"].zh in [caption.value for caption in foreign.caption]


@pytest.fixture(scope="module")
def empty_endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An endpoint over a store without anything."""
    store = tmp_path_factory.mktemp("empty") / "store"
    prepare(store)
    with open_draft(store) as made:
        publish(store, made, made.finish({"base": "https://example.org/", "files": []}), keep=0)
    with serving(store, "--workers", 1) as served:
        yield served.url


@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_empty_store_is_said(view: View, empty_endpoint: str, language: str) -> None:
    found = view("overview", endpoint=empty_endpoint, lang=language)
    said = messages()["overview.empty"]
    assert (said.en if language == "en" else said.zh) in [element.value for element in found.info]


def test_few_parts_stay_and_the_smallest_become_one() -> None:
    segments = [BarSegment("2020", part, value) for part, value in (("a", 5), ("b", 1), ("c", 2), ("d", 4))]
    assert merge_small_parts(segments, 4, "others") == segments
    assert merge_small_parts(segments, 3, "others") == [
        BarSegment("2020", "a", 5),
        BarSegment("2020", "others", 3),
        BarSegment("2020", "d", 4),
    ]


def test_an_analyst_looks_ahead_and_opens_a_body(samples_browser: str, page: Page) -> None:
    page.goto(f"{samples_browser}/?date=2030-01-01")
    settled(page)
    page.get_by_role("button", name="2025-12-31").click()
    expect(page.get_by_text("2025-12-31").first).to_be_hidden()
    settled(page)
    assert "date=2025-01-01" in page.url
    page.get_by_text("按现机构汇总").click()
    settled(page)
    page.get_by_test_id("stVegaLiteChart").nth(1).locator("g.mark-rect path").first.click()
    expect(page.locator("h1").first).to_have_text("云州市大数据管理局")

"""What an analyst does under 问答 and 质量, in a real browser."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import Page, expect

from tests.browse.conftest import settled


def test_an_answer_is_downloaded_and_its_query_opened(
    samples_browser: str, page: Page, tmp_path: Path
) -> None:
    page.goto(f"{samples_browser}/questions?name=agency/tasks&p.agency={quote('云州市科技局')}")
    expect(page.get_by_text("行 ·")).to_be_visible()
    settled(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV", exact=True).click()
    download.value.save_as(tmp_path / "answer.csv")
    assert "云州市科技" in (tmp_path / "answer.csv").read_text("utf-8-sig")
    page.get_by_role("button", name="在 SPARQL 编辑器中打开").click()
    expect(page.get_by_role("textbox", name="SPARQL")).to_have_value(re.compile("云州市科技局"))


def test_a_query_is_completed_mended_and_run(samples_browser: str, page: Page) -> None:
    page.goto(f"{samples_browser}/questions?part=sparql")
    settled(page)
    text = page.get_by_role("textbox", name="SPARQL")
    text.fill("SELECT ?task WHERE { ?task a ")
    text.press("End")
    text.press_sequentially("gb:Tas")
    expect(page.get_by_role("option", name="gb:Task 任务", exact=True)).to_be_visible()
    text.press("Enter")
    text.press_sequentially(" LIMT")
    text.press("Escape")
    text.press("Control+Enter")
    expect(page.get_by_text("查询没有被接受")).to_be_visible()
    settled(page)
    query = text.input_value()
    assert query.startswith("PREFIX gb: <https://w3id.org/gongbao/ontology#>\n")
    expect(page.locator(".gutter .wrong")).to_have_text("2")
    text.fill(query.replace(" LIMT", " } LIMIT 4"))
    page.get_by_role("button", name="运行").click()
    expect(page.get_by_text("4 行 ·")).to_be_visible()
    page.reload()
    expect(page.get_by_text("4 行 ·")).to_be_visible()
    expect(text).to_have_value(query.replace(" LIMT", " } LIMIT 4"))


def test_a_rule_opens_its_facts_and_judgements_are_downloaded(
    samples_browser: str, page: Page, tmp_path: Path
) -> None:
    page.goto(f"{samples_browser}/quality?rule=target.level")
    settled(page)
    expect(page.get_by_role("heading", name="规则 target.level 抽取的事实")).to_be_visible()
    page.get_by_text("未定名称", exact=True).click()
    page.get_by_role("button", name="下载 judgements.csv").wait_for()
    settled(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="下载 judgements.csv").click()
    download.value.save_as(tmp_path / "judgements.csv")
    lines = (tmp_path / "judgements.csv").read_text("utf8").splitlines()
    assert lines == ["mention,scope,decision,who,when,why", "市网格办,*,,,,"]

"""The view of bodies over the samples."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from streamlit.testing.v1 import AppTest

from app.browse.client.answer_graph import AnswerEdge, AnswerNode
from app.browse.client.answers import EndpointHit, QueryAnswer
from app.browse.i18n import messages
from app.browse.views.agency.partners import Partner, partner_graph, read_partners
from app.browse.views.agency.search import _body_of_hit
from queries.run import Row
from tests.browse.conftest import View, settled

BUREAU = "云州市科学技术局"


def metrics(view: AppTest) -> dict[str, str]:
    return {metric.label: str(metric.value) for metric in view.metric}


def column(view: AppTest, name: str, table: int = 0) -> list[object]:
    return list(view.dataframe[table].value[name])


def test_without_a_body_the_most_burdened_are_shown(view: View) -> None:
    found = view("agency")
    assert column(found, "body")[:2] == ["云州市大数据管理局", "云州市各区县人民政府"]
    assert column(found, "tasks")[:2] == [18, 11]


def test_a_body_by_its_alias(view: View) -> None:
    """Roles are counted, and the table has the tasks."""
    found = view("agency", agency="云州市科技局")
    assert found.title[0].value == BUREAU
    counts = metrics(found)
    assert [counts[name] for name in ("任务", "牵头", "责任", "配合", "发布文件")] == [
        "11",
        "2",
        "9",
        "0",
        "1",
    ]
    assert (
        column(found, "role") == ["责任"] * 9 + ["牵头"] * 2
        or sorted(column(found, "role"), key=str) == ["牵头"] * 2 + ["责任"] * 9
    )
    assert any("又称：云州市科技局" in caption.value for caption in found.caption)
    assert any("至 2022\\-01" in caption.value for caption in found.caption)


def test_predecessors_are_rolled_up(view: View) -> None:
    found = view("agency", agency="云州市科技创新局", line="true")
    assert (metrics(found)["任务"], metrics(found)["发布文件"]) == ("20", "3")
    assert set(column(found, "body")) == {BUREAU, "云州市科技创新局"}


@pytest.mark.parametrize(("role", "rows"), [("lead", 2), ("responsible", 9), ("nonsense", 11)])
def test_the_role_of_the_address(view: View, role: str, rows: int) -> None:
    """What is no role is as if there were none."""
    assert len(column(view("agency", agency=BUREAU, role=role), "task")) == rows


def test_deadlines_from_a_day(view: View) -> None:
    found = view("agency", agency="云州市科技创新局", part="deadlines", date="2024-06-30")
    assert column(found, "due") == ["2024-06-30"]
    assert metrics(found)["尚未到期"] == "1"
    later = view("agency", agency="云州市科技创新局", part="deadlines", date="2024-07-01")
    assert [element.value for element in later.info] == [messages()["agency.deadlines.empty"].zh]
    assert metrics(later)["尚未到期"] == "0"


def test_the_parts_of_a_body(view: View) -> None:
    assert len(column(view("agency", agency="云州市大数据管理局", part="targets"), "target")) == 19
    assert column(view("agency", agency="云州市科技创新局", part="documents"), "number") == [
        "云科创发〔2023〕8号",
        "云知发〔2022〕6号",
    ]
    shared = view("agency", agency="云州市财政局", part="partners")
    assert (column(shared, "partner")[0], column(shared, "tasks")[0]) == ("云州市知识产权局", 4)
    history = view("agency", agency="云州市科技创新局", part="history")
    assert (column(history, "before"), column(history, "kind")) == ([BUREAU], ["更名"])
    around = view("agency", agency="云州市各区县人民政府", part="related")
    assert column(around, "relation") == ["成员"] * 3


def test_partners_as_a_network(view: View) -> None:
    found = view("agency", agency="云州市财政局", part="partners", shape="network")
    assert messages()["agency.partners.help"].zh in [element.value for element in found.caption]
    assert (column(found, "partner")[0], column(found, "tasks")[0]) == ("云州市知识产权局", 4)


def test_a_network_has_the_ties_among_the_partners_too() -> None:
    some = [Partner("b", "乙", (1, 2, 3)), Partner("c", "丙", (1, 0, 0))]
    ties: list[Row] = [
        {"body": "b", "partner": "c", "tasks": "4"},
        {"body": "b", "partner": "d", "tasks": "9"},
        {"body": "a", "partner": "b", "tasks": "6"},
    ]
    drawn = partner_graph(AnswerNode("a", "甲", "agency"), some, ties)
    assert [node.iri for node in drawn.nodes] == ["a", "b", "c"]
    assert drawn.edges == (
        AnswerEdge("a", "b", "6", 2),
        AnswerEdge("a", "c", "1", 0),
        AnswerEdge("b", "c", "4", 1),
    )
    assert (drawn.total, drawn.centre) == (3, "a")


def test_with_predecessors_what_a_partner_shares_is_added_up() -> None:
    rows: list[Row] = [
        {
            "body": body,
            "partner": partner,
            "partner_name": partner,
            "tasks": "3",
            "led": led,
            "partner_led": "1",
        }
        for body, partner, led in (("a", "b", "2"), ("before", "b", "0"), ("a", "before", "1"))
    ]
    answer = QueryAnswer(columns=("body", "partner"), rows=tuple(rows), seconds=0, sparql="")
    assert read_partners(answer) == [Partner("b", "b", (2, 2, 2))]


def test_no_history_is_said(view: View) -> None:
    found = view("agency", agency="云州市财政局", part="history", lang="en")
    assert [element.value for element in found.info] == [messages()["agency.history.empty"].en]


def test_a_name_of_several_bodies_is_a_choice(view: View) -> None:
    found = view("agency", agency="市科委")
    assert [element.value for element in found.info] == [messages()["agency.several"].zh]
    assert found.title[0].value == "机构"
    assert not found.metric


@pytest.mark.parametrize(
    "name", ["火星科技局", "<script>alert(1)</script>", "[x](javascript:1)", "$a$ :bug:"]
)
def test_an_unknown_name_is_shown_as_it_is(view: View, name: str) -> None:
    found = view("agency", agency=name)
    assert [element.value for element in found.warning] == [messages()["agency.none"].zh]
    assert found.code[0].value == name


def test_names_near_an_unknown_one(view: View) -> None:
    """By an alias: 科技局 is none of its name."""
    found = view("agency", agency="火星科技局")
    assert messages()["agency.near"].zh in [element.value for element in found.subheader]
    assert any("云州市科技局" in caption.value for caption in found.caption)


def test_a_search_that_finds_nothing(view: View) -> None:
    found = view("agency", name="火星")
    assert [element.value for element in found.warning] == [messages()["agency.none"].zh]


def test_an_endpoint_without_a_search(view: View, samples_endpoint: str) -> None:
    """Names are found by their characters, which is said, and the SPARQL is there."""
    found = view("agency", endpoint=f"{samples_endpoint}/sparql", name="科技局")
    said = [caption.value for caption in found.caption]
    assert messages()["agency.no-search"].zh in said
    assert any("11 项任务" in caption for caption in said)
    assert any("agency/named" in element.value for element in found.markdown)


def test_the_names_that_a_hit_was_found_by() -> None:
    pieces = (
        ("局、县", False),
        ("档案", True),
        ("局、", False),
        ("档案", True),
        ("处、县", False),
        ("档案", True),
    )
    found = _body_of_hit(EndpointHit("agency", "urn:x", "县档案", pieces))
    assert found.aliases == ("县档案局", "档案处")


def test_an_analyst_finds_a_body_and_shares_it(samples_browser: str, page: Page) -> None:
    """By an alias; the address of what is seen restores it."""
    page.goto(f"{samples_browser}/agency")
    settled(page)
    box = page.get_by_role("textbox", name="按全称、简称或旧名查找机构")
    box.fill("科技局")
    box.press("Enter")
    page.get_by_role("button", name=BUREAU).click()
    expect(page.locator("h1").first).to_have_text(BUREAU)
    expect(page.get_by_test_id("stMetricValue").first).to_have_text("11")
    page.get_by_text("含前身与后身").click()
    expect(page.get_by_test_id("stMetricValue").first).to_have_text("20")
    page.get_by_text("沿革", exact=True).click()
    expect(page.get_by_test_id("stVegaLiteChart")).to_contain_text("云州市科技创新局")
    settled(page)
    address = page.url
    page.goto("about:blank")
    page.goto(address)
    settled(page)
    expect(page.locator("h1").first).to_have_text(BUREAU)
    expect(page.get_by_test_id("stMetricValue").first).to_have_text("20")
    expect(page.get_by_test_id("stVegaLiteChart")).to_contain_text("云州市科技创新局")


def test_a_click_on_a_bar_opens_the_body(samples_browser: str, page: Page) -> None:
    page.goto(f"{samples_browser}/agency?lang=en")
    settled(page)
    page.get_by_test_id("stVegaLiteChart").locator("g.mark-rect path").first.click()
    expect(page.locator("h1").first).to_have_text("云州市大数据管理局")
    expect(page).to_have_url(re.compile("agency=https.*lang=en"))

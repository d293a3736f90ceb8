"""关系图 over the samples: where it starts, what it says, what the address restores, and how it feels."""

from __future__ import annotations

import csv
import re
from io import StringIO
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from app.browse.views.links.graph import short_id
from app.browse.views.links.trail import parse_trail
from ontology.iris import Iris
from tests.browse.conftest import View, settled

BASE = Iris().base
BIG_DATA, INNOVATION = f"{BASE}org/云州市大数据管理局", f"{BASE}org/云州市科技创新局"
EXPERTS = f"{BASE}doc/云科创发-2023-8"


def test_without_an_address_it_starts_with_the_body_that_has_most_tasks(view: View) -> None:
    found = view("links")
    assert "云州市大数据管理局" in found.markdown[0].value
    assert "负责的任务 12，还有 1 个" in [button.label for button in found.button]


@pytest.mark.parametrize("words", [INNOVATION, "云州市科技创新局"])
def test_the_address_names_the_start(view: View, words: str) -> None:
    found = view("links", node=words)
    assert found.markdown[0].value == "**云州市科技创新局**"
    assert "前身机构 1" in [each.value for each in found.markdown]


def test_a_button_opens_a_way_and_the_address_has_it(view: View) -> None:
    found = view("links", node=BIG_DATA)
    button = next(each for each in found.button if each.label.startswith("负责的任务"))
    button.click().run()
    assert not found.exception
    assert "负责的任务 13" in [each.value for each in found.markdown]
    here = short_id(BIG_DATA)
    assert found.query_params["steps"] == f"{here}.all~{here}.responsible.in"


def test_the_address_restores_the_steps_and_what_was_chosen(view: View) -> None:
    here, there = short_id(BIG_DATA), short_id(EXPERTS)
    task = short_id(f"{BASE}doc/t-5a974b7113343481/a2/p2/task")
    found = view("links", node=BIG_DATA, steps=f"{here}.all~{task}.all", at=there)
    assert found.markdown[0].value == "**云州市科技专家库管理办法（2023年修订）**"
    assert r"文件 · 2023\-09\-15" in [each.value for each in found.caption]
    assert not found.warning


def test_steps_that_cannot_be_followed_are_said(view: View) -> None:
    found = view("links", node=BIG_DATA, steps=f"{short_id(BIG_DATA)}.all~abcdefgh.all~<script>")
    assert [each.value for each in found.warning] == ["地址中有 2 步在当前数据里无法重做，其余已还原。"]
    assert found.markdown[0].value == "**云州市大数据管理局**"


def test_an_unknown_node_is_said_and_others_are_offered(view: View) -> None:
    found = view("links", node="[没有](javascript:alert(1))")
    assert "数据中没有" in found.warning[0].value
    assert r"\[没有\]" in found.warning[0].value
    offered = [button for button in found.button if button.label == "云州市大数据管理局"]
    offered[0].click().run()
    assert found.query_params["node"] == BIG_DATA
    assert found.markdown[0].value == "**云州市大数据管理局**"


def test_a_search_offers_starts(view: View) -> None:
    found = view("links")
    found.text_input[0].set_value("专家库").run()
    assert any(each.value.startswith("文件（") for each in found.caption)
    next(button for button in found.button if "专家库管理办法（2023年" in button.label).click().run()
    assert found.markdown[0].value == "**云州市科技专家库管理办法（2023年修订）**"
    assert found.text_input[0].value == ""
    found.text_input[0].set_value("没有这样的名称㊣").run()
    assert "没有找到" in found.info[0].value


def test_filters_hide_and_say_so(view: View) -> None:
    found = view("links", node=BIG_DATA, kinds="agency")
    assert any("筛选隐去 " in each.value for each in found.caption)
    found.session_state["links:list"] = True
    found.run()
    assert "1 条连线" in [each.value for each in found.caption]
    found.pills[0].set_value(["agency", "document"]).run()
    assert found.query_params["kinds"] == "agency.document"
    assert "2 条连线" in [each.value for each in found.caption]


def test_the_same_in_english(view: View) -> None:
    found = view("links", node=BIG_DATA, lang="en")
    assert "tasks it answers for 12, 1 more" in [button.label for button in found.button]
    assert not found.dataframe  # the list is made when someone opens it
    found.session_state["links:list"] = True
    found.run()
    assert any("lead agency" in set(each.value["edge"]) for each in found.dataframe)


# In a real browser.

GRAPH = "document.querySelector('#cy')?._cyreg?.cy"


def nodes(page: Page) -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = page.evaluate(
        f"Object.fromEntries({GRAPH}.nodes().map(node => [node.id(), {{...node.position()}}]))"
    )
    return found


def drawn(page: Page, count: int) -> None:
    page.wait_for_function(f"{GRAPH}?.nodes().length >= {count}")


def pointed(page: Page, name: str) -> tuple[float, float]:
    """Where a node is on the page once the drawing has come to rest."""
    page.wait_for_function(f"!{GRAPH}.animated()")
    place = page.evaluate(f"{GRAPH}.getElementById('{name}').renderedPosition()")
    box = page.locator("#cy").bounding_box()
    assert box is not None
    return box["x"] + place["x"], box["y"] + place["y"]


def test_three_steps_in_the_graph(samples_browser: str, page: Page, tmp_path: Path) -> None:
    """A task is clicked and opened, then a way of its document; nothing moves, the address restores it."""
    page.goto(f"{samples_browser}/links?node={BIG_DATA}")
    settled(page)
    drawn(page, 15)
    first = nodes(page)
    task = short_id(f"{BASE}doc/t-5a974b7113343481/a2/p2/task")
    document = short_id(EXPERTS)
    page.mouse.click(*pointed(page, task))
    expect(page.get_by_role("button", name="所在文件 0，还有 1 个")).to_be_visible()
    page.mouse.dblclick(*pointed(page, task))
    drawn(page, len(first) + 1)
    second = nodes(page)
    assert document in second
    assert {name: second[name] for name in first} == first
    page.mouse.click(*pointed(page, document))
    page.get_by_role("button", name=re.compile("所载任务")).click()
    drawn(page, len(second) + 9)
    third = nodes(page)
    assert {name: third[name] for name in second} == second
    expect(page).to_have_url(re.compile(rf"{document}\.stated-in\.in"))
    steps, wrong = parse_trail(parse_qs(urlsplit(page.url).query)["steps"][0])
    assert (wrong, [step.node for step in steps]) == (0, [short_id(BIG_DATA), task, document])

    with page.expect_download() as download:
        page.get_by_role("button", name="下载 PNG").click()
    assert Path(download.value.path()).read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
    page.get_by_text("连线清单").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV", exact=True).click()
    rows = list(csv.DictReader(StringIO(Path(download.value.path()).read_text("utf-8-sig"))))
    assert ("云州市科技专家库管理办法（2023年修订）", "所在文件") in {
        (row["终点"], row["关系"]) for row in rows
    }
    assert len(rows) == page.evaluate(f"{GRAPH}.edges().length")

    other = page.context.new_page()
    other.goto(page.url)
    settled(other)
    drawn(other, len(third))
    assert nodes(other) == third


def test_a_node_that_was_dragged_stays_where_it_was_put(samples_browser: str, page: Page) -> None:
    page.goto(f"{samples_browser}/links?node={INNOVATION}")
    settled(page)
    drawn(page, 8)
    before = nodes(page)
    task = next(name for name in before if name != short_id(INNOVATION))
    x, y = pointed(page, task)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 30, y + 45, steps=4)
    page.mouse.up()
    moved = nodes(page)
    assert moved[task] != before[task]
    page.wait_for_timeout(600)  # the drawing tells of it after a while
    page.mouse.dblclick(*pointed(page, task))
    expect(page).to_have_url(re.compile(rf"{task}\.all|at={task}"))
    after = nodes(page)
    assert {name: after[name] for name in moved} == moved

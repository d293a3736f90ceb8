"""The view of tasks: filters, groups, pages, and one task opened with the characters that say so."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from streamlit.testing.v1 import AppTest

from app.browse.i18n import messages
from ontology.iris import Iris
from tests.browse.conftest import View, settled

LICENCES = f"{Iris().base}doc/t-7d5b9de5de721455/h1/i2/task"
OFFICE = "云州市政务服务局"
CLAUSE = "（二）推进证照联办。"


def captions(found: AppTest) -> str:
    return "\n".join(element.value for element in found.caption)


def chips(found: AppTest) -> list[str]:
    return [
        button.label.replace("\\", "")
        for button in found.button
        if (button.key or "").startswith("tasks:chip:")
    ]


def test_all_tasks_a_page_at_a_time(view: View, sample_tasks: dict[str, set[str]]) -> None:
    count = len(sample_tasks[""])
    found = view("tasks")
    assert f"第 1–50 项，共 {count} 项" in captions(found)
    (table,) = found.dataframe
    assert len(table.value) == 50
    found = view("tasks", page="3")
    assert f"第 101–{count} 项，共 {count} 项" in captions(found)
    assert f"第 101–{count} 项，共 {count} 项" in captions(view("tasks", page="99"))
    assert f"第 1–50 项，共 {count} 项" in captions(view("tasks", page="-1", sort="x", group="y"))


def test_the_address_holds_the_filters(view: View, sample_tasks: dict[str, set[str]]) -> None:
    found = view("tasks", agency=OFFICE, role="lead|responsible")
    assert "第 1–3 项，共 3 项" in captions(found)
    assert chips(found) == [f"机构: {OFFICE}", "角色: 牵头", "角色: 责任"]
    next(button for button in found.button if button.key == "tasks:chip:role:responsible").click().run()
    assert "第 1–1 项，共 1 项" in captions(found)
    assert found.query_params["role"] == "lead"
    next(button for button in found.button if button.key == "tasks:clear").click().run()
    assert f"共 {len(sample_tasks[''])} 项" in captions(found)
    assert not chips(found)


def test_facets_have_their_counts(view: View) -> None:
    found = view("tasks", agency=OFFICE)
    pills = {group.label: group for group in found.button_group}
    assert pills["角色"].options == ["牵头 · 1", "责任 · 2", "配合 · 1"]
    pills["角色"].set_value(["cooperate"]).run()
    assert found.query_params["role"] == "cooperate"
    assert "第 1–1 项，共 1 项" in captions(found)
    bodies = next(select for select in found.multiselect if select.label == "机构")
    assert f"{OFFICE} · 1" in bodies.options


def test_words_and_a_typed_name(view: View) -> None:
    found = view("tasks")
    found.text_input[0].set_value("证照  人才").run()
    assert found.query_params["words"] == "证照  人才"
    assert "共 3 项" in captions(found)
    assert chips(found) == ["含有: 证照 人才"]
    assert "共 11 项" in captions(view("tasks", agency="云州市科技局"))


def test_one_task_with_its_marked_clause(view: View) -> None:
    found = view("tasks", task=LICENCES)
    said = [element.value.replace("\\", "") for element in found.markdown]
    clause = next(text for text in said if text.startswith(CLAUSE))
    for mark in (
        ":orange-background[2022年10月底前]",
        ":green-background[在餐饮、药店、便利店等20个行业实现“一业一证”]",
        ":blue-background[市政务服务局]",
        ":blue-background[市大数据局]",
    ):
        assert mark in clause
    assert clause.count("-background[") == 6
    evidence = next(table.value for table in found.dataframe if "规则" in table.value)
    assert "bracket.labelled" in list(evidence["规则"])
    next(button for button in found.button if button.key == "tasks:close").click().run()
    assert "task" not in found.query_params


@pytest.mark.parametrize("task", ["x", f"{LICENCES}/none", "<script>"])
def test_an_unknown_task_is_said_and_the_list_is_there(
    view: View, task: str, sample_tasks: dict[str, set[str]]
) -> None:
    found = view("tasks", task=task)
    assert [element.value for element in found.warning] == [messages()["tasks.unknown"].zh]
    assert f"共 {len(sample_tasks[''])} 项" in captions(found)


def test_nothing_found_says_what_to_try(view: View) -> None:
    found = view("tasks", agency="火星局", words="证照")
    assert [element.value for element in found.info] == [messages()["tasks.empty"].zh]
    assert chips(found) == ["机构: 火星局", "含有: 证照"]
    assert [element.value for element in view("tasks", year="abc").error] == [
        messages()["error.parameter"].zh
    ]


@pytest.mark.parametrize(
    ("group", "first"),
    [
        ("agency", "云州市大数据管理局 · 23 项"),
        ("role", "责任 · {responsible} 项"),
        ("document", "2024年"),
        ("year", "2022 · "),
    ],
)
def test_groups(view: View, group: str, first: str, sample_tasks: dict[str, set[str]]) -> None:
    found = view("tasks", group=group)
    counts = {role: len(tasks) for role, tasks in sample_tasks.items() if role}
    assert found.expander[0].label.replace("\\", "").startswith(first.format(**counts))
    assert not found.dataframe  # a group is asked for when it is opened


def test_the_second_page_of_groups_goes_on_where_the_first_ends(view: View) -> None:
    pages = [view("tasks", group="agency", page=page) for page in ("1", "2")]
    told = [next(text for text in captions(page).splitlines() if " 组" in text) for page in pages]
    assert "第 1–20 组" in told[0]
    assert "第 21–" in told[1]
    labels = [{expander.label for expander in page.expander} for page in pages]
    assert len(labels[0]) == 20
    assert labels[1]
    assert labels[0].isdisjoint(labels[1])


def test_groups_are_those_of_the_filter(view: View) -> None:
    found = view("tasks", group="agency", agency=OFFICE)
    assert [element.label.replace("\\", "") for element in found.expander] == [f"{OFFICE} · 4 项"]


def _marked() -> None:
    # Streamlit runs the text of this function
    from app.browse.components.marked_text.marks import PassageMark  # noqa: PLC0415
    from app.browse.components.marked_text.passage import show_passage  # noqa: PLC0415

    show_passage(
        "a<b>$x$\n[c](d:e) :red[f]", 10, [PassageMark(12, 13, "role"), PassageMark(11, 14, "target")]
    )


def test_marks_are_cut_at_their_characters_and_text_stays_text() -> None:
    (found,) = AppTest.from_function(_marked).run().markdown
    assert found.value == (
        "a:green-background[\\<]:blue-background[b]:green-background[\\>]\\$x\\$"
        "\n\n\\[c\\]\\(d\\:e\\) \\:red\\[f\\]"
    )


def test_an_analyst_filters_opens_and_shares(samples_browser: str, page: Page) -> None:
    """Filter by a body's short name, open a task with a click, see the marks, share the address."""
    page.goto(f"{samples_browser}/tasks?agency=云州市政务服务局&role=lead")
    settled(page)
    grid = page.get_by_test_id("stDataFrame").first
    box = grid.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 80, box["y"] + 55)
    marks = page.locator(".stMarkdownColoredBackground")
    expect(marks.filter(has_text="2022年10月底前").first).to_be_visible()
    expect(marks.filter(has_text="市大数据局").first).to_be_visible()
    settled(page)
    assert "task=" in page.url
    address = page.url
    page.goto("about:blank")
    page.goto(address)
    expect(marks.filter(has_text="市政务服务局").first).to_be_visible()
    page.get_by_role("button", name="角色: 牵头").click()
    expect(page.get_by_text("第 1–4 项，共 4 项")).to_be_visible()
    page.get_by_role("button", name="关闭").click()
    expect(marks.first).to_be_hidden()
    assert "task=" not in page.url

"""The view of deadlines: counts from a chosen day, what is picked, and addresses that cannot be used."""

from __future__ import annotations

import re
from datetime import date

from playwright.sync_api import Page, expect
from streamlit.testing.v1 import AppTest

from app.browse.components.charts import selected_field
from app.browse.i18n import messages
from app.browse.views.deadlines.charts import DueCount, largest_groups
from tests.browse.conftest import View, settled

HORIZONS = ("已过", "30 天内", "31–90 天", "91–365 天", "一年以后", "定期")


def counts(found: AppTest) -> dict[str, str]:
    return {metric.label: metric.value for metric in found.metric}


def column(found: AppTest, place: int, name: str) -> list[object]:
    return list(found.dataframe[place].value[name])


def test_counts_and_list_from_a_day(view: View) -> None:
    found = view("deadlines", date="2022-10-01")
    assert counts(found) == dict(zip(HORIZONS, ("2", "1", "0", "2", "15", "33"), strict=True))
    due = column(found, 0, "due")
    assert due[0] == "2022-10-31"
    assert len(due) == 18
    assert due == sorted(due, key=str)
    assert column(found, 0, "task")[0] == "推进证照联办"
    assert column(found, 0, "body")[0] == "云州市政务服务局"
    assert column(found, 1, "every")[:2] == ["每天", "每天"]


def test_the_day_stands_in_the_address(view: View) -> None:
    """Today where none is given, so that a link means the same tomorrow."""
    assert view("deadlines").query_params["date"] == date.today().isoformat()


def test_a_period_a_month_and_a_recurrence(view: View) -> None:
    assert column(view("deadlines", date="2022-10-01", period="past"), 0, "due") == [
        "2021-12-31",
        "2022-06-30",
    ]
    assert column(view("deadlines", date="2022-10-01", period="30"), 0, "due") == ["2022-10-31"]
    month = view("deadlines", date="2022-10-01", month="2024-06")
    assert column(month, 0, "due") == ["2024-06-30"] * 3
    every = view("deadlines", date="2022-10-01", every="R/P6M")
    assert column(every, 1, "every") == ["每半年"] * 4


def test_a_body_by_name_and_by_iri(view: View) -> None:
    iri = "https://w3id.org/gongbao/id/org/云州市大数据管理局"
    for agency in ("云州市大数据管理局", iri):
        found = view("deadlines", date="2022-10-01", agency=agency)
        assert counts(found)["30 天内"] == "1"
        assert set(column(found, 0, "body")) == {"云州市大数据管理局"}
        assert found.selectbox[0].value == "云州市大数据管理局"
    issued = view("deadlines", date="2022-10-01", agency="云州市人民政府", by="issuer")
    assert [counts(issued)[name] for name in HORIZONS] == ["0", "1", "0", "1", "0", "3"]


def test_widgets_write_the_address(view: View) -> None:
    found = view("deadlines", date="2022-10-01")
    found.segmented_control(key="deadlines:by").set_value("document").run()
    found.segmented_control(key="deadlines:period").set_value("past").run()
    found.toggle(key="deadlines:ended").set_value(True).run()
    found.date_input(key="deadlines:date").set_value(date(2024, 1, 1)).run()
    params = {name: found.query_params[name] for name in ("by", "period", "ended", "date")}
    assert params == {"by": "document", "period": "past", "ended": "true", "date": "2024-01-01"}
    assert counts(found)["已过"] == "7"


def test_ended_documents_are_told_apart(view: View) -> None:
    found = view("deadlines", date="2024-01-01", period="past")
    assert counts(found)["已过"] == "3"
    assert any("11 项" in caption.value for caption in found.caption)
    assert set(column(found, 0, "status")) == {None}
    with_them = view("deadlines", date="2024-01-01", period="past", ended="true")
    assert column(with_them, 0, "status").count("已失效") == 4


def test_nothing_ahead_is_said(view: View) -> None:
    found = view("deadlines", date="2030-01-01")
    assert found.info[0].value == "2030-01-01 以后没有期限。最晚的一项是 2025-12-31。"


def test_bad_addresses_are_said(view: View) -> None:
    for value in ("昨天", "2022-02-30", "9999-12-31", "0000-00-00"):
        found = view("deadlines", date=value)
        assert "不可用" in found.warning[0].value
        assert len(found.metric) == len(HORIZONS)
    found = view("deadlines", date="2022-10-01", month="2024-13", period="x", by="y", every="<b>")
    assert "2024\\-13" in found.warning[0].value
    assert counts(found)["30 天内"] == "1"
    unknown = view("deadlines", date="2022-10-01", agency="[局](javascript:1)$x$")
    assert unknown.info[0].value == messages()["deadlines.nothing-of"].zh.format(
        agency=r"\[局\]\(javascript\:1\)\$x\$"
    )


def test_the_groups_with_most_come_first() -> None:
    def due(group: str | None, number: int) -> DueCount:
        return DueCount(date(2024, 1, 1), group, group, number, "")

    some = [due("甲", 1), due(None, 9), due("乙", 2), due("甲", 3), due("丙", 1)]
    assert largest_groups(some, 2) == (["甲", "乙", None], 1)
    assert selected_field({"selection": {"picked": [{"month": "2024-06"}]}}, "month") == "2024-06"
    assert selected_field({"selection": {"picked": []}}, "month") is None


def test_an_analyst_picks_a_month_and_looks_from_another_day(samples_browser: str, page: Page) -> None:
    page.goto(f"{samples_browser}/deadlines?date=2030-01-01")
    settled(page)
    page.get_by_role("button", name="从 2025-12-31 看起").click()
    expect(page).to_have_url(re.compile("date=2025-12-31"))
    expect(page.get_by_test_id("stMetricValue").nth(1)).to_have_text("4")
    settled(page)
    figure = page.get_by_test_id("stVegaLiteChart").nth(1)
    figure.scroll_into_view_if_needed()
    figure.locator("g.mark-rect path[aria-label*='月份: 6; year: 2024']").click(position={"x": 4, "y": 4})
    expect(page).to_have_url(re.compile("month=2024-06"))
    expect(page.get_by_role("heading", name="期限表：2024-06")).to_be_visible()
    page.reload()
    settled(page)
    page.get_by_role("button", name="不限月份").click()
    expect(page).not_to_have_url(re.compile("month="))

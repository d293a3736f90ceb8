"""The view of targets: words, years and units, with values of different units apart."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect
from streamlit.testing.v1 import AppTest

from app.browse.components.charts import selected_field
from app.browse.i18n import Translator
from app.browse.views.targets.charts import is_logarithmic, years_chart
from app.browse.views.targets.measures import Measure, largest_indicators, units_of
from tests.browse.conftest import View, settled


def measure(indicator: str, low: float, high: float, unit: str = "个", year: int | None = None) -> Measure:
    return Measure(f"urn:{indicator}", indicator, ">=", f"{low:g}", low, high, unit, year, "", "")


def headings(found: AppTest) -> list[str]:
    return [element.value for element in found.markdown if re.fullmatch(r"\*\*.*\*\*", element.value)]


def column(found: AppTest, place: int, name: str) -> list[object]:
    return list(found.dataframe[place].value[name])


def test_words_give_panels_by_unit(view: View) -> None:
    found = view("targets", words="碳 能源")
    assert headings(found) == ["**\\%**", "**个**"]
    assert len(found.dataframe[0].value) == 6
    assert column(found, 0, "comparator") == ["不少于", "不少于", "约", "不超过", "等于", "等于"]
    assert "6 个目标 · 2 种单位" in found.markdown[0].value
    assert any("1 个目标没有确数" in caption.value for caption in found.caption)


def test_conditions_narrow_and_stand_in_the_address(view: View) -> None:
    found = view("targets", words="碳 能源", year="2025", unit="%")
    assert column(found, 0, "name" if "name" in found.dataframe[0].value else "target") == [
        "园区可再生能源电力消费占比",
        "煤炭消费占能源消费总量的比重",
    ]
    found.pills(key="targets:unit").set_value(None).run()
    assert "unit" not in found.query_params
    assert len(found.dataframe[0].value) == 4
    found.text_input(key="targets:words").set_value("绿色").run()
    assert found.query_params["words"] == "绿色"


def test_what_does_not_fit_is_said(view: View) -> None:
    assert "没有符合条件的目标" in view("targets", words="没有这样的词").info[0].value
    found = view("targets", year="<b>")
    assert r"\<b\>" in found.warning[0].value
    assert len(found.dataframe[0].value) == 73
    odd = view("targets", unit="](javascript:1)", words="( $x$ [a")
    assert "没有符合条件的目标" in odd.info[0].value


def test_units_rows_and_scales() -> None:
    some = [measure("甲", 1, 2), measure("乙", 5, 5), measure("甲", 9, 9), measure("丙", 3, 3, "亿元")]
    assert units_of(some) == ["个", "亿元"]
    assert largest_indicators(some[:3], 1) == (["甲"], 1)
    assert is_logarithmic([measure("甲", 1, 1), measure("乙", 301, 301)])
    assert not is_logarithmic([measure("甲", 1, 1), measure("乙", 300, 300)])
    assert not is_logarithmic([measure("甲", 0, 0), measure("乙", 900, 900)])
    assert measure("甲", 60, 60).text == "≥ 60"
    assert selected_field({"selection": {"picked": [{"target": "urn:甲"}]}}, "target") == "urn:甲"


def test_one_indicator_over_the_years() -> None:
    """A line needs two years of one indicator."""
    translate = Translator("zh")
    assert years_chart([measure("甲", 1, 1, year=2025), measure("乙", 2, 2, year=2030)], translate) is None
    figure = years_chart([measure("甲", 1, 1, year=2025), measure("甲", 2, 2, year=2030)], translate)
    assert figure is not None
    drawn = figure.to_dict()
    assert [row["year"] for rows in drawn["datasets"].values() for row in rows] == ["2025", "2030"]


def test_an_analyst_opens_the_sentence_of_a_target(samples_browser: str, page: Page) -> None:
    page.goto(f"{samples_browser}/targets?unit=%25&words=能源")
    settled(page)
    figure = page.get_by_test_id("stVegaLiteChart").first
    figure.locator("g.mark-symbol.role-mark path").first.click()
    expect(page).to_have_url(re.compile(r"/document\?.*at=.*fact"))

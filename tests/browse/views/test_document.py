"""文件: a list to choose from, a document with its facts marked, citations, duties, status."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Dialog, Page, expect
from pyoxigraph import NamedNode
from streamlit.testing.v1 import AppTest

from app.browse.components.marked_text.component import utf16_offsets
from app.browse.i18n import messages
from ingest.build import build_store
from ingest.store import current
from ontology.terms import GB
from tests.browse.conftest import View, browsing, settled
from tests.serve.process import serving

BASE = "https://w3id.org/gongbao/id/"
PATENTS = f"{BASE}doc/云知发-2022-6"
POLICY = f"{BASE}doc/t-5c356a4066088d98"  # what it puts out
HOSTILE = "<script>alert(1)</script>$x^2$[x](javascript:alert(1))"
CIRCULAR = (
    f"青石县档案办公室关于做好{HOSTILE}归档工作的通知\n\n青档发〔2030〕1号\n\n各乡镇人民政府：\n\n"
    f"为做好𠮷归档工作，根据《关于{HOSTILE}的意见》，现将有关事项通知如下。\n\n"
    f"一、加快𠮷整理{HOSTILE}。2030年底前，完成整理案卷300件以上。（责任单位：县档案办、县财政局）\n\n"
    f"二、严格管理。借阅人员应当爱护{HOSTILE}，不得涂改档案。\n\n"
    "青石县档案办公室\n\n2030年3月1日\n"
)


def links(test: AppTest) -> list[str]:
    return [element.proto.label for element in test.get("page_link")]


def told(test: AppTest) -> str:
    """All that a view says outside of its tables and the text."""
    elements = [*test.title, *test.markdown, *test.caption, *test.text, *test.info, *test.warning]
    return "\n".join(str(element.value) for element in elements)


def test_offsets_become_those_of_javascript() -> None:
    text = "归𠮷档𠮷𠮷x"
    of = utf16_offsets(text)
    for offset in range(len(text) + 1):
        assert of(offset) == len(text[:offset].encode("utf-16-le")) // 2
    assert [utf16_offsets("归档")(offset) for offset in (0, 1, 2)] == [0, 1, 2]


def test_the_list_is_narrowed(view: View) -> None:
    found = view("document")
    assert len(found.dataframe[0].value) == 14
    found.selectbox(key="year").set_value("2022").run()
    assert sorted(found.dataframe[0].value["number"]) == [
        "云政办发〔2022〕21号",
        "云政发〔2022〕9号",
        "云知发〔2022〕6号",
    ]
    found.text_input(key="words").set_value("专利").run()
    assert list(found.dataframe[0].value["number"]) == ["云知发〔2022〕6号"]


def test_a_list_without_rows_says_why(view: View) -> None:
    found = view("document", words="没有这样的词")
    assert messages()["document.none"].zh in told(found)
    assert messages()["document.search.none"].zh in told(found)


@pytest.mark.parametrize("asked", [PATENTS, POLICY, "云知发〔2022〕6号", "云州市高价值专利培育管理办法"])
def test_a_document_is_named_by_iri_number_or_title(view: View, asked: str) -> None:
    found = view("document", document=asked, date="2023-01-01")
    assert found.title[0].value == "云州市高价值专利培育管理办法"
    said = told(found)
    assert "云知发〔2022〕6号" in said
    assert "2022-03-31" in said
    assert "03-patent-cultivation-2022.txt" in said.replace("\\", "")
    assert "有效" in said


def test_the_status_is_that_of_the_day(view: View) -> None:
    before = view("document", document="云科发〔2021〕3号", date="2022-01-01")
    after = view("document", document="云科发〔2021〕3号", date="2024-01-01", section="status")
    assert "已废止" not in told(before)
    assert "已废止" in told(after)
    assert list(after.dataframe[0].value["status"]) == ["已废止"]
    assert {"云科发〔2021〕3号"} == set(after.dataframe[1].value["number"])
    assert "已废止" in list(after.dataframe[1].value["change"])


def test_the_other_sections(view: View) -> None:
    cited = view("document", document="云政办发〔2021〕15号", section="citations")
    assert len(cited.dataframe[1].value) == 3
    duties = view("document", document=PATENTS, section="duties")
    assert len(duties.dataframe[0].value) == 24
    assert "云州市知识产权局" in list(duties.dataframe[0].value["body"])


@pytest.mark.parametrize("at", [f"{POLICY}/c1/a3", f"{POLICY}/c1/a3/task"])
def test_what_stands_in_a_document_opens_it(view: View, at: str) -> None:
    assert view("document", at=at).title[0].value == "云州市高价值专利培育管理办法"


@pytest.mark.parametrize(
    "values", [{"document": "没有"}, {"at": f"{BASE}fact/0"}, {"document": f"{BASE}doc/x"}]
)
def test_what_is_unknown_is_said(view: View, values: dict[str, str]) -> None:
    found = view("document", **values)
    assert messages()["document.unknown"].zh in told(found)
    assert len(found.dataframe[0].value) == 14


def test_a_document_without_text_shows_who_cites_it(view: View) -> None:
    found = view("document", document="宁科规〔2020〕4号")
    assert found.title[0].value == "宁江省科技评审专家管理规定"
    assert messages()["document.not-here"].zh in told(found)
    assert len(found.dataframe[0].value) == 4


def test_an_endpoint_of_another_kind_shows_the_quotes(view: View, samples_endpoint: str) -> None:
    found = view("document", endpoint=f"{samples_endpoint}/sparql", document=PATENTS)
    assert messages()["document.no-text"].zh in told(found)
    assert "《中华人民共和国专利法》" in list(found.dataframe[0].value["fact"])
    searched = view("document", endpoint=f"{samples_endpoint}/sparql", words="专利")
    assert messages()["document.no-search"].zh in told(searched)


@pytest.fixture(scope="module")
def hostile_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "1.txt").write_text(CIRCULAR, "utf8")
    assert build_store([folder / "corpus"], folder / "store").errors == []
    return folder / "store"


@pytest.fixture(scope="module")
def hostile_endpoint(hostile_store: Path) -> Iterator[str]:
    with serving(hostile_store, "--workers", 1) as served:
        yield served.url


@pytest.fixture(scope="module")
def hostile_browser(hostile_endpoint: str) -> Iterator[str]:
    with browsing("--endpoint", hostile_endpoint) as url:
        yield url


def whole(store: Path) -> str:
    """The characters of the one document of a store."""
    version = current(store)
    places = {
        quad.object.value
        for quad in version.open().quads_for_pattern(
            NamedNode(f"{BASE}doc/青档发-2030-1"), NamedNode(GB.place), None
        )
        if isinstance(quad.object, NamedNode)
    }
    (place,) = places
    text, _, span = place.partition("#char=")
    begin, end = map(int, span.split(","))
    return version.source(text.rpartition("/")[2])[begin:end]


def test_characters_of_a_title_are_no_markdown(view: View, hostile_endpoint: str) -> None:
    title = view("document", endpoint=hostile_endpoint, document="青档发〔2030〕1号").title[0].value
    assert title != HOSTILE
    assert r"\$x\^2\$\[x\]\(javascript\:alert\(1\)\)" in title
    assert r"\<script\>" in title


def test_a_text_shows_just_its_characters(hostile_browser: str, hostile_store: Path, page: Page) -> None:
    dialogs: list[str] = []

    def dismissed(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", dismissed)
    scripts = "() => document.querySelectorAll('script').length"
    page.goto(f"{hostile_browser}/document?{urlencode({'words': 'script'})}")
    settled(page)
    own = page.evaluate(scripts)
    page.goto(f"{hostile_browser}/document?{urlencode({'document': '青档发〔2030〕1号'})}")
    text = page.locator(".reading .text")
    text.locator(".mark").first.wait_for()
    assert text.evaluate("node => node.textContent") == whole(hostile_store)
    expect(page.locator("h1")).to_contain_text(HOSTILE)
    expect(page.locator(".reading .outline")).to_contain_text("加快𠮷整理<script>")
    marked = text.locator(".mark.k-role").all_inner_texts()
    assert marked == ["县档案办", "县财政局"]  # after 𠮷, which JavaScript counts twice
    text.locator(".mark.k-reference").first.click()
    expect(page.locator(".reading .panel blockquote")).to_have_text(f"《关于{HOSTILE}的意见》")
    for section in ("citations", "duties", "status"):
        page.goto(
            f"{hostile_browser}/document?{urlencode({'document': '青档发〔2030〕1号', 'section': section})}"
        )
        settled(page)
        expect(page.get_by_test_id("stException")).to_have_count(0)
    page.goto(f"{hostile_browser}/document?{urlencode({'words': '归档'})}")
    expect(
        page.locator('[data-testid="stMain"] button').get_by_text("<script>alert(1)</script>").first
    ).to_be_visible()
    assert page.evaluate(scripts) == own
    assert page.locator(".katex").count() == 0
    assert page.locator('a[href^="javascript"]').count() == 0
    assert dialogs == []


def test_marks_are_read_and_switched(samples_browser: str, page: Page) -> None:
    """Choose a fact by mouse and by keys, switch a kind off, share the address, follow a link."""
    page.goto(f"{samples_browser}/document?{urlencode({'at': f'{POLICY}/c2/a6'})}")
    text, panel = page.locator(".reading .text"), page.locator(".reading .panel")
    expect(text.locator(".line.here").first).to_contain_text("第六条")
    expect(text.locator(".line.here").first).to_be_in_viewport()
    deadline = text.get_by_role("button", name="时限: 每年3月31日前")
    deadline.click()
    expect(panel).to_contain_text("R/P1Y")
    expect(panel).to_contain_text("deadline.")
    deadline.click()  # once more: the duty around it
    expect(panel.locator(".head")).to_contain_text("义务")
    page.wait_for_url("**at=*fact*")
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(panel.locator("blockquote")).to_have_text("《中华人民共和国专利法》")
    page.get_by_role("group", name="标注的种类").get_by_role("button", name="引 引用").click()
    expect(text.locator(".mark.k-reference").first).to_have_css("background-color", "rgba(0, 0, 0, 0)")
    page.wait_for_url("**off=reference*")
    page.goto(page.url)
    expect(panel.locator("blockquote")).to_have_text("《中华人民共和国专利法》")
    switch = page.get_by_role("group", name="标注的种类").get_by_role("button", name="引 引用")
    expect(switch).to_have_attribute("aria-pressed", "false")
    panel.get_by_role("link", name="中华人民共和国专利法").click()
    expect(page.locator("h1").first).to_have_text("中华人民共和国专利法")


def test_the_outline_goes_to_a_clause(samples_browser: str, page: Page) -> None:
    page.goto(f"{samples_browser}/document?{urlencode({'document': PATENTS})}")
    text = page.locator(".reading .text")
    text.locator(".mark").first.wait_for()
    target = text.locator(".line", has_text="第十七条")
    expect(target).not_to_be_in_viewport()
    page.locator(".reading .outline").get_by_role("button", name="第十七条").click()
    expect(target).to_be_in_viewport()

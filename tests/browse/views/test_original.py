"""The original of a document: its pages with the chosen fact in a box, or its marked text."""

from __future__ import annotations

import io
import json
from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from PIL import Image
from playwright.sync_api import Dialog, Page, expect
from streamlit.testing.v1 import AppTest

from app.browse.i18n import messages
from ingest.store import current
from queries.facts import facts
from tests.browse.conftest import View, browsing, settled
from tests.originals import ADDRESS, HOSTILE, PDF, SCRIPT, WORD


def fact_of(store: Path, file: str, kind: str, page: int | None = None) -> tuple[str, str]:
    """The IRI of a fact of a file (on a page), and its words."""
    version = current(store)
    for record in facts(version.open(), (kind,)):
        if record["file"] == file and record.get("page") == page:
            text = version.source(str(record["place"]).partition("#")[0].rpartition("/")[2])
            return str(record["iri"]), text[int(str(record["start"])) : int(str(record["end"]))]
    raise AssertionError(file)


def sent(test: AppTest) -> dict[str, object]:
    """What the component of the original is given."""
    (element,) = test.get("bidi_component")
    data: dict[str, object] = json.loads(element.proto.json)
    return data


def test_the_page_of_a_fact_is_shown_with_a_box(
    view: View, formats_endpoint: str, formats_store: Path
) -> None:
    fact, words = fact_of(formats_store, PDF, "deadline", 2)
    found = view("document", endpoint=formats_endpoint, at=fact, section="original")
    assert found.subheader[0].value == "第2页，共2页"
    assert ADDRESS.replace("https://", "") in found.caption[-1].value.replace("\\", "")
    pages = sent(found)["pages"]
    assert isinstance(pages, list)
    (page,) = pages
    assert page["alt"] == f"第2页，共2页 – 标出：{words}"
    assert page["boxes"]
    picture = Image.open(io.BytesIO(b64decode(page["source"].removeprefix("data:image/png;base64,"))))
    assert picture.size == (1000, 1415)
    turned = view("document", endpoint=formats_endpoint, at=fact, section="original", page="1", lang="en")
    assert turned.subheader[0].value == "Page 1 of 2"
    beyond = view("document", endpoint=formats_endpoint, at=fact, section="original", page="99")
    assert beyond.subheader[0].value == "第2页，共2页"


def test_a_word_file_is_shown_as_marked_text(view: View, formats_endpoint: str, formats_store: Path) -> None:
    fact, words = fact_of(formats_store, WORD, "deadline")
    data = sent(view("document", endpoint=formats_endpoint, at=fact, section="original"))
    text = data["text"]
    assert isinstance(text, dict)
    marked = [run["text"] for block in text["blocks"] for run in block["runs"] if run["marked"]]
    assert marked == [words]
    assert text["blocks"][0]["heading"] == 1


def test_an_endpoint_of_another_kind_has_no_originals(
    view: View, formats_endpoint: str, formats_store: Path
) -> None:
    fact, _ = fact_of(formats_store, PDF, "deadline", 2)
    found = view("document", endpoint=f"{formats_endpoint}/sparql", at=fact, section="original")
    assert messages()["document.no-original"].zh in [info.value for info in found.info]


@pytest.fixture(scope="module")
def formats_browser(formats_endpoint: str) -> Iterator[str]:
    with browsing("--endpoint", formats_endpoint) as url:
        yield url


def coloured(page: Page) -> tuple[int, int, int]:
    """The colour in the middle of the first box as it is on the screen."""
    box = page.locator(".original .box").first
    picture = Image.open(io.BytesIO(box.screenshot())).convert("RGB")
    colours = picture.getcolors(1 << 20) or []
    return max(colours)[1]  # type: ignore[return-value]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_card_of_a_fact_opens_the_page_with_the_box(
    scheme: str, formats_browser: str, formats_store: Path, page: Page
) -> None:
    """From the text by mouse, in the light and the dark theme; the box stands on the words."""
    fact, words = fact_of(formats_store, PDF, "deadline", 2)
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(f"{formats_browser}/document?{urlencode({'at': fact})}")
    page.locator(".reading .panel").get_by_role("link", name="第2页").click()
    box = page.locator(".original .box").first
    expect(box).to_be_in_viewport()
    expect(box).to_have_attribute("aria-label", f"标出：{words}")
    image = page.locator(".original img")
    expect(image).to_have_attribute("alt", f"第2页，共2页 – 标出：{words}")
    page.wait_for_function(
        "() => [...document.querySelectorAll('*')].some(node => node.shadowRoot"
        "?.querySelector('.original img')?.complete)"
    )
    sheet, marked = image.bounding_box(), box.bounding_box()
    assert sheet is not None
    assert marked is not None
    assert abs(sheet["height"] / sheet["width"] - 842 / 595) < 0.01
    assert sheet["x"] < marked["x"] < marked["x"] + marked["width"] < sheet["x"] + sheet["width"]
    red, green, blue = coloured(page)
    assert red > 240
    assert green > 220
    assert 150 < blue < 220
    box.focus()
    expect(box).to_be_focused()
    page.get_by_role("button", name="Page 1").click()
    expect(page.locator(".original img")).to_have_attribute("alt", "第1页，共2页")
    expect(page.locator(".original .box")).to_have_count(0)


def test_what_a_page_has_as_a_script_is_text_here_too(
    formats_browser: str, formats_store: Path, page: Page
) -> None:
    dialogs: list[str] = []

    def dismissed(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", dismissed)
    fact, words = fact_of(formats_store, HOSTILE, "deadline")
    page.goto(f"{formats_browser}/document?{urlencode({'at': fact, 'section': 'original', 'lang': 'en'})}")
    settled(page)
    expect(page.locator(".original mark")).to_have_text(words)
    expect(page.locator(".original mark")).to_be_in_viewport()
    assert dialogs == []
    expect(page.get_by_text("Original", exact=True).first).to_be_visible()
    assert SCRIPT.startswith("<script")

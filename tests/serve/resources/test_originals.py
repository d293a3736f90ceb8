"""Originals over HTTP: pages of PDFs with boxes, marked text, and what happens where there is none."""

from __future__ import annotations

import hashlib
import io
import re
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import httpx
import pytest
from PIL import Image

from ingest.build import build_store
from ingest.store import current
from queries.facts import facts
from tests.conftest import circular
from tests.originals import ADDRESS, HOSTILE, INSIDE, PAGE, PDF, TEXT, WIDE, WORD, pdf_of
from tests.serve.process import serving


class Fact(NamedTuple):
    """Where a fact stands: the digest of its text, and its offsets."""

    text: str
    char: str
    words: str


@cache
def all_facts(store: Path) -> dict[str, list[Fact]]:
    """The facts of each file, without the documents themselves."""
    found: dict[str, list[Fact]] = {}
    version = current(store)
    for record in facts(version.open(), ("resp", "deadline", "norm", "target")):
        text = str(record["place"]).partition("#")[0].rpartition("/")[2]
        start, end = int(str(record["start"])), int(str(record["end"]))
        fact = Fact(text, f"{start},{end}", version.source(text)[start:end])
        found.setdefault(str(record["file"]), []).append(fact)
    return found


def facts_of(store: Path, file: str) -> list[Fact]:
    return all_facts(store)[file]


@pytest.fixture(scope="module")
def client(formats_server: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=formats_server, timeout=60) as client:
        yield client


def described(client: httpx.Client, fact: Fact, **values: str) -> dict[str, object]:
    answer = client.get(f"/original/{fact.text}", params={"char": fact.char, **values})
    assert answer.status_code == 200, answer.text
    found: dict[str, object] = answer.json()
    return found


def page_of(client: httpx.Client, fact: Fact) -> dict[str, object]:
    pages = described(client, fact)["pages"]
    assert isinstance(pages, list)
    page: dict[str, object] = pages[0]
    return page


def picture(client: httpx.Client, address: str) -> Image.Image:
    answer = client.get(address)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/png")
    return Image.open(io.BytesIO(answer.content))


def shades(picture: Image.Image) -> list[int]:
    """The shades of grey in a picture, the darkest first."""
    return [shade for shade, count in enumerate(picture.histogram()) if count]


@pytest.mark.parametrize("file", [PDF, INSIDE])
def test_a_box_on_the_picture_holds_ink(file: str, client: httpx.Client, formats_store: Path) -> None:
    for fact in facts_of(formats_store, file)[:4]:
        page = page_of(client, fact)
        shown = picture(client, f"{page['picture']}?width=600").convert("L")
        assert shown.width == 600
        scale = 600 / float(str(page["width"]))
        boxes = page["boxes"]
        assert isinstance(boxes, list)
        for box in boxes:
            left, top, right, bottom = (round(side * scale) for side in box)
            assert shades(shown.crop((left, top, right, bottom)))[0] < 100
            assert shades(shown.crop((0, top, 20, bottom))) == [255]  # the margin has none


def test_the_description_of_a_pdf(client: httpx.Client, formats_store: Path) -> None:
    fact = facts_of(formats_store, PDF)[0]
    found = described(client, fact)
    assert found["file"] | {"graph": "", "sha256": ""} == {  # type: ignore[operator]
        "name": PDF,
        "media_type": "application/pdf",
        "encoding": None,
        "source": ADDRESS,
        "kept": True,
        "graph": "",
        "sha256": "",
    }
    assert (found["page"], found["page_count"], found["note"], found["text"]) == (1, 2, None, None)
    second = described(client, fact, page="2")["pages"]
    assert isinstance(second, list)
    assert [(page["page"], page["boxes"]) for page in second] == [(2, [])]


def test_a_very_wide_page_is_a_small_picture(client: httpx.Client, formats_store: Path) -> None:
    page = page_of(client, facts_of(formats_store, WIDE)[0])
    assert page["width"] == 14_000
    assert picture(client, f"{page['picture']}?width=2000").size == (2000, 115)


def test_a_page_with_a_box_for_people(client: httpx.Client, formats_store: Path) -> None:
    fact = facts_of(formats_store, PDF)[0]
    answer = client.get(f"/original/{fact.text}", params={"char": fact.char, "format": "html", "lang": "en"})
    (source, alt) = re.findall(r'<img src="([^"]+)" .*? alt="([^"]+)"', answer.text)[0]
    assert picture(client, source).width == 1000
    assert alt == f"Page 1 of the original, marked: {fact.words}"
    (style,) = re.findall(r'class="box" style="([^"]+)"', answer.text)[:1]
    assert all(0 <= float(number) <= 100 for number in re.findall(r":([\d.]+)%", style))
    assert "Page 1 of 2" in answer.text
    assert "img-src 'self'" in answer.headers["content-security-policy"]


def blocks(found: dict[str, object]) -> list[dict[str, object]]:
    text = found["text"]
    assert isinstance(text, dict)
    listed: list[dict[str, object]] = text["blocks"]
    return listed


def marked(value: object) -> str:
    """The marked characters anywhere in a description."""
    if isinstance(value, dict):
        return str(value["text"]) if value.get("marked") else "".join(map(marked, value.values()))
    return "".join(map(marked, value)) if isinstance(value, list) else ""


@pytest.mark.parametrize("file", [PAGE, WORD, TEXT, HOSTILE])
def test_other_formats_are_marked_text(file: str, client: httpx.Client, formats_store: Path) -> None:
    for fact in facts_of(formats_store, file):
        found = described(client, fact)
        assert found["pages"] == []
        assert marked(found["text"]) == fact.words
        assert blocks(found)[0]["heading"] == 1
    assert (found["part"] or "").startswith("paragraph") == (file == WORD)  # type: ignore[attr-defined]


def test_what_a_page_has_as_a_script_is_text(client: httpx.Client, formats_store: Path) -> None:
    fact = facts_of(formats_store, HOSTILE)[0]
    answer = client.get(f"/original/{fact.text}", params={"char": fact.char, "format": "html"})
    assert answer.text.count("<mark>") == 1
    assert "加快整理" in answer.text
    assert "<script" not in answer.text


def test_the_page_of_a_fact_leads_to_its_original(client: httpx.Client, formats_store: Path) -> None:
    fact = facts_of(formats_store, PDF)[0]
    page = client.get(f"/id/text/{fact.text}", params={"char": fact.char, "format": "html"})
    (link,) = re.findall(r'<a href="([^"]*)">原件</a>', page.text)
    assert link == f"/original/{fact.text}?char={fact.char}"
    assert "<img" in client.get(link, params={"format": "html", "char": fact.char}).text


def test_a_picture_is_not_sent_twice(client: httpx.Client, formats_store: Path) -> None:
    address = str(page_of(client, facts_of(formats_store, PDF)[0])["picture"])
    first = client.get(address, headers={"Accept": "image/avif,image/webp,*/*"})
    again = client.get(address, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = client.get(address, params={"width": "500"})
    assert other.headers["etag"] != first.headers["etag"]


@pytest.mark.parametrize(
    ("file", "address", "status", "says"),
    [
        (PDF, "/original/{text}/page/3", 404, "pages 1 to 2"),
        (PDF, "/original/{text}/page/0", 404, "pages 1 to 2"),
        (PDF, "/original/{text}/page/one", 404, "number from 1"),
        (PDF, "/original/{text}/page/99999999999999999999999", 404, "number from 1"),
        (PDF, "/original/{text}/page/1?width=2001", 400, "from 50 to 2,000"),
        (PDF, "/original/{text}/page/1?width=-5", 400, "from 50 to 2,000"),
        (PDF, "/original/{text}/page/1?width=1e3", 400, "from 50 to 2,000"),
        (PDF, "/original/{text}/page/1?zoom=2", 400, "zoom is not known"),
        (PDF, "/original/{text}?page=9", 404, "pages 1 to 2"),
        (PDF, "/original/{text}?char=5,5", 400, "START,END"),
        (PDF, "/original/{text}?char=0,999999", 404, "characters"),
        (PDF, "/original/{text}?file=abc", 404, "no file"),
        (PAGE, "/original/{text}/page/1", 422, "text/html is shown as text"),
        (TEXT, "/original/{text}/page/1", 422, "text/plain is shown as text"),
        (PDF, "/original/0000", 404, "has no text 0000"),
        (PDF, "/original/..%2f..%2fetc%2fpasswd/page/1", 404, ""),
        (PDF, "/original/%3E%20%7B/page/1", 404, "has no text"),
    ],
)
def test_what_cannot_be_given_is_said(
    file: str, address: str, status: int, says: str, client: httpx.Client, formats_store: Path
) -> None:
    answer = client.get(address.format(text=facts_of(formats_store, file)[0].text))
    assert answer.status_code == status, answer.text
    assert says in answer.text


def damage(path: Path, how: str) -> None:
    data = path.read_bytes()
    path.unlink()  # it may be linked from elsewhere
    if how != "removed":
        path.write_bytes({"cut": data[: len(data) // 2], "replaced": pdf_of(circular(3))}[how])


@pytest.mark.check
def test_originals_that_are_not_there_any_more(tmp_path: Path) -> None:
    """The page is gone, with the reason; the text is shown in its place; others are not concerned."""
    expected = {"cut": "damaged", "replaced": "damaged", "removed": "keeps no original"}
    files = {name: tmp_path / f"{name}.pdf" for name in (*expected, "whole")}
    for serial, path in enumerate(files.values()):
        path.write_bytes(pdf_of(circular(serial)))
    store = tmp_path / "store"
    build_store(list(files.values()), store, check=False)
    for how in expected:
        sha = hashlib.sha256(files[how].read_bytes()).hexdigest()
        damage(current(store).folder / "originals" / sha, how)
    files["whole"].write_bytes(b"replaced where it was read from")
    with serving(store, "--workers", 1) as served, httpx.Client(base_url=served.url, timeout=60) as client:
        for how, says in expected.items():
            fact = facts_of(store, f"{how}.pdf")[0]
            answer = client.get(f"/original/{fact.text}/page/1")
            assert answer.status_code == 410
            assert says in answer.text
            found = described(client, fact, page="1")
            assert says in str(found["note"])
            assert marked(found["text"]) == fact.words
            page = client.get(f"/original/{fact.text}", params={"format": "html", "char": fact.char})
            assert says in page.text
            assert "<img" not in page.text
        whole = facts_of(store, "whole.pdf")[0]
        assert picture(client, f"/original/{whole.text}/page/1").width == 1000


@pytest.mark.check
def test_a_store_of_an_earlier_build_has_no_layouts(formats_store: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    shutil.copytree(formats_store, store, symlinks=True)
    for name in ("layouts", "originals"):
        shutil.rmtree(current(store).folder / name)
    fact = facts_of(store, PDF)[0]
    with serving(store, "--workers", 1) as served, httpx.Client(base_url=served.url, timeout=60) as client:
        assert marked(described(client, fact)["text"]) == fact.words
        assert "keeps no original" in client.get(f"/original/{fact.text}/page/1").text

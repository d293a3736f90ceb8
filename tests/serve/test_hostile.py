"""What documents and requests say is data: pages show its characters and never obey them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest

from ingest.build import build_store
from ingest.store import current
from queries.library import find
from queries.run import answer
from tests.serve.pages import Page
from tests.serve.process import serving

_ATTACK = '<script>alert(1)</script>$x^2$[x](javascript:alert(2))"onload="a\'&amp;'
_HTML = {"Accept": "text/html"}
_TEXT = f"""县政府关于{_ATTACK}的通知
甲政发〔2023〕1号
各单位：
一、{_ATTACK}整理。县档案局应当在2024年6月底前完成{_ATTACK}整理100件。（责任单位：县档案局{_ATTACK}、县财政局）
甲县人民政府
2023年1月2日
"""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "circular.txt").write_text(_TEXT, "utf8")
    store = folder / "store"
    assert build_store([folder / "circular.txt"], store).errors == []
    with serving(store, "--workers", 2) as served:
        yield served.url, store


def _harmless(text: str) -> Page:
    page = Page(text)
    assert "script" not in page.elements
    for name, value in page.attributes:
        assert not name.startswith("on"), (name, value)
        if name in ("href", "src", "action"):
            assert value.startswith(("/", "?")), value
    return page


def test_pages_of_things_show_the_characters(hostile: tuple[str, Path]) -> None:
    url, store = hostile
    rows = list(answer(current(store).open(), find("document/outline"), {"document": "甲政发〔2023〕1号"}))
    things = {row[name] for row in rows for name in ("clause", "fact") if row[name]}
    base = str(current(store).manifest()["base"])
    assert len(things) > 2
    shown = []
    for iri in [*sorted(filter(None, things)), f"{base}doc/甲政发-2023-1"]:
        path = quote(str(iri).removeprefix(base), safe="/%")
        shown.append(_harmless(httpx.get(f"{url}/id/{path}", headers=_HTML).text))
    assert any(_ATTACK in page.text for page in shown)
    assert any(_ATTACK in passage for page in shown for passage in page.passages)


def test_tables_and_searches_show_the_characters(hostile: tuple[str, Path]) -> None:
    url, _ = hostile
    found = _harmless(httpx.get(f"{url}/search", params={"q": "整理"}, headers=_HTML).text)
    assert "整理" in found.marked
    assert "<script>alert(1)</script>" in found.text
    outline = {"document": "甲政发〔2023〕1号"}
    page = _harmless(httpx.get(f"{url}/q/document/outline", params=outline, headers=_HTML).text)
    assert any("<script>alert(1)</script>" in cell for row in page.cells for cell in row)


@pytest.mark.parametrize(
    "path",
    [
        "/search?q={}",
        "/search?q=x&agency={}",
        "/search?q=x&kind={}",
        "/q/agency/tasks?agency={}",
        "/q/agency/tasks?agency=x&role={}",
        "/q/agency/tasks?{}=x",
        "/q/{}",
        "/id/{}",
        "/{}",
        "/?lang={}",
        "/q?{}",
        "/sparql?query={}",
    ],
)
def test_what_a_request_says_is_data_too(hostile: tuple[str, Path], path: str) -> None:
    url, _ = hostile
    for attack in (
        _ATTACK,
        "javascript:alert(1)",
        "//evil.example/",
        "\r\nSet-Cookie: a=b",
        "\x00",
        "\ufffe",
    ):
        reply = httpx.get(url + path.format(quote(attack, safe="")), headers=_HTML)
        assert reply.status_code < 500, reply.text
        assert "set-cookie" not in reply.headers
        if reply.headers["content-type"].startswith("text/html"):
            page = _harmless(reply.text)
            if attack == _ATTACK and reply.status_code == 200 and "q={}" in path:
                assert page.fields["q"] == _ATTACK


def test_pages_may_load_nothing_from_elsewhere(hostile: tuple[str, Path]) -> None:
    url, _ = hostile
    for path in ("/", "/q", "/search?q=x", "/nothing"):
        policy = httpx.get(url + path, headers=_HTML).headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "script-src" not in policy

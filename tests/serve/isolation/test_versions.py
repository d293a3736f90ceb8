"""A new version of the store brings its own pages, its own search and its own tags."""

from __future__ import annotations

from pathlib import Path
from time import monotonic, sleep

import httpx
import pytest

from ingest.build import build_store
from ingest.store import current
from tests.serve.process import serving

pytestmark = pytest.mark.server
_TEXT = "甲县档案局关于{0}的通知\n甲档发〔2023〕1号\n各单位：\n一、{0}。（责任单位：县档案局）\n"
_LONGEST = 60  # seconds until a version is taken up on a busy machine


def _build(folder: Path, words: str) -> Path:
    (folder / "circular.txt").write_text(_TEXT.format(words), "utf8")
    assert build_store([folder / "circular.txt"], folder / "store").errors == []
    return folder / "store"


@pytest.mark.check
def test_all_that_is_shown_is_of_the_new_version(tmp_path: Path) -> None:
    store = _build(tmp_path, "整理案卷")
    with serving(store, "--workers", 1) as served, httpx.Client(base_url=served.url, timeout=60) as client:
        thing = "/id/doc/%E7%94%B2%E6%A1%A3%E5%8F%91-2023-1"
        first = current(store).id
        assert client.get("/", headers={"Accept": "application/json"}).json()["version"] == first
        assert client.get("/search", params={"q": "整理案卷"}).json()["total"] > 0
        page = client.get(thing, headers={"Accept": "text/html"})
        assert "整理案卷" in page.text

        _build(tmp_path, "清点库房")
        second = current(store).id
        deadline = monotonic() + _LONGEST
        while client.get("/health").json()["version"] != second:
            assert monotonic() < deadline
            for path in ("/", "/q/document/list", "/search?q=%E6%A1%A3", thing):
                assert client.get(path).status_code in (200, 503)
            sleep(0.1)

        assert client.get("/", headers={"Accept": "application/json"}).json()["version"] == second
        assert client.get("/search", params={"q": "整理案卷"}).json()["total"] == 0
        assert client.get("/search", params={"q": "清点库房"}).json()["total"] > 0
        known = {"Accept": "text/html", "If-None-Match": page.headers["etag"]}
        again = client.get(thing, headers=known)
        assert again.status_code == 200
        assert "清点库房" in again.text
        assert "整理案卷" not in again.text

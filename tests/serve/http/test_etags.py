"""Answers carry a tag of version and request, and are not sent twice; HEAD; other origins."""

from __future__ import annotations

import httpx
import pytest

_PATHS = [
    "/",
    "/q",
    "/q/document/list",
    "/search?q=%E6%95%B0%E6%8D%AE",
    "/id/org/%E4%BA%91%E5%B7%9E%E5%B8%82%E7%A7%91%E6%8A%80%E5%88%9B%E6%96%B0%E5%B1%80",
    "/openapi.json",
]


@pytest.mark.parametrize("path", _PATHS)
def test_what_the_asker_has_is_not_sent_again(samples_server: str, path: str) -> None:
    first = httpx.get(samples_server + path)
    tag = first.headers["etag"]
    assert "Accept" in first.headers["vary"]
    for given in (tag, f"W/{tag}", f'"other", {tag}'):
        again = httpx.get(samples_server + path, headers={"If-None-Match": given})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == tag
    assert httpx.get(samples_server + path, headers={"If-None-Match": '"other"'}).content == first.content


def test_every_form_and_every_request_has_its_own_tag(samples_server: str) -> None:
    forms = ("text/html", "application/json", "text/csv")
    asked = [httpx.get(f"{samples_server}/q/document/list", headers={"Accept": form}) for form in forms]
    asked += [httpx.get(samples_server + path) for path in _PATHS]
    asked.append(httpx.get(f"{samples_server}/q/document/list", params={"format": "html", "lang": "en"}))
    tags = [reply.headers["etag"] for reply in asked]
    assert all(reply.status_code == 200 for reply in asked)
    assert len(set(tags)) == len(tags) - 1  # JSON is what /q/document/list gives of itself


@pytest.mark.parametrize("path", _PATHS)
def test_head_is_get_without_the_body(samples_server: str, path: str) -> None:
    head, get = httpx.head(samples_server + path), httpx.get(samples_server + path)
    assert (head.status_code, head.content) == (200, b"")
    for name in ("etag", "content-type", "content-length", "vary"):
        assert head.headers[name] == get.headers[name]


def test_pages_of_other_origins_may_read(samples_server: str) -> None:
    reply = httpx.get(f"{samples_server}/q", headers={"Origin": "https://example.org"})
    assert reply.headers["access-control-allow-origin"] == "*"
    assert "ETag" in reply.headers["access-control-expose-headers"]


@pytest.mark.parametrize("path", _PATHS)
def test_nothing_is_written(samples_server: str, path: str) -> None:
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        assert httpx.request(method, samples_server + path).status_code == 405

"""The landing page, and the description for programs."""

from __future__ import annotations

from pathlib import Path

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from ingest.store import current
from queries.library import questions
from tests.serve.client import client
from tests.serve.pages import Page

_HTML = {"Accept": "text/html"}


def test_the_landing_page_says_what_is_here(samples_server: str, samples_store: Path) -> None:
    version = current(samples_store)
    manifest = version.manifest()
    page = Page(client.get(samples_server, headers=_HTML).text)
    assert version.id in page.text
    assert f"{manifest['facts']} 事实" in page.text
    assert f"{manifest['documents']} 文件" in page.text
    for link in ("/q", "/search", "/sparql", "/.well-known/void", "/openapi.json"):
        assert link in page.links
    for question in questions():
        assert f"/q/{question.name}" in page.links
    told = client.get(samples_server, headers={"Accept": "application/json"}).json()
    assert (told["version"], told["base"]) == (version.id, manifest["base"])
    assert told["counts"]["facts"] == manifest["facts"]


def test_every_link_of_the_front_pages_answers(samples_server: str) -> None:
    seen: set[str] = set()
    for start in ("/", "/?lang=en", "/q", "/search"):
        for link in Page(client.get(samples_server + start, headers=_HTML).text).links:
            address = start.partition("?")[0] + link if link.startswith("?") else link
            if address not in seen and not address.startswith("/q/"):
                seen.add(address)
                reply = client.get(samples_server + address, headers={"Accept": "text/html, */*;q=0.5"})
                assert reply.status_code == 200, address
    assert len(seen) > 10


@pytest.mark.check
def test_openapi_is_valid_and_complete(samples_server: str) -> None:
    told = client.get(f"{samples_server}/openapi.json").json()
    OpenAPIV31SpecValidator(told).validate()
    paths = told["paths"]
    assert set(paths) == {
        *("/original/{text}", "/original/{text}/page/{page}"),
        *("/", "/q", "/id/{path}", "/search", "/sparql", "/.well-known/void", "/health", "/openapi.json"),
        *(f"/q/{question.name}" for question in questions()),
    }
    assert set(paths["/sparql"]) == {"get", "post"}
    for question in questions():
        given = {found["name"]: found for found in paths[f"/q/{question.name}"]["get"]["parameters"]}
        assert set(given) == {*(found.name for found in question.parameters), "format", "lang"}
        for parameter in question.parameters:
            found = given[parameter.name]
            assert found["required"] is parameter.required
            assert parameter.words.zh in found["description"]
            assert ("default" in found["schema"]) is (parameter.default is not None)
            assert str(found["example"]).lower() == parameter.example.lower()
            # several values stand in one text, with | between them
            choices = [] if parameter.many else list(parameter.choices)
            assert found["schema"].get("enum", []) == choices


def test_what_openapi_promises_is_answered(samples_server: str) -> None:
    told = client.get(f"{samples_server}/openapi.json").json()
    for path, item in told["paths"].items():
        if "{" in path or path.startswith("/q/"):
            continue
        operation = item["get"]
        values = {found["name"]: "数据" for found in operation["parameters"] if found["required"]}
        for media_type in operation["responses"]["200"]["content"]:
            reply = client.get(samples_server + path, params=values, headers={"Accept": media_type})
            assert reply.status_code == 200 or path == "/sparql", f"{path} {media_type}: {reply.text}"

"""Names that a form offers: every one of them is understood by the questions that take it."""

from __future__ import annotations

from pathlib import Path

from tests.queries.conftest import put


def test_bodies_with_most_tasks_come_first(samples_store: Path) -> None:
    names = [row[0] for row in put(samples_store, "suggest/agencies")]
    assert names[0] == "云州市大数据管理局"
    assert len(names) == len(set(names)) > 10
    assert put(samples_store, "agency/load", "name", agency=str(names[1])) == [(names[1],)]


def test_documents_by_their_titles(samples_store: Path) -> None:
    names = [row[0] for row in put(samples_store, "suggest/documents")]
    assert "云州市科技专家库管理办法" in names
    assert len(names) == len(set(names)) == 12  # one of the 13 has no title
    assert put(samples_store, "document/outline", document="云州市科技专家库管理办法")

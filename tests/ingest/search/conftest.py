"""The index of the samples, open."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.build import build_store
from ingest.search import SearchIndex, SearchResults, search
from ingest.store import current

IndexOf = Callable[..., SearchIndex]


@pytest.fixture(scope="session")
def index(samples_store: Path) -> SearchIndex:
    return SearchIndex(current(samples_store).folder)


@pytest.fixture
def index_of(tmp_path: Path) -> IndexOf:
    """The index of a circular of an invented office with these paragraphs."""

    def build(*paragraphs: str) -> SearchIndex:
        text = "青石县档案办公室关于归档的通知\n\n青档发〔2030〕1号\n\n各乡镇人民政府：\n\n"
        text += "".join(f"{paragraph}\n\n" for paragraph in paragraphs)
        (tmp_path / "circular.txt").write_text(f"{text}青石县档案办公室\n\n2030年3月1日\n", "utf8")
        store = tmp_path / "store"
        assert build_store([tmp_path / "circular.txt"], store, check=False).errors == []
        return SearchIndex(current(store).folder)

    return build


def names(found: SearchResults) -> list[str]:
    """The last part of each hit's IRI."""
    return [hit.iri.rsplit("/", 1)[1] for hit in found.hits]


def texts(index: SearchIndex, words: str) -> list[str]:
    """What the snippets of the clauses that hold these words mark, joined."""
    hits = [hit for hit in search(index, words).hits if hit.kind == "clause"]
    return ["".join(piece.text for piece in hit.snippet if piece.marked) for hit in hits]

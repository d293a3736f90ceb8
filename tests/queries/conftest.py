"""Questions put to stores, with answers that are easy to compare."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.build import build_store
from ingest.store import current
from ontology.iris import Iris
from queries.header import parse_question
from queries.library import question
from queries.run import answer, rows

Answer = list[tuple[str | None, ...]]
StoreOf = Callable[..., Path]


def ask(store: Path, name: str) -> Answer:
    """The rows of a question, without the start that all IRIs share."""
    found = rows(current(store).open(), question(name))
    return [tuple(_short(value) if value else value for value in row.values()) for row in found]


def put(store: Path, name: str, *columns: str, **values: str) -> Answer:
    """Some columns, or all, of what a question answers when it is asked with values."""
    found = answer(current(store).open(), parse_question(name, question(name)), values)
    return [
        tuple(_short(value) if value else value for value in (row[column] for column in columns or row))
        for row in found
    ]


def _short(value: str) -> str:
    base = Iris().base
    return value.removeprefix(f"{base}doc/").removeprefix(f"{base}org/")


@pytest.fixture
def store_of(tmp_path: Path) -> StoreOf:
    """Builds a store of invented texts: ``store_of(text, text)``."""

    def build(*texts: str) -> Path:
        corpus = tmp_path / "corpus"
        corpus.mkdir()
        for number, text in enumerate(texts):
            (corpus / f"{number}.txt").write_text(text, "utf8")
        assert build_store([corpus], tmp_path / "store", check=False).errors == []
        return tmp_path / "store"

    return build


def archive(serial: int, about: str, *lines: str, date: str = "2030年3月1日", year: int = 2030) -> str:
    """A circular of an invented archive office."""
    head = f"青石县档案办公室关于{about}的通知\n\n青档发〔{year}〕{serial}号\n\n各乡镇人民政府：\n\n"
    return head + "".join(f"{line}\n\n" for line in lines) + f"青石县档案办公室\n\n{date}\n"

"""Bad input through the command line: a message with name and line, and nothing else is lost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ingest.build import build_store
from ingest.store import current
from tests.conftest import Gongbao, Ran, circular

NO_CIRCULAR = "no circular found: no title, document number, addressees or articles"


def good_only(ran: Ran) -> None:
    """That the facts are those of ``circular(1)`` and of no other file."""
    assert ran.status == 0
    records = [json.loads(line) for line in ran.out.splitlines()]
    assert {record["file"] for record in records} == {"good.txt"}
    assert [record["number"] for record in records if record["kind"] == "doc"] == ["青档发〔2030〕1号"]
    assert [record["unit"] for record in records if record["kind"] == "resp"] == ["县档案办", "县财政局"]


def entries(store: Path) -> list[str]:
    """What lies in a store's versions folder, drafts too."""
    return sorted(path.name for path in (store / "versions").iterdir())


def one_line(message: str, ran: Ran) -> None:
    """That a message is a line of standard error of its own, and that nothing blew up."""
    assert message in ran.err.splitlines(), ran.err
    assert "Traceback" not in ran.err + ran.out


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one good file."""
    made = tmp_path / "in"
    made.mkdir()
    (made / "good.txt").write_text(circular(), "utf8")
    return made


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of one good file on which builds fail, and which they must leave as it is."""
    made = tmp_path_factory.mktemp("standing")
    (made / "good.txt").write_text(circular(), "utf8")
    build_store([made / "good.txt"], made / "store", check=False)
    return made / "store"


def left_alone(standing: Path, before: list[str], gongbao: Gongbao) -> None:
    """That a build that failed changed nothing."""
    assert entries(standing) == before == [current(standing).id]
    assert not list(standing.glob(".current-*"))
    good_only(gongbao("facts", "--store", standing))

"""Store folders that cannot be read or written, and bases that make no IRIs."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from ingest.store import FORMAT, current, versions
from tests.bad_input.conftest import entries, good_only, one_line
from tests.conftest import Gongbao


def test_a_store_that_is_a_file(folder: Path, tmp_path: Path, gongbao: Gongbao) -> None:
    store = tmp_path / "store"
    store.write_text("mine", "utf8")
    ran = gongbao("build", folder, "--store", store)
    assert ran.status == 2
    one_line(f"gongbao: {store}: a file, not a store folder", ran)
    assert store.read_text("utf8") == "mine"
    facts = gongbao("facts", "--store", store)
    assert facts.status == 2
    one_line(f"gongbao: {store}: not a gongbao store (no gongbao-store.json)", facts)


def test_a_store_below_a_file(folder: Path, tmp_path: Path, gongbao: Gongbao) -> None:
    store = folder / "good.txt" / "store"
    ran = gongbao("build", folder, "--store", store)
    assert ran.status == 2
    one_line(f"gongbao: {store}: cannot be made a store: Not a directory", ran)


def test_a_store_folder_that_holds_other_things(folder: Path, tmp_path: Path, gongbao: Gongbao) -> None:
    store = tmp_path / "photos"
    (store / "versions").mkdir(parents=True)
    (store / "holiday.txt").write_text("mine", "utf8")
    for command in (("build", folder), ("facts",), ("info",), ("check",), ("export",)):
        ran = gongbao(*command, "--store", store)
        assert ran.status == 2
        assert ran.err.startswith(f"gongbao: {store}: not a gongbao store (no gongbao-store.json)")
        assert "Traceback" not in ran.err
    assert sorted(path.name for path in store.iterdir()) == ["holiday.txt", "versions"]
    assert entries(store) == []


@pytest.mark.parametrize(
    ("mark", "reason"),
    [
        (json.dumps({"format": FORMAT + 1}), "a store of another format"),
        ("[1]", "a store of another format"),
        ("{", "gongbao-store.json cannot be read"),
    ],
)
def test_a_store_of_another_format(
    mark: str, reason: str, folder: Path, tmp_path: Path, gongbao: Gongbao
) -> None:
    store = tmp_path / "store"
    assert gongbao("build", folder, "--store", store, "--no-check").status == 0
    before = entries(store)
    (store / "gongbao-store.json").write_text(mark, "utf8")
    for command in (("build", folder), ("facts",), ("info",), ("check",), ("export",)):
        ran = gongbao(*command, "--store", store)
        assert ran.status == 2
        assert ran.err.startswith(f"gongbao: {store}: {reason}")
        assert "Traceback" not in ran.err
    assert entries(store) == before


READING = ("facts", "export", "check", "info", "unresolved", "reason")


@pytest.mark.parametrize("older", range(1, FORMAT))
def test_a_store_of_an_older_format_is_refused_by_every_command(
    older: int, folder: Path, tmp_path: Path, gongbao: Gongbao
) -> None:
    store = tmp_path / "store"
    assert gongbao("build", folder, "--store", store, "--no-check").status == 0
    before = entries(store)
    (store / "gongbao-store.json").write_text(json.dumps({"format": older}), "utf8")
    told = f"gongbao: {store}: a store of another format; this gongbao reads format {FORMAT}"
    for command in (("build", folder), *((name,) for name in READING)):
        ran = gongbao(*command, "--store", store)
        assert (ran.status, ran.out) == (2, ""), command
        assert ran.err.splitlines() == [told], command
    assert entries(store) == before


def test_a_store_that_is_not_there(tmp_path: Path, gongbao: Gongbao) -> None:
    store = tmp_path / "store"
    for command in ("facts", "export", "check", "info"):
        ran = gongbao(command, "--store", store)
        assert ran.status == 2
        one_line(f"gongbao: {store}: no such folder; 'gongbao build PATH --store {store}' makes a store", ran)
    assert not store.exists()


def test_a_version_whose_database_is_gone(folder: Path, tmp_path: Path, gongbao: Gongbao) -> None:
    store = tmp_path / "store"
    assert gongbao("build", folder, "--store", store, "--no-check").status == 0
    version = current(store)
    shutil.rmtree(version.folder / "oxigraph")
    ran = gongbao("facts", "--store", store)
    assert ran.status == 2
    assert ran.err.startswith(f"gongbao: {version.folder}: the database cannot be opened")
    assert gongbao("build", folder, "--store", store, "--no-check").status == 0  # a build mends it
    good_only(gongbao("facts", "--store", store))
    assert len(versions(store)) == 2


def test_a_version_whose_manifest_is_broken(folder: Path, tmp_path: Path, gongbao: Gongbao) -> None:
    store = tmp_path / "store"
    assert gongbao("build", folder, "--store", store, "--no-check").status == 0
    version = current(store)
    (version.folder / "manifest.json").write_text("{", "utf8")
    ran = gongbao("info", "--store", store)
    assert ran.status == 2
    assert f"gongbao: {version.folder}: no readable manifest.json" in ran.err


def test_a_base_that_makes_no_iris(folder: Path, tmp_path: Path, gongbao: Gongbao) -> None:
    store = tmp_path / "store"
    for base in ("nonsense", "https://example.org/没有斜线", "https://exa mple.org/"):
        ran = gongbao("build", folder, "--store", store, "--base", base)
        assert ran.status == 2
        assert ran.err.startswith(f"gongbao: {base!r} cannot be the base of IRIs: ")
        assert "Traceback" not in ran.err
    assert not store.exists()


def test_a_base_that_ends_in_a_hash_is_refused(folder: Path, tmp_path: Path, gongbao: Gongbao) -> None:
    """The IRI of a place has a fragment of its own, and an IRI has only one."""
    store = tmp_path / "store"
    ran = gongbao("build", folder, "--store", store, "--base", "https://example.org/data#", "--no-check")
    assert ran.status == 2
    assert ran.err.startswith("gongbao: 'https://example.org/data#' cannot be the base of IRIs: ")
    assert not store.exists()

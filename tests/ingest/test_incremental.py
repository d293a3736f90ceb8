"""Builds that take over what has not changed: the same store as one built anew, and nothing read twice."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph

from ingest.build import BuildReport, StrictError, build_store
from ingest.digest import rules_digest
from ingest.store import Version, current, versions
from ingest.unchanged import find_unchanged_report
from ontology.errors import GongbaoError
from ontology.iris import Iris
from tests.conftest import circular
from tests.ingest.test_workers import told


def cites(serial: int, other: int) -> str:
    """A circular that cites another by title and number."""
    text = circular(serial).replace("归档工作", f"第{serial}项归档工作")
    title = f"青石县档案办公室关于做好年度第{other}项归档工作的通知"
    return text.replace("现将", f"根据《{title}》（青档发〔2030〕{other}号），现将")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    for serial in (1, 2, 3):
        (folder / f"{serial}.txt").write_text(cites(serial, serial % 3 + 1), "utf8")
    return folder


def build(folder: Path, store: Path, **options: bool) -> BuildReport:
    return build_store([folder], store, **{"check": False, **options})  # type: ignore[arg-type]


def content(version: Version | None) -> tuple[list[str], list[str], str, dict[str, list[str]]]:
    """All that readers see of a version but the search index: graphs, their merge, digest, files."""
    assert version is not None
    merged = version.open().quads_for_pattern(None, None, None, DefaultGraph())
    rooms = ("sources", "layouts", "originals")
    names = {room: sorted(path.name for path in (version.folder / room).iterdir()) for room in rooms}
    graphs = [str(name) for name in version.open().named_graphs()]
    lines = sorted(map(str, version.quads()))
    return [*lines, *sorted(graphs)], sorted(map(str, merged)), version.id.rpartition("-")[2], names


def kept_files(version: Version | None) -> set[str]:
    assert version is not None
    return {path.name for path in (version.folder / "kept").iterdir()}


def counts(report: BuildReport) -> tuple[list[str], list[str], list[str], int, list[str]]:
    return report.added, report.changed, report.removed, report.skipped, report.affected


def test_a_build_says_what_it_changed_and_reads_nothing_twice(folder: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    read: list[str] = []

    def run() -> BuildReport:
        read.clear()
        return build_store(
            [folder], store, check=False, progress=lambda name, _place, _all: read.append(name)
        )

    first = run()
    assert counts(first) == (["1.txt", "2.txt", "3.txt"], [], [], 0, [])
    assert read == ["1.txt", "2.txt", "3.txt"]
    again = run()
    assert (counts(again), read) == (([], [], [], 3, []), [])
    assert again.version == first.version
    assert told(again) == told(first)
    (folder / "1.txt").unlink()
    (folder / "4.txt").write_text(cites(4, 2), "utf8")
    text = (folder / "2.txt").read_text("utf8")
    (folder / "2.txt").write_text(text.replace("300件", "500件"), "utf8")
    changed = run()
    # 3.txt cites 1.txt, which is not there any more
    assert counts(changed) == (["4.txt"], ["2.txt"], ["1.txt"], 1, ["3.txt"])
    assert read == ["2.txt", "4.txt"]
    anew = build(folder, tmp_path / "anew")
    assert told(changed) == told(anew)
    assert content(changed.version) == content(anew.version)
    assert len(kept_files(changed.version)) == len(kept_files(anew.version)) == 4  # and nothing of 1.txt


def change(folder: Path, chance: random.Random) -> None:
    """Add, change, remove, double, rename, spoil or touch a file."""
    files = sorted(folder.iterdir())
    one = chance.choice(files)
    serial = chance.randrange(1, 9)

    def add() -> None:
        (folder / f"{serial}.txt").write_text(cites(serial, chance.randrange(1, 9)), "utf8")

    def edit() -> None:
        one.write_bytes(one.read_bytes().replace("财政局".encode(), f"第{serial}局".encode(), 1))

    def remove() -> None:
        if len(files) > 1:
            one.unlink()

    def rename() -> None:
        one.rename(folder / f"x{serial}.txt")

    deeds: tuple[Callable[[], object], ...] = (
        add,
        add,
        edit,
        edit,
        remove,
        rename,
        one.touch,
        lambda: (folder / f"y{serial}.txt").write_bytes(one.read_bytes()),
        lambda: (folder / f"z{serial}.txt").write_bytes(b""),
        lambda: one.with_suffix(".json").write_text(f'{{"number": "青档发〔2029〕{serial}号"}}', "utf8"),
        lambda: (folder / f"{serial}.html").write_text(f"<p>{cites(serial, 1)}</p>", "utf8"),
    )
    chance.choice(deeds)()


@pytest.mark.check
@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2))
def test_random_changes_give_the_same_store_as_a_build_from_nothing(
    folder: Path, tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)
    for step in range(6):
        for _ in range(chance.randrange(1, 4)):
            change(folder, chance)
        try:
            anew = build(folder, tmp_path / f"anew{step}", reuse=False)
        except GongbaoError:  # nothing but spoilt files is left
            continue
        grown = build(folder, tmp_path / "store")
        assert told(grown) == told(anew)
        assert content(grown.version) == content(anew.version)


@pytest.mark.check
def test_what_is_known_beside_a_file_counts(folder: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    build(folder, store)
    (folder / "2.json").write_text('{"number": "青档发〔2029〕7号"}', "utf8")
    changed = build(folder, store)
    assert (changed.changed, changed.skipped) == (["2.txt"], 2)
    assert content(changed.version) == content(build(folder, tmp_path / "anew").version)


@pytest.mark.check
def test_other_options_are_other_rules(folder: Path, tmp_path: Path) -> None:
    build(folder, tmp_path / "store")
    checked = build(folder, tmp_path / "store", check=True)
    assert (checked.skipped, len(checked.added)) == (0, 3)
    assert build(folder, tmp_path / "store", check=True, reuse=False).skipped == 0
    assert len(versions(tmp_path / "store")) == 3


@pytest.mark.check
def test_a_file_that_failed_is_read_again(folder: Path, tmp_path: Path) -> None:
    (folder / "none.txt").write_bytes(b"")
    first = build(folder, tmp_path / "store")
    assert len(first.errors) == 1
    again = build(folder, tmp_path / "store")
    assert (again.version, told(again)) == (first.version, told(first))
    (folder / "none.txt").write_text(circular(9), "utf8")
    assert build(folder, tmp_path / "store").documents == first.documents + 1


@pytest.mark.check
@pytest.mark.parametrize("spoilt", ["kept", "oxigraph", "index"])
def test_a_damaged_version_is_built_anew(folder: Path, tmp_path: Path, spoilt: str) -> None:
    store = tmp_path / "store"
    first = build(folder, store)
    assert first.version is not None
    room = first.version.folder / {"index": "kept"}.get(spoilt, spoilt)
    for path in room.iterdir():
        if path.suffix in ("", ".sst") and (path.name == "index") == (spoilt == "index"):
            data = path.read_bytes()
            path.unlink()  # not through a link into another version
            path.write_bytes(data[: len(data) // 2])
    (folder / "2.txt").unlink()
    mended = build(folder, store)
    assert content(mended.version) == content(build(folder, tmp_path / "anew").version)


@pytest.mark.check
def test_a_strict_build_of_unchanged_files_is_as_strict(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ingest.violation import Violation  # noqa: PLC0415 - only here

    wrong = Violation("1.txt", 1, "urn:x", "wrong")
    monkeypatch.setattr("ingest.passes.validate", lambda *_: [wrong])
    build(folder, tmp_path / "store", check=True)
    with pytest.raises(StrictError, match=r"1\.txt:1: wrong"):
        build(folder, tmp_path / "store", check=True, strict=True)
    assert len(versions(tmp_path / "store")) == 1
    assert current(tmp_path / "store").manifest()["violations"] == [str(wrong)] * 3


# whether there is anything to build, without loading the rules -----------------------------------


@pytest.mark.check
def test_a_list_of_states_tells_that_nothing_has_changed(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = tmp_path / "store"
    rules = rules_digest((Iris().base, False, True, False), ())

    def look(paths: tuple[Path, ...] = (folder,), digest: str = rules) -> BuildReport | None:
        return find_unchanged_report(paths, store, digest, ())

    assert look() is None
    first = build(folder, store)
    assert look() is None  # files so young may have changed again in the same moment
    monkeypatch.setattr("ingest.listing._JUST_NOW", 0)
    build(folder, store)  # makes no version, but knows the states now
    found = look()
    assert found is not None
    assert (found.version, found.skipped, told(found)) == (first.version, 3, told(first))
    assert look((folder, tmp_path / "none")) is None
    assert look((folder / "1.txt", folder / "2.txt")) is None
    assert look(digest="other rules") is None
    for path, text in ((folder / "1.txt", circular(8)), (folder / "1.json", "{}"), (folder / "4.txt", "x")):
        before = path.read_bytes() if path.exists() else None
        path.write_text(text, "utf8")
        assert look() is None
        path.unlink()
        if before is not None:
            path.write_bytes(before)
            build(folder, store)
        assert look() is not None
    data = next(iter(sorted((current(store).folder / "oxigraph").glob("*.sst"))))
    data.unlink()
    assert look() is None

"""The store folder by itself, with versions of a few quads: the switch, what is kept, what is swept."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

import pytest
from pyoxigraph import NamedNode

from ingest.errors import StoreError
from ingest.store import (
    Version,
    current,
    has_version,
    open_draft,
    prepare,
    publish,
    sole_writer,
    versions,
)

TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
WRITES = """
import sys
from pathlib import Path
from tests.ingest.store.test_folder import write
for _ in range(int(sys.argv[3])):
    write(Path(sys.argv[1]), int(sys.argv[2]))
"""


def write(store: Path, things: int, keep: int = 2) -> Version:
    """Write a version with so many things and make it the current one."""
    with open_draft(store) as draft:
        draft.add(f"<urn:thing:{n}> <{TYPE}> <urn:Thing> <urn:graph:{n}> .\n" for n in range(things))
        draft.add_source("0" * 64, "文")
        draft.tidy()
        return publish(store, draft, draft.finish({}), keep=keep)


def things(version: Version) -> int:
    found = {quad.subject for quad in version.quads() if quad.object == NamedNode("urn:Thing")}
    assert version.manifest()["quads"] == len(found)
    assert version.source("0" * 64) == "文"
    return len(found)


def writing(store: Path, things: int, versions: int) -> subprocess.Popen[bytes]:
    """Another process that writes version after version."""
    return subprocess.Popen([sys.executable, "-c", WRITES, store, str(things), str(versions)])


def while_running(*processes: subprocess.Popen[bytes]) -> Iterator[None]:
    """Turns until all processes have ended well."""
    deadline = monotonic() + 30
    while any(process.poll() is None for process in processes):
        assert monotonic() < deadline
        yield
    assert {process.returncode for process in processes} == {0}


@pytest.fixture
def store(tmp_path: Path) -> Path:
    prepare(tmp_path / "store")
    return tmp_path / "store"


@pytest.mark.check
@pytest.mark.slow
def test_reading_goes_on_while_new_versions_are_written(store: Path) -> None:
    """For who opened the old version, and for who opens the current one again and again."""
    old = write(store, 1)
    reader = old.open()
    seen: list[tuple[str, int]] = []
    for _ in while_running(writing(store, 2, 12)):
        assert len(reader) == 2  # once in its graph, once in the default graph
        version = current(store)
        if not seen or version.id != seen[-1][0]:
            try:
                seen.append((version.id, things(version)))
            except StoreError:  # two more versions came, so that this one is gone
                assert current(store).id > version.id
    assert len(reader) == 2
    assert {count for version, count in seen if version == old.id} == {1}
    assert {count for version, count in seen if version != old.id} == {2}
    assert len(seen) >= 3
    assert [version for version, _ in seen] == sorted({version for version, _ in seen})  # never backwards
    assert things(current(store)) == 2
    assert len(versions(store)) == 3


@pytest.mark.check
@pytest.mark.slow
def test_two_writers_at_once_do_not_disturb_one_another(store: Path) -> None:
    write(store, 1)
    for _ in while_running(writing(store, 2, 10), writing(store, 3, 10)):
        assert current(store).manifest()["quads"] in (1, 2, 3)
    assert things(current(store)) in (2, 3)
    assert [path.name for path in (store / "versions").iterdir() if path.name.startswith(".")] == []
    for version in versions(store):
        assert things(version) in (1, 2, 3)


def test_a_version_that_another_writer_has_made_current_meanwhile_is_kept(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = write(store, 1)
    replace = Path.replace

    def replaced_by_another(path: Path, target: Path) -> Path:
        done = replace(path, target)
        if target.name == "current":
            target.unlink()
            target.symlink_to(f"versions/{theirs.id}")
        return done

    monkeypatch.setattr(Path, "replace", replaced_by_another)
    ours = write(store, 2, keep=0)
    assert current(store) == theirs
    assert versions(store) == (theirs, ours)
    monkeypatch.undo()
    last = write(store, 3, keep=0)
    assert versions(store) == (last,)


@pytest.mark.parametrize("keep", [0, 1, 2])
def test_older_versions_are_kept_as_asked(store: Path, keep: int) -> None:
    made = [write(store, number, keep=keep) for number in range(1, 5)]
    assert list(versions(store)) == made[-1 - keep :]
    assert current(store) == made[-1]


def test_what_killed_builds_have_left_is_swept(store: Path) -> None:
    version = write(store, 1)
    left = [store / "versions" / name for name in (".draft-1-00", ".gone-20300101T000000Z-00")]
    for folder in left:
        (folder / "oxigraph").mkdir(parents=True)
    (store / ".current-1").symlink_to("versions/none")
    (store / ".gongbao-store.json-1").write_text("", "utf8")
    with sole_writer(store):
        names = {path.relative_to(store).as_posix() for path in store.glob("*")}
        assert names == {"current", "gongbao-store.json", "versions"}
        assert list((store / "versions").iterdir()) == [version.folder]


def test_there_is_one_writer_at_a_time(store: Path) -> None:
    write(store, 1)
    with (
        sole_writer(store),
        pytest.raises(StoreError, match="another build is writing this store"),
        sole_writer(store),
    ):
        pass
    with sole_writer(store):  # the lock ends with its block
        assert current(store)


@pytest.mark.parametrize("left", [(), (".gongbao-store.json-1",)])
def test_a_folder_that_a_killed_first_build_has_left_becomes_a_store(
    tmp_path: Path, left: tuple[str, ...]
) -> None:
    for name in left:
        (tmp_path / name).write_text("{", "utf8")
    prepare(tmp_path)
    (tmp_path / "versions").rmdir()  # killed just before it was made
    prepare(tmp_path)
    assert not has_version(tmp_path)
    assert (tmp_path / "versions").is_dir()


def test_a_draft_that_is_not_published_leaves_nothing(store: Path) -> None:
    version = write(store, 1)
    with open_draft(store) as draft:
        draft.add([f"<urn:thing:9> <{TYPE}> <urn:Thing> <urn:graph> .\n"])
        assert len(list((store / "versions").iterdir())) == 2
    with pytest.raises(ZeroDivisionError), open_draft(store):
        raise ZeroDivisionError
    assert versions(store) == (version,)
    assert list((store / "versions").iterdir()) == [version.folder]


def test_what_is_added_while_others_wait_is_all_there(store: Path) -> None:
    """More chunks than may wait for the threads that load."""
    with open_draft(store) as draft:
        for n in range(40):
            assert draft.add([f"<urn:thing:{n}> <{TYPE}> <urn:Thing> <urn:graph:{n}> .\n"]) == 1
        assert len(draft.graph) == 80  # each in its graph, and in the default graph
        assert len(draft) == 40

"""The store folder: whole versions and a switch; nobody reads a half-written store, nothing is lost."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
import warnings
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import DefaultGraph, NamedNode, Store

from ingest.build import build_store
from ingest.store import Version, current, versions
from ontology.terms import GB
from tests.conftest import COMMAND, SAMPLES, Gongbao, Ran, circular

IN_ORDER_OF_NAME = sorted(path for path in SAMPLES.iterdir() if path.name[0].isdigit())


def numbers(store: Store) -> int:
    """How many documents a graph holds."""
    return sum(1 for _ in store.quads_for_pattern(None, NamedNode(GB.documentOrder), None, DefaultGraph()))


def exported(store: Path, form: str, gongbao: Gongbao) -> str:
    """What ``gongbao export`` writes."""
    ran = gongbao("export", "--store", store, "--format", form)
    assert ran.status == 0
    assert ran.err == ""
    return ran.out


def circulars(folder: Path, count: int) -> Path:
    """A folder of so many circulars."""
    folder.mkdir(parents=True, exist_ok=True)
    for serial in range(1, count + 1):
        (folder / f"{serial:03}.txt").write_text(circular(serial), "utf8")
    return folder


MANY = 30  # circulars of a build that lasts long enough to be stopped in the middle


@pytest.fixture(scope="session")
def one_circular(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of one circular; for reading and copying only."""
    folder = tmp_path_factory.mktemp("one")
    build_store([circulars(folder / "in", 1)], folder / "store", check=False)
    return folder / "store"


def copy_of(store: Path, folder: Path) -> Path:
    """The same store in another place."""
    shutil.copytree(store, folder, symlinks=True)
    return folder


# versions and the switch -------------------------------------------------------------------------


def test_the_layout_of_a_store(samples_store: Path) -> None:
    version = current(samples_store)
    assert sorted(path.name for path in samples_store.iterdir()) == [
        "current",
        "gongbao-store.json",
        "versions",
    ]
    assert str((samples_store / "current").readlink()) == f"versions/{version.id}"
    assert {path.name for path in version.folder.iterdir()} == {
        *("oxigraph", "search", "sources", "layouts", "originals", "kept", "manifest.json"),
    }
    manifest = version.manifest()
    assert manifest["format"] == 3
    assert manifest["files"] == [path.name for path in IN_ORDER_OF_NAME]
    assert manifest["quads"] == len(list(version.quads()))
    assert manifest["documents"] == numbers(version.open()) == 13
    assert (manifest["errors"], manifest["violations"]) == ([], [])
    assert len(list((version.folder / "sources").iterdir())) == 10


@pytest.mark.slow
def test_older_versions_are_kept_as_asked(one_circular: Path, tmp_path: Path, gongbao: Gongbao) -> None:
    store = copy_of(one_circular, tmp_path / "store")
    made = [current(store).id]
    for count, keep, left in ((2, 2, 2), (3, 1, 2), (4, 0, 1)):
        ran = gongbao(
            "build", circulars(tmp_path / "in", count), "--store", store, "--keep", keep, "--no-check"
        )
        assert ran.status == 0
        made.append(current(store).id)
        assert made[-1] in ran.err.splitlines()[-1]
        assert [version.id for version in versions(store)] == made[-left:]
        for age, version in enumerate(reversed(versions(store))):
            assert numbers(version.open()) == count - age
    assert made == sorted(set(made))
    info = gongbao("info", "--store", store).out.splitlines()
    assert f"* {made[-1]}" in [line.rstrip() for line in info]


def test_info_marks_the_current_version(one_circular: Path, tmp_path: Path, gongbao: Gongbao) -> None:
    store = copy_of(one_circular, tmp_path / "store")
    build_store([circulars(tmp_path / "in", 2)], store, check=False)
    older, newer = versions(store)
    lines = [line.rstrip() for line in gongbao("info", "--store", store).out.splitlines()]
    assert f"  {older.id}" in lines
    assert f"* {newer.id}" in lines
    (store / "current").unlink()
    (store / "current").symlink_to(f"versions/{older.id}")  # going back by hand
    lines = [line.rstrip() for line in gongbao("info", "--store", store).out.splitlines()]
    assert f"* {older.id}" in lines
    docs = gongbao("facts", "--store", store, "--kind", "doc").out.splitlines()
    assert [json.loads(doc)["number"] for doc in docs] == ["青档发〔2030〕1号"]


def test_the_default_graph_is_the_merge_of_all_named_graphs(samples_store: Path) -> None:
    version = current(samples_store)
    named = [quad.triple for quad in version.quads()]
    merged = [quad.triple for quad in version.open().quads_for_pattern(None, None, None, DefaultGraph())]
    assert len(named) > len(set(named))  # a body's name stands in each file that names it
    assert len(merged) == len(set(merged))
    assert set(merged) == set(named)


def interrupted(folder: Path, store: Path, sign: signal.Signals) -> tuple[int, str]:
    """A build that gets a signal in the middle; its exit status and messages."""
    process = subprocess.Popen(
        [COMMAND, "build", folder, "--store", store], stderr=subprocess.PIPE, encoding="utf8"
    )
    deadline = time.monotonic() + 30
    while not any((store / "versions").glob(f".draft-{process.pid}*/sources/*.txt")):
        assert process.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.005)
    process.send_signal(sign)
    _, errors = process.communicate(timeout=20)
    return process.returncode, errors


@pytest.mark.check
@pytest.mark.slow
def test_a_build_that_is_killed_loses_nothing(one_circular: Path, tmp_path: Path, gongbao: Gongbao) -> None:
    store = copy_of(one_circular, tmp_path / "store")
    before = current(store).id
    status, errors = interrupted(circulars(tmp_path / "many", MANY), store, signal.SIGKILL)
    assert status == -signal.SIGKILL
    assert f"[1/{MANY}] 001.txt" in errors
    assert len(list((store / "versions").glob(".draft-*"))) == 1
    assert current(store).id == before
    assert [version.id for version in versions(store)] == [before]
    facts = gongbao("facts", "--store", store, "--kind", "doc")
    assert [json.loads(line)["number"] for line in facts.out.splitlines()] == ["青档发〔2030〕1号"]
    assert gongbao("info", "--store", store).status == 0
    assert gongbao("build", circulars(tmp_path / "one", 1), "--store", store, "--no-check").status == 0
    names = sorted(path.name for path in (store / "versions").iterdir())
    assert names == [before]  # of the same files as before


@pytest.mark.check
@pytest.mark.slow
def test_a_build_that_is_interrupted_cleans_up(tmp_path: Path) -> None:
    store = tmp_path / "store"
    status, errors = interrupted(circulars(tmp_path / "many", MANY), store, signal.SIGINT)
    assert status in (130, -signal.SIGINT)
    assert "Traceback" not in errors
    assert list((store / "versions").iterdir()) == []


def test_everyone_whom_the_umask_lets_may_read_a_version(tmp_path: Path) -> None:
    store = tmp_path / "store"
    before = os.umask(0o022)
    try:
        build_store([circulars(tmp_path / "one", 1)], store, check=False)
    finally:
        os.umask(before)
    version = current(store).folder
    modes = {path.name: path.stat().st_mode & 0o777 for path in (store, version, version / "sources")}
    assert modes == {"store": 0o755, version.name: 0o755, "sources": 0o755}


def test_a_build_after_failed_ones_in_the_same_process(tmp_path: Path) -> None:
    """A program that builds more than once is not stopped by what an earlier build left open."""
    store, empty = tmp_path / "store", tmp_path / "empty.txt"
    empty.write_bytes(b"")
    errors: list[Exception] = []
    for _ in range(2):
        try:
            build_store([empty], store, check=False)
        except Exception as error:
            errors.append(error)  # as a program's log would
    assert [str(error) for error in errors] == ["nothing to build\n  empty.txt: the file is empty"] * 2
    assert build_store([circulars(tmp_path / "one", 1)], store, check=False).errors == []


def test_a_store_inside_the_folder_that_is_read_is_not_read(tmp_path: Path, gongbao: Gongbao) -> None:
    folder = circulars(tmp_path / "in", 1)
    store = folder / "store"
    for _ in range(2):
        assert gongbao("build", folder, "--store", store, "--no-check").status == 0
        assert current(store).manifest()["files"] == ["001.txt"]


def test_a_file_that_is_given_twice_is_taken_once(tmp_path: Path) -> None:
    """By its path, by its folder and by a link; copies are other files, but of the same bytes."""
    folder = circulars(tmp_path / "in", 1)
    (tmp_path / "link.txt").symlink_to(folder / "001.txt")
    report = build_store([folder / "001.txt", folder, tmp_path / "link.txt"], tmp_path / "store", check=False)
    assert (report.files, report.notices, report.errors) == (["001.txt"], [], [])


# the same input, the same graph ------------------------------------------------------------------


@pytest.mark.check
@pytest.mark.slow
def test_two_stores_of_the_same_input_are_equal_byte_for_byte(
    samples_store: Path, tmp_path: Path, gongbao: Gongbao
) -> None:
    """The other is built in another process, with other hashes, from the files in the other order."""
    store = tmp_path / "store"
    done = subprocess.run(
        [COMMAND, "build", *reversed(IN_ORDER_OF_NAME), "--store", store, "--no-check"],
        env={**os.environ, "PYTHONHASHSEED": "7"},
        check=False,
        capture_output=True,
    )
    assert done.returncode == 0
    first, second = exported(samples_store, "nq", gongbao), exported(store, "nq", gongbao)
    assert first == second
    lines = first.splitlines()
    assert lines == sorted(set(lines))
    assert len(lines) == current(samples_store).manifest()["quads"]


def test_the_order_of_paths_does_not_matter_where_bytes_are_the_same(
    tmp_path: Path, gongbao: Gongbao
) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / f"{name}.txt").write_text(circular(), "utf8")
    stores = []
    for order in ("ab", "ba"):
        build_store([tmp_path / name for name in order], tmp_path / order, check=False)
        stores.append(exported(tmp_path / order, "nq", gongbao))
    assert stores[0] == stores[1]


@pytest.mark.check
def test_another_base_changes_nothing_but_the_base(tmp_path: Path, gongbao: Gongbao) -> None:
    folder = circulars(tmp_path / "in", 1)
    base = "https://example.org/数据/"
    build_store([folder], tmp_path / "a", check=False)
    assert gongbao("build", folder, "--store", tmp_path / "b", "--base", base, "--strict").status == 0
    theirs = exported(tmp_path / "b", "nq", gongbao)
    ours = exported(tmp_path / "a", "nq", gongbao).replace("https://w3id.org/gongbao/id/", base)
    assert sorted(theirs.splitlines()) == sorted(ours.splitlines())
    assert theirs.count(base) > 400
    assert current(tmp_path / "b").manifest()["base"] == base


# export ------------------------------------------------------------------------------------------

Triple = tuple[rdflib.term.Node, rdflib.term.Node, rdflib.term.Node]


def quads(data: str, form: str) -> set[tuple[Triple, str]]:
    """What rdflib reads in N-Quads or TriG: triples with the name of their graph."""
    dataset = rdflib.Dataset()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # rdflib's parsers use its old names
        dataset.parse(data=data, format=form)
        return {((s, p, o), str(graph)) for s, p, o, graph in dataset.quads()}


@pytest.mark.check
@pytest.mark.slow
def test_the_formats_hold_the_same(tmp_path: Path, gongbao: Gongbao) -> None:
    store = tmp_path / "store"
    build_store(IN_ORDER_OF_NAME[6:8], store, check=False)
    nq = quads(exported(store, "nq", gongbao), "nquads")
    trig = quads(exported(store, "trig", gongbao), "trig")
    turtle = rdflib.Graph().parse(data=exported(store, "ttl", gongbao), format="turtle")
    assert len(nq) == current(store).manifest()["quads"]
    assert nq == trig
    assert set(turtle) == {triple for triple, _ in nq}
    graphs = {graph.rsplit("/", 1)[-1] for _, graph in nq}
    assert len(graphs) == 5  # two files, the vocabulary, the rules and the registry
    assert {"vocabulary", "rules", "registry"} < graphs


def test_export_to_a_file(samples_store: Path, tmp_path: Path, gongbao: Gongbao) -> None:
    for form in ("nq", "ttl", "trig"):
        output = tmp_path / f"out.{form}"
        assert gongbao("export", "--store", samples_store, "--format", form, "--output", output) == Ran(
            0, "", ""
        )
        assert output.read_text("utf8") == exported(samples_store, form, gongbao)


def test_export_to_a_place_that_cannot_be_written(
    samples_store: Path, tmp_path: Path, gongbao: Gongbao
) -> None:
    output = tmp_path / "no-folder" / "out.nq"
    try:
        ran = gongbao("export", "--store", samples_store, "--output", output)
    except OSError as error:
        pytest.fail(f"a traceback instead of a message: {error!r}")
    assert ran.status == 2
    assert "No such file or directory" in ran.err
    assert str(output) in ran.err


BUILDS = """
import sys
import time
from pathlib import Path
from ingest.build import build_store
from ingest.errors import StoreError
folder, store, builds = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
while builds:
    try:
        build_store([folder], store, check=False, reuse=False)
        builds -= 1
    except StoreError as error:
        if "another build is writing this store" not in str(error):
            raise
        time.sleep(0.05)
"""


@pytest.mark.check
def test_whole_builds_at_once_disturb_neither_one_another_nor_a_reader(tmp_path: Path) -> None:
    def files(version: Version) -> int:
        listed = version.manifest()["files"]
        assert isinstance(listed, list)
        return len(listed)

    store = tmp_path / "store"
    build_store([circulars(tmp_path / "1", 1)], store, check=False)
    reader = current(store).open()
    quads = len(reader)
    both = [
        subprocess.Popen([sys.executable, "-c", BUILDS, circulars(tmp_path / f"{count}", count), store, "3"])
        for count in (2, 3)
    ]
    seen: list[tuple[str, int]] = []
    while any(process.poll() is None for process in both):
        assert len(reader) == quads
        version = current(store)
        version.open()
        seen.append((version.id, files(version)))
    assert [process.returncode for process in both] == [0, 0]
    assert [identifier for identifier, _ in seen] == sorted(identifier for identifier, _ in seen)
    assert {count for _, count in seen} <= {1, 2, 3}
    assert [path.name for path in (store / "versions").iterdir() if path.name.startswith(".")] == []
    for version in versions(store):
        assert version.manifest()["quads"] == len(list(version.quads()))

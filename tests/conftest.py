"""What the tests share: the command line as people call it, and stores that are built once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from app.commands.root import main
from tests.shared import built_once, made_once

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT / "ingest" / "samples"
SHARED = ROOT.parent / "shared"
COMMAND = Path(sys.executable).with_name("gongbao")
"""The command as it is installed beside this Python."""

# A busy machine is no fault of what is tested.
settings.register_profile("gongbao", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("gongbao")

CHECK_FIXTURES = {"chromium", "page", "corpus_store", "corpus_endpoint", "shared_corpus"}
"""what needs a browser or the corpus"""
SERVER_FIXTURES = {
    "samples_server",
    "invented_server",
    "graphs_server",
    "formats_server",
    "formats_endpoint",
    "samples_endpoint",
    "slow_endpoint",
    "view",
}
"""what needs a running endpoint"""
SLOW_FIXTURES = {"samples_store", "formats_store", "samples_facts", "built", "processed"}
"""what needs a whole store or the graph of all samples"""
SLOW_ROOMS = (
    *("bad_input", "browse", "commands", "docs", "library", "queries", "serve"),
    *("ingest/search", "ingest/store", "ingest/test_properties.py", "ingest/test_registry_build.py"),
    *("ingest/graph/test_check.py", "ontology/test_shapes.py"),
)
"""folders and modules whose tests build stores, ask them, run the command line or take seconds"""


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command left behind: its exit status and what it printed."""

    status: int
    out: str
    err: str


Gongbao = Callable[..., Ran]


@pytest.fixture
def gongbao(capsys: pytest.CaptureFixture[str]) -> Gongbao:
    """The command line in this process: ``gongbao("facts", "--store", folder)``."""

    def run(*arguments: object) -> Ran:
        capsys.readouterr()
        try:
            status = main([str(argument) for argument in arguments])
        except SystemExit as ended:
            status = ended.code if isinstance(ended.code, int) else 1
        out, err = capsys.readouterr()
        return Ran(status, out, err)

    return run


def installed(*arguments: object, timeout: float = 60) -> Ran:
    """The installed command, in a process of its own."""
    done = subprocess.run(
        [COMMAND, *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf8",
        check=False,
        timeout=timeout,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


def pytest_xdist_auto_num_workers() -> int:
    """One process more than there are cores: much of what tests do is waiting for another process."""
    return (os.cpu_count() or 1) + 1


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Sort tests into rings: by what they need, and by the room they stand in."""
    rooms = tuple(f"{Path(__file__).parent / room}" for room in SLOW_ROOMS)
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if fixtures & CHECK_FIXTURES:
            item.add_marker(pytest.mark.check)
        if fixtures & SERVER_FIXTURES:
            item.add_marker(pytest.mark.server)
        if fixtures & SLOW_FIXTURES or str(item.path).startswith(rooms):
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def samples_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of the bundled samples; for reading only."""
    return built_once(tmp_path_factory, "samples-store", [SAMPLES])


@pytest.fixture(scope="session")
def formats_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of files of several formats (tests/originals.py); for reading only."""
    from tests.originals import build_formats  # noqa: PLC0415 - takes a while to load

    return made_once(tmp_path_factory, "formats-store", build_formats)


@pytest.fixture(scope="session")
def samples_facts(samples_store: Path) -> str:
    """What ``gongbao facts`` prints for the samples."""
    ran = installed("facts", "--store", samples_store)
    assert (ran.status, ran.err) == (0, "")
    return ran.out


@pytest.fixture(scope="session")
def sample_tasks(samples_facts: str) -> dict[str, set[str]]:
    """The tasks of the samples in which somebody has a part, by role; under "" all of them.

    Read from what ``gongbao facts`` prints, and not asked by SPARQL.
    """
    found: dict[str, set[str]] = {"": set()}
    for record in map(json.loads, samples_facts.splitlines()):
        if record["kind"] == "resp":
            for role in ("", record["role"]):
                found.setdefault(role, set()).add(record["task"])
    return found


@pytest.fixture(scope="session")
def shared_corpus() -> Path:
    """The corpus beside the project."""
    corpus = SHARED / "corpus"
    if not corpus.is_dir():
        pytest.skip(f"no corpus: {corpus} is not there")
    return corpus


@pytest.fixture(scope="session")
def corpus_store(shared_corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of the whole corpus; for reading only."""
    return built_once(tmp_path_factory, "corpus-store", [shared_corpus])


def circular(serial: int = 1) -> str:
    """A short circular of an invented office, told apart from others by its serial number."""
    return (
        "青石县档案办公室关于做好年度归档工作的通知\n\n"
        f"青档发〔2030〕{serial}号\n\n"
        "各乡镇人民政府：\n\n"
        "为做好归档工作，现将有关事项通知如下。\n\n"
        "一、加快整理。2030年底前，完成整理案卷300件以上。（责任单位：县档案办、县财政局）\n\n"
        "二、严格管理。借阅人员应当爱护档案，不得涂改档案。\n\n"
        "青石县档案办公室\n\n2030年3月1日\n"
    )

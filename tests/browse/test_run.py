"""``gongbao browse`` and ``gongbao demo``: how they start, and that nothing of them stays behind."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from tests.browse.conftest import reserved_port
from tests.conftest import COMMAND, installed

pytestmark = pytest.mark.server
_SECONDS = 60
_ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")


@contextmanager
def started(*arguments: object, lines: int) -> Iterator[tuple[subprocess.Popen[str], list[str]]]:
    """A command that goes on, and its first lines with an address."""
    process = subprocess.Popen(
        [COMMAND, *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf8",
    )
    assert process.stdout is not None
    said: list[str] = []
    try:
        for line in process.stdout:
            said += _ADDRESS.findall(line)[:1]
            if len(said) == lines:
                break
        yield process, said
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
        process.communicate(timeout=_SECONDS)


def gone(url: str) -> bool:
    """Whether nobody listens there any more, within ten seconds."""
    address = urlsplit(url)
    for _ in range(100):
        try:
            socket.create_connection((address.hostname, address.port), timeout=1).close()
        except OSError:
            return True
        time.sleep(0.1)
    return False


@pytest.mark.check
def test_both_parts_answer_and_end_with_ctrl_c(samples_store: Path) -> None:
    with started("browse", "--store", samples_store, "--port", 0, lines=2) as (process, (endpoint, browser)):
        assert httpx.get(f"{endpoint}/health").json()["status"] == "ok"
        assert httpx.get(f"{browser}/_stcore/health").text == "ok"
        process.send_signal(signal.SIGINT)
        said = process.communicate(timeout=_SECONDS)[0]
        assert (process.returncode, said) == (0, "")
    assert gone(endpoint)
    assert gone(browser)


@pytest.mark.check
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_nothing_stays_behind_however_it_ends(samples_store: Path, number: signal.Signals) -> None:
    with started("browse", "--store", samples_store, "--port", 0, lines=2) as (process, (endpoint, browser)):
        process.send_signal(number)
        process.wait(_SECONDS)
    assert gone(endpoint)
    assert gone(browser)


@pytest.mark.check
def test_a_part_that_dies_ends_the_other(samples_store: Path) -> None:
    with started("browse", "--store", samples_store, "--port", 0, lines=2) as (process, (endpoint, browser)):
        listening = subprocess.run(
            ["pgrep", "-P", str(process.pid), "-f", "app serve"], capture_output=True, text=True, check=True
        )
        os.kill(int(listening.stdout), signal.SIGKILL)
        said = process.communicate(timeout=_SECONDS)[0]
        assert process.returncode == 2
        assert "a part of the browser has ended by itself" in said
        assert "Traceback" not in said
    assert gone(endpoint)
    assert gone(browser)


@pytest.mark.check
def test_an_endpoint_that_is_down_is_said_and_waited_for() -> None:
    with reserved_port() as port:
        arguments = ("browse", "--endpoint", f"http://127.0.0.1:{port}", "--port", 0)
        with started(*arguments, lines=2) as (_, (down, browser)):
            assert down == f"http://127.0.0.1:{port}"
            assert httpx.get(f"{browser}/_stcore/health").text == "ok"


@pytest.mark.check
def test_what_cannot_start_says_why(samples_store: Path, tmp_path: Path) -> None:
    neither = installed("browse")
    both = installed("browse", "--store", samples_store, "--endpoint", "http://127.0.0.1:1")
    missing = installed("browse", "--store", tmp_path / "none")
    for ran, message in (
        (neither, "either --store or --endpoint is needed, and not both"),
        (both, "either --store or --endpoint is needed, and not both"),
        (missing, "no such folder"),
    ):
        assert (ran.status, ran.out) == (2, "")
        assert message in ran.err
        assert "Traceback" not in ran.err


def test_a_port_in_use(samples_store: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ran = installed("browse", "--store", samples_store, "--port", port)
    assert ran.status == 2
    assert f"127.0.0.1:{port} cannot be listened on" in ran.err


@pytest.mark.check
def test_demo_builds_serves_and_shows_even_where_the_ports_are_taken(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as one, socket.create_server(("127.0.0.1", 0)) as other:
        ports = one.getsockname()[1], other.getsockname()[1]
        options = ("--store", tmp_path / "store", "--serve-port", ports[0], "--port", ports[1])
        with started("demo", *options, lines=2) as (_, (endpoint, browser)):
            assert httpx.get(f"{endpoint}/q/agency/load?format=json").json()["rows"]
            assert httpx.get(f"{browser}/_stcore/health").text == "ok"
            assert not {endpoint, browser} & {f"http://127.0.0.1:{port}" for port in ports}

"""Processes that evaluate have the allocator that suits them, and nothing else has."""

from __future__ import annotations

import os
import subprocess
import sys
from ctypes.util import find_library
from pathlib import Path

import pytest

from app.serve.isolation.memory import preload_jemalloc
from tests.serve.process import serving
from tests.serve.test_running import below

_HAS = "jemalloc"
pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or find_library(_HAS) is None or "LD_PRELOAD" in os.environ,
    reason="no jemalloc on this machine, or libraries named by the user",
)


def test_a_process_started_meanwhile_has_it_and_the_environment_stays(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = dict(os.environ)
    look = [sys.executable, "-c", "print(open('/proc/self/maps').read())"]
    with preload_jemalloc():
        assert _HAS in subprocess.run(look, capture_output=True, text=True, check=True).stdout
    assert dict(os.environ) == before
    monkeypatch.setenv("LD_PRELOAD", "")  # the user's word
    with preload_jemalloc():
        assert _HAS not in subprocess.run(look, capture_output=True, text=True, check=True).stdout


@pytest.mark.check
@pytest.mark.server
def test_workers_have_it_and_the_server_has_not(samples_store: Path) -> None:
    with serving(samples_store, "--workers", 2) as served:
        workers = below(served.pid, 3)
        assert len(workers) == 2
        for process in workers:
            assert _HAS in Path(f"/proc/{process}/maps").read_text()
        assert _HAS not in Path(f"/proc/{served.pid}/maps").read_text()

"""Runs the browser: Streamlit in a process of its own, and beside it an endpoint where a store is given."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from importlib import resources
from pathlib import Path
from types import FrameType

import httpx

from app.browse.client.endpoint import EndpointClient
from app.browse.client.environment import ENDPOINT
from app.browse.client.errors import ClientError
from app.serve.http.limits import Address
from ingest.store import current
from ontology.errors import GongbaoError

_START = 60.0  # seconds a process may take to answer on a busy machine
_END = 10.0  # seconds it may take to end
_HEALTH = 2.0  # seconds until it is asked again: another program may have taken its port, and be silent
# Becomes the command given, and is killed when this process ends, in whatever way.
_WITH_PARENT = (
    "import os, sys; from app.serve.isolation.lifetime import end_with_parent; end_with_parent(); "
    "os.execv(sys.argv[1], sys.argv[1:])"
)
_STREAMLIT = {
    "server.headless": "true",  # opens no window of its own
    "server.fileWatcherType": "none",
    "browser.gatherUsageStats": "false",
    "logger.level": "warning",
    "client.toolbarMode": "minimal",
    "client.showErrorDetails": "none",  # a traceback is for the log
    # the red of the heads of Chinese official papers, as bright as it can be read on each ground
    "theme.light.primaryColor": "#b3261e",
    "theme.dark.primaryColor": "#ff8a80",
    # that of Streamlit's own dark theme, written so that the graphs, which read it, see that it is dark
    "theme.dark.backgroundColor": "rgb(24, 23, 21)",
}


class BrowseError(GongbaoError):
    """The browser cannot be started as asked."""


def browse(store: Path | None, endpoint: str | None, address: Address, *, serve_port: int = 0) -> None:
    """Run the browser until Ctrl-C. Raises GongbaoError where the browser or the endpoint cannot start."""
    if (store is None) == (endpoint is None):
        raise BrowseError("either --store or --endpoint is needed, and not both")
    address = free_address(address)
    with ExitStack() as stack:
        running = []
        if store is not None:
            current(store).open()  # reports here, once, what cannot be opened
            endpoint, served = stack.enter_context(_run_endpoint(store, serve_port))
            running.append(served)
            print(f"gongbao serves {store} at {endpoint}/", flush=True)
        assert endpoint is not None
        try:
            with closing(EndpointClient(endpoint)) as client:
                client.version()
        except ClientError as error:  # the pages say it too, and it may come back
            print(f"gongbao: {endpoint} does not answer now: {error.detail}", file=sys.stderr, flush=True)
        url, streamlit = stack.enter_context(_run_streamlit(endpoint, address))
        running.append(streamlit)
        print(f"gongbao shows it at {url}/", flush=True)
        _wait_for_an_end(running)


@contextmanager
def _run_endpoint(store: Path, port: int) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    command = [sys.executable, "-m", "app", "serve", "--store", str(store), "--port", str(port)]
    with _child_process(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        if " at http://" not in line:
            process.wait(_END)
            raise BrowseError("the endpoint did not start; it says why above")
        yield line.rsplit(" at ", 1)[1].strip().rstrip("/"), process


@contextmanager
def _run_streamlit(endpoint: str, address: Address) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    options = _STREAMLIT | {"server.address": address.host, "server.port": str(address.port)}
    with resources.as_file(resources.files("app.browse") / "script" / "gongbao_browser.py") as script:
        command = [sys.executable, "-m", "app.browse.process", "run", str(script)]
        command += [f"--{name}={value}" for name, value in options.items()]
        with _child_process(command, stdout=subprocess.DEVNULL, environment={ENDPOINT: endpoint}) as process:
            url = f"http://{_host_in_url(address.host)}:{address.port}"
            _wait_until_healthy(f"{url}/_stcore/health", process)
            yield url, process


@contextmanager
def _child_process(
    command: list[str], *, stdout: int, environment: dict[str, str] | None = None
) -> Iterator[subprocess.Popen[str]]:
    """Run a process that ends with the block. Ctrl-C reaches this process, which ends that one in order."""
    process = subprocess.Popen(
        [sys.executable, "-c", _WITH_PARENT, *command],
        stdout=stdout,
        stdin=subprocess.DEVNULL,
        text=True,
        encoding="utf8",
        env=os.environ | (environment or {}),
        start_new_session=True,
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(_END)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        if process.stdout is not None:
            process.stdout.close()


def _wait_until_healthy(health: str, process: subprocess.Popen[str]) -> None:
    until = time.monotonic() + _START
    with httpx.Client(trust_env=False, timeout=_HEALTH) as client:
        while time.monotonic() < until:
            if process.poll() is not None:
                raise BrowseError("the browser did not start; it says why above")
            try:
                if client.get(health).is_success:
                    return
            except httpx.TransportError:
                pass  # not yet
            time.sleep(0.05)
    raise BrowseError(f"the browser does not answer at {health}")


def _raise_interrupt(_number: int, _frame: FrameType | None) -> None:
    """End as Ctrl-C does, also where a shell has this program ignore Ctrl-C."""
    raise KeyboardInterrupt


def _wait_for_an_end(running: list[subprocess.Popen[str]]) -> None:
    signal.signal(signal.SIGTERM, _raise_interrupt)
    try:
        while all(process.poll() is None for process in running):
            time.sleep(0.2)
    except KeyboardInterrupt:
        return
    raise BrowseError("a part of the browser has ended by itself")


def free_address(address: Address, *, else_any: bool = False) -> Address:
    """Return the address with a port that is free. Raises BrowseError where nobody can listen there.

    ``else_any`` takes another port where that one is in use.
    """
    try:
        with socket.create_server((address.host, address.port)) as listening:
            return Address(address.host, listening.getsockname()[1])
    except (OSError, OverflowError) as error:
        if else_any and address.port:
            return free_address(Address(address.host, 0))
        raise BrowseError(f"{address.host}:{address.port} cannot be listened on: {error}") from error


def _host_in_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host

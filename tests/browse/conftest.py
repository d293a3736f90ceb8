"""Views over real endpoints, and a real browser where the machine has one."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from playwright.sync_api import Error as PlaywrightError
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from app.browse.client.environment import ENDPOINT
from tests.conftest import COMMAND
from tests.serve.process import serving
from tests.serve.shared import shared_server

_SECONDS = 60  # of one run of a view on a busy machine
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

View = Callable[..., AppTest]


def _alone(name: str) -> None:
    from app.browse.main import run_alone  # noqa: PLC0415 - Streamlit runs the text of this function

    run_alone(name)


@pytest.fixture(scope="session")
def samples_endpoint(samples_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An endpoint over the samples, with time for a busy machine."""
    options = ("--seconds", _SECONDS)
    with shared_server(tmp_path_factory, "samples-endpoint", samples_store, *options) as url:
        yield url


@pytest.fixture(scope="session")
def formats_endpoint(formats_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An endpoint over files of several formats."""
    options = ("--seconds", 60, "--workers", 2)
    with shared_server(tmp_path_factory, "formats-endpoint", formats_store, *options) as url:
        yield url


@pytest.fixture(scope="session")
def slow_endpoint(samples_store: Path) -> Iterator[str]:
    """An endpoint over the samples that gives a query little time."""
    with serving(samples_store, "--seconds", 0.5, "--workers", 1) as served:
        yield served.url


@pytest.fixture(scope="session", autouse=True)
def components_found_once() -> Iterator[None]:
    """AppTest reads the metadata of every installed package at each run, in search of components."""
    with pytest.MonkeyPatch.context() as patch:
        find = cache(manifest_scanner.scan_component_manifests)
        patch.setattr(manifest_scanner, "scan_component_manifests", find)
        yield


@pytest.fixture(autouse=True)
def main_module(monkeypatch: pytest.MonkeyPatch) -> None:
    """Streamlit makes a tested script the main module; the worker processes of later tests would run it."""
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])


@pytest.fixture
def view(samples_endpoint: str, monkeypatch: pytest.MonkeyPatch) -> View:
    """Runs a view over the samples: ``view("agency", agency="云州市科技创新局")``; no exception reaches it.

    ``endpoint`` takes another one; values are those of the address.
    """

    def run(name: str, /, endpoint: str = samples_endpoint, **values: str) -> AppTest:
        monkeypatch.setenv(ENDPOINT, endpoint)
        test = AppTest.from_function(_alone, args=(name,), default_timeout=_SECONDS)
        for key, value in values.items():
            test.query_params[key] = value
        test.run()
        assert not test.exception, [element.value for element in test.exception]
        return test

    return run


@contextmanager
def reserved_port() -> Iterator[int]:
    """A port at which nobody listens, and which nobody else gets."""
    with socket.socket() as reserved:
        reserved.bind(("127.0.0.1", 0))
        yield reserved.getsockname()[1]


@contextmanager
def browsing(*options: object) -> Iterator[str]:
    """``gongbao browse`` on a free port; gives its address without a slash at the end."""
    process = subprocess.Popen(
        [COMMAND, "browse", "--port", "0", *map(str, options)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf8",
    )
    assert process.stdout is not None
    try:
        said = []
        for line in process.stdout:
            said.append(line)
            found = re.search(r"shows it at (http://\S+?)/$", line.strip())
            if found:
                yield found[1]
                break
        else:
            raise AssertionError("".join(said))
    finally:
        process.terminate()
        process.communicate(timeout=_SECONDS)


@pytest.fixture(scope="session")
def samples_browser(samples_endpoint: str) -> Iterator[str]:
    """The address of a browser over the endpoint of the samples."""
    with browsing("--endpoint", samples_endpoint) as url:
        yield url


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """The Chromium of the machine; tests that need it skip where there is none.

    Ended with the last test of this folder: Playwright keeps an event loop running, beside which tests of
    others can run none.
    """
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine (Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        except PlaywrightError as error:
            pytest.skip(f"Chromium does not start: {error}")
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A page of a fresh session at 1440 × 900."""
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
    context.set_default_timeout(_SECONDS * 1000)
    expect.set_options(timeout=_SECONDS * 1000)
    yield context.new_page()
    context.close()


def settled(page: Page) -> None:
    """Wait until a view has been run to its end."""
    page.locator('[data-testid="stMain"] h1').first.wait_for()
    expect(page.locator('[data-testid="stApp"]')).to_have_attribute("data-test-script-state", "notRunning")

"""How long each view takes in a real browser, from the click to its first content and to its end.

    python -m tests.benchmarks.views [STORE] [--repeat N]

Cold is a program that has just been started and a browser with nothing kept, which opens the view's address;
warm is a click in the navigation of a session that goes on, after the view has been seen once. First content
is the view's heading and the first table, figure, number or field below it; the end is when Streamlit has run
the view whole. Without a store it builds one of the shared corpus, else of the samples. Needs Chromium.
"""

from __future__ import annotations

import argparse
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from playwright.sync_api import Browser, Page, sync_playwright
from rich.console import Console
from rich.table import Table

from app.browse.i18n import messages
from app.browse.routes import VIEWS
from ingest.build import build_store
from tests.benchmarks.build import CORPUS, SAMPLES
from tests.browse.conftest import CHROMIUM, browsing

_CONTENT = ", ".join(
    f'[data-testid="stMain"] [data-testid="{name}"]'
    for name in (
        *("stMetric", "stDataFrame", "stVegaLiteChart", "stTextInput", "stSelectbox", "stDateInput"),
        *("stPageLink", "stBidiComponentRegular", "stBidiComponentIsolated", "stCustomComponentV1"),
    )
)
_SKELETON = '[data-testid="stMain"] [data-testid="stSkeleton"]'


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(description="Seconds of each view.")
    parser.add_argument("store", type=Path, nargs="?")
    parser.add_argument("--repeat", type=int, default=5, help="warm clicks of each view")
    arguments = parser.parse_args()
    with ExitStack() as stack:
        store = arguments.store
        if store is None:
            store = Path(stack.enter_context(TemporaryDirectory())) / "store"
            build_store([CORPUS if CORPUS.is_dir() else SAMPLES], store, check=False)
        chromium = stack.enter_context(sync_playwright()).chromium
        browser = chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        stack.callback(browser.close)
        cold = {view.name: _measure_cold(browser, store, view.name) for view in VIEWS}
        with browsing("--store", store) as url:
            warm = _measure_warm(browser, url, arguments.repeat)
    table = Table("view", "cold: first content s", "cold: end s", "warm: first content s", "warm: end s")
    for view in VIEWS:
        firsts, ends = zip(*warm[view.name], strict=True)
        figures = (*cold[view.name], median(firsts), median(ends))
        worst = f" (max {max(firsts):.2f})"
        shown = [f"{figure:.2f}" for figure in figures]
        table.add_row(view.name, shown[0], shown[1], shown[2] + worst, shown[3])
    Console(highlight=False).print(table)


def _measure_cold(browser: Browser, store: Path, name: str) -> tuple[float, float]:
    with browsing("--store", store) as url:
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        page = context.new_page()
        begun = perf_counter()
        page.goto(f"{url}/{'' if name == VIEWS[0].name else name}", wait_until="commit")
        times = _wait_for_view(page, name, begun)
        context.close()
    return times


def _measure_warm(browser: Browser, url: str, repeat: int) -> dict[str, list[tuple[float, float]]]:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.goto(url)
    _wait_for_view(page, VIEWS[0].name, perf_counter())
    found: dict[str, list[tuple[float, float]]] = {view.name: [] for view in VIEWS}
    for turn in range(repeat + 1):
        for view in (*VIEWS[1:], VIEWS[0]):
            link = page.get_by_test_id("stSidebarNav").get_by_role(
                "link", name=messages()[f"{view.name}.name"].zh
            )
            begun = perf_counter()
            link.first.click()
            times = _wait_for_view(page, view.name, begun)
            if turn:  # the first one warms up
                found[view.name].append(times)
    context.close()
    return found


def _wait_for_view(page: Page, name: str, begun: float) -> tuple[float, float]:
    page.locator('[data-testid="stMain"] h1', has_text=messages()[f"{name}.name"].zh).first.wait_for()
    page.locator(_CONTENT).first.wait_for()
    first = perf_counter() - begun
    page.wait_for_function(
        "() => document.querySelector('[data-testid=stApp]').dataset.testScriptState === 'notRunning'"
    )
    page.locator(_SKELETON).first.wait_for(state="detached")
    return first, perf_counter() - begun


if __name__ == "__main__":
    main()

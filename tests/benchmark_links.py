"""How long it takes until the neighbours of a node that was double-clicked are drawn, in a real browser.

    .venv/bin/python -m tests.benchmark_links [STORE] [--times 20]

Without a store it builds one of the corpus in shared/, else of the samples. Prints median, 95th percentile
and longest in seconds, from the second press of the mouse until the drawing has the neighbours and two more
frames were painted, for graphs as they grow and for one that is nearly full; and the frames a second while a
graph of that size is dragged about.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

from playwright.sync_api import Page, sync_playwright
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

from ingest.pipeline import build_store
from tests.browse.conftest import CHROMIUM, browsing
from tests.conftest import SAMPLES, SHARED

_GRAPH = "document.querySelector('#cy')?._cyreg?.cy"
_FULL = 420  # nodes from which a graph counts as nearly full

# From the second press on: sees the drawing grow, and then waits for two frames.
_WATCH = f"""
() => {{
  const graph = {_GRAPH};
  const before = graph.elements().length;
  window.gongbaoGrown = null;
  let pressed = null;
  document.querySelector('#cy').addEventListener('mousedown', () => {{ pressed = performance.now(); }},
    {{ capture: true }});
  const look = () => {{
    if (pressed && graph.elements().length > before) {{
      requestAnimationFrame(() => requestAnimationFrame(() => {{
        window.gongbaoGrown = performance.now() - pressed;
      }}));
    }} else setTimeout(look, 1);
  }};
  look();
}}
"""

_FRAMES = """
() => new Promise((told) => {
  const begun = performance.now();
  let frames = 0;
  const next = () => {
    frames += 1;
    const passed = performance.now() - begun;
    passed > 2000 ? told(frames / passed * 1000) : requestAnimationFrame(next);
  };
  requestAnimationFrame(next);
})
"""


@dataclass(frozen=True, slots=True)
class Expanded:
    """One double click: nodes before it, and seconds until the new ones were there."""

    nodes: int
    seconds: float


def main() -> int:
    """Measure and print; 1 where there is no Chromium."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("store", nargs="?", type=Path)
    parser.add_argument("--times", type=int, default=20)
    options = parser.parse_args()
    if CHROMIUM is None:
        print("no Chromium on this machine (Debian: apt-get install chromium)", file=sys.stderr)
        return 1
    with _store(options.store) as store, browsing("--store", store) as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1440, "height": 1000})
        page.goto(f"{url}/links")
        page.wait_for_function(f"{_GRAPH}?.nodes().length > 1", timeout=60_000)
        page.wait_for_timeout(2000)
        grown = list(_expand(page, options.times))
        _told("growing", grown)
        full = list(_fill(page))
        _told(f"from {_FULL} nodes", [each for each in full if each.nodes >= _FULL])
        print(f"nodes in the end: {page.evaluate(f'{_GRAPH}.nodes().length')}")
        print(f"frames a second while it is dragged: {_dragged(page):.0f}")
        browser.close()
    return 0


@contextmanager
def _store(given: Path | None) -> Iterator[Path]:
    if given is not None:
        yield given
        return
    with TemporaryDirectory() as folder:
        corpus = SHARED / "corpus"
        build_store([corpus if corpus.is_dir() else SAMPLES], Path(folder) / "store")
        yield Path(folder) / "store"


def _expand(page: Page, times: int) -> Iterator[Expanded]:
    """So many double clicks on nodes that were not opened yet and have more."""
    tried: set[str] = set()
    counted = 0
    while counted < times:
        names = page.evaluate(f"{_GRAPH}.nodes().map(node => node.id())")
        name = next((name for name in names if name not in tried), None)
        if name is None:
            return
        tried.add(name)
        expanded = _double_click(page, name)
        if expanded is not None:
            counted += 1
            yield expanded


def _fill(page: Page) -> Iterator[Expanded]:
    """Double clicks on all that has more, until the graph takes no more nodes."""
    for _ in range(12):
        names = page.evaluate(f"{_GRAPH}.nodes('[label != \"task\"]').map(node => node.id())")
        for name in names:
            expanded = _double_click(page, name)
            if expanded is not None:
                yield expanded
            if page.evaluate(f"{_GRAPH}.nodes().length") >= 500:
                return


def _double_click(page: Page, name: str) -> Expanded | None:
    graph = f"{_GRAPH}.getElementById('{name}')"
    page.wait_for_function(f"!{_GRAPH}.animated()")
    page.evaluate(f"{_GRAPH}.center({graph})")
    nodes = page.evaluate(f"{_GRAPH}.nodes().length")
    place, box = page.evaluate(f"{graph}.renderedPosition()"), page.locator("#cy").bounding_box()
    assert box is not None
    page.evaluate(_WATCH)
    page.mouse.dblclick(box["x"] + place["x"], box["y"] + place["y"])
    try:
        page.wait_for_function("window.gongbaoGrown !== null", timeout=2500)
    except PlaywrightTimeoutError:
        return None  # it had nothing more
    milliseconds = page.evaluate("window.gongbaoGrown")
    page.wait_for_timeout(400)
    return Expanded(nodes, milliseconds / 1000)


def _dragged(page: Page) -> float:
    page.evaluate(f"{_GRAPH}.fit()")
    box = page.locator("#cy").bounding_box()
    assert box is not None
    page.evaluate(f"window.gongbaoFrames = ({_FRAMES})()")
    page.mouse.move(box["x"] + 5, box["y"] + 5)
    page.mouse.down()
    for step in range(60):
        page.mouse.move(box["x"] + 5 + step * 5 % 300, box["y"] + 5 + step * 3 % 200)
    page.mouse.up()
    return float(page.evaluate("window.gongbaoFrames"))


def _told(what: str, found: list[Expanded]) -> None:
    seconds = sorted(each.seconds for each in found)
    if len(seconds) < 2:
        print(f"{what}: too few to tell")
        return
    print(
        f"{what}: {len(seconds)} expands from {found[0].nodes} nodes on, median {median(seconds):.2f} s, "
        f"95th percentile {quantiles(seconds, n=20)[-1]:.2f} s, longest {seconds[-1]:.2f} s"
    )


if __name__ == "__main__":
    sys.exit(main())

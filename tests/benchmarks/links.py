"""How long it takes until the neighbours of a node that was double-clicked are drawn, in a real browser.

    .venv/bin/python -m tests.benchmarks.links [STORE] [--times 20]

Without a store it builds one of the corpus in shared/, else of the samples. Prints median, 95th percentile
and longest in seconds, from the second press of the mouse until the drawing has the neighbours and two more
frames were painted, for graphs as they grow and for one that is nearly full; and the frames a second while a
graph of that size is dragged about.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

from playwright.sync_api import Page, sync_playwright

from app.browse.client.endpoint import EndpointClient
from app.browse.views.links.explore import Exploration, apply_step, find_things, replay
from app.browse.views.links.graph import short_id
from app.browse.views.links.trail import TrailStep, format_trail
from ingest.build import build_store
from tests.browse.conftest import CHROMIUM, browsing
from tests.conftest import SAMPLES, SHARED
from tests.serve.process import serving

_GRAPH = "document.querySelector('#cy')?._cyreg?.cy"
_FULL = 400  # nodes of a graph that is nearly full
_TIMEOUT = 60_000  # milliseconds

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
    with (
        _store(options.store) as store,
        serving(store) as served,
        browsing("--endpoint", served.url) as url,
        closing(EndpointClient(served.url)) as client,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1440, "height": 1000})
        page.set_default_timeout(_TIMEOUT)
        body = client.ask("agency/load").rows[0]["body"] or ""
        for least in (0, _FULL):
            explored = _expand_to(client, replay(client, find_things(client, body)[0], ()), least)
            address = urlencode({"node": body, "steps": format_trail(explored.steps)})
            page.goto(f"{url}/links?{address}")
            page.wait_for_function(f"{_GRAPH}?.nodes().length >= {len(explored.graph.nodes)}")
            page.wait_for_timeout(2000)
            _print_times(
                f"{len(explored.graph.nodes)} nodes", list(_expand(page, client, explored, options.times))
            )
            print(f"frames a second while it is dragged: {_drag(page):.0f}", flush=True)
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


def _expand_to(client: EndpointClient, explored: Exploration, least: int) -> Exploration:
    """Open the graph further until it has so many nodes or there is nothing more."""
    tried: set[str] = set()
    while len(explored.graph.nodes) < least:
        iri = next((iri for iri in explored.graph.nodes if iri not in tried), None)
        if iri is None:
            break
        explored = apply_step(client, explored, TrailStep(short_id(iri), "all"))
        if not any(count.more for count in explored.graph.count_neighbours(iri).values()):
            tried.add(iri)
    return explored


def _expand(page: Page, client: EndpointClient, explored: Exploration, times: int) -> Iterator[float]:
    """Seconds of double clicks on so many nodes that have more, each beside a graph that has grown by it."""
    for iri in list(explored.graph.nodes):
        if not times or not explored.graph.remaining:
            return
        further = apply_step(client, explored, TrailStep(short_id(iri), "all"))
        if len(further.graph.edges) > len(explored.graph.edges):
            explored, times = further, times - 1
            yield _double_click(page, short_id(iri))


def _double_click(page: Page, name: str) -> float:
    graph = f"{_GRAPH}.getElementById('{name}')"
    page.wait_for_function(f"!{_GRAPH}.animated()")
    page.evaluate(f"void {_GRAPH}.center({graph})")  # not the graph itself, which would be sent
    place, box = page.evaluate(f"{graph}.renderedPosition()"), page.locator("#cy").bounding_box()
    assert box is not None
    page.evaluate(_WATCH)
    page.mouse.dblclick(box["x"] + place["x"], box["y"] + place["y"])
    page.wait_for_function("window.gongbaoGrown !== null")
    page.wait_for_timeout(600)
    return float(page.evaluate("window.gongbaoGrown")) / 1000


def _drag(page: Page) -> float:
    page.evaluate(f"void {_GRAPH}.fit()")
    box = page.locator("#cy").bounding_box()
    assert box is not None
    page.evaluate(f"void (window.gongbaoFrames = ({_FRAMES})())")
    page.mouse.move(box["x"] + 5, box["y"] + 5)
    page.mouse.down()
    for step in range(60):
        page.mouse.move(box["x"] + 5 + step * 5 % 300, box["y"] + 5 + step * 3 % 200)
    page.mouse.up()
    return float(page.evaluate("window.gongbaoFrames"))


def _print_times(what: str, found: list[float]) -> None:
    if len(found) < 2:
        print(f"{what}: too few expands to tell")
        return
    print(
        f"{what}: {len(found)} expands, median {median(found):.2f} s, "
        f"95th percentile {quantiles(found, n=20, method='inclusive')[-1]:.2f} s, longest {max(found):.2f} s"
    )


if __name__ == "__main__":
    sys.exit(main())

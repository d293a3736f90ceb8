"""Write the golden files and the pages of docs/ that are made from the code: ``python -m tests.regenerate``.

Read the diff before committing it. ``samples-gold.jsonl`` is made by hand and is never written.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from ingest.build import build_store
from tests.conftest import ROOT, SAMPLES, installed
from tests.docs.reference import cli_page, http_page

GOLDEN = Path(__file__).with_name("golden")
DOCS = ROOT / "docs"


def samples_facts(store: Path) -> str:
    """What ``gongbao facts`` prints for the bundled samples."""
    ran = installed("facts", "--store", store)
    if ran.status != 0:
        raise SystemExit(ran.err)
    return ran.out


MADE: Mapping[str, Callable[[Path], str]] = {"samples-facts.jsonl": samples_facts}
"""Golden file → what makes it from a store of the samples."""
PAGES: Mapping[str, Callable[[Path], str]] = {"cli.md": lambda _: cli_page(), "http.md": http_page}
"""Page of docs/ → what makes it from a store."""


def main() -> None:
    """Write every file and say which ones changed."""
    files = {GOLDEN / name: make for name, make in MADE.items()}
    files |= {DOCS / name: make for name, make in PAGES.items()}
    with TemporaryDirectory() as folder:
        store = Path(folder) / "store"
        build_store([SAMPLES], store, check=False)
        for path, make in files.items():
            before = path.read_text("utf8") if path.exists() else None
            now = make(store)
            path.write_text(now, "utf8", newline="\n")
            sys.stdout.write(f"{path.name}: {'unchanged' if now == before else 'changed'}\n")


if __name__ == "__main__":
    main()

"""Write the golden files anew: ``python -m tests.regenerate``, then read the diff before committing it.

``samples-gold.jsonl`` is made by hand and is never written.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from ingest.build import build_store
from tests.conftest import SAMPLES, installed

GOLDEN = Path(__file__).with_name("golden")


def samples_facts() -> str:
    """What ``gongbao facts`` prints for the bundled samples."""
    with TemporaryDirectory() as folder:
        store = Path(folder) / "store"
        build_store([SAMPLES], store, check=False)
        ran = installed("facts", "--store", store)
    if ran.status != 0:
        raise SystemExit(ran.err)
    return ran.out


MADE: Mapping[str, Callable[[], str]] = {"samples-facts.jsonl": samples_facts}
"""Golden file → what makes it."""


def main() -> None:
    """Write every golden file and say which ones changed."""
    for name, make in MADE.items():
        path = GOLDEN / name
        before = path.read_text("utf8") if path.exists() else None
        now = make()
        path.write_text(now, "utf8", newline="\n")
        sys.stdout.write(f"{name}: {'unchanged' if now == before else 'changed'}\n")


if __name__ == "__main__":
    main()

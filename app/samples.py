"""The bundled samples: circulars of an invented city."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path


@contextmanager
def samples() -> Iterator[Path]:
    """The folder of samples on disk, also from a zipped wheel."""
    with resources.as_file(resources.files("ingest") / "samples") as folder:
        yield folder

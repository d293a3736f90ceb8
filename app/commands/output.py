"""Where the commands print: data to standard output, everything about the run to standard error."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console


def data_console() -> Console:
    """Standard output; lines are broken only on a terminal."""
    return Console(highlight=False, soft_wrap=not sys.stdout.isatty())


def run_console() -> Console:
    """Standard error."""
    return Console(stderr=True, highlight=False, soft_wrap=True)


@contextmanager
def reader_may_leave() -> Iterator[None]:
    """Writing to a reader that has seen enough (``| head``) is no error."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

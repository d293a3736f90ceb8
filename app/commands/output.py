"""Where commands print: data to standard output, everything about the run to standard error."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console


def data_console() -> Console:
    """Return a console on standard output; lines are wrapped on a terminal only."""
    return Console(highlight=False, soft_wrap=not sys.stdout.isatty())


def run_console() -> Console:
    """Return a console on standard error; lines are never wrapped."""
    return Console(stderr=True, highlight=False, soft_wrap=True)


@contextmanager
def ignore_closed_pipe() -> Iterator[None]:
    """Stop silently when the reader of standard output closes it, as ``| head`` does."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

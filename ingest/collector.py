"""The garbage collector waits while one file is processed.

Nearly everything that is made meanwhile is kept (clauses, facts, quads), so that looking for garbage among it
again and again costs a sixth of the time and finds none. Between two files it may run: memory is bounded by
the largest file.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def waiting_collector() -> Iterator[None]:
    """Keep the garbage collector from running; leaves it as it was before."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()

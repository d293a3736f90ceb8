"""The time that processing one text may take: generous, and in proportion to its length.

Rules are linear (``tests/bad_input/test_growth``), and a text takes a few microseconds a character. Should
one take a hundred times as long, it is refused, named and told, and the others go on. What counts is the
processor's time of this process, so that a busy machine refuses nothing.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType
from typing import NoReturn

from ingest.errors import SpentError


@dataclass(frozen=True, slots=True)
class Budget:
    """Seconds of processor time for any text, and those for each of its characters."""

    seconds: float = 60.0
    seconds_a_character: float = 0.0005

    @contextmanager
    def of(self, name: str, characters: int) -> Iterator[None]:
        """Run what follows within the budget of a text. Raises SpentError when that is spent.

        It interrupts a regular expression too, which only a signal can: so there is no budget in other
        threads than the main one, and where the system has no such timer.
        """
        if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
            yield
            return
        limit = self.seconds + self.seconds_a_character * characters

        def spent(_signal: int, _frame: FrameType | None) -> NoReturn:
            raise SpentError(name, f"processing it takes more than {limit:.0f} s of processor time; left out")

        before = signal.signal(signal.SIGVTALRM, spent)
        signal.setitimer(signal.ITIMER_VIRTUAL, limit)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
            signal.signal(signal.SIGVTALRM, before)

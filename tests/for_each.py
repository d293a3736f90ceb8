"""One test for many cases of one kind: each case is tried, and all that fail are listed by name.

``pytest.mark.parametrize`` makes a test of each case, and every process of a run makes all of them. That is
right for some tens of cases; for the thousands of lines of our data files it costs more than what is tested.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

import pytest

Value = TypeVar("Value")
Test = Callable[..., None]


def for_each(
    values: Iterable[Value] | Callable[[], Iterable[Value]], name: Callable[[Value], object] = str
) -> Callable[[Test], Test]:
    """Call a test with each value as its first argument; the others are fixtures, the same for all values.

    Values that take time to make are given as a function, which is called when the test runs.
    """

    def decorate(test: Test) -> Test:
        signature = inspect.signature(test)
        first, *fixtures = signature.parameters.values()

        @functools.wraps(test)
        def run(**given: object) -> None:
            tried = list(values() if callable(values) else values)
            assert tried, "no values"
            failed = list(_failures(test, first.name, tried, name, given))
            if failed:
                raise BaseExceptionGroup(f"{len(failed)} of {len(tried)} fail", failed)

        run.__signature__ = signature.replace(parameters=fixtures)  # type: ignore[attr-defined]
        return run

    return decorate


def _failures(
    test: Test,
    argument: str,
    values: Iterable[Value],
    name: Callable[[Value], object],
    given: dict[str, object],
) -> Iterator[BaseException]:
    for value in values:
        try:
            test(**{argument: value}, **given)
        except (Exception, pytest.fail.Exception) as error:
            error.add_note(f"with {name(value)}")
            yield error

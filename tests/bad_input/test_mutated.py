"""Files of every format with bytes changed, cut out or doubled: a message or a text, and never a crash."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ingest.readers import isolated
from tests.mutated import MAKERS, files, misplaced, outcome

COUNT = 60  # ``python -m tests.mutated`` tries two thousand


@pytest.mark.check
@pytest.mark.parametrize("kind", MAKERS)
def test_a_mutated_file_is_read_or_refused_with_its_name(kind: str) -> None:
    good, name = MAKERS[kind](), f"a.{kind}"
    expected = isolated.read(good, name)
    found = {outcome(data, name) for data in files(good, COUNT)}
    assert found == {"read", "refused"}
    assert isolated.read(good, name) == expected


def test_a_fault_is_told() -> None:
    (source,) = isolated.read(MAKERS["csv"](), "a.csv").sources
    assert misplaced(source) is None
    (table,) = source.tables
    moved = replace(source, tables=(replace(table, rows=(table.rows[0][::-1], *table.rows[1:])),))
    assert misplaced(moved) == "a cell is not where it is said to be"
    assert outcome(b"", "a.pdf") == "refused"

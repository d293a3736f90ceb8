"""Ten tables of tasks from data, each as a file of every format: every cell becomes the fact that it says."""

from __future__ import annotations

import pytest

from tests.cases import Case, cases, name
from tests.ingest.readers.table_making import FLAT, MERGING, Maker, drawn, tasks_of_case
from tests.ingest.readers.taking import only_document, tasks_of

CASES = cases("task_tables")


@pytest.mark.parametrize("make", [*MERGING, *FLAT], ids=lambda make: make.__name__)
@pytest.mark.parametrize("case", CASES, ids=name)
def test_every_cell_is_right(case: Case, make: Maker) -> None:
    document = only_document(make(drawn(case)))
    assert tasks_of(document) == tasks_of_case(case)

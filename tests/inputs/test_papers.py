"""The given PDFs against their labels."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.inputs.papers import FOLDER, judge, labels


@pytest.mark.check
@pytest.mark.skipif(not FOLDER.exists(), reason="the given PDFs are not here")
def test_the_given_pdfs_give_what_their_labels_say() -> None:
    found = Counter(said for label in labels() for said in judge(label))
    assert found["refused"] == 0
    assert found["one document"] >= 0.95 * found["files"]
    assert found["title right"] >= 0.85 * found["files"]
    assert found["date right"] >= 0.9 * found["date in the text"]
    assert found["issuers right"] >= 0.9 * found["issuers found"]

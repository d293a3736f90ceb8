"""Titles: over how many paragraphs they go (documents as a whole: tests/cases/segment.yaml)."""

from __future__ import annotations

import pytest

from ingest.titles import count_expected_title


@pytest.mark.parametrize(
    ("lines", "count"),
    [
        (["云州市夜市管理办法"], 1),
        (["云州市夜市", "管理办法", "（试行）"], 2),
        (["云州市夜市", "管理办法", "(试行)", "第一条"], 3),
        (["云州市夜市管理办法修订说明"], 1),
        (["云州市夜市管理办法" + "的" * 12], 1),
        (["云州市夜市管理办法" + "的" * 13], 0),
        (["云州市夜市", "巡查办法"], 0),
        (["云州市夜市管理办法。"], 0),
        ([], 0),
    ],
)
def test_the_paragraphs_of_an_expected_title(lines: list[str], count: int) -> None:
    assert count_expected_title(lines, ["云州市早市管理办法", "《云州市夜市管理办法》"]) == count

"""The measuring itself: intervals, and what counts as right, missed and made up."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import SHARED
from tests.truth.scoring import Tally, added, judged, scorer, tally
from tests.truth.wilson import interval

EVALUATION = SHARED / "eval"


@pytest.mark.parametrize(
    ("right", "total", "low", "high"),
    [
        (0, 0, 0.0, 1.0),
        (0, 10, 0.0, 0.278),
        (10, 10, 0.722, 1.0),
        (81, 263, 0.255, 0.366),
        (50, 100, 0.404, 0.596),
    ],
)
def test_wilson_intervals(right: int, total: int, low: float, high: float) -> None:
    assert list(interval(right, total)) == pytest.approx([low, high], abs=0.001)


def test_tallies_add_up() -> None:
    whole = added([Tally(2, 1, 3, 1, {"by": (1, 1)}), Tally(2, 2, 1, 1, {"by": (0, 2)})])
    assert (whole.precision, whole.recall, whole.f1) == (0.5, 0.75, 0.6)
    assert whole.attributes == {"by": (1, 3)}
    assert Tally().f1 == 0.0


@pytest.mark.skipif(not EVALUATION.is_dir(), reason=f"no gold: {EVALUATION} is not there")
def test_right_missed_made_up_and_outside(tmp_path: Path) -> None:
    def unit(name: str, line: int, explicit: bool = True) -> dict[str, object]:
        return {
            "kind": "resp",
            "file": "a.txt",
            "line": line,
            "role": "lead",
            "unit": name,
            "explicit": explicit,
        }

    gold = [
        unit("县水利局", 3),
        unit("县林业局", 3),
        unit("县体育局", 90),
        unit("县教育局", 5, explicit=False),
    ]
    (tmp_path / "a.jsonl").write_text("".join(json.dumps(record) + "\n" for record in gold), "utf8")
    (tmp_path / "regions.json").write_text('[["a.txt", 1, 50]]', "utf8")
    facts = [unit("县水利局", 4), unit("县财政局", 3), unit("县体育局", 90)]
    score = scorer(EVALUATION)
    counts = tally(score, judged(score, tmp_path, facts), {"a.txt": "青石县人民政府"})
    assert counts == {
        ("青石县人民政府", "resp/explicit"): Tally(gold=2, gold_found=1, facts=2, facts_right=1),
        ("青石县人民政府", "resp/prose"): Tally(gold=1),
    }

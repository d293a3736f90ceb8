"""One and the same circular gives the same facts in each format."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import reduce
from itertools import islice
from pathlib import Path

import pytest

from ingest import samples
from tests.same_facts.__main__ import circulars
from tests.same_facts.blocks import Block
from tests.same_facts.comparing import Compared, Fact, compare, facts_of
from tests.same_facts.makers import MAKERS, Maker, second_makers, text

SAMPLES = Path(samples.__path__[0])
CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
SHARE = 0.99
EACH = 4  # of the corpus' documents one in so many is taken


def measure(documents: Iterable[tuple[str, list[Block]]], makers: Mapping[str, Maker]) -> dict[str, float]:
    """The share of facts that are the same, by format."""
    found: dict[str, list[Compared]] = {kind: [] for kind in makers}
    for _, blocks in documents:
        wanted = facts_of(text(blocks), "a.txt")
        for kind, make in makers.items():
            found[kind].append(compare(wanted, facts_of(make(blocks), f"a.{kind}")))
    return {kind: total(all_).share for kind, all_ in found.items()}


def total(found: Iterable[Compared]) -> Compared:
    """All comparisons as one."""
    return reduce(lambda a, b: Compared(a.same + b.same, a.missing + b.missing, a.added + b.added), found)


def test_what_differs_is_told() -> None:
    one = Counter[Fact]({("a",): 2, ("b",): 1})
    other = Counter[Fact]({("a",): 1, ("c",): 1})
    assert compare(one, other) == (1, [("a",), ("b",)], [("c",)])
    assert compare(one, other).share == 1 / 4


def test_a_joint_circular_gives_the_same_facts_in_each_format() -> None:
    """Its title begins with the names of four bodies, one a line, that sign it again."""
    (document,) = (item for item in circulars(SAMPLES) if item[0] == "03-patent-cultivation-2022.txt#1")
    assert facts_of(text(document[1]), "a.txt").total() > 40
    assert measure([document], MAKERS) == dict.fromkeys(MAKERS, 1.0)


@pytest.mark.check
def test_the_samples_give_the_same_facts_in_each_format() -> None:
    shares = measure(circulars(SAMPLES), MAKERS)
    assert {kind: share for kind, share in shares.items() if share < SHARE} == {}


@pytest.mark.check
@pytest.mark.skipif(not second_makers(), reason="neither Chromium nor LibreOffice is there")
def test_files_of_other_makers_give_the_same_facts() -> None:
    shares = measure(islice(circulars(SAMPLES), 0, None, EACH), second_makers())
    assert {kind: share for kind, share in shares.items() if share < SHARE} == {}


@pytest.mark.check
@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not there")
def test_the_corpus_gives_the_same_facts_in_each_format() -> None:
    shares = measure(islice(circulars(CORPUS), 0, None, EACH), MAKERS)
    assert {kind: share for kind, share in shares.items() if share < SHARE} == {}

"""Texts that repeat themselves: four times the text takes about four times as long, and nobody crashes.

Growth is measured in seconds of this process, as the ratio of a text to the same text four times as long.
Linear work gives 4, quadratic 16; the bound lies between them, wide enough for a busy machine.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from time import process_time

import pytest

from ingest.extract import extract
from ingest.pipeline import documents
from ingest.read import read_bytes

HEAD = "云州市人民政府办公室关于加强工作的通知\n云政办发〔2024〕3号\n各区人民政府：\n现将有关事项通知如下。\n"
CHARACTERS = 15_000
BOUND = 9.0
LEAST = 0.02  # seconds below which a ratio says nothing
ODD: dict[str, Callable[[int], str]] = {
    "bodies that meet": lambda n: "由市财政局会同" * n,
    "lists that meet": lambda n: "由市财政局、市教育局会同市科技局负责，" * n,
    "brackets within brackets": lambda n: "（" * n + "市财政局" + "）" * n,
    "brackets that never close": lambda n: "（市财政局、" * n,
    "brackets side by side": lambda n: "（市财政局牵头，市教育局配合）" * n,
    "titles that never close": lambda n: "《" * n,
    "titles": lambda n: "《云州市办法》" * n,
    "numbers of documents": lambda n: "云政发〔2024〕1号" * n,
    "commas of a list": lambda n: "、" * n,
    "bodies in a list": lambda n: "市财政局、" * n,
    "articles on lines of their own": lambda n: "".join(f"第{i}条\n" for i in range(n)),
    "articles on one line": lambda n: "".join(f"第{i}条" for i in range(n)),
    "items on lines of their own": lambda n: "".join(f"（{i}）\n" for i in range(n)),
    "modal words": lambda n: "应当" * n,
    "permissions": lambda n: "可以由市财政局" * n,
    "digits": lambda n: "1" * n,
    "values": lambda n: "达到12%、" * n,
    "years": lambda n: "2024年" * n,
    "deadlines": lambda n: "2025年底前" * n,
    "one character": lambda n: "科" * n,
    "bases": lambda n: "根据有关规定，" * n,
    "every city": lambda n: "各市、县、区" * n,
    "annexes": lambda n: "附件1：云州市方案\n" * n,
    "heads of documents": lambda n: "云州市人民政府关于印发办法的通知\n云政发〔2024〕1号\n" * n,
    "signatures": lambda n: "云州市人民政府\n2024年1月1日\n" * n,
    "clauses without an end": lambda n: "市财政局按照规定，" * n,
    "negations": lambda n: "不得不未经" * n,
    "sentences": lambda n: "市财政局负责建立目录，2025年底前完成100项任务。" * n,
}


def seconds(text: str, runs: int = 1) -> float:
    """The least of some runs: what else the machine does only adds."""
    taken = []
    for _ in range(runs):
        gc.collect()
        begun = process_time()
        source = read_bytes(text.encode(), "odd.txt")
        for document in documents(source):
            for fact in extract(document).all():
                assert 0 <= fact.span.start < fact.span.end <= len(source.text)
        taken.append(process_time() - begun)
    return min(taken)


@pytest.mark.check
@pytest.mark.parametrize("name", ODD)
def test_work_grows_with_the_text(name: str) -> None:
    repeated = ODD[name]
    times = max(CHARACTERS // max(len(repeated(100)) // 100, 1), 1)
    seconds(HEAD + repeated(100))  # patterns that are compiled at first use
    once = seconds(f"{HEAD}{repeated(times)}\n", runs=2)
    long = f"{HEAD}{repeated(4 * times)}\n"
    four = seconds(long)
    if four > BOUND * max(once, LEAST):
        four = seconds(long, runs=2)
    assert four <= BOUND * max(once, LEAST), f"{once:.3f} s, four times the text {four:.3f} s"

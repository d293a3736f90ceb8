"""Answers that are kept: a version never changes, so the same query over it has the same answer."""

from __future__ import annotations

import re
from collections import OrderedDict

from app.serve.isolation.worker import Answer, Job

# Functions that give something else the next time; an escape could hide one.
_CHANGING = re.compile(r"\b(?:NOW|RAND|(?:STR)?UUID|BNODE)\b|\\U")
_WORDS = ("NOW", "RAND", "UUID", "BNODE", "\\U")


def changing(query: str) -> bool:
    """Whether a query may have another answer the next time."""
    query = query.upper()
    return any(word in query for word in _WORDS) and _CHANGING.search(query) is not None


class Kept:
    """The answers that were asked for last, up to so many bytes; none that would differ the next time."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._used = 0
        self._answers: OrderedDict[Job, Answer] = OrderedDict()

    def get(self, job: Job) -> Answer | None:
        """The answer to the same query, if it is still kept."""
        answer = self._answers.get(job)
        if answer is not None:
            self._answers.move_to_end(job)
        return answer

    def put(self, job: Job, answer: Answer) -> None:
        """Keep an answer, if it may be; those asked for longest ago make room."""
        size = _size(job, answer)
        if size > self._size // 8 or job in self._answers or changing(job.query):
            return
        self._answers[job] = answer
        self._used += size
        while self._used > self._size:
            self._used -= _size(*self._answers.popitem(last=False))


def _size(job: Job, answer: Answer) -> int:
    """About the bytes that both take."""
    graphs = sum(map(len, (*job.default_graphs, *job.named_graphs)))
    return len(answer.content) + 2 * len(job.query) + graphs + len(job.accept or "") + len(job.base) + 500

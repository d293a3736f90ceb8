"""Which clause is the task that an annotation or a sentence lays on bodies.

A clause with responsible bodies is a task. An annotation on a line of its own belongs to the clause
before it; one at the end of the last paragraph below a heading covers the whole heading.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from ingest.model import ClauseKind, Document, Fact, Responsibility, Span

_CELL = re.compile(r"(?:^|[|\t])(?P<words>[^|\t]*[\u4e00-\u9fff]{3}[^|\t]*)(?=[|\t])")  # a row's first words
_LONGEST_LABEL = 60
_LABEL_REACH = 500  # code points in which a label is looked for
ClauseOf = Callable[[Fact], int]


def task_clauses(document: Document, found: Sequence[Responsibility], clause_of: ClauseOf) -> list[int]:
    """For each responsibility the index of the clause that is its task."""
    homes = [clause_of(fact) for fact in found]
    annotated: dict[int, list[int]] = defaultdict(list)
    for fact, home in zip(found, homes, strict=True):
        if fact.explicit:
            annotated[home].append(fact.span.start)
    moved: dict[int, int] = {}
    by_parent: dict[int, set[int]] = defaultdict(set)
    for home, starts in annotated.items():
        clause = document.clauses[home]
        if clause.kind is ClauseKind.PARAGRAPH and home > 0 and _only_annotation(document, home, min(starts)):
            moved[home] = home - 1
        if clause.kind is ClauseKind.PARAGRAPH and clause.parent is not None:
            by_parent[clause.parent].add(home)
    last = {clause.parent: index for index, clause in enumerate(document.clauses)}
    for parent, children in by_parent.items():
        if len(children) == 1 and _only_heading(document, parent) and last[parent] in children:
            moved[next(iter(children))] = parent
    return [moved.get(home, home) if fact.explicit else home for fact, home in zip(found, homes, strict=True)]


def _only_annotation(document: Document, index: int, first_unit: int) -> bool:
    """Tell whether a clause is only an annotation: a bracket or a label precedes its first unit."""
    before = document.text.folded[document.clauses[index].span.start : first_unit]
    return before == "" or before[0] in "([" or (before[-1] == ":" and "。" not in before)


def _only_heading(document: Document, index: int) -> bool:
    clause = document.clauses[index]
    return clause.heading is not None and clause.heading.end == clause.span.end


def task_label(document: Document, home: int, names: Mapping[int, Span]) -> str:
    """The clause's heading, else its first sentence, shortened; of a row the cell that names the task.

    ``names`` are the cells of rows, by clause.
    """
    clause = document.clauses[home]
    if clause.heading:
        return document.text.quote(clause.heading)
    start = clause.span.start + len(clause.label)
    own = document.text.text[start : min(clause.span.end, start + _LABEL_REACH)]
    if home in names:
        own = document.text.quote(names[home])
    elif ("|" in own or "\t" in own) and (cell := _CELL.search(own)):
        own = cell["words"]
    first = re.split(r"[。；;]", own.lstrip("。；; “"), maxsplit=1)[0].strip()
    return first if len(first) <= _LONGEST_LABEL else first[:_LONGEST_LABEL] + "…"

"""Questions about how good the graph is; their answers tally with the facts that the command prints."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from pyoxigraph import Store

from queries.library import question
from queries.run import rows
from tests.queries.conftest import StoreOf, archive, put


def records(facts: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in facts.splitlines()]


def test_coverage(samples_store: Path, samples_facts: str) -> None:
    found = put(samples_store, "quality/coverage", "document", "file", "facts", "tasks")
    assert len(found) == 13
    facts: Counter[object] = Counter()
    for _, file, number, _ in found:
        facts[file] += int(number or 0)
    assert facts == Counter(one["file"] for one in records(samples_facts) if one["kind"] != "doc")
    tasks = {one["task"] for one in records(samples_facts) if one["kind"] == "resp"}
    assert sum(int(row[3] or 0) for row in found) == len(tasks)


def test_coverage_of_one(samples_store: Path) -> None:
    found = put(
        samples_store, "quality/coverage", "title", "characters", "clauses", "facts", "tasks", "density"
    )
    assert found[0] == ("云州市科技专家库管理办法", "1700", "52", "54", "11", "31.8")


def test_rules(samples_store: Path, samples_facts: str) -> None:
    found = put(samples_store, "quality/rules", "confidence", "facts", "name")
    rules = Counter(one["rule"] for one in records(samples_facts) if "rule" in one)
    assert {name: int(facts or 0) for _, facts, name in found} == rules
    confidences = [float(confidence or 0) for confidence, _, _ in found]
    assert confidences == sorted(confidences)  # those not measured first
    assert 0 == confidences[0] < confidences[-1] < 1


def test_unresolved(samples_store: Path) -> None:
    found = put(samples_store, "quality/unresolved", "name", "mentions", "files", "first")
    assert found == [("市网格办", "1", "1", "10-digital-government-2024.txt:21")]


def test_facts_of_a_rule(samples_store: Path, samples_facts: str) -> None:
    found = put(samples_store, "quality/facts", "text", "file", "line", rule="target.level")
    expected = [one for one in records(samples_facts) if one.get("rule") == "target.level"]
    assert len(found) == len(expected) > 0
    assert {(text, file) for text, file, _ in found} == {(one["text"], one["file"]) for one in expected}


def test_every_rule_has_as_many_facts_as_are_counted(samples_store: Path) -> None:
    for name, facts in put(samples_store, "quality/rules", "name", "facts"):
        assert name is not None
        assert len(put(samples_store, "quality/facts", "fact", rule=name)) == int(facts or 0), name


def test_a_rule_that_is_none_has_no_facts(samples_store: Path) -> None:
    assert put(samples_store, "quality/facts", "fact", rule="云州") == []


def test_places_of_unresolved_names(samples_store: Path) -> None:
    columns = ("called", "document", "title", "file", "line")
    found = put(samples_store, "quality/places", *columns)
    assert [row[0] for row in found] == ["市网格办"]
    assert found[0][3:] == ("10-digital-government-2024.txt", "21")
    assert found[0][1] and found[0][2]
    assert put(samples_store, "quality/places", *columns, unresolved="市网格办") == found
    assert put(samples_store, "quality/places", *columns, unresolved="云州市财政局") == []


def test_counts(samples_store: Path, samples_facts: str) -> None:
    """Facts tally with what the command prints; the rest was counted by hand."""
    found = {row[0] or "": int(row[1] or 0) for row in put(samples_store, "quality/counts", "kind", "count")}
    kinds = Counter(one["kind"] for one in records(samples_facts))
    names = {"resp": "responsibilities", "target": "targets", "deadline": "deadlines", "ref": "references"}
    assert {names[kind]: found[names[kind]] for kind in names} == {names[kind]: kinds[kind] for kind in names}
    assert found["norms"] == kinds["norm"]
    assert found["tasks"] == len({one["task"] for one in records(samples_facts) if one["kind"] == "resp"})
    assert (found["files"], found["documents"], found["unresolved"]) == (10, 14, 1)
    assert found["bodies"] == len(put(samples_store, "agency/load"))
    assert found["absent"] == len(put(samples_store, "document/cited-not-seen"))
    assert list(found)[:4] == ["files", "documents", "clauses", "tasks"]


def test_counts_of_an_empty_store() -> None:
    """Every kind has a row."""
    found = list(rows(Store(), question("quality/counts")))
    assert [row["count"] for row in found] == ["0"] * 13


def test_silent(samples_store: Path, store_of: StoreOf) -> None:
    assert put(samples_store, "quality/silent") == []
    store = store_of(archive(1, "开放日", "档案馆本月开放。"), archive(2, "归档", "各单位应当及时归档。"))
    assert put(store, "quality/silent", "document", "title", "file") == [
        ("青档发-2030-1", "青石县档案办公室关于开放日的通知", "0.txt")
    ]

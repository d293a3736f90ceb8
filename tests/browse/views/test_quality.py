"""质量 over the samples."""

from __future__ import annotations

from pathlib import Path

from app.browse.i18n import messages
from ingest.store import current
from queries.run import Row
from queries.unresolved import find_unresolved, format_unresolved, group_unresolved
from tests.browse.conftest import View
from tests.browse.views.test_questions import said
from tests.queries.conftest import put

NAME = "市网格办"


def test_figures_tally_with_the_store(view: View, samples_store: Path) -> None:
    test = view("quality")
    facts = sum(int(row[0] or 0) for row in put(samples_store, "quality/rules", "facts"))
    values = [metric.value for metric in test.metric]
    assert values[0] == f"{facts:,}"
    assert values[2].endswith(" %") and 90 < float(values[2].removesuffix(" %")) < 100
    assert len(test.dataframe[0].value) == len(put(samples_store, "quality/rules"))


def test_a_rule_shows_its_facts(view: View, samples_store: Path) -> None:
    test = view("quality", rule="target.level")
    expected = [row[0] for row in put(samples_store, "quality/facts", "text", rule="target.level")]
    assert test.dataframe[1].value["fact"].tolist() == expected
    test = view("quality", rule="no.such")
    assert messages()["quality.rule-empty"].zh in said(test)


def test_unresolved_names_have_their_places(view: View) -> None:
    test = view("quality", part="names")
    assert test.dataframe[0].value["body"].tolist() == [NAME]
    assert test.dataframe[1].value["file"].tolist() == ["10-digital-government-2024.txt"]
    test = view("quality", part="names", unresolved="云州市财政局")
    assert messages()["quality.name-empty"].zh in said(test)


def test_judgements_are_those_of_the_command(view: View, samples_store: Path) -> None:
    test = view("quality", part="names")
    labels = [button.proto.label for button in test.get("download_button")]
    assert messages()["quality.download"].zh in labels
    rows: list[Row] = [{"name": NAME, "file": "10-digital-government-2024.txt", "line": "21"}]
    expected = f"mention,scope,decision,who,when,why\n{NAME},*,,,,\n"
    assert format_unresolved(group_unresolved(rows), "judgements") == expected
    assert format_unresolved(find_unresolved(current(samples_store).open()), "judgements") == expected


def test_documents_with_the_fewest_facts_stand_first(view: View) -> None:
    test = view("quality", part="documents")
    densities = test.dataframe[0].value["density"].tolist()
    assert len(densities) == 13
    assert densities == sorted(densities)


def test_contradictions_are_said_to_be_none(view: View) -> None:
    assert messages()["quality.contradictions-empty"].zh in said(view("quality", part="contradictions"))

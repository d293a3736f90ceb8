"""问答 over the samples: forms, answers, queries, and what is said when they cannot be answered."""

from __future__ import annotations

import json
import re

import pytest
from streamlit.testing.v1 import AppTest

from app.browse.i18n import messages
from app.browse.views.questions.editor import completions
from app.browse.views.questions.examples import example_queries
from app.browse.views.questions.query_text import decode_query, encode_query
from queries.library import questions
from queries.model import Question
from tests.browse.conftest import View

CROSS = "SELECT ?p ?q WHERE { ?a ?p ?b . ?c ?q ?d } LIMIT 1000000"


def said(test: AppTest) -> str:
    """Everything that a page says, in one text."""
    elements = [*test.error, *test.warning, *test.info, *test.caption, *test.markdown, *test.code]
    return "\n".join(element.value for element in elements)


def asked(view: View, query: str, **values: str) -> AppTest:
    return view("questions", part="sparql", query=encode_query(query), **values)


# the library -------------------------------------------------------------------------------------


def test_every_question_is_listed_and_words_find_them(view: View) -> None:
    test = view("questions")
    heads = [head.value for head in test.subheader]
    assert sorted(heads) == sorted(["机构", "期限", "文件", "关系", "规范", "质量", "目标", "任务"])
    test.text_input(key="find").set_value("沿革").run()
    assert [head.value for head in test.subheader] == ["机构"]
    test.text_input(key="find").set_value("云州没有").run()
    assert messages()["questions.none-found"].zh in said(test)


@pytest.mark.parametrize("question", questions(), ids=lambda question: question.name)
def test_each_question_has_a_form_and_an_answer_with_its_examples(view: View, question: Question) -> None:
    language = "en" if len(question.name) % 2 else "zh"
    values = {f"p.{each.name}": each.example for each in question.parameters if each.required}
    test = view("questions", name=question.name, lang=language, **values)
    assert test.subheader[0].value.replace("\\", "") == (
        question.title.zh if language == "zh" else question.title.en
    )
    inputs = [*test.text_input, *test.selectbox, *test.date_input, *test.number_input, *test.checkbox]
    assert len(inputs) == len(question.parameters)
    assert not test.error


def test_the_form_writes_the_address_and_the_address_the_form(view: View) -> None:
    test = view("questions", name="agency/tasks")
    assert messages()["questions.missing"].zh.split("{")[0] in said(test)
    test.selectbox[0].set_value("云州市大数据管理局")
    test.selectbox[1].set_value("lead")
    next(box for box in test.checkbox if "前身" in box.label).check()
    test.button[0].click().run()
    assert not test.exception
    assert {name: test.query_params[name] for name in test.query_params if name.startswith("p.")} == {
        "p.agency": "云州市大数据管理局",
        "p.role": "lead",
        "p.with_predecessors": "true",
    }
    rows = len(test.dataframe[0].value)
    again = view("questions", name="agency/tasks", **{"p.agency": "云州市大数据管理局", "p.role": "lead"})
    assert again.selectbox[1].value == "lead"
    assert 0 < len(again.dataframe[0].value) <= rows
    assert set(again.dataframe[0].value["role"]) == {"牵头"}


def test_bodies_are_offered_and_any_name_can_be_typed(view: View) -> None:
    test = view("questions", name="agency/tasks", **{"p.agency": "市科技局"})
    assert test.selectbox[0].value == "市科技局"
    assert "云州市科技创新局" in test.selectbox[0].options


def test_an_unknown_name_says_what_to_try(view: View) -> None:
    test = view("questions", name="agency/tasks", **{"p.agency": "科技创新"})
    assert messages()["questions.empty"].zh in said(test)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"name": "agency/taks"}, "agency/taks"),
        ({"name": "document/ahead", "p.days": "many"}, "many"),
        ({"name": "document/ahead", "p.date": "2024-02-30"}, "2024-02-30"),
        ({"name": "document/ahead", "p.nonsense": "1"}, "nonsense"),
        ({"name": "agency/tasks", "p.agency": "云州市科技创新局", "p.role": "boss"}, "boss"),
    ],
)
def test_a_wrong_address_is_said(view: View, values: dict[str, str], expected: str) -> None:
    test = view("questions", **values)
    assert expected in said(test).replace("\\", "")
    assert test.error
    assert test.title[0].value == "问答"


def test_an_answer_is_a_table_a_chart_or_a_graph(view: View) -> None:
    test = view("questions", name="agency/load")
    assert len(test.dataframe[0].value) > 10
    test = view("questions", name="agency/load", show="chart")
    chart = json.loads(test.get("vega_lite_chart")[0].proto.spec)
    assert chart["mark"]["type"] == "bar"
    assert chart["encoding"]["x"]["title"] == "任务数"
    test = view("questions", name="agency/partners", show="graph", **{"p.at_least": "1"})
    assert messages()["questions.graph-help"].zh in said(test)
    test = view("questions", name="agency/load", show="graph")
    assert messages()["questions.no-graph"].zh in said(test)


def test_units_do_not_share_an_axis(view: View) -> None:
    test = view("questions", name="target/by-words", show="chart")
    unit = test.selectbox(key="plot:unit")
    assert len(unit.options) > 1
    before = json.loads(test.get("vega_lite_chart")[0].proto.spec)
    unit.select_index(1).run()
    assert not test.exception
    after = json.loads(test.get("vega_lite_chart")[0].proto.spec)
    assert test.query_params["unit"]
    assert before != after


# queries -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", range(len(example_queries())))
def test_each_example_has_an_answer_on_the_samples(view: View, number: int) -> None:
    test = asked(view, example_queries()[number].sparql)
    assert not test.error
    assert messages()["questions.empty-query"].zh not in said(test)
    assert messages()["questions.no-triples"].zh not in said(test)
    assert re.search(r"\d 秒", said(test))


def test_an_example_is_chosen_and_run(view: View) -> None:
    test = view("questions", part="sparql")
    assert not test.dataframe
    test.selectbox(key="sparql:example").set_value(example_queries()[1].zh).run()
    assert not test.exception
    assert decode_query(test.query_params["query"]) == example_queries()[1].sparql
    assert len(test.dataframe[0].value) > 5


def test_an_error_is_said_as_the_engine_says_it_with_its_place(view: View) -> None:
    test = asked(view, "SELECT *\nWHERE { ?s ?p ?o }\nLIMT 3")
    assert messages()["questions.refused"].zh in said(test)
    assert messages()["questions.wrong-at"].zh.format(line=3, column=7) in said(test)
    assert "error at 3:7" in test.code[0].value
    assert "Traceback" not in said(test)


def test_missing_prefixes_are_offered_and_added(view: View) -> None:
    test = asked(view, "SELECT ?task WHERE { ?task a gb:Task }")
    button = next(button for button in test.button if "gb:" in button.label)
    button.click().run()
    assert not test.exception
    assert not test.error
    assert decode_query(test.query_params["query"]).startswith(
        "PREFIX gb: <https://w3id.org/gongbao/ontology#>"
    )
    assert len(test.dataframe[0].value) > 5


@pytest.mark.parametrize(
    "query",
    [
        "INSERT DATA { <urn:a> <urn:b> <urn:c> }",
        "SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
        "{" * 200,
    ],
)
def test_what_the_endpoint_refuses_is_said(view: View, query: str) -> None:
    test = asked(view, query)
    assert messages()["questions.refused"].zh in said(test)
    assert not test.dataframe


@pytest.mark.check
def test_a_million_rows_are_cut_and_how_to_get_all_is_said(view: View) -> None:
    test = asked(view, CROSS)
    assert messages()["questions.all-of-it"].zh in said(test)
    assert "5,000" in said(test)
    assert len(test.dataframe[0].value) == 5000


def test_no_answer_in_time_is_said_with_what_to_do(view: View, slow_endpoint: str) -> None:
    query = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    test = view("questions", endpoint=slow_endpoint, part="sparql", query=query)
    assert messages()["questions.too-much"].zh in said(test)
    assert "ended after" in test.code[0].value


def test_triples_are_shown_as_turtle(view: View) -> None:
    test = asked(view, "CONSTRUCT { ?s a ?class } WHERE { ?s a ?class } LIMIT 7")
    assert "7 个三元组" in said(test)
    assert "<https://w3id.org/gongbao/" in test.code[0].value
    test = asked(view, "CONSTRUCT WHERE { <urn:none> ?p ?o }")
    assert messages()["questions.no-triples"].zh in said(test)


def test_nothing_found_and_a_broken_address_are_said(view: View) -> None:
    assert messages()["questions.empty-query"].zh in said(asked(view, "SELECT * WHERE { <urn:none> ?p ?o }"))
    assert messages()["questions.broken-query"].zh in said(view("questions", part="sparql", query="z.broken"))


def test_a_yes_or_no_is_a_table_of_one(view: View) -> None:
    assert asked(view, "ASK { ?s ?p ?o }").dataframe[0].value["answer"].tolist() == ["true"]


def test_characters_of_an_answer_stay_characters(view: View) -> None:
    nasty = "<script>alert(1)</script> $x$ [x](javascript:alert(1))"
    test = asked(view, f'SELECT ("{nasty}" AS ?x) ("1" AS ?n) WHERE {{}}')
    assert test.dataframe[0].value["x"].tolist() == [nasty]
    test = asked(view, "SELECT * WHERE { ?s ?p <script> $x$ }")
    assert test.error
    assert not any("<script>" in element.value for element in test.markdown)


def test_terms_of_the_ontology_are_offered_with_their_labels() -> None:
    known = {name: label for name, label, _ in completions("zh")}
    assert known["gb:Task"] == "任务"
    assert "eli:title" in known
    assert len(known) > 200

"""Values of parameters: what is allowed, what is not, and that none can change the query."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, QuerySolutions, Store

from queries.errors import ColumnsError, ParameterError
from queries.header import parse_question
from queries.model import Question
from queries.parameters import bind
from queries.run import answer

TYPES = ("text", "agency", "document", "iri", "date", "integer", "boolean", "choice")
XSD = "http://www.w3.org/2001/XMLSchema#"
EXAMPLES = {"iri": "urn:x:a", "date": "2024-01-01", "integer": "3", "boolean": "true", "choice": "lead"}


def made(kind: str, more: str = "", default: str = "UNDEF") -> Question:
    choices = ", choices: [lead, cooperate]" if kind == "choice" else ""
    example = EXAMPLES.get(kind, "甲")
    written = example if kind in ("integer", "boolean") else f'"{example}"'
    header = (
        "# title: {zh: 甲, en: a}\n# description: {zh: 甲, en: a}\n"
        f"# parameters: {{x: {{type: {kind}, zh: 甲, en: a, example: {written}{choices}{more}}}}}\n"
        "# columns: {x: {zh: 甲, en: a, show: text}, y: {zh: 乙, en: b, show: text}}\n"
    )
    return parse_question(
        "a/b", f"{header}SELECT ?x ?y WHERE {{ VALUES ?x {{ {default} }} BIND (?x AS ?y) }}"
    )


def value_of(question: Question, **values: str) -> object:
    solutions = Store().query(bind(question, values))
    assert isinstance(solutions, QuerySolutions)
    (row,) = solutions
    assert row["x"] == row["y"]
    return row["x"]


@pytest.mark.parametrize(
    ("kind", "value", "term"),
    [
        ("text", " 甲 \"乙\" '丙' \\ } ?x # \n", Literal(" 甲 \"乙\" '丙' \\ } ?x # \n")),
        ("agency", "市科委", Literal("市科委")),
        ("agency", "https://w3id.org/gongbao/id/org/甲", NamedNode("https://w3id.org/gongbao/id/org/甲")),
        ("iri", "urn:x:甲", NamedNode("urn:x:甲")),
        ("document", "urn:x:甲", NamedNode("urn:x:甲")),
        ("document", "GB/T 1-2020: a", Literal("GB/T 1-2020: a")),
        ("text", "https://example.org/", Literal("https://example.org/")),
        ("date", "2024-02-29", Literal("2024-02-29", datatype=NamedNode(f"{XSD}date"))),
        ("integer", "-007", Literal(-7)),
        ("boolean", "false", Literal(False)),
        ("choice", "cooperate", Literal("cooperate")),
    ],
)
def test_a_value_becomes_a_term(kind: str, value: str, term: object) -> None:
    assert value_of(made(kind), x=value) == term


def test_left_out() -> None:
    assert value_of(made("integer")) is None
    assert value_of(made("integer", ", default: 9", "9")) == Literal(9)
    assert value_of(made("integer", ", default: 9", "9"), x="10") == Literal(10)


@pytest.mark.parametrize(
    ("kind", "value", "reason"),
    [
        *((kind, "", "empty; an example: ") for kind in ("text", "agency", "document", "date", "integer")),
        ("text", " \u3000\n", "empty; an example: 甲"),
        ("text", "\udcff", "is no text in Unicode; an example: 甲"),
        ("agency", "https://example.org/<甲>", "is no IRI; an example: 甲"),
        *(
            ("date", value, f"{value!r} is no date; an example: 2024-01-01")
            for value in ("2024", "20240101", "2024-02-30", "2024-1-1", "２０２４-01-01", "2024-01-01T00:00")
        ),
        *(
            ("integer", value, f"{value!r} is no whole number; an example: 3")
            for value in ("1.0", "3 ", "三", "1e3", "٣", "9" * 19)
        ),
        ("iri", "市科委", "'市科委' is no IRI; an example: urn:x:a"),
        ("iri", "urn:x:<", "'urn:x:<' is no IRI; an example: urn:x:a"),
        ("boolean", "yes", "'yes' is neither true nor false"),
        ("choice", "leads", "'leads' is not among lead, cooperate"),
    ],
)
def test_a_wrong_value_says_what_is_allowed(kind: str, value: str, reason: str) -> None:
    with pytest.raises(ParameterError) as raised:
        bind(made(kind), {"x": value})
    assert str(raised.value).startswith("a/b: parameter x: ")
    assert reason in str(raised.value)


def test_a_wrong_name_says_which_are_known() -> None:
    with pytest.raises(ParameterError, match=r"^a/b: parameter z: not known; known are x$"):
        bind(made("text"), {"z": "甲"})
    alone = parse_question("a/b", "# title: {zh: 甲, en: a}\n# program: true\nSELECT * {}")
    with pytest.raises(ParameterError, match=r"^a/b: parameter z: not known; the question has none$"):
        bind(alone, {"z": "甲"})


def test_a_required_one_is_missing() -> None:
    with pytest.raises(ParameterError, match=r"^a/b: parameter x: missing; an example: 3$"):
        bind(made("integer", ", required: true", "3"), {})


@given(value=st.text(min_size=1), kind=st.sampled_from(TYPES))
def test_no_value_changes_the_query(value: str, kind: str) -> None:
    """A value is refused, or it is the one row's one value and nothing around it is another."""
    try:
        found = value_of(made(kind), x=value)
    except ParameterError:
        return
    assert isinstance(found, Literal | NamedNode)
    assert found.value == (str(int(value)) if kind == "integer" else value)


def test_an_answer_with_other_columns_than_promised() -> None:
    question = parse_question(
        "a/b",
        "# title: {zh: 甲, en: a}\n# description: {zh: 甲, en: a}\n"
        "# columns: {y: {zh: 乙, en: b, show: text}}\nSELECT ?x ?y WHERE {}",
    )
    with pytest.raises(ColumnsError, match=r"^a/b: the columns are x, y, not y$"):
        answer(Store(), question, {})


LINES = """\
# title: {zh: 甲, en: a}
# program: true
# parameters:
#   x: {type: text, zh: 甲, en: a, example: 甲}
#   sort: {type: choice, choices: [up, down], default: up, zh: 甲, en: a, example: up}
#   years: {type: integer, many: true, zh: 甲, en: a, example: 2030|2031}
SELECT ?x ?year {
  #| VALUES ?x { UNDEF }     # when x
  BIND ("none" AS ?x)        # unless x
  VALUES ?year { 2030 2031 2032 }
  # when years
  #| VALUES ?years { UNDEF }
  #|   FILTER (?year = ?years)
  #| BIND (1 AS ?x)          # unless years
  # end
  #| FILTER (?year != 2032)  # when x|years unless sort=down
}
ORDER BY
  ?year                      # when sort=up
  #| DESC(?year)             # when sort=down
# when it is over, there is nothing
"""


def found(**values: str) -> list[tuple[str, str]]:
    solutions = Store().query(bind(parse_question("a/b", LINES), values))
    assert isinstance(solutions, QuerySolutions)
    return [(row["x"].value, row["year"].value) for row in solutions]


def test_lines_stand_under_their_condition() -> None:
    every = [("none", "2030"), ("none", "2031"), ("none", "2032")]
    assert found() == every
    assert found(sort="down") == every[::-1]
    assert found(x="a") == [("a", "2030"), ("a", "2031")]
    assert found(x="a", sort="down") == [("a", "2032"), ("a", "2031"), ("a", "2030")]
    assert found(x='" # when years\n') == [('" # when years\n', "2030"), ('" # when years\n', "2031")]


def test_many_values() -> None:
    assert found(years="2031") == [("none", "2031")]
    assert found(years="2031|2030|2031") == [("none", "2030"), ("none", "2031")]
    assert found(years="2030|2032", sort="down") == [("none", "2032"), ("none", "2030")]
    with pytest.raises(ParameterError, match="empty; an example"):
        found(years="2031|")
    with pytest.raises(ParameterError, match="'x' is no whole number"):
        found(years="2031|x")


def test_a_condition_is_seen_by_nobody() -> None:
    """What stands in the query is the query that a page shows."""
    asked = bind(parse_question("a/b", LINES), {"x": "a", "years": "2030"}).partition("SELECT")[2]
    assert [line for line in asked.splitlines() if "# " in line or "#|" in line] == [
        "# when it is over, there is nothing"
    ]


def test_the_file_as_it_stands_is_the_query_for_the_defaults() -> None:
    solutions = Store().query(LINES)
    assert isinstance(solutions, QuerySolutions)
    assert [(row["x"].value, row["year"].value) for row in solutions] == found()


PAGE = (
    "# title: {zh: 甲, en: a}\n# program: true\n"
    "# parameters:\n"
    "#   limit: {type: integer, default: 2, zh: 甲, en: a, example: 1}\n"
    "#   offset: {type: integer, default: 0, zh: 甲, en: a, example: 1}\n"
    "SELECT ?x { VALUES ?x { 1 2 3 4 } } ORDER BY ?x LIMIT 2 OFFSET 0"
)


def test_a_page() -> None:
    question = parse_question("a/b", PAGE)

    def page(**values: str) -> list[str]:
        solutions = Store().query(bind(question, values))
        assert isinstance(solutions, QuerySolutions)
        return [row["x"].value for row in solutions]

    assert page() == ["1", "2"]
    assert page(limit="1", offset="2") == ["3"]
    for wrong in ("-1", "1 } #", ""):
        with pytest.raises(ParameterError):
            page(limit=wrong)

"""Headers: what they say is read, and every mistake in one is named."""

from __future__ import annotations

import pickle

import pytest

from queries.errors import ColumnsError, HeaderError, ParameterError, UnknownQuestionError
from queries.header import parse_question
from queries.model import Column, Parameter, Words

_TITLE = "{zh: 某机构的任务, en: Tasks of a body}"
GOOD = """\
# title: {zh: 某机构的任务, en: Tasks of a body}
# description:
#   zh: 每项任务一行。
#   en: >-
#     One row
#     a task.
# parameters:
#   agency: {type: agency, zh: 机构, en: body, example: 云州市科技创新局}
#   days: {type: integer, zh: 天数, en: days, default: 90, example: 30}
#   role: {type: choice, choices: [lead, cooperate], zh: 角色, en: role, required: true, example: lead}
#
# columns:
#   task: {zh: 任务, en: task, show: task, label: what}
#   what: {zh: 内容, en: what, show: text}
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
# a later comment is none of its business
SELECT ?task ?what WHERE {
  VALUES ?agency { UNDEF } VALUES ?days { 90 } VALUES ?days { "90"^^xsd:integer }
  VALUES ?role { "lead" }
  VALUES (?a ?b) { (1 "x") }
  VALUES ?c { 1 2 }
}
"""


def test_a_header_is_read() -> None:
    found = parse_question("agency/tasks", GOOD)
    assert (found.name, found.subject, found.program, found.sparql) == ("agency/tasks", "agency", False, GOOD)
    assert found.title == Words(zh="某机构的任务", en="Tasks of a body")
    assert found.description == Words(zh="每项任务一行。", en="One row a task.")
    assert found.parameters == (
        Parameter("agency", "agency", Words("机构", "body"), "云州市科技创新局"),
        Parameter("days", "integer", Words("天数", "days"), "30", default="90"),
        Parameter("role", "choice", Words("角色", "role"), "lead", None, True, ("lead", "cooperate")),
    )
    assert found.columns == (
        Column("task", Words("任务", "task"), "task", "what"),
        Column("what", Words("内容", "what"), "text"),
    )
    assert found.title.of("zh") == "某机构的任务"
    assert found.parameter("days") == found.parameters[1]
    assert found.parameter("day") is None


def test_a_question_of_the_program_needs_a_title_only() -> None:
    found = parse_question("facts/x", "# title: {zh: 甲, en: a}\n# program: true\nSELECT * {}")
    assert (found.program, found.description, found.columns, found.parameters) == (True, None, (), ())


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        (GOOD, "SELECT * {}", 1, "there is no header"),
        (GOOD, "# a: [\nSELECT * {}", 2, "not YAML: "),
        (GOOD, "# just words\nSELECT * {}", 1, "Expected `object`, got `str`"),
        ("# title", "# tittle", 1, "unknown field `tittle`"),
        (f"# title: {_TITLE}\n", "", 1, "missing required field `title`"),
        ("# title", "# title: x\n# title", 2, "the key title stands twice"),
        (_TITLE, "Tasks", 1, "Expected `object`, got `str`"),
        (_TITLE, "{en: Tasks}", 1, "missing required field `zh`"),
        (_TITLE, "{zh: , en: Tasks}", 1, "Expected `str`, got `null`"),
        (_TITLE, "{zh: ' ', en: Tasks}", 1, r"Expected `str` matching regex '\\S'"),
        (_TITLE, "{zh: 甲, en: a, zh: 乙}", 1, "the key zh stands twice"),
        (_TITLE, "{zh: 甲, en: [a]}", 1, "Expected `str`, got `array`"),
        (_TITLE, "{[zh]: 甲, en: a}", 1, "a key must be a word"),
        ("# description:\n#   zh: 每项任务一行。", "# x:\n#   zh: 每项任务一行。", 2, "unknown field `x`"),
        (GOOD, f"# title: {_TITLE}\nSELECT * {{}}", 1, "description is missing"),
        (GOOD, f"# title: {_TITLE}\n# description: {_TITLE}\nSELECT * {{}}", 1, "columns is missing"),
        ("# title", "# program: maybe\n# title", 1, "Expected `bool`, got `str`"),
        ("type: agency,", "type: body,", 8, "Invalid enum value 'body'"),
        ("type: agency, zh: 机构,", "type: agency,", 8, "missing required field `zh`"),
        (", example: 30}", "}", 9, "missing required field `example`"),
        ("example: 30", "example: 30, exemple: 30", 9, "unknown field `exemple`"),
        ("example: 30", "example: many", 9, "parameters: days: example: 'many' is no whole number"),
        ("example: 30", "example: -1.5", 9, "Expected `bool | int | str`, got `float`"),
        ("default: 90", "default: 1.5", 9, "got `float`"),
        ("default: 90", 'default: "90"', 9, "parameters: days: default: '90' is no whole number"),
        (
            "default: 90",
            "default: 9999999999999999999",
            9,
            "default: '9999999999999999999' is no whole number",
        ),
        (
            "example: 云州市科技创新局",
            "example: 30",
            8,
            "parameters: agency: example: 30 is no text in quotes",
        ),
        ("example: 云州市科技创新局", "example: true", 8, "agency: example: True is no text in quotes"),
        ("default: 90", "default: 91", 18, 'VALUES ?days says "90"^^<'),
        ("default: 90, ", "", 18, 'VALUES ?days says "90"^^<'),
        ("default: 90", "required: true", 18, 'VALUES ?days says "90"^^<'),
        ("default: 90", "required: true, default: 90", 9, "days: either required or with a default"),
        ("choices: [lead, cooperate], ", "", 10, "role: choices: a choice has them, and nothing else"),
        ("type: agency,", "type: agency, choices: [a],", 8, "agency: choices: a choice has them"),
        ("choices: [lead, cooperate]", "choices: lead", 10, "Expected `array | null`, got `str`"),
        ("choices: [lead, cooperate]", "choices: [lead, no]", 10, "Expected `str`, got `bool`"),
        (
            "required: true, example: lead",
            "example: leads",
            10,
            "example: 'leads' is not among lead, cooperate",
        ),
        ("#   agency:", "#   Agency:", 8, "Expected `str` matching regex '^[a-z]"),
        ("VALUES ?agency { UNDEF }", "", 8, "parameters: agency: no VALUES ?agency { … } in the SPARQL"),
        (
            "#   agency: {type: agency, zh: 机构, en: body, example: 云州市科技创新局}\n",
            "",
            17,
            "VALUES ?agency { … } is no parameter",
        ),
        ("{ 1 2 }", "{ 1 2 } # when day", 21, "# when day: day is no parameter of the header"),
        ("{ 1 2 }", "{ 1 2 }\n # when role\n", 22, "# when role: # end is missing"),
        ("{ 1 2 }", "{ 1 2 }\n # end\n", 22, "# end: no condition is open there"),
        (
            "{ 1 2 }",
            "{ 1 2 }\n # when role\n # when days\n # end",
            23,
            "# when days: # when role is still open",
        ),
        (
            "{ 1 2 }",
            "{ 1 2 } # unless role=head",
            21,
            "# unless role=head: 'head' is not among lead, cooperate",
        ),
        ("{ 1 2 }", "{ 1 2 } # when role|day", 21, "# when role|day: day is no parameter of the header"),
        (
            "{ 1 2 }",
            "{ 1 2 } # when agency",
            21,
            "not part of the query for the defaults, so it must begin with #|",
        ),
        (
            "  VALUES ?c",
            "  #| VALUES ?c",
            21,
            "is part of the query for the defaults, so it must not begin with #|",
        ),
        ("{ UNDEF }", "{ <urn:x> }", 18, "VALUES ?agency says <urn:x>, the header UNDEF"),
        ('{ "lead" }', "{ UNDEF }", 19, 'VALUES ?role says UNDEF, the header "lead"'),
        ("zh: 天数,", "zh: 天数, many: some,", 9, "Expected `bool`, got `str`"),
        ("show: task,", "show: job,", 13, "Invalid enum value 'job'"),
        ("label: what", "label: which", 13, "columns: task: label: there is no other column which"),
        ("label: what", "label: task", 13, "columns: task: label: there is no other column task"),
        ("show: text}", "show: text, label: task}", 14, "columns: what: label: only document, agency, task,"),
        (
            "# columns:",
            "# columns: {x: {zh: 甲, en: a, show: text}}\n# column:",
            13,
            "unknown field `column`",
        ),
        ("# columns:\n", "# columns: {}\n", 13, "not YAML"),
        (
            GOOD,
            f"# title: {_TITLE}\n# description: {_TITLE}\n# columns: {{}}\nSELECT * {{}}",
            3,
            "length >= 1",
        ),
    ],
)
def test_a_mistake_is_named_with_its_line(old: str, new: str, line: int, reason: str) -> None:
    assert old in GOOD
    with pytest.raises(HeaderError) as raised:
        parse_question("agency/tasks", GOOD.replace(old, new))
    assert reason in str(raised.value)
    assert str(raised.value).startswith(f"agency/tasks.rq:{line}: ")


@pytest.mark.parametrize(
    "error",
    [
        HeaderError("a.rq", 1, "b"),
        UnknownQuestionError("a", ["b"]),
        ParameterError("a", "b", "c"),
        ColumnsError("a", ["b"], ["c"]),
    ],
)
def test_errors_pass_between_processes(error: Exception) -> None:
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), str(again)) == (type(error), str(error))

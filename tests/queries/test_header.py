"""Headers: what they say is read, and every mistake in one is named."""

from __future__ import annotations

import pickle

import pytest

from queries.errors import ColumnsError, HeaderError, ParameterError, UnknownQuestionError
from queries.header import parse_question
from queries.model import Column, Parameter, Words

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
# This line is a comment, for
# the header ends where the comments do: a plain line between them would end it.
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
# a later comment is none of its business
SELECT ?task ?what WHERE {
  VALUES ?agency { UNDEF } VALUES ?days { 90 } VALUES ?days { "90"^^xsd:integer }
  VALUES ?role { UNDEF }
  VALUES (?a ?b) { (1 "x") }
  VALUES ?c { 1 2 }
}
"""
GOOD = GOOD.replace("# This line is a comment, for\n", "").replace(
    "# the header ends where the comments do: a plain line between them would end it.\n", ""
)


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
    ("old", "new", "reason"),
    [
        (GOOD, "SELECT * {}", "there is no header"),
        (GOOD, "# a: [\nSELECT * {}", "the header is no YAML: "),
        (GOOD, "# just words\nSELECT * {}", "header: a mapping is expected"),
        ("# title", "# tittle", "header: tittle is not known; known are columns, description, parameters,"),
        ("# title: {zh: 某机构的任务, en: Tasks of a body}\n", "", "header: title is missing"),
        ("# title", "# title: x\n# title", "title stands twice"),
        ("{zh: 某机构的任务, en: Tasks of a body}", "Tasks", "title: a mapping is expected"),
        ("{zh: 某机构的任务, en: Tasks of a body}", "{en: Tasks}", "title: zh is missing"),
        ("{zh: 某机构的任务, en: Tasks of a body}", "{zh: , en: Tasks}", "title: zh: empty"),
        ("{zh: 某机构的任务, en: Tasks of a body}", "{zh: 甲, en: a, zh: 乙}", "zh stands twice"),
        ("{zh: 某机构的任务, en: Tasks of a body}", "{zh: 甲, en: [a]}", "title: en: text is expected"),
        ("{zh: 某机构的任务, en: Tasks of a body}", "{[zh]: 甲, en: a}", "a key must be a word"),
        ("# title", "# program: yes\n# title", "program: yes is not known; known are true, false"),
        ("type: agency,", "type: body,", "parameters: agency: type: body is not known; known are text, "),
        ("type: agency, zh: 机构,", "type: agency,", "parameters: agency: zh is missing"),
        (", example: 30}", "}", "parameters: days: example is missing"),
        ("example: 30", "example: many", "parameters: days: example: 'many' is no whole number; an example:"),
        ("default: 90", "default: 1.5", "parameters: days: default: '1.5' is no whole number"),
        ("default: 90", "default: 91", 'parameters: days: VALUES says "90"^^<'),
        ("default: 90, ", "", 'parameters: days: VALUES says "90"^^<'),
        ("default: 90", "required: true", 'parameters: days: VALUES says "90"^^<'),
        ("default: 90", "required: true, default: 90", "parameters: days: either required or with a default"),
        (
            "choices: [lead, cooperate], ",
            "",
            "parameters: role: choices: a choice has them, and nothing else",
        ),
        ("type: agency,", "type: agency, choices: [a],", "parameters: agency: choices: a choice has them"),
        ("choices: [lead, cooperate]", "choices: lead", "parameters: role: choices: a list is expected"),
        ("required: true, example: lead", "example: leads", "example: 'leads' is not among lead, cooperate"),
        ("#   agency:", "#   Agency:", "parameters: Agency: cannot be a variable's name"),
        ("VALUES ?agency { UNDEF }", "", "parameters: agency: no VALUES ?agency { … } in the SPARQL"),
        (
            "#   agency: {type: agency, zh: 机构, en: body, example: 云州市科技创新局}\n",
            "",
            "VALUES ?agency {",
        ),
        ("{ 1 2 }", "{ 1 2 } # when day", "# when day: day is no parameter of the header"),
        ("{ 1 2 }", "{ 1 2 }\n # when role\n", "# when role: # end is missing"),
        ("{ 1 2 }", "{ 1 2 }\n # end\n", "# end: nothing is open there"),
        ("{ 1 2 }", "{ 1 2 }\n # when role\n # when days\n # end", "# when days: # when role is open there"),
        ("{ 1 2 }", "{ 1 2 } # unless role=head", "# unless role=head: 'head' is not among lead, cooperate"),
        ("{ 1 2 }", "{ 1 2 } # when role|day", "# when role|day: day is no parameter of the header"),
        (
            "zh: 天数,",
            "zh: 天数, many: some,",
            "days: many: some is not known; known are true",
        ),
        ("show: task,", "show: job,", "columns: task: show: job is not known; known are document, agency,"),
        ("label: what", "label: which", "columns: task: label: there is no other column which"),
        ("label: what", "label: task", "columns: task: label: there is no other column task"),
        ("show: text}", "show: text, label: task}", "columns: what: label: only document, agency, task,"),
        ("# columns:", "# columns: {}\n# column:", "header: column is not known"),
        ("# columns:\n", "# columns: {}\n", "the header is no YAML"),
    ],
)
def test_a_mistake_is_named(old: str, new: str, reason: str) -> None:
    assert old in GOOD
    with pytest.raises(HeaderError) as raised:
        parse_question("agency/tasks", GOOD.replace(old, new))
    assert str(raised.value).startswith("agency/tasks.rq: ")
    assert reason in str(raised.value)


@pytest.mark.parametrize(
    "error",
    [
        HeaderError("a.rq", "b"),
        UnknownQuestionError("a", ["b"]),
        ParameterError("a", "b", "c"),
        ColumnsError("a", ["b"], ["c"]),
    ],
)
def test_errors_pass_between_processes(error: Exception) -> None:
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), str(again)) == (type(error), str(error))

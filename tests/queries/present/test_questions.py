"""Questions as they are shown."""

from __future__ import annotations

from queries.library import find, questions
from queries.present.questions import describe_question, questions_by_subject, strip_header, subject_words


def test_every_question_stands_under_a_subject_that_has_words() -> None:
    grouped = questions_by_subject()
    assert [question for _, members in grouped for question in members] == questions()
    for words, members in grouped:
        (subject,) = {question.subject for question in members}
        assert words == subject_words(subject)
        assert words.zh != subject
    assert subject_words("elsewhere").en == "elsewhere"


def test_the_sparql_alone() -> None:
    sparql = find("agency/tasks").sparql
    assert strip_header(sparql).startswith("PREFIX")
    assert sparql.endswith(strip_header(sparql))


def test_all_that_the_header_says() -> None:
    told = describe_question(find("agency/tasks"))
    assert told["name"] == "agency/tasks"
    assert {"name": "role", "zh": "角色", "en": "role", "show": "code", "label": None} in told["columns"]  # type: ignore[operator]

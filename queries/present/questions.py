"""Questions as they are shown: their subjects, their headers for programs, their SPARQL for people."""

from __future__ import annotations

from itertools import groupby

from queries.library import questions
from queries.model import Question, Words

_SUBJECTS = {
    "agency": Words("机构", "Bodies"),
    "deadline": Words("期限", "Deadlines"),
    "document": Words("文件", "Documents"),
    "link": Words("关系", "Links"),
    "obligation": Words("规范", "Rules"),
    "quality": Words("质量", "Quality"),
    "target": Words("目标", "Targets"),
    "task": Words("任务", "Tasks"),
}


def subject_words(subject: str) -> Words:
    """Return what the questions of a folder are about; its name where nothing else is known."""
    return _SUBJECTS.get(subject, Words(subject, subject))


def questions_by_subject() -> list[tuple[Words, list[Question]]]:
    """Return the questions that people can ask, by what they are about."""
    return [
        (subject_words(subject), list(members))
        for subject, members in groupby(questions(), lambda question: question.subject)
    ]


def describe_question(question: Question) -> dict[str, object]:
    """Return all that the header says, for JSON."""
    description = question.description
    return {
        "name": question.name,
        "title": {"zh": question.title.zh, "en": question.title.en},
        "description": {"zh": description.zh, "en": description.en} if description else None,
        "parameters": [
            {
                "name": parameter.name,
                "type": parameter.type,
                "zh": parameter.words.zh,
                "en": parameter.words.en,
                "required": parameter.required,
                "default": parameter.default,
                "example": parameter.example,
                "choices": list(parameter.choices) or None,
                "many": parameter.many,
            }
            for parameter in question.parameters
        ],
        "columns": [
            {
                "name": column.name,
                "zh": column.words.zh,
                "en": column.words.en,
                "show": column.show,
                "label": column.label,
            }
            for column in question.columns
        ],
    }


def strip_header(sparql: str) -> str:
    """Return the SPARQL alone: what the header says, the page says too."""
    lines = sparql.splitlines(keepends=True)
    while lines and lines[0].startswith("#"):
        del lines[0]
    return "".join(lines)

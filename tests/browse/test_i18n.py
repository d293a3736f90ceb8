"""The browser's messages: complete in both languages, and every message that the code asks for is there."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

from app.browse import views
from app.browse.i18n import Translator, messages, read_messages
from app.browse.routes import VIEWS
from ontology.errors import FileFormatError
from ontology.terms import GB
from tests.for_each import for_each

_BROWSE = Path(views.__file__).parents[1]
_USE = re.compile(r'translate\(\s*"([^"{}]+)"|(?:empty|message_id) ?= ?"([a-z]+\.[^"]+)"')


def used_ids() -> set[tuple[str, str]]:
    found = set()
    for path in _BROWSE.rglob("*.py"):
        for match in _USE.finditer(path.read_text("utf8")):
            found.add((match[1] or match[2], path.name))
    return found


def test_every_message_that_is_asked_for_is_there() -> None:
    assert len(used_ids()) > 10
    assert {(name, file) for name, file in used_ids() if name not in messages()} == set()


@for_each(messages)
def test_a_message_takes_the_same_values_in_both_languages(name: str) -> None:
    message = messages()[name]
    fields = [
        {field for _, field, _, _ in Formatter().parse(text) if field} for text in (message.zh, message.en)
    ]
    assert fields[0] == fields[1]
    assert message.zh.strip() == message.zh != ""
    assert message.en.strip() == message.en != ""


def test_every_view_has_a_name() -> None:
    assert {f"{view.name}.name" for view in VIEWS} <= set(messages())


def test_codes_and_terms_come_from_the_ontology() -> None:
    chinese, english = Translator("zh"), Translator("en")
    assert (chinese.code("lead"), english.code("lead")) == ("牵头", "lead")
    assert (chinese.code("in force"), english.code("in force")) == ("有效", "in force")
    assert chinese.code("没有这个代码") == "没有这个代码"
    assert english.term(GB.RoleCooperate) == "cooperate"
    assert english.term("https://example.org/unknown") == "https://example.org/unknown"


def test_the_messages_of_views_and_those_of_all_are_gathered() -> None:
    for name in ("tasks.name", "error.again", "table.open", "codes.R/P1D"):
        assert name in messages()


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("name: {zh: 名, en: name}\ntitle: {zh: 标题}\n", "missing required field `en`"),
        ("name: {zh: 名, en: name}\ntitle: {zh: 标题, en: title, fr: titre}\n", "unknown field `fr`"),
        ("name: {zh: 名, en: name}\ntitle: {zh: 标题, en: 1}\n", "Expected `str`"),
        ("title: {zh: 一, en: one}\ntitle: {zh: 二, en: two}\n", "stands twice"),
    ],
)
def test_a_language_that_is_missing_or_not_known_is_an_error_with_file_and_line(
    source: str, reason: str
) -> None:
    with pytest.raises(FileFormatError) as raised:
        read_messages(source, "tasks/messages.yaml")
    assert raised.value.file == "tasks/messages.yaml"
    assert raised.value.line == 2
    assert reason in raised.value.reason

"""What the browser says: complete in both languages, and every word that the code asks for is there."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.browse import views
from app.browse.components.escaping import plain, shortened
from app.browse.i18n import Speech, words
from app.browse.routes import VIEWS
from ontology.terms import GB

_BROWSE = Path(views.__file__).parents[1]
_ASKED = re.compile(r'(?:speech|say)\(\s*"([^"{}]+)"|(?:empty|words)="([a-z]+\.[^"]+)"')


def asked() -> set[tuple[str, str]]:
    found = set()
    for path in _BROWSE.rglob("*.py"):
        for match in _ASKED.finditer(path.read_text("utf8")):
            found.add((match[1] or match[2], path.name))
    return found


def test_every_word_that_is_asked_for_is_there() -> None:
    assert len(asked()) > 10
    assert {(name, file) for name, file in asked() if name not in words()} == set()


@pytest.mark.parametrize("name", sorted(words()))
def test_a_word_takes_the_same_values_in_both_languages(name: str) -> None:
    said = words()[name]
    fields = [{field for _, field, _, _ in Formatter().parse(text) if field} for text in (said.zh, said.en)]
    assert fields[0] == fields[1]
    assert said.zh.strip() == said.zh != ""
    assert said.en.strip() == said.en != ""


def test_every_view_has_a_name() -> None:
    assert {f"{view.name}.name" for view in VIEWS} <= set(words())


def test_codes_and_terms_come_from_the_ontology() -> None:
    chinese, english = Speech("zh"), Speech("en")
    assert (chinese.code("lead"), english.code("lead")) == ("牵头", "lead")
    assert (chinese.code("in force"), english.code("in force")) == ("有效", "in force")
    assert chinese.code("没有这个代码") == "没有这个代码"
    assert english.term(GB.RoleCooperate) == "cooperate"
    assert english.term("https://example.org/unknown") == "https://example.org/unknown"


def test_plain_takes_the_meaning_from_every_sign() -> None:
    assert plain("[x](javascript:1) $y$ <b>") == r"\[x\]\(javascript\:1\) \$y\$ \<b\>"
    assert plain(":red[红] :material/home: `a` **b** _c_") == (
        r"\:red\[红\] \:material\/home\: \`a\` \*\*b\*\* \_c\_"
    )
    assert plain("  一\n# 二\t三 ") == r"一 \# 二 三"


@given(st.text())
def test_plain_loses_nothing_but_white_space(text: str) -> None:
    shown = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", plain(text)).replace("\u2060", "")
    text = text.replace("\u2060", "")
    assert shown == " ".join(re.split(r"\s+", text.strip())) if text.strip() else shown == ""


def test_plain_parts_what_becomes_a_link_an_arrow_or_a_picture() -> None:
    for text in ("https://a.cn", "www.a.cn", "a@b.cn", "一 -> 二", "一 <- 二", "一 -- 二", ":streamlit:"):
        assert "\u2060" in plain(text), text
        assert plain(text).replace("\u2060", "").replace("\\", "") == text


def test_shortened_says_that_it_goes_on() -> None:
    assert shortened("一二三四", 3) == "一二三…"
    assert shortened("一二三", 3) == "一二三"

"""Text of documents in Markdown: it shows just its characters."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from app.browse.escaping import escape_markdown, highlight_markdown, truncate


def test_escaping_takes_the_meaning_from_every_sign() -> None:
    assert escape_markdown("[x](javascript:1) $y$ <b>") == r"\[x\]\(javascript\:1\) \$y\$ \<b\>"
    assert escape_markdown(":red[红] :material/home: `a` **b** _c_") == (
        r"\:red\[红\] \:material\/home\: \`a\` \*\*b\*\* \_c\_"
    )
    assert escape_markdown("  一\n# 二\t三 ") == r"一 \# 二 三"


@given(st.text())
def test_escaping_loses_nothing_but_white_space(text: str) -> None:
    shown = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", escape_markdown(text)).replace("\u2060", "")
    text = text.replace("\u2060", "")
    assert shown == " ".join(re.split(r"\s+", text.strip())) if text.strip() else shown == ""


def test_escaping_parts_what_becomes_a_link_an_arrow_or_a_picture() -> None:
    for text in ("https://a.cn", "www.a.cn", "a@b.cn", "一 -> 二", "一 <- 二", "一 -- 二", ":streamlit:"):
        assert "\u2060" in escape_markdown(text), text
        assert escape_markdown(text).replace("\u2060", "").replace("\\", "") == text


def test_truncated_text_says_that_it_goes_on() -> None:
    assert truncate("一二三四", 3) == "一二三…"
    assert truncate("一二三", 3) == "一二三"


def test_a_highlight_has_escaped_text_on_its_colour() -> None:
    assert highlight_markdown("a]b", "blue") == r":blue-background[a\]b]"

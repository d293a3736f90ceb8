"""Text of documents as data: no character of it may become HTML, Markdown, a formula or an icon.

Streamlit reads Markdown in every label and in ``st.write``. What comes from a store goes through
``escape_markdown`` before it stands in one; tables, code and charts show text as it is.
"""

from __future__ import annotations

import re
from typing import Literal

# CommonMark, section 2.4: a backslash takes the meaning from any ASCII punctuation; Streamlit's own signs
# ($, :name:, :color[…]) are made of these too.
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
_BLANK = re.compile(r"\s+")
# What Streamlit still looks for when the backslashes are gone: addresses, its logo, icons, arrows. A word
# joiner, which nobody sees, comes between.
_SIGNS = re.compile(
    r"(?<=:)(?=//|streamlit:|material_)|(?<=www)(?=\.)|(?<=@)(?=[-\w])|(?<=-)(?=[->])|(?<=<)(?=-)",
    re.IGNORECASE,
)
_JOINER = "\u2060"

Highlight = Literal["blue", "orange", "green"]
"""A background of Streamlit's own theme, which is seen in light and in dark"""


def escape_markdown(text: str) -> str:
    """Return Markdown that shows just these characters, in one line."""
    line = _BLANK.sub(" ", text).strip()
    return _PUNCTUATION.sub(r"\\\1", _SIGNS.sub(_JOINER, line))


def highlight_markdown(text: str, colour: Highlight) -> str:
    """Return Markdown that shows just these characters, in one line, on a coloured background."""
    return f":{colour}-background[{escape_markdown(text)}]"


def truncate(text: str, longest: int = 60) -> str:
    """Return text in one line of at most so many characters, with a sign where it is cut; not escaped."""
    line = _BLANK.sub(" ", text).strip()
    return line if len(line) <= longest else f"{line[:longest]}…"

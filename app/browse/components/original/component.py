"""The component that shows an original: pictures of pages with boxes over them, or blocks of text.

Text of documents enters the page as text only (assets/main.js).
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

import streamlit as st

from app.browse.client.originals import OriginalPage, OriginalText

if TYPE_CHECKING:
    from streamlit.components.v2.types import ComponentRenderer


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page with its picture as PNG, and the words that say what is seen and what is marked."""

    page: OriginalPage
    png: bytes
    alt: str


def show_pages(pictures: Sequence[PagePicture], messages: Mapping[str, str], key: str) -> None:
    """Show pages below each other; ``messages`` has the words for the ``region`` and a ``mark``."""
    pages = [
        {
            "source": f"data:image/png;base64,{b64encode(each.png).decode('ascii')}",
            "alt": each.alt,
            "width": each.page.width,
            "height": each.page.height,
            "boxes": each.page.boxes,
        }
        for each in pictures
    ]
    _component()(key=key, data={"pages": pages, "messages": dict(messages)})


def show_blocks(text: OriginalText, messages: Mapping[str, str], key: str) -> None:
    """Show paragraphs, headings and tables; ``messages`` as for ``show_pages``."""
    _component()(key=key, data={"text": asdict(text), "messages": dict(messages)})


@cache
def _component() -> ComponentRenderer:
    folder = resources.files("app.browse.components.original").joinpath("assets")
    return st.components.v2.component(
        "gongbao_original",
        html='<div class="original"></div>',
        css=folder.joinpath("layout.css").read_text("utf8"),
        js=folder.joinpath("main.js").read_text("utf8"),
        isolate_styles=True,
    )

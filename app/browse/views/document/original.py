"""The original of a document: the pages of its PDF with the chosen fact in a box, else its marked text."""

from __future__ import annotations

import re

import streamlit as st

from app.browse.client.originals import Original
from app.browse.components.original.component import PagePicture, show_blocks, show_pages
from app.browse.components.url_state import read_page
from app.browse.context import ViewContext
from app.browse.escaping import escape_markdown, truncate
from app.browse.views.document.metadata import DocumentMetadata, DocumentPlace
from app.browse.views.document.text_section import choose_place
from ontology.places import Place

_MOST_PAGES = 5_000
_QUOTE = 60  # characters of what is marked
_PAGE = "page"
_COUNTED = re.compile(r"(?P<what>paragraph|table) (?P<number>\d+)")  # the place in a Word file


def show_original(context: ViewContext, metadata: DocumentMetadata, at: DocumentPlace | None) -> None:
    """Show where the original says what the address points to; without that, where its title stands."""
    place = choose_place(context, metadata, at)
    if place is None or not context.client.is_gongbao:
        st.info(context.translate("document.no-original"), icon=":material/info:")
        return
    mark = _mark(metadata, at, place)
    page = read_page(_MOST_PAGES) if _PAGE in st.query_params else None
    found = context.client.original(mark or place, page=page, marked=mark is not None)
    if found is None:
        st.info(context.translate("document.no-original"), icon=":material/info:")
        return
    _show_file(context, found)
    if found.note:
        st.warning(context.translate("document.original.as-text"), icon=":material/image_not_supported:")
        st.caption(escape_markdown(found.note))
    quote = context.client.text(mark.iri) if mark and at else None
    _show_content(context, found, quote or "", f"original:{metadata.iri}")


def _mark(metadata: DocumentMetadata, at: DocumentPlace | None, place: Place) -> Place | None:
    if at is not None and place.holds(at.place):
        return at.place
    return next((title for title in metadata.titles if place.holds(title)), None)


def _show_file(context: ViewContext, found: Original) -> None:
    file, part = found.file, found.part
    counted = _COUNTED.fullmatch(part or "")
    if counted:
        part = context.translate(f"document.original.{counted['what']}", number=counted["number"])
    parts = [file.name, file.media_type, *(words for words in (file.encoding, part, file.source) if words)]
    st.caption(escape_markdown(" · ".join(parts)))


def _show_content(context: ViewContext, found: Original, quote: str, key: str) -> None:
    translate = context.translate
    words = truncate(" ".join(quote.split()), _QUOTE)
    mark = translate("document.original.mark", quote=words) if words else translate("document.original.here")
    messages = {"region": translate("document.original.region", file=found.file.name), "mark": mark}
    if found.text is not None:
        show_blocks(found.text, messages, f"{key}:text")
        return
    count = found.page_count or 1
    pictures = []
    for page in found.pages:
        told = translate("document.original.page", page=page.page, count=count)
        alt = f"{told} – {mark}" if page.boxes else told
        pictures.append(PagePicture(page, context.client.picture(page.picture), alt))
    told = "、".join(str(page.page) for page in found.pages)
    st.subheader(translate("document.original.page", page=told, count=count), anchor=False)
    if count > 1:
        st.session_state[f"{key}:page"] = found.pages[0].page
        st.pagination(count, key=f"{key}:page", on_change=_write_page, args=(f"{key}:page",))
    show_pages(pictures, messages, f"{key}:pages")


def _write_page(key: str) -> None:
    st.query_params[_PAGE] = str(st.session_state[key])

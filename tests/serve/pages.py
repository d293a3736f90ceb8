"""Reads a page as a browser does: links, text, what is marked; and what would be markup of others."""

from __future__ import annotations

from collections.abc import Sequence
from html.parser import HTMLParser

_VOID = {"meta", "link", "br", "input", "hr", "img"}


class Page(HTMLParser):
    """A page that is well-formed: every element is closed where it should be."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[str] = []
        self.alternates: dict[str, str] = {}
        self.fields: dict[str, str] = {}
        self.marked: list[str] = []
        self.passages: list[str] = []
        self.cells: list[list[str]] = []
        self.headings: list[str] = []
        self.elements: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.words: list[str] = []
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert self._open == []

    @property
    def text(self) -> str:
        """All that a reader sees, with single spaces."""
        return " ".join("".join(self.words).split())

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.elements.append(tag)
        self.attributes += given.items()
        if tag == "a":
            self.links.append(given["href"])
        if tag == "link":
            self.alternates[given["type"]] = given["href"]
        if tag == "input" and "name" in given:
            self.fields[given["name"]] = given.get("value", "")
        for element, found in (
            ("mark", self.marked),
            ("blockquote", self.passages),
            ("th", self.headings),
        ):
            if tag == element:
                found.append("")
        if tag == "tr":
            self.cells.append([])
        if tag == "td":
            self.cells[-1].append("")
        if tag not in _VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("dd", "dt", "li", "td", "th", "p", "div", "h1", "option", "label"):
            self.words.append(" ")
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" in self._open:
            return
        self.words.append(data)
        for element, found in (
            ("mark", self.marked),
            ("blockquote", self.passages),
            ("th", self.headings),
        ):
            if element in self._open:
                found[-1] += data
        if "td" in self._open:
            self.cells[-1][-1] += data

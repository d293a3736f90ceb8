"""A web page as lines, in the order of the page: each with what its looks and place tell about it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ingest.readers.grid import Grid, is_data
from ingest.readers.page_tables import read_grid
from ingest.readers.page_words import names_a_place

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "caption",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_LEFT_OUT = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "head",
        "title",
        "select",
        "option",
        "button",
        "textarea",
        "input",
        "iframe",
        "object",
        "embed",
        "svg",
        "audio",
        "video",
        "canvas",
        "map",
        "math",
    ]
)
_ASIDE = frozenset(["nav", "footer", "aside"])
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?:px|pt|em)?\s*(?:;|$)", re.I
)
_CENTRED = re.compile(r"text-align\s*:\s*center", re.I)
_WHITE = re.compile(r"[ \t\r\n\f]+")
_INDENT = re.compile(r"^[ \u3000\u00a0]*[\u3000\u00a0]")
_ATTACHMENT = re.compile(r"\.(?:docx?|wps|pdf|ofd|xlsx?|et|csv|pptx?|zip|rar|7z|txt)(?:[?#]|$)", re.I)
MOST_NODES = 2_000_000


@dataclass(slots=True)
class PageLine:
    """A line; ``linked`` is how many of its characters are links to pages (not to files)."""

    text: str
    linked: int = 0
    own: bool = False  # begins a block of its own, so that it goes on with no other line
    centred: bool = False
    heading: bool = False
    aside: bool = False  # stands where navigation and the like stand
    attaches: bool = False  # a link to a file
    grid: Grid | None = None


@dataclass(slots=True)
class PageLines:
    """The lines of a page and the files that it links to, as address and words."""

    lines: list[PageLine] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)


def read_lines(tree: LexborHTMLParser) -> PageLines:
    """Return the lines of a parsed page. Comments, scripts, controls and hidden elements give none."""
    walker = _Walker()
    if tree.body is not None:
        walker.walk(tree.body)
    return walker.found


@dataclass(slots=True)
class _Looks:
    """What an element hands down to the lines in it."""

    centred: bool = False
    heading: bool = False
    aside: bool = False


class _Walker:
    def __init__(self) -> None:
        self.found = PageLines()
        self._parts: list[str] = []
        self._linked = 0
        self._attaches = False
        self._fresh = True  # whether a block has begun since the last line
        self._anchor: list[str] | None = None
        self._address = ""

    def walk(self, root: LexborNode) -> None:
        """Visit the elements one after the other, without a call for each level: pages nest deeply."""
        stack: list[tuple[LexborNode, str, _Looks]] = []
        node: LexborNode | None = root
        looks = _Looks()
        visited = 0
        while True:
            while node is None:
                if not stack:
                    self._end_line(looks)
                    return
                closed, tag, looks = stack.pop()
                self._leave(tag, looks)
                looks = stack[-1][2] if stack else _Looks()
                node = closed.next if stack else None
            visited += 1
            if visited > MOST_NODES:
                raise MemoryError
            tag = node.tag or ""
            if tag == "-text":
                self._add(node.text_content or "")
                node = node.next
                continue
            inner = self._enter(node, tag, looks)
            if inner is None:
                node = node.next
                continue
            stack.append((node, tag, inner))
            looks = inner
            node = node.child

    def _enter(self, node: LexborNode, tag: str, looks: _Looks) -> _Looks | None:
        """Return what an element hands down; None where nothing in it is visited."""
        if tag[:1] in ("-", "!") or tag in _LEFT_OUT:
            return None
        if tag == "br":
            self._end_line(looks)
            return None
        attributes = node.attributes
        style = attributes.get("style") or ""
        if "hidden" in attributes or (style and _HIDDEN.search(style)):
            return None
        if tag == "a":
            self._anchor, self._address = [], attributes.get("href") or ""
            return looks
        if tag not in _BLOCKS:
            return looks
        self._end_line(looks)
        self._fresh = True
        name = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
        inner = _Looks(
            centred=_centred(style, attributes.get("align"), looks.centred),
            heading=looks.heading or tag in _HEADINGS,
            aside=looks.aside or tag in _ASIDE or (tag != "body" and names_a_place(name)),
        )
        if tag == "table":
            grid = read_grid(node)
            if grid is not None and is_data(grid):
                self.found.links += grid.links
                self.found.lines.append(
                    PageLine(grid.text(), linked=grid.linked, aside=inner.aside, grid=grid)
                )
                return None
        return inner

    def _leave(self, tag: str, looks: _Looks) -> None:
        if tag == "a" and self._anchor is not None:
            words = "".join(self._anchor).strip()
            if _ATTACHMENT.search(self._address):
                self.found.links.append((self._address, words))
                self._attaches = True
            elif self._address:
                self._linked += len(words)
            self._anchor = None
        elif tag in _BLOCKS:
            self._end_line(looks)
            self._fresh = True

    def _add(self, text: str) -> None:
        text = _WHITE.sub(" ", text)
        self._parts.append(text)
        if self._anchor is not None:
            self._anchor.append(text)

    def _end_line(self, looks: _Looks) -> None:
        raw = "".join(self._parts)
        text = raw.strip()
        if text:
            line = PageLine(
                text=text,
                linked=self._linked,
                own=self._fresh or _INDENT.match(raw) is not None,
                centred=looks.centred,
                heading=looks.heading,
                aside=looks.aside,
                attaches=self._attaches,
            )
            self.found.lines.append(line)
            self._fresh = False
        self._parts, self._linked, self._attaches = [], 0, False
        if self._anchor is not None:
            self._linked = 0


def _centred(style: str, align: str | None, outer: bool) -> bool:
    if "text-align" in style.lower():
        return _CENTRED.search(style) is not None
    if align:
        return align.lower() in ("center", "middle")
    return outer

"""The links of a page: to documents, to further list pages, to attachments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

import httpx
from selectolax.lexbor import LexborHTMLParser, LexborNode

from ingest.fetch.addresses import parse
from ingest.fetch.errors import AddressError
from ingest.fetch.profile import Paging, Profile, WantedLinks
from ingest.readers.html import LARGEST, claims, decode_page

ATTACHMENTS = WantedLinks(select="a", address=r"(?i)\.(?:pdf|docx?|wps|xlsx?|et|csv|rtf|ofd|zip)(?:[?#]|$)")
"""WantedLinks to files that a build reads, wherever they stand."""
_MOST_LIST_PAGES = 10_000
_LONGEST_WORDS = 200


@dataclass(frozen=True, slots=True)
class Link:
    """Where a link leads, and its words."""

    address: str
    words: str


@dataclass(frozen=True, slots=True)
class ListPage:
    """What a list page leads to: documents, and further list pages."""

    documents: tuple[Link, ...]
    more: tuple[str, ...]


def is_page(body: bytes, name: str) -> bool:
    """Whether some bytes are a web page that can be taken apart."""
    return len(body) <= LARGEST and claims(body, name)


def read_list(body: bytes, address: str, profile: Profile, *, first: bool = True) -> ListPage:
    """Find what a list page leads to; ``first`` says that it is the one where the list begins."""
    html = decode_page(body)[0]
    tree = LexborHTMLParser(html)
    base = _base(tree, address)
    documents = tuple(_links(tree, base, profile.links, html))
    paging = profile.paging
    if paging is None:
        return ListPage(documents, ())
    if paging.next is not None:
        behind = tuple(link.address for link in _links(tree, base, WantedLinks(select=paging.next)))
        return ListPage(documents, behind[:1])
    return ListPage(documents, tuple(_numbered(html, address, paging)) if first else ())


def find_attachments(body: bytes, address: str, profile: Profile | None) -> tuple[Link, ...]:
    """Find the attachments of a document's page: links to files, among those that the profile allows."""
    tree = LexborHTMLParser(decode_page(body)[0])
    base = _base(tree, address)
    if profile is None:
        return tuple(_links(tree, base, ATTACHMENTS))
    wanted = profile.attachments
    return tuple(
        _links(tree, base, WantedLinks(select=wanted.select, address=wanted.address or ATTACHMENTS.address))
    )


def _base(tree: LexborHTMLParser, address: str) -> str:
    node = tree.css_first("base[href]")
    try:
        return parse((node.attributes.get("href") or "") if node else "", address)
    except AddressError:
        return address


def _links(tree: LexborHTMLParser, base: str, wanted: WantedLinks, html: str = "") -> Iterator[Link]:
    """Find the links that are wanted, each address once; what is no address on the web is passed over."""
    expression = re.compile(wanted.address) if wanted.address else None
    seen: set[str] = set()
    for href, words in _hrefs(tree, wanted, html):
        if not href or href.startswith("#"):
            continue
        try:
            address = parse(href, base)
        except AddressError:
            continue
        if address not in seen and (expression is None or expression.search(address)):
            seen.add(address)
            yield Link(address, words)


def _hrefs(tree: LexborHTMLParser, wanted: WantedLinks, html: str) -> Iterator[tuple[str, str]]:
    if wanted.raw is not None:
        for match in re.finditer(wanted.raw, html):
            yield unescape(match[1]).strip(), ""
        return
    for found in tree.css(wanted.select):
        for node in _anchors(found):
            words = " ".join(node.text(deep=True).split())
            yield (node.attributes.get("href") or "").strip(), words[:_LONGEST_WORDS]


def _anchors(node: LexborNode) -> Iterator[LexborNode]:
    """The node itself where it is a link, else the links in it."""
    if node.tag == "a":
        yield node
    else:
        yield from node.css("a[href]")


def _numbered(html: str, address: str, paging: Paging) -> Iterator[str]:
    """The addresses of all further list pages, by the number of pages that the first one tells."""
    found = re.search(paging.count or "", html)
    if found is None or not found[1].isdecimal() or len(found[1]) > len(str(_MOST_LIST_PAGES)):
        return
    for place in range(min(int(found[1]), _MOST_LIST_PAGES) - 1):
        there = (paging.address or "").replace("{n}", str(paging.first + place))
        if there.startswith("?"):
            yield str(httpx.URL(address).copy_merge_params(dict(httpx.QueryParams(there[1:]))))
        else:
            yield parse(there, address)

"""How the list pages of a portal are read: profiles, one YAML file a portal or kind of portal.

A profile says which links of a list page lead to documents, where the next list page is, which links of a
document's page are its attachments, and which hosts belong to the portal. Its examples are run by the tests.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Annotated

from msgspec import Meta, Struct
from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from ingest.errors import InputError
from ingest.fetch.errors import FetchError
from ingest.lexicon.file import NonEmpty
from ingest.readers.text import decode
from ontology.errors import FileFormatError
from ontology.written_files import find_line, read_yaml

Selector = NonEmpty
"""A CSS selector."""
Expression = NonEmpty
"""A regular expression."""


class WantedLinks(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which links of a page are meant: those that a selector finds and whose address an expression matches.

    ``raw`` finds addresses in the source of the page, in its first group: some portals keep a list in a
    script, where no selector reaches.
    """

    select: Selector = "a"
    address: Expression | None = None
    raw: Expression | None = None


class Paging(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where the next list page is: behind a link (``next``), or at an address with a number in it.

    ``count`` finds the number of pages in the page, in its first group (``createPageHTML(25, …)``);
    ``address`` is relative to the first list page, with ``{n}`` for the number, which begins with ``first``
    on the second page; one that is a query (``?page={n}``) keeps the other parameters.
    """

    next: Selector | None = None
    count: Expression | None = None
    address: NonEmpty | None = None
    first: int = 1


class ListExample(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An invented list page and what is to be found on it."""

    address: NonEmpty
    html: NonEmpty
    links: tuple[str, ...]
    more: tuple[str, ...] = ()  # further list pages


class PageExample(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An invented page of a document and its attachments."""

    address: NonEmpty
    html: NonEmpty
    attachments: tuple[str, ...]


class Examples(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What shows that a profile works."""

    lists: Annotated[tuple[ListExample, ...], Meta(min_length=1)]
    pages: Annotated[tuple[PageExample, ...], Meta(min_length=1)]


class Profile(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How the list pages and documents of a portal are read."""

    about: NonEmpty
    source: NonEmpty
    hosts: Annotated[tuple[NonEmpty, ...], Meta(min_length=1)]
    links: WantedLinks
    paging: Paging | None = None
    attachments: WantedLinks = WantedLinks()
    examples: Examples

    def covers(self, host: str) -> bool:
        """Whether a host is of the portal: it is named, or below one that is named with a dot in front."""
        return any(host == known or (known.startswith(".") and host.endswith(known)) for known in self.hosts)


def read_profile(source: str, name: str) -> Profile:
    """Read a profile. Raises FileFormatError with file and line."""
    profile = read_yaml(source, name, Profile)
    for path, selector in _selectors(profile):
        try:
            LexborHTMLParser("<p></p>").css(selector)
        except SelectolaxError as error:
            line = find_line(source, path)
            raise FileFormatError(name, line, f"not a CSS selector: {selector}") from error
    for path, expression, groups in _expressions(profile):
        try:
            compiled = re.compile(expression)
        except re.error as error:
            raise FileFormatError(name, find_line(source, path), f"not an expression: {error}") from error
        if compiled.groups < groups:
            raise FileFormatError(name, find_line(source, path), "the expression needs a group")
    paging = profile.paging
    if paging is not None:
        numbered = paging.count is not None or paging.address is not None
        if numbered == (paging.next is not None) or (paging.count is None) != (paging.address is None):
            reason = "paging has either `next`, or `count` and `address`"
            raise FileFormatError(name, find_line(source, ["paging"]), reason)
        if paging.address is not None and "{n}" not in paging.address:
            reason = "the address of a list page needs {n}"
            raise FileFormatError(name, find_line(source, ["paging", "address"]), reason)
    return profile


def _selectors(profile: Profile) -> Iterator[tuple[list[str | int], str]]:
    yield ["links", "select"], profile.links.select
    yield ["attachments", "select"], profile.attachments.select
    if profile.paging is not None and profile.paging.next is not None:
        yield ["paging", "next"], profile.paging.next


def _expressions(profile: Profile) -> Iterator[tuple[list[str | int], str, int]]:
    for key, links in (("links", profile.links), ("attachments", profile.attachments)):
        if links.address is not None:
            yield [key, "address"], links.address, 0
        if links.raw is not None:
            yield [key, "raw"], links.raw, 1
    if profile.paging is not None and profile.paging.count is not None:
        yield ["paging", "count"], profile.paging.count, 1


@cache
def builtin_profiles() -> Mapping[str, Profile]:
    """Return the profiles of this package by their names."""
    folder = resources.files("ingest.fetch").joinpath("profiles")
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".yaml")), key=lambda f: f.name)
    return {
        file.name.removesuffix(".yaml"): read_profile(file.read_text("utf8"), file.name) for file in files
    }


def choose_profile(name: str | None, host: str) -> Profile:
    """Return a profile by its name or file; without one, that of the host.

    Raises FetchError where there is none, and FileFormatError for a file that is wrong.
    """
    known = builtin_profiles()
    if name is None:
        found = next((profile for profile in known.values() if profile.covers(host)), None)
        if found is None:
            raise FetchError(
                f"no profile is for {host}; name one with --profile ({', '.join(known)}, or a file)"
            )
        return found
    if name in known:
        return known[name]
    path = Path(name)
    if not path.is_file():
        raise FetchError(f"{name}: neither a profile ({', '.join(known)}) nor a file")
    try:
        return read_profile(decode(path.read_bytes(), path.name)[0], path.name)
    except InputError as error:
        raise FetchError(str(error)) from error

"""Minting IRIs from what a thing is: the same thing gets the same IRI in every build and every process.

Chinese characters stay as they are. What RFC 3987 does not allow in a segment of a path is percent-encoded,
and so are invisible characters that it does allow, and the per cent sign: different names get different IRIs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import Final

from ontology.errors import IriError
from ontology.normal import plain, without_space
from ontology.places import place_iri

# iunreserved of RFC 3987: letters, digits, - . _ ~ and ucschar, here without blanks, soft hyphens, marks of
# writing direction and other invisible characters, and without the planes above 3. Ranges, not Unicode
# categories: those differ between versions of Python, and IRIs must not.
_NOT_KEPT: Final = re.compile(
    r"[^0-9A-Za-z\-._~"
    "\u00a1-\u00ac\u00ae-\u061b\u061d-\u167f\u1681-\u180d\u180f-\u1fff\u2010-\u2027\u2030-\u205e\u2070-\u2fff"
    "\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufefe\uff00-\uffef"
    "\U00010000-\U0001fffd\U00020000-\U0002fffd\U00030000-\U0003fffd]"
)
_BASE: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:[^\s<>\"{}|\\^`\x00-\x20\x7f-\x9f\ud800-\uf8ff]*/")

_BRACKETS: Final = re.compile(r"[\[\](){}〔〕【】〖〗〈〉《》<>]+")
_QUOTES: Final = re.compile(r"[《》〈〉<>«»“”‘’\"'「」『』]+")
_DASHES: Final = re.compile(r"-{2,}")
# An order is numbered 某机关第300号令 or 某机关令第300号; both mean the same document.
_ORDER: Final = re.compile(
    r"(?P<organ>.*?)-?(?:第-?(?P<a>{n})号-?令|令-?第?-?(?P<b>{n})号)".format(
        n=r"[0-9一二三四五六七八九十百千零〇第-]+?"
    )
)
_FORMS: Final = {
    "body": "org",
    "area": "area",
    "class": "class",
    "functional": "function",
    "generic": "generic",
}
_RESERVED: Final = re.compile(r"[tx]-")


def encode(name: str) -> str:
    """A segment of a path that says ``name``; nothing but unreserved characters and percent-encoded ones."""
    if name in (".", ".."):  # a segment that clients would resolve away
        return name.replace(".", "%2E")
    return _NOT_KEPT.sub(_percent, name)


@lru_cache(maxsize=16_384)
def _encode_path(path: str) -> str:
    """A path of several segments; documents are built alike, so that their paths come again and again."""
    return "/".join(map(encode, path.split("/")))


def _percent(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8", "surrogatepass"))


def _hash(size: int, *parts: str) -> str:
    return blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=size).hexdigest()


def number_slug(number: str) -> str:
    """A document number (发文字号) as a name: brackets become hyphens, 号 and white space go.

    >>> number_slug("京科发〔2020〕 1号"), number_slug("北京市人民政府令第300号")
    ('京科发-2020-1', '北京市人民政府-令-300')
    """
    slug = _BRACKETS.sub("-", plain(number)).strip("-")
    order = _ORDER.fullmatch(slug)
    if order:
        slug = f"{order['organ']}-令-{order['a'] or order['b']}"
    slug = re.sub(r"第(?=[0-9一二三四五六七八九十百千零〇])", "-", slug).replace("号", "")
    slug = _DASHES.sub("-", slug).strip("-")
    return f"n-{slug}" if _RESERVED.match(slug) else slug  # t- and x- are for hashes


@dataclass(frozen=True, slots=True)
class Iris:
    """Mints every IRI of the data below ``base``, which is absolute and ends in /.

    A # at its end would not do: a place has a fragment of its own.
    """

    base: str = "https://w3id.org/gongbao/id/"

    def __post_init__(self) -> None:
        if not _BASE.fullmatch(self.base):
            raise IriError(f"{self.base!r} cannot be the base of IRIs: it must be absolute and end in /")

    def _named(self, kind: str, name: str) -> str:
        segment = encode(without_space(name))
        if not segment:
            raise IriError(f"an IRI for a {kind} needs a name, and {name!r} has none")
        return f"{self.base}{kind}/{segment}"

    def text(self, sha: str) -> str:
        """A normalised text, by its SHA-256 in hexadecimal."""
        return self._named("text", sha)

    def place(self, text_iri: str, start: int, end: int) -> str:
        """Code points start to end (exclusive) of a text."""
        return place_iri(text_iri, start, end)

    def graph(self, sha: str) -> str:
        """The named graph of a source file, by the SHA-256 of its bytes."""
        return self._named("graph", sha)

    def vocabulary_graph(self) -> str:
        """The named graph of the ontology."""
        return f"{self.base}graph/vocabulary"

    def rules_graph(self) -> str:
        """The named graph of the extraction rules."""
        return f"{self.base}graph/rules"

    def document(self, number: str | None, title: str | None, issuers: Sequence[str], fallback: str) -> str:
        """A document: by its number, else by title and issuers, else by ``fallback`` (such as a place).

        White space, quotes, the brackets of titles and the order of the issuers make no difference.
        """
        slug = number_slug(number) if number else ""
        name = _QUOTES.sub("", plain(title)) if title else ""
        if not slug and name:
            bodies = sorted({plain(issuer) for issuer in issuers} - {""})
            slug = f"t-{_hash(8, name, *bodies)}"
        return f"{self.base}doc/{encode(slug or 'x-' + _hash(8, fallback))}"

    def clause(self, document_iri: str, path: str) -> str:
        """A clause of a document, by its path in the tree such as ``c1/a3/i2``."""
        return f"{document_iri}/{_encode_path(path)}"

    def task(self, clause_iri: str) -> str:
        """The task that a clause lays down."""
        return f"{clause_iri}/task"

    def registry_graph(self) -> str:
        """The named graph of the registry of bodies."""
        return f"{self.base}graph/registry"

    def agency(self, form: str, name: str) -> str:
        """The body, area or class that a name means, by its canonical name.

        ``form`` is body, area, class, functional or generic.
        """
        return self._named(_FORMS[form], name)

    def change(self, date: str, kind: str, *names: str) -> str:
        """A change of organisations, by its date, its kind and those concerned."""
        return f"{self.base}change/{_hash(16, date, kind, *names)}"

    def body(self, name: str) -> str:
        """A body as a text names it."""
        return self._named("body", name)

    def party(self, name: str) -> str:
        """The bearer of a norm as a text names it."""
        return self._named("party", name)

    def rule(self, identifier: str, version: str) -> str:
        """A version of an extraction rule."""
        return f"{self._named('rule', identifier)}/{encode(version)}"

    def fact(self, kind: str, *parts: str) -> str:
        """A fact, by its kind and everything that tells it from others: its place and its content."""
        return f"{self.base}fact/{_hash(16, kind, *parts)}"

"""Links of the pages, and the way back from the path of a request to an IRI; no other module makes either.

A minted IRI keeps Chinese characters and holds %XX for what a path cannot have. As a link it is encoded
once more where it is not ASCII, and its own %XX stay as they are (RFC 3987, section 3.1).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, unquote_to_bytes, urlencode

from starlette.requests import Request

from ontology.iris import encode
from queries.model import Language

DEFAULT_LANGUAGE: Language = "zh"
_PLACE = "#char="
_SPAN = re.compile(r"[0-9]{1,10},[0-9]{1,10}")


@dataclass(frozen=True, slots=True)
class Links:
    """Makes links that keep the language of the page on which they stand.

    ``root`` is the path below which the application is mounted.
    """

    root: str
    language: Language = DEFAULT_LANGUAGE

    @property
    def home(self) -> str:
        """The landing page."""
        return self._to("/")

    @property
    def questions(self) -> str:
        """The list of questions."""
        return self._to("/q")

    @property
    def openapi(self) -> str:
        """The description for programs."""
        return f"{self.root}/openapi.json"

    @property
    def void(self) -> str:
        """The description of the dataset."""
        return f"{self.root}/.well-known/void"

    def question(self, name: str, values: Mapping[str, str] | None = None, form: str | None = None) -> str:
        """A question with values of its parameters, in a format."""
        return self._to(f"/q/{quote(name)}", {**(values or {}), **_form(form)})

    def search(self, values: Mapping[str, str] | None = None) -> str:
        """A search."""
        return self._to("/search", values)

    def original(self, text: str, values: Mapping[str, str] | None = None) -> str:
        """The original of a text, by the SHA-256 of the text."""
        return self._to(f"/original/{quote(text)}", values)

    def picture(self, text: str, page: int, values: Mapping[str, str] | None = None) -> str:
        """The picture of a page of the original of a text."""
        query = urlencode(values or {}, safe=",/")
        path = f"{self.root}/original/{quote(text)}/page/{page}"
        return f"{path}?{query}" if query else path

    def sparql(self, query: str | None = None) -> str:
        """The SPARQL endpoint, with a query or with its form."""
        return self._to("/sparql") if query is None else f"{self.root}/sparql?{urlencode({'query': query})}"

    def thing(self, base: str, iri: str, form: str | None = None) -> str | None:
        """The page of a minted IRI; None for any other IRI, which is not a page of ours.

        A place is a fragment, which no request contains: the parameter ``char`` asks for it.
        """
        if not iri.startswith(base):
            return None
        path, fragment, span = iri.removeprefix(base).partition(_PLACE)
        values = {"char": span} if fragment else {}
        return self._to(f"/id/{quote(path, safe='/%')}", {**values, **_form(form)})

    def _to(self, path: str, values: Mapping[str, str] | None = None) -> str:
        spoken = {} if self.language == DEFAULT_LANGUAGE else {"lang": self.language}
        query = urlencode({**(values or {}), **spoken}, safe=",/")
        return f"{self.root}{path}?{query}" if query else f"{self.root}{path}"


def requested_iri(base: str, path: bytes, char: str | None = None) -> str | None:
    """Return the minted IRI that a path below /id/ asks for, in whatever way the path is percent-encoded.

    None where no IRI can have that name.
    """
    try:
        names = [unquote_to_bytes(segment).decode("utf8", "surrogatepass") for segment in path.split(b"/")]
    except UnicodeDecodeError:
        return None
    iri = base + "/".join(map(encode, names))
    if char is None:
        return iri
    return f"{iri}{_PLACE}{char}" if _SPAN.fullmatch(char) else None


def _form(form: str | None) -> dict[str, str]:
    return {"format": form} if form else {}


def sparql_address(request: Request) -> str:
    """Return the address of the SPARQL endpoint as the client sees it; asking the router would be slow."""
    return f"{request.base_url}sparql"

"""HTML pages from templates; every value is data and is escaped."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from app.serve.http.links import DEFAULT_LANGUAGE, Links
from queries.model import LANGUAGES, Language

_TEMPLATES = Environment(
    loader=PackageLoader("app.serve.http"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_HEADERS = {
    "Vary": "Accept",
    "Cache-Control": "no-cache",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; form-action 'self'; base-uri 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


def render_page(request: Request, template: str, status: int = 200, **values: object) -> HTMLResponse:
    """Return a page from one of ``app/serve/http/templates``, in the language of the request."""
    language = _language(request)
    links = links_of(request, language)

    def say(zh: str, en: str) -> str:
        return zh if language == "zh" else en

    text = _TEMPLATES.get_template(template).render(
        root=links.root,
        links=links,
        language=language,
        say=say,
        translation=_translation(request, language),
        **values,
    )
    return HTMLResponse(text, status_code=status, headers=_HEADERS)


def links_of(request: Request, language: Language = DEFAULT_LANGUAGE) -> Links:
    """Return links for the pages of this request."""
    return Links(str(request.scope.get("root_path", "")), language)


def _parameters(request: Request) -> list[tuple[str, str]]:
    """Of any request, a malformed one included: its error is a page too."""
    query = request.scope["query_string"].decode("latin-1")
    return parse_qsl(query, keep_blank_values=True, errors="replace")


def _language(request: Request) -> Language:
    asked = dict(_parameters(request)).get("lang")
    return next((language for language in LANGUAGES if language == asked), DEFAULT_LANGUAGE)


def _translation(request: Request, language: Language) -> str:
    """The query string of the same page in the other language."""
    other = next(known for known in LANGUAGES if known != language)
    kept = [(name, value) for name, value in _parameters(request) if name != "lang"]
    return f"?{urlencode([*kept, ('lang', other)])}"

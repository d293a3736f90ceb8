"""Pages for people: every value is data and is escaped."""

from __future__ import annotations

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

_TEMPLATES = Environment(
    loader=PackageLoader("app.serve"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_HEADERS = {
    "Vary": "Accept",
    "Cache-Control": "no-cache",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


def page(request: Request, template: str, status: int = 200, **values: object) -> HTMLResponse:
    """A page from a template of ``app/serve/templates``."""
    root = str(request.scope.get("root_path", ""))
    text = _TEMPLATES.get_template(template).render(root=root, **values)
    return HTMLResponse(text, status_code=status, headers=_HEADERS)

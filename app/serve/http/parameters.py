"""Parameters of a query string or form."""

from __future__ import annotations

from urllib.parse import parse_qsl

from app.serve.http.errors import RequestError

_FIELDS = 1000  # of a form; more are an attack


def decode_parameters(encoded: bytes) -> list[tuple[str, str]]:
    """Return names and values in order. Raises RequestError where they are not UTF-8 or badly encoded."""
    try:
        return parse_qsl(
            encoded.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=_FIELDS
        )
    except ValueError as error:
        raise RequestError(f"the parameters cannot be read: {error}") from error

"""Cuts a result that is too long at the end of a row, and says so in it where its format allows that.

Oxigraph writes a result as a whole and cannot be asked to stop, so each format is cut as text, at a boundary
that nothing else in that format looks like.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping
from itertools import islice
from types import MappingProxyType
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

from pyoxigraph import QueryResultsFormat

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

_FIRST = b'"bindings":['


class Sink(io.BytesIO):
    """A file that accepts up to ``size`` bytes; once more are written it is ``full``."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self._size = size
        self.full = False

    def write(self, data: ReadableBuffer, /) -> int:
        """Take data. Raises OSError once there is too much, which ends the evaluation."""
        written = super().write(data)
        if self.tell() > self._size:
            self.full = True
            raise OSError("full")
        return written

    def content(self) -> bytes:
        """Return what was taken, at most ``size`` bytes."""
        return self.getvalue()[: self._size]


def truncate(
    content: bytes, form: QueryResultsFormat, rows: int, notice: str, *, broken: bool
) -> bytes | None:
    """Return the first ``rows`` rows of a result; None where it is complete and has no more.

    ``form`` is JSON, XML or TSV. ``broken``: the content stops anywhere. ``notice`` is an IRI that explains
    the cut; it becomes a link in the head of JSON and XML.
    """
    if form == QueryResultsFormat.JSON:
        return _truncate_json(content, rows, notice, broken=broken)
    if not broken and content.count(_MARK[form]) <= rows:
        return None
    if form == QueryResultsFormat.XML:
        return _truncate_xml(content, rows, notice, broken=broken)
    ends = list(islice(_tsv_ends(content), rows + 2))  # the head has an end too
    if not broken and len(ends) <= rows + 1:
        return None
    return content[: ends[min(rows + 1, len(ends)) - 1]] if ends else b""


def _truncate_json(content: bytes, rows: int, notice: str, *, broken: bool) -> bytes | None:
    if not broken and content.count(b"},{") < rows:
        return None
    whole = content
    end = len(content)
    while broken:  # a boundary within a string leaves text that is no JSON: try the one before
        end = content.rfind(b"},{", 0, end)
        end = end if end >= 0 else content.index(_FIRST) + len(_FIRST) - 1  # not one row is whole
        whole = content[: end + 1] + b"]}}"
        try:
            json.loads(whole)
        except ValueError:
            continue
        break
    result = json.loads(whole)
    bindings = result["results"]["bindings"]
    if not broken and len(bindings) <= rows:
        return None
    result["head"]["link"] = [notice]
    result["results"]["bindings"] = bindings[:rows]
    return json.dumps(result, ensure_ascii=False, separators=(",", ":")).encode("utf8")


def _truncate_xml(content: bytes, rows: int, notice: str, *, broken: bool) -> bytes | None:
    parts = content.split(_MARK[QueryResultsFormat.XML])
    if not broken and len(parts) - 1 <= rows:
        return None
    kept = parts[: min(rows, len(parts) - 1)]
    start = content[: content.index(b"<results>") + len(b"<results>")] if not kept else b""
    text = start + b"".join(part + _MARK[QueryResultsFormat.XML] for part in kept)
    link = f"<link href={quoteattr(notice)}/></head>".encode()
    return text.replace(b"</head>", link, 1) + b"</results></sparql>"


def _tsv_ends(content: bytes) -> Iterator[int]:
    """Yield where rows end: a line break in a value is written as \\n."""
    end = content.find(b"\n")
    while end >= 0:
        yield end + 1
        end = content.find(b"\n", end + 1)


_MARK: Mapping[QueryResultsFormat, bytes] = MappingProxyType(
    {QueryResultsFormat.XML: b"</result>", QueryResultsFormat.TSV: b"\n"}
)

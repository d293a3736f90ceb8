"""Results as CSV (RFC 4180), by https://www.w3.org/TR/sparql11-results-csv-tsv.

Oxigraph's own CSV leaves an IRI with a comma without quotes, and all our places have one (``#char=12,34``).
"""

from __future__ import annotations

import csv
import io

from pyoxigraph import BlankNode, Literal, NamedNode, QuerySolutions, Triple


def write_csv(result: QuerySolutions, rows: int, size: int) -> tuple[bytes, str | None]:
    """Return a result as CSV of at most ``rows`` rows and about ``size`` bytes, and the limit that cut it."""
    text = io.StringIO(newline="")
    table = csv.writer(text)
    table.writerow(variable.value for variable in result.variables)
    length = len(text.getvalue().encode())
    end = text.tell()
    limit = None
    for number, row in enumerate(result):
        if number == rows:
            limit = f"{rows} rows"
            break
        values = [_plain_value(value) for value in row]
        table.writerow(values)
        length += 2 + sum(len(value.encode("utf8")) + 1 for value in values)
        if length > size:
            limit = f"{size} bytes"
            break
        end = text.tell()
    return text.getvalue()[:end].encode("utf8"), limit


def _plain_value(term: NamedNode | BlankNode | Literal | Triple | None) -> str:
    if term is None:
        return ""
    return term.value if isinstance(term, NamedNode | Literal) else str(term)

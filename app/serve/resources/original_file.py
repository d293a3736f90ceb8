"""What a store knows of the file of a text: its name and kind, whether its bytes are kept, its headings."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from app.serve.http.errors import NotFoundError
from app.serve.isolation.pool import WorkerPool
from app.serve.isolation.worker import QueryJob
from ontology.terms import DCTERMS, ELI, GB, NIF, notations

_RESULTS = "application/sparql-results+json"
_DIGEST = re.compile(r"[0-9a-f]{64}")
_LEVELS = {"chapter": 2, "heading": 2, "section": 3}  # of the headings of clauses
PDF = "application/pdf"
_FILES = f"""SELECT ?graph ?name ?sha ?format ?encoding ?source WHERE {{
  VALUES ?text {{ <%s> }}
  GRAPH ?graph {{
    ?text <{GB.fileName}> ?name ; <{GB.originalSha256}> ?sha .
    OPTIONAL {{ ?text <{DCTERMS["format"]}> ?format }}
    OPTIONAL {{ ?text <{GB.encoding}> ?encoding }}
    OPTIONAL {{ ?document <{DCTERMS.source}> ?source }}
  }}
}} ORDER BY ?name"""
_HEADINGS = f"""SELECT ?begin ?kind WHERE {{
  GRAPH <%s> {{
    {{ ?owner <{GB.titlePlace}> ?place }}
    UNION {{ ?owner a <{ELI.LegalResourceSubdivision}> ; <{GB.heading}> ?words ; <{GB.clauseKind}> ?kind ;
      <{GB.place}> ?place }}
    ?place <{NIF.beginIndex}> ?begin
  }}
}}"""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """The file of a text. ``graph`` is the digest that its graph and its layout are named by."""

    graph: str
    name: str
    sha256: str
    media_type: str
    encoding: str | None
    source: str | None

    @property
    def has_pages(self) -> bool:
        """Whether its pages can be rendered."""
        return self.media_type == PDF


async def fetch_files(pool: WorkerPool, base: str, text: str) -> tuple[StoredFile, ...]:
    """Return the files with a text, by their names: the same text may stand in several.

    ``text`` is the SHA-256 of the text. Raises NotFoundError where no file has it.
    """
    found = []
    if _DIGEST.fullmatch(text):
        found = await _rows(pool, _FILES % f"{base}text/{text}", base)
    if not found:
        raise NotFoundError(f"this version has no text {text[:80]}")
    return tuple(
        StoredFile(
            row["graph"].rpartition("/")[2],
            row["name"],
            row["sha"],
            row.get("format", "text/plain"),
            row.get("encoding"),
            row.get("source"),
        )
        for row in {row["graph"]: row for row in found}.values()
    )


async def fetch_headings(pool: WorkerPool, base: str, file: StoredFile) -> Mapping[int, int]:
    """Return the levels of a file's headings, by the offset at which they begin."""
    kinds = {str(concept): name for name, concept in notations(GB.ClauseKind).items()}
    levels: dict[int, int] = {}
    for row in await _rows(pool, _HEADINGS % f"{base}graph/{file.graph}", base):
        level = _LEVELS.get(kinds.get(row["kind"], "")) if "kind" in row else 1
        if level is not None:
            begin = int(row["begin"])
            levels[begin] = min(level, levels.get(begin, level))
    return levels


async def _rows(pool: WorkerPool, query: str, base: str) -> list[dict[str, str]]:
    answer = await pool.run(QueryJob(query, _RESULTS, base))
    bindings = json.loads(answer.content)["results"]["bindings"]
    return [{name: cell["value"] for name, cell in row.items()} for row in bindings]

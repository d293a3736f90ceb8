"""Bodies of samples and corpus: how many are resolved, and 150 of them judged one by one by reading.

``judged/mentions.csv`` is a random sample (``random.Random(20261121).sample`` of all mentions, sorted), read
beside its text; an empty ``agency`` is a name that is rightly left unresolved. One that is
no longer found, for it was no name, made room for another (``random.Random(20261122).choice`` of the rest).
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.store import current
from queries.facts import Agencies
from queries.run import rows

SAMPLE = Path(__file__).parent / "judged" / "mentions.csv"
MENTIONS = """
PREFIX gb: <https://w3id.org/gongbao/ontology#>
PREFIX nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#>
SELECT ?file ?begin ?name ?agency WHERE {
  GRAPH ?graph {
    ?mention gb:agencyName ?name ; gb:agency ?agency ; gb:place ?place .
    ?place nif:beginIndex ?begin ; nif:referenceContext/gb:fileName ?file .
  }
}
"""

Place = tuple[str, str, str]


def resolved(folder: Path) -> dict[Place, str | None]:
    """File, offset and name of every mention → canonical name, None where it is not resolved."""
    store = current(folder).open()
    agencies = Agencies(store)
    return {
        (row["file"] or "", row["begin"] or "", row["name"] or ""): agencies.name(row["agency"])
        for row in rows(store, MENTIONS)
    }


def sample() -> Iterator[dict[str, str]]:
    with SAMPLE.open(encoding="utf8", newline="") as file:
        yield from csv.DictReader(file)


CORPUS = pytest.mark.check


@pytest.mark.parametrize(
    ("store", "least"), [("samples_store", 280), pytest.param("corpus_store", 800, marks=CORPUS)]
)
def test_nearly_every_mention_is_resolved(store: str, least: int, request: pytest.FixtureRequest) -> None:
    found = resolved(request.getfixturevalue(store))
    left = [place for place, agency in found.items() if agency is None]
    assert len(found) > least
    assert len(left) <= 0.03 * len(found), left


def test_the_sample_is_right(corpus_store: Path) -> None:
    means = resolved(corpus_store)
    read = list(sample())
    assert len(read) == 150
    wrong = []
    for row in read:
        found = means.get((row["file"], row["start"], row["mention"]), "not there")
        if (found or "") != row["agency"]:
            wrong.append((row["file"], row["line"], row["mention"], row["agency"], found))
    assert len(wrong) <= 0.01 * len(read), wrong


@pytest.mark.parametrize(
    ("store_name", "least"), [("samples_store", 60), pytest.param("corpus_store", 90, marks=CORPUS)]
)
def test_no_reference_is_left_without_its_document(
    store_name: str, least: int, request: pytest.FixtureRequest
) -> None:
    store = current(request.getfixturevalue(store_name)).open()
    asked = "SELECT (COUNT(?r) AS ?n) WHERE { GRAPH ?g { ?r a gb:Reference %s } }"
    prefix = "PREFIX gb: <https://w3id.org/gongbao/ontology#> "
    every, named = (
        int(next(rows(store, prefix + asked % what))["n"] or 0)
        for what in ("", "; gb:refersTo ?d . ?d a gb:CitedDocument")
    )
    assert every > least
    assert named == every

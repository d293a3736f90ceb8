"""Where a document that says so nowhere is from: the places that its text names."""

from __future__ import annotations

import pytest

from ingest.resolve.context import area_names, jurisdiction
from ontology.registry import Interval
from tests.ingest.extract.conftest import DocumentOf
from tests.ingest.resolve.registries import CITY, COUNTRY, OTHER_CITY, OTHER_PROVINCE, PROVINCE, registry

REGISTRY = registry(COUNTRY, PROVINCE, CITY, OTHER_PROVINCE, OTHER_CITY)


@pytest.mark.parametrize(
    ("places", "area"),
    [
        ("", None),
        ("云州市、云州市、宁江省", "云州市"),
        ("云州市、宁江省", "宁江省"),  # half of the places are in the city: not most
        ("云州市、宁江省、宁江省", "宁江省"),
        ("云州市、山阳省", None),  # as many of the one as of the other
        ("云州市、山阳省、石门市", "山阳省"),
        ("云州市、石门市、石门市", "石门市"),
        ("中国、中国、云州市", None),  # a place named once tells nothing
        ("中国、中国、云州市、云州", "云州市"),
    ],
)
def test_the_area_to_which_most_places_belong(places: str, area: str | None, document_of: DocumentOf) -> None:
    document = document_of(f"示例夜市管理办法\n\n第一条 夜市可以在{places}举行。\n")
    assert jurisdiction(document, Interval(), REGISTRY, area_names(REGISTRY)) == area

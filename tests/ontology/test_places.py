"""Places are read from their IRIs as they were written into them."""

from __future__ import annotations

import pytest

from ontology.places import Place, place, place_iri

TEXT = "https://example.org/id/text/0a"


def test_what_is_written_is_read() -> None:
    assert place(place_iri(TEXT, 5, 9)) == Place(TEXT, 5, 9)
    assert Place(TEXT, 5, 9).iri == f"{TEXT}#char=5,9"


WRONG = ["", TEXT, f"{TEXT}#char=5", f"{TEXT}#char=5,9#char=1,2", f"{TEXT}#char=-1,2"]


@pytest.mark.parametrize("iri", WRONG)
def test_another_iri_names_no_place(iri: str) -> None:
    assert place(iri) is None


def test_a_place_holds_what_lies_within_it() -> None:
    outer = Place(TEXT, 5, 9)
    assert all(outer.holds(Place(TEXT, *span)) for span in ((5, 9), (6, 6), (5, 8)))
    assert not any(outer.holds(Place(TEXT, *span)) for span in ((4, 9), (5, 10)))
    assert not outer.holds(Place(f"{TEXT}b", 6, 7))

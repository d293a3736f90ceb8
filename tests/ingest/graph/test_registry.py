"""The graph of the registry: bodies with their names and times, and the changes that ended them."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode

from ingest.build import build_store
from ingest.store import current
from ontology.terms import CV, GB, ORG, RDF, SKOS, XSD
from tests.conftest import circular
from tests.ingest.graph.conftest import IRIS, Graph, subject
from tests.ingest.test_registry_build import registry

ROWS = (
    "青石县,area,county,,,,,,,,青石,,,",
    "青石县人民政府,government,county,青石县,,,,,,,,,青政发,",
    "青石县文化局,bureau,county,青石县,青石县人民政府,,2031,merged,青石县文化旅游局,县机构改革方案,县文化委,文化,,",
    "青石县旅游局,bureau,county,青石县,青石县人民政府,2029-05,2031,merged,青石县文化旅游局,县机构改革方案,,旅游,,",
    "青石县文化旅游局,bureau,county,青石县,青石县人民政府,2031,2033-04-02,renamed,青石县文旅局,,县文旅委,文旅|旅游,青文旅发|青文发,",
    "青石县文旅局,bureau,county,青石县,青石县人民政府,2033-04-02,,,,,,,,",
    "青石县畜牧局,bureau,county,青石县,,,2032-06,split,青石县牧业局|青石县兽医局,,,,,",
    "青石县牧业局,bureau,county,青石县,,2032-06,,,,,,,,",
    "青石县兽医局,bureau,county,青石县,,2032-06,,,,,,,,",
    "青石县盐务局,bureau,county,青石县,,,2030-01-01,abolished,,,,,,",
)


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    """A store with the registry of a county that does not exist."""
    folder = tmp_path_factory.mktemp("county")
    (folder / "own.txt").write_text(circular(), "utf8")
    rows = registry(folder / "registry", *ROWS)
    assert build_store([folder / "own.txt"], folder / "store", registries=[rows]).violations == []
    return Graph(current(folder / "store").open())


def body(name: str) -> str:
    return IRIS.agency("body", name)


def event(county: Graph, name: str) -> str:
    """The one change that ended a body."""
    (found,) = {subject(quad) for quad in county.quads(None, ORG.originalOrganization, body(name))}
    return found


def test_the_registry_is_a_graph_of_its_own(county: Graph) -> None:
    graphs = {quad.graph_name for quad in county.quads(None, GB.validUntil)}
    assert graphs == {NamedNode(IRIS.registry_graph())}
    assert {quad.graph_name for quad in county.quads(None, RDF.type, ORG.ChangeEvent)} == graphs


def test_what_the_graph_says_of_a_body(county: Graph) -> None:
    found = {
        term: county.values(body("青石县文化旅游局"), term)
        for term in (
            *(RDF.type, SKOS.prefLabel, SKOS.altLabel, ORG.classification, ORG.subOrganizationOf),
            *(GB.level, GB.area, GB.validFrom, GB.validUntil, GB.function, GB.organCode, GB.currentBody),
        )
    }
    assert found == {
        RDF.type: [CV.PublicOrganisation],
        SKOS.prefLabel: ["青石县文化旅游局"],
        SKOS.altLabel: ["县文旅委"],
        ORG.classification: [GB.KindBureau],
        ORG.subOrganizationOf: [body("青石县人民政府")],
        GB.level: [GB.LevelCounty],
        GB.area: [IRIS.agency("area", "青石县")],
        GB.validFrom: ["2031"],
        GB.validUntil: ["2033-04-02"],
        GB.function: ["文旅", "旅游"],
        GB.organCode: ["青文发", "青文旅发"],
        GB.currentBody: [body("青石县文旅局")],
    }


def test_an_area_has_names_and_no_times(county: Graph) -> None:
    area = IRIS.agency("area", "青石县")
    assert county.values(area, RDF.type) == [GB.AdministrativeArea]
    assert county.values(area, SKOS.prefLabel) == ["青石县"]
    assert county.values(area, SKOS.altLabel) == ["青石"]
    assert county.values(area, GB.currentBody) == county.values(area, GB.validFrom) == []


@pytest.mark.parametrize(
    ("name", "now"),
    [
        ("青石县文化局", ["青石县文旅局"]),  # by way of 青石县文化旅游局
        ("青石县文旅局", ["青石县文旅局"]),
        ("青石县畜牧局", ["青石县兽医局", "青石县牧业局"]),
        ("青石县盐务局", []),
    ],
)
def test_what_a_body_is_now(name: str, now: list[str], county: Graph) -> None:
    assert county.values(body(name), GB.currentBody, SKOS.prefLabel) == now


@pytest.mark.parametrize(
    ("name", "since", "until"),
    [
        ("青石县旅游局", ("2029-05", XSD.gYearMonth), ("2031", XSD.gYear)),
        ("青石县文旅局", ("2033-04-02", XSD.date), None),
        ("青石县盐务局", None, ("2030-01-01", XSD.date)),
        ("青石县人民政府", None, None),
    ],
)
def test_times_are_as_exact_as_they_are_known(
    name: str, since: tuple[str, str] | None, until: tuple[str, str] | None, county: Graph
) -> None:
    for term, expected in ((GB.validFrom, since), (GB.validUntil, until)):
        found = [quad.object for quad in county.quads(body(name), term)]
        assert found == ([Literal(expected[0], datatype=NamedNode(expected[1]))] if expected else [])


def told(county: Graph, change: str) -> dict[str, list[str]]:
    """What the graph says of a change."""
    return {
        "from": county.values(change, ORG.originalOrganization, SKOS.prefLabel),
        "to": county.values(change, ORG.resultingOrganization, SKOS.prefLabel),
        "kind": county.values(change, GB.changeKind),
        "date": county.values(change, GB.changeDate),
        "cause": county.values(change, GB.cause),
    }


def test_bodies_that_go_into_one_share_the_change(county: Graph) -> None:
    merged = event(county, "青石县文化局")
    assert merged == event(county, "青石县旅游局")
    assert county.values(merged, RDF.type) == [ORG.ChangeEvent]
    assert told(county, merged) == {
        "from": ["青石县文化局", "青石县旅游局"],
        "to": ["青石县文化旅游局"],
        "kind": [GB.ChangeMerged],
        "date": ["2031"],
        "cause": ["县机构改革方案"],
    }


@pytest.mark.parametrize(
    ("name", "to", "kind", "date"),
    [
        ("青石县文化旅游局", ["青石县文旅局"], GB.ChangeRenamed, "2033-04-02"),
        ("青石县畜牧局", ["青石县兽医局", "青石县牧业局"], GB.ChangeSplit, "2032-06"),
        ("青石县盐务局", [], GB.ChangeAbolished, "2030-01-01"),
    ],
)
def test_the_change_that_ended_a_body(name: str, to: list[str], kind: str, date: str, county: Graph) -> None:
    expected = {"from": [name], "to": to, "kind": [kind], "date": [date], "cause": []}
    assert told(county, event(county, name)) == expected


def test_a_body_that_goes_on_has_no_change(county: Graph) -> None:
    assert not list(county.quads(None, ORG.originalOrganization, body("青石县文旅局")))


def test_the_registry_that_comes_with_gongbao_follows_a_merger(samples: Graph) -> None:
    joined = "北京市科学技术委员会、中关村科技园区管理委员会"
    for before in ("北京市科学技术委员会", "中关村科技园区管理委员会"):
        assert samples.values(body(before), GB.currentBody, SKOS.prefLabel) == [joined]
        assert samples.values(event(samples, before), ORG.resultingOrganization) == [body(joined)]

"""Bodies in the graph of a circular: what a name means, and where a document, a duty or a rule names it."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import NamedNode

from ontology.terms import CV, ELI, GB, ORG, PROV, RDF, SKOS
from tests.ingest.graph.conftest import DOC, IRIS, Graph, graph

TEXT = (
    "云州市人民政府办公室关于做好示例夜市工作的通知\n云政办发〔2021〕95号\n"
    "各区县人民政府，市财政局，市夜办：\n"
    "一、办好夜市。（牵头单位：市科技局；责任单位：市财政部门、有关部门、各区县政府、市夜办）\n"
    "二、管好夜市。市商务局应当公布名单。摊主应当持证。\n"
    "云州市人民政府办公室\n2021年5月6日\n"
)
CIRCULAR = f"{DOC}云政办发-2021-95"


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    return graph(TEXT, tmp_path_factory.mktemp("night"))


def mention(found: Graph, owner: str, term: str, name: str) -> str:
    """The one mention of a name that a document or rule has."""
    (node,) = (each for each in found.values(owner, term) if found.values(each, GB.agencyName) == [name])
    return node


@pytest.mark.parametrize(
    ("term", "link", "name", "label", "step"),
    [
        (GB.issuerMention, ELI.passed_by, "云州市人民政府办公室", "云州市人民政府办公室", ["registry"]),
        (GB.addresseeMention, GB.addressee, "市财政局", "云州市财政局", ["registry"]),
        (GB.addresseeMention, GB.addressee, "各区县人民政府", "云州市各区县人民政府", ["collective"]),
    ],
)
def test_a_mention_in_the_head(
    term: str, link: str, name: str, label: str, step: list[str], night: Graph
) -> None:
    node = mention(night, CIRCULAR, term, name)
    assert night.values(node, RDF.type) == [GB.Mention]
    assert night.quote(node) == name
    assert night.value(node, GB.agency, SKOS.prefLabel) == label
    assert night.value(node, GB.agency) in night.values(CIRCULAR, link)
    assert night.values(node, GB.resolvedBy) == step
    assert night.values(node, PROV.wasGeneratedBy) == []


def test_the_bearer_of_a_rule_has_its_mention(night: Graph) -> None:
    (rule,) = (each for each in night.of(GB.Obligation) if night.values(each, GB.bearerMention))
    node = mention(night, rule, GB.bearerMention, "市商务局")
    assert night.quote(node) == "市商务局"
    assert night.value(node, GB.agency) == night.value(rule, GB.bearer) == IRIS.agency("body", "云州市商务局")
    assert night.value(node, GB.resolvedBy) == "registry"


def test_a_bearer_that_is_no_body_has_none(night: Graph) -> None:
    (party,) = night.of(GB.Party)
    assert night.value(party, SKOS.prefLabel) == "摊主"
    rules = [rule for rule in night.of(GB.Obligation) if night.values(rule, GB.bearer) == [party]]
    assert len(rules) == 1
    assert night.values(rules[0], GB.bearerMention) == []


def duty(found: Graph, name: str) -> str:
    (only,) = (each for each in found.of(GB.Responsibility) if found.values(each, GB.agencyName) == [name])
    return only


def test_a_body_of_the_registry(night: Graph) -> None:
    assert night.value(duty(night, "市科技局"), GB.resolvedBy) == "registry"
    body = night.value(duty(night, "市科技局"), GB.agency)
    assert body == IRIS.agency("body", "云州市科学技术局")
    assert night.values(body, RDF.type) == [CV.PublicOrganisation]
    assert night.values(body, ORG.classification) == [GB.KindBureau]
    assert night.values(body, GB.level) == [GB.LevelPrefectural]
    assert night.values(body, GB.area) == [IRIS.agency("area", "云州市")]


def test_a_function_and_who_holds_it(night: Graph) -> None:
    found = duty(night, "市财政部门")
    assert night.values(found, GB.resolvedBy) == ["function"]
    assert night.values(found, GB.holder) == [IRIS.agency("body", "云州市财政局")]
    body = night.value(found, GB.agency)
    assert body == IRIS.agency("functional", "云州市财政部门")
    assert night.values(body, RDF.type) == [GB.FunctionalBody]
    assert night.values(body, GB.function) == ["财政"]
    assert night.values(body, GB.holder) == []  # who holds it is a matter of the document's date


def test_a_class_and_its_members(night: Graph) -> None:
    found = duty(night, "各区县政府")
    assert night.values(found, GB.resolvedBy) == ["collective"]
    body = night.value(found, GB.agency)
    assert body == IRIS.agency("class", "云州市各区县人民政府")
    assert night.values(body, RDF.type) == [GB.CollectiveBody]
    assert night.values(body, ORG.hasMember) == sorted(
        IRIS.agency("body", f"云州市{area}人民政府") for area in ("临江区", "云湖区", "东屏县")
    )
    assert night.values(body, GB.area) == [IRIS.agency("area", "云州市")]


def test_whoever_is_concerned(night: Graph) -> None:
    found = duty(night, "有关部门")
    assert night.values(found, GB.resolvedBy) == ["generic"]
    body = night.value(found, GB.agency)
    assert body == IRIS.agency("generic", "有关部门")
    assert night.values(body, RDF.type) == [GB.GenericBody]
    assert night.values(body, GB.area) == night.values(found, GB.holder) == []


def test_a_name_that_nothing_resolves_stays_a_name(night: Graph) -> None:
    found = duty(night, "市夜办")
    assert night.values(found, GB.resolvedBy) == []
    body = night.value(found, GB.agency)
    assert body == IRIS.body("市夜办")
    assert night.values(body, RDF.type) == [GB.NamedBody]
    assert night.values(body, SKOS.prefLabel) == ["市夜办"]


def test_every_body_of_the_samples_is_of_one_class(samples: Graph) -> None:
    classes = {
        *(CV.PublicOrganisation, GB.AdministrativeArea, GB.CollectiveBody, GB.FunctionalBody),
        *(GB.GenericBody, GB.NamedBody),
    }
    named = {
        body
        for owner in samples.of(GB.Mention) + samples.of(GB.Responsibility)
        for body in samples.values(owner, GB.agency)
    }
    assert len(named) > 50
    for body in named:
        (kind,) = samples.values(body, RDF.type)
        assert kind in classes


def test_members_of_the_samples_are_bodies_that_the_store_knows(samples: Graph) -> None:
    members = {
        member for body in samples.of(GB.CollectiveBody) for member in samples.values(body, ORG.hasMember)
    }
    assert members
    for member in members:
        assert samples.values(member, RDF.type) == [CV.PublicOrganisation]
        assert samples.value(member, SKOS.prefLabel).startswith("云州市")


def subjects(found: Graph, term: str) -> set[str]:
    """Everything of which a property is told."""
    return {quad.subject.value for quad in found.quads(None, term) if isinstance(quad.subject, NamedNode)}


def test_a_body_that_nobody_looked_up_says_so(tmp_path: Path) -> None:
    found = graph(
        "岚水市人民政府办公室关于做好示例夜市工作的通知\n岚政办发〔2017〕95号\n各有关单位：\n"
        "一、办好夜市。（责任单位：市环保局、市供水局、财政部）\n岚水市人民政府办公室\n2017年5月6日\n",
        tmp_path,
    )
    derived = {found.value(body, SKOS.prefLabel) for body in subjects(found, GB.derived)}
    assert derived == {"岚水市人民政府办公室", "岚水市环境保护局", "岚水市生态环境局", "岚水市供水局"}
    (old,) = (body for body in subjects(found, GB.derived) if body.endswith("岚水市环境保护局"))
    assert found.value(found.value(old, GB.currentBody), SKOS.prefLabel) == "岚水市生态环境局"


def test_a_name_that_two_bodies_of_a_line_bore_in_a_text_of_open_time(tmp_path: Path) -> None:
    found = graph(
        "杭州市示例夜市管理办法\n\n第一条 为了管好夜市，制定本办法。\n\n第二条 市交通局应当公布名单。\n",
        tmp_path,
    )
    (body,) = subjects(found, ORG.hasMember)
    assert found.values(body, RDF.type) == [GB.NamedBody]
    line = [found.value(member, SKOS.prefLabel) for member in found.values(body, ORG.hasMember)]
    assert sorted(line) == ["杭州市交通局", "杭州市交通运输局"]
    assert found.value(found.value(body, GB.currentBody), SKOS.prefLabel) == "杭州市交通运输局"

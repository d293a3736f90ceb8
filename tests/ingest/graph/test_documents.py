"""Documents and their links."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from ontology.terms import (
    ELI,
    GB,
    NIF,
    RDF,
    RDFS,
    SKOS,
    Term,
)
from tests.ingest.graph.conftest import DOC, LINKS, Graph, graph, plain, subject


def test_a_circular_and_its_policy_are_two_linked_resources(samples: Graph) -> None:
    circular_iri = f"{DOC}云科发-2021-3"
    policy = samples.value(circular_iri, GB.promulgates)
    assert samples.value(circular_iri, ELI.has_annex) == policy
    assert policy != circular_iri
    assert samples.value(policy, ELI.title) == "云州市科技专家库管理办法"
    assert samples.value(policy, ELI.type_document) == GB.TypeMeasures
    assert "云州市科学技术局关于印发《云州市科技专家库管理办法》的通知" in samples.values(
        circular_iri, ELI.title
    )
    assert samples.value(circular_iri, ELI.type_document) == GB.TypeNotice
    assert samples.value(circular_iri, ELI.id_local) == "云科发〔2021〕3号"
    assert samples.value(circular_iri, GB.organCode) == "云科发"
    assert samples.value(circular_iri, GB.year) == "2021"
    assert samples.value(circular_iri, GB.serial) == "3"
    assert samples.value(circular_iri, ELI.passed_by, SKOS.prefLabel) == "云州市科学技术局"
    assert samples.value(circular_iri, ELI.date_document) == "2021-02-26"
    assert samples.value(circular_iri, GB.addressees) == "各区县科技主管部门，各有关单位"
    assert samples.value(policy, ELI.first_date_entry_in_force) == "2021-04-01"
    assert samples.value(policy, ELI.date_no_longer_in_force) == "2026-03-31"
    assert samples.values(policy, ELI.id_local) == samples.values(circular_iri, GB.republishes) == []
    article = next(
        clause
        for clause in samples.of(ELI.LegalResourceSubdivision)
        if clause.startswith(f"{policy}/") and samples.values(clause, GB.number) == ["第二十条"]
    )
    assert samples.value(article, ELI.is_part_of, GB.heading) == "附则"
    assert samples.value(article, ELI.is_part_of, ELI.is_part_of) == policy
    assert samples.value(article, GB.ordinal) == "20"
    notice = [clause for clause in samples.of(ELI.LegalResourceSubdivision) if circular_iri in clause]
    assert notice
    assert all(clause.startswith(f"{circular_iri}/notice/") for clause in notice)


def test_a_day_that_follows_from_the_text_names_the_deadline(samples: Graph) -> None:
    """A day that the head states has its own place, one that is worked out has a deadline."""
    worked_out = samples.value(f"{DOC}云市监发-2023-9", GB.promulgates)
    assert samples.value(worked_out, ELI.first_date_entry_in_force) == "2023-05-17"
    assert samples.value(worked_out, GB.effectiveDeadline, GB.norm) == "on-issue+P30D"
    assert samples.value(worked_out, GB.effectiveDeadline, GB.place, NIF.anchorOf) == "自印发之日起30日后施行"
    assert samples.value(worked_out, ELI.date_no_longer_in_force) == "2028-05-16"
    assert samples.value(worked_out, GB.expiresDeadline, GB.norm) == "P5Y"
    assert samples.values(worked_out, GB.effectivePlace) == samples.values(worked_out, GB.expiresPlace) == []
    half = samples.value(f"{DOC}云知发-2022-6", GB.promulgates)
    assert samples.value(half, GB.effectivePlace, NIF.anchorOf) == "2022年5月1日"
    assert samples.value(half, ELI.date_no_longer_in_force) == "2025-04-30"
    assert samples.value(half, GB.expiresDeadline, GB.place, NIF.anchorOf) == "三年"
    assert samples.values(half, GB.effectiveDeadline) == []


def test_every_date_of_force_says_whence_it_is(samples: Graph) -> None:
    for date, *sources in (
        (ELI.first_date_entry_in_force, GB.effectivePlace, GB.effectiveDeadline),
        (ELI.date_no_longer_in_force, GB.expiresPlace, GB.expiresDeadline),
    ):
        for quad in samples.quads(None, date):
            assert [bool(samples.values(subject(quad), source)) for source in sources].count(True) == 1


def test_a_decision_republishes_what_it_amends(samples: Graph) -> None:
    (decision,) = (doc for doc in samples.of(ELI.LegalResource) if samples.values(doc, GB.republishes))
    again = samples.value(decision, GB.republishes)
    assert samples.value(decision, ELI.title) == "云州市人民政府关于修改《云州市公共数据管理办法》的决定"
    assert samples.value(decision, ELI.type_document) == GB.TypeDecision
    assert samples.value(again, ELI.title) == "云州市公共数据管理办法"
    assert samples.value(again, ELI.type_document) == GB.TypeMeasures
    assert samples.values(decision, GB.promulgates) == []
    assert samples.value(decision, ELI.first_date_entry_in_force) == "2023-05-12"
    assert samples.value(again, ELI.first_date_entry_in_force) == "2020-01-01"
    clauses = samples.of(ELI.LegalResourceSubdivision)
    articles = [clause for clause in clauses if clause.startswith(f"{again}/")]
    assert sum(samples.values(clause, GB.number) == ["第十七条"] for clause in articles) == 1
    assert sum(clause.startswith(f"{decision}/") for clause in clauses) >= 6
    assert samples.values(decision, ELI.amends, RDFS.label) == ["云州市公共数据管理办法"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("各供水单位：\n根据有关规定，请换表。\n一、六年一换。", ["（无题）根据有关规定，请换表"]),
        ("云水发〔2024〕6号\n各供水单位：\n请换表。", []),
        ("云州市换表办法\n第一条 为了换表，制定本办法。", []),
    ],
)
def test_a_document_without_title_and_number_has_a_name_that_is_marked_as_made(
    text: str, names: list[str], tmp_path: Path
) -> None:
    made = graph(text, tmp_path)
    documents = [doc for doc in made.of(ELI.LegalResource) if made.values(doc, GB.documentOrder)]
    assert [made.values(doc, RDFS.label) for doc in documents] == [names]


def test_three_documents_of_one_file(samples: Graph) -> None:
    text = next(
        subject(quad) for quad in samples.quads(None, GB.fileName) if plain(quad) == "08-gazette-2023-4.txt"
    )
    order = {
        doc: int(samples.value(doc, GB.documentOrder))
        for doc in samples.of(ELI.LegalResource)
        if samples.values(doc, GB.documentOrder)
        and text in samples.values(doc, GB.place, NIF.referenceContext)
    }
    assert order == {f"{DOC}云政办发-2023-12": 0, f"{DOC}云政办发-2023-14": 1, f"{DOC}云市监发-2023-9": 2}


def test_links_point_to_cited_documents(samples: Graph) -> None:
    cited, documents = set(samples.of(GB.CitedDocument)), set(samples.of(ELI.LegalResource))
    counted = Counter[str]()
    for link in LINKS:
        for quad in samples.quads(None, link):
            assert subject(quad) in documents
            assert plain(quad) in cited
            counted[link] += 1
    assert set(counted) == set(LINKS)
    for reference in samples.of(GB.Reference):
        assert samples.value(reference, GB.refersTo) in cited
    for document in cited:
        assert samples.values(document, RDFS.label) + samples.values(document, ELI.id_local) != []


@pytest.mark.parametrize(
    ("policy", "link", "cited"),
    [
        ("云州市科技专家库管理办法", ELI.based_on, "宁江省科技评审专家管理规定"),
        ("云州市科技专家库管理办法", ELI.repeals, "云科发-2016-12"),
        ("云州市科技专家库管理办法（2023年修订）", ELI.repeals, "云科发-2021-3"),
        ("云州市科技专家库管理办法（2023年修订）", ELI.based_on, "宁科规-2020-4"),
        ("云州市科技专家库管理办法（2023年修订）", ELI.based_on, "云州市公共数据管理办法"),
        ("云州市数字经济发展行动方案（2021—2023年）", ELI.applies, "宁政发-2020-25"),
        ("云州市高价值专利培育管理办法", ELI.based_on, "云政办发-2021-15"),
        ("云州市人民政府办公室关于废止部分行政规范性文件的通知", ELI.repeals, "云政办发-2017-52"),
        ("关于持续改善大气环境质量的实施意见", ELI.repeals, "云政发-2014-18"),
    ],
)
def test_what_the_samples_cite(policy: str, link: Term, cited: str, samples: Graph) -> None:
    sources = [doc for doc in samples.of(ELI.LegalResource) if policy in samples.values(doc, ELI.title)]
    found = {target for doc in sources for target in samples.values(doc, link)}
    titles = {title for target in found for title in samples.values(target, RDFS.label)}
    assert f"{DOC}{cited}" in found or cited in titles, (found, titles)


def test_a_document_that_cites_another_of_the_store_meets_it(samples: Graph) -> None:
    """The node that 06 repeals is the circular that 01 is."""
    (revision,) = (
        doc
        for doc in samples.of(ELI.LegalResource)
        if samples.values(doc, ELI.title) == ["云州市科技专家库管理办法（2023年修订）"]
    )
    repealed = samples.value(revision, ELI.repeals)
    assert samples.value(repealed, GB.promulgates, ELI.title) == "云州市科技专家库管理办法"
    assert samples.values(repealed, RDF.type) == sorted([ELI.LegalResource, GB.CitedDocument])

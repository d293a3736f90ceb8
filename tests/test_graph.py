"""What the graph says: closed vocabulary, provenance by character, tasks, documents and their links."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Store

from ingest.load import Version, current, draft, prepare, switch
from ingest.pipeline import Processed, process
from ingest.validate import validate
from ontology.iris import Iris
from ontology.terms import (
    ELI,
    GB,
    NIF,
    PREFIXES,
    PROV,
    RDF,
    RDFS,
    SCHEMA,
    SKOS,
    TERMS,
    Term,
    source,
)
from tests.conftest import SAMPLES, Gongbao, circular

IRIS = Iris()
DOC = f"{IRIS.base}doc/"
FACTS = (
    GB.Responsibility,
    GB.Target,
    GB.Deadline,
    GB.Reference,
    GB.InternalReference,
    GB.Obligation,
    GB.Prohibition,
    GB.Permission,
)
LINKS = (ELI.based_on, ELI.applies, ELI.repeals, ELI.amends, ELI.cites)


class Graph:
    """A store to ask simple things of; IRIs and values as strings."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def quads(self, subject: str | None, predicate: str | None, value: str | None = None) -> Iterator[Quad]:
        yield from self.store.quads_for_pattern(
            NamedNode(subject) if subject else None,
            NamedNode(predicate) if predicate else None,
            NamedNode(value) if value else None,
        )

    def values(self, subject: str, *path: str) -> list[str]:
        """What a path of properties leads to, each once, sorted."""
        found = {subject}
        for predicate in path:
            found = {plain(quad) for node in found for quad in self.quads(node, predicate)}
        return sorted(found)

    def value(self, subject: str, *path: str) -> str:
        """The only thing that a path leads to."""
        (only,) = self.values(subject, *path)
        return only

    def of(self, kind: Term) -> list[str]:
        """The members of a class, sorted."""
        return sorted({subject(quad) for quad in self.quads(None, RDF.type, kind)})

    def quote(self, subject: str) -> str:
        """The characters of a fact."""
        return self.value(subject, GB.place, NIF.anchorOf)


def plain(quad: Quad) -> str:
    assert isinstance(quad.object, NamedNode | Literal)
    return quad.object.value


def subject(quad: Quad) -> str:
    assert isinstance(quad.subject, NamedNode)
    return quad.subject.value


def processed(text: str, folder: Path, name: str = "own.txt") -> Processed:
    """A text of our own through the pipeline."""
    (folder / name).write_text(text, "utf8")
    return process(folder / name, name, IRIS)


def graph(text: str, folder: Path) -> Graph:
    """The graph of a text of our own; it conforms to the shapes."""
    done = processed(text, folder)
    assert validate(done.lines, "own.txt") == []
    store = Store()
    store.load("".join(done.lines).encode(), RdfFormat.N_QUADS)
    return Graph(store)


@pytest.fixture(scope="module")
def samples(samples_store: Path) -> Graph:
    return Graph(current(samples_store).open())


# what holds for every quad -----------------------------------------------------------------------


def test_the_vocabulary_is_closed(samples: Graph) -> None:
    """Predicates, classes, concepts and datatypes are declared, and nothing else is in our namespaces."""
    namespaces = tuple(PREFIXES.values())
    used: set[str] = set()
    for quad in samples.store:
        if quad.graph_name != NamedNode(IRIS.vocabulary_graph()):
            used.add(quad.predicate.value)
            if quad.predicate.value == RDF.type:
                used.add(plain(quad))
            if isinstance(quad.object, Literal):
                used.add(quad.object.datatype.value)
            elif plain(quad).startswith(namespaces):
                used.add(plain(quad))
            assert not subject(quad).startswith(namespaces)
    assert used - TERMS == set()
    assert {GB.RoleLead, GB.AtLeast, GB.DeadlineWithin, GB.RelationBasis, GB.TypeMeasures} <= used
    assert {GB.Task, NIF.OffsetBasedString, ELI.LegalResource, GB.CitedDocument, *LINKS, *FACTS} <= used


def test_the_vocabulary_itself_is_in_the_store(samples: Graph) -> None:
    loaded = {
        quad.triple
        for quad in samples.store.quads_for_pattern(None, None, None, NamedNode(IRIS.vocabulary_graph()))
    }
    expected = Store()
    expected.load(source(), RdfFormat.TURTLE)
    assert loaded == {quad.triple for quad in expected}


def test_there_are_no_blank_nodes(samples: Graph) -> None:
    for quad in samples.store:
        assert not isinstance(quad.subject, BlankNode)
        assert not isinstance(quad.object, BlankNode)


def test_one_named_graph_a_file(samples: Graph) -> None:
    files = [plain(quad) for quad in samples.quads(None, GB.fileName)]
    assert len(files) == len(set(files)) == 10
    graphs = {graph.value for graph in samples.store.named_graphs() if isinstance(graph, NamedNode)}
    originals = {IRIS.graph(plain(quad)) for quad in samples.quads(None, GB.originalSha256)}
    assert graphs == originals | {IRIS.vocabulary_graph(), IRIS.rules_graph(), IRIS.registry_graph()}
    assert not any(
        quad.graph_name != NamedNode(IRIS.rules_graph()) for quad in samples.quads(None, RDF.type, GB.Rule)
    )


def test_every_fact_has_clause_place_and_rule(samples: Graph) -> None:
    rules, clauses = set(samples.of(GB.Rule)), set(samples.of(ELI.LegalResourceSubdivision))
    counted = Counter[Term]()
    for kind in FACTS:
        for fact in samples.of(kind):
            counted[kind] += 1
            assert samples.value(fact, GB.statedIn) in clauses
            assert samples.value(fact, PROV.wasGeneratedBy) in rules
            assert samples.quote(fact) != ""
            assert int(samples.value(fact, GB.place, GB.line)) > 0
    assert min(counted[kind] for kind in FACTS) >= 15
    for rule in rules:
        assert samples.value(rule, RDFS.label) != ""
        assert 0 < float(samples.value(rule, GB.confidence)) <= 1


def test_every_fact_lies_in_the_clause_that_states_it(samples: Graph) -> None:
    def span(place: str) -> tuple[int, int]:
        return int(samples.value(place, NIF.beginIndex)), int(samples.value(place, NIF.endIndex))

    for kind in FACTS:
        for fact in samples.of(kind):
            begin, end = span(samples.value(fact, GB.place))
            around = [span(place) for place in samples.values(fact, GB.statedIn, GB.place)]
            assert any(first <= begin < end <= last for first, last in around), samples.quote(fact)


def test_every_clause_hangs_in_a_document(samples: Graph) -> None:
    documents = set(samples.of(ELI.LegalResource))
    for clause in samples.of(ELI.LegalResourceSubdivision):
        node, steps = clause, 0
        while node not in documents:
            node, steps = samples.value(node, ELI.is_part_of), steps + 1
            assert steps < 9
        assert clause.startswith(f"{node}/")


def places_hold(version: Version) -> int:
    """The number of quoted places; every one of them holds its quote."""
    store = Graph(version.open())
    texts: dict[str, str] = {}
    quoted = 0
    for quad in store.quads(None, NIF.anchorOf):
        place = subject(quad)
        sha = store.value(place, NIF.referenceContext, GB.textSha256)
        if sha not in texts:
            texts[sha] = version.source(sha)
        begin, end = int(store.value(place, NIF.beginIndex)), int(store.value(place, NIF.endIndex))
        assert texts[sha][begin:end] == plain(quad), place
        assert place == f"{IRIS.text(sha)}#char={begin},{end}"
        quoted += 1
    assert len(texts) == len(store.of(NIF.Context))
    return quoted


def test_every_place_of_the_samples_holds_its_quote(samples_store: Path) -> None:
    assert places_hold(current(samples_store)) > 700


def test_every_place_of_the_corpus_holds_its_quote(corpus_store: Path) -> None:
    assert places_hold(current(corpus_store)) > 2000


# tasks -------------------------------------------------------------------------------------------

HEAD = (
    "青石县人民政府关于印发《青石县河道整治方案》的通知\n\n青政发〔2030〕7号\n\n各乡镇人民政府：\n\n"
    "现将《青石县河道整治方案》印发给你们，请认真执行。\n\n青石县人民政府\n\n2030年3月1日\n\n"
    "青石县河道整治方案\n\n"
)


def tasks(found: Graph) -> dict[str, list[str]]:
    """Task label → bodies."""
    return {
        found.value(task, RDFS.label): [
            found.value(body, SKOS.prefLabel)
            for link in (GB.leadAgency, GB.responsibleAgency, GB.cooperatingAgency)
            for body in found.values(task, link)
        ]
        for task in found.of(GB.Task)
    }


def test_a_clause_with_bodies_is_a_task(tmp_path: Path) -> None:
    found = graph(
        HEAD
        + "一、疏浚河道。2032年底前，完成疏浚河道50公里以上。"
        + "（牵头单位：县水利局；责任单位：县财政局；配合单位：县林业局）\n\n"
        + "二、种植护岸林。2033年底前，护岸林覆盖率达到90%。\n",
        tmp_path,
    )
    (task,) = found.of(GB.Task)
    assert task == f"{found.value(task, GB.statedIn)}/task"
    assert found.value(task, RDFS.label) == "疏浚河道"
    assert found.quote(task).startswith("一、疏浚河道。2032年底前")
    assert [
        found.value(task, link, SKOS.prefLabel)
        for link in (GB.leadAgency, GB.responsibleAgency, GB.cooperatingAgency)
    ] == ["县水利局", "县财政局", "县林业局"]
    duties = {found.quote(duty): duty for duty in found.of(GB.Responsibility)}
    assert set(duties) == {"县水利局", "县财政局", "县林业局"}
    for duty in duties.values():
        assert found.value(duty, GB.task) == task
        assert found.value(duty, GB.explicit) == "true"
    assert found.value(duties["县水利局"], GB.role) == GB.RoleLead
    assert found.value(duties["县林业局"], GB.role) == GB.RoleCooperate
    assert found.value(task, GB.hasDeadline, GB.norm) == "2032-12-31"
    target = found.value(task, GB.hasTarget)
    assert found.value(target, SCHEMA.value) == "50"
    assert found.value(target, SCHEMA.unitText) == "公里"
    assert found.value(target, GB.comparator) == GB.AtLeast
    assert found.value(target, GB.by) == "2032-12-31"
    free = {found.value(deadline, GB.norm) for deadline in found.of(GB.Deadline)}
    assert free == {"2032-12-31", "2033-12-31"}  # the second clause is no task; its deadline hangs nowhere


def test_a_prose_duty_makes_a_task_of_its_clause(tmp_path: Path) -> None:
    found = graph(
        HEAD + "一、县水利局负责清淤，会同县财政局每季度检查一次。\n\n二、沿岸居民应当爱护河道。\n", tmp_path
    )
    (task,) = found.of(GB.Task)
    assert tasks(found) == {
        "县水利局负责清淤，会同县财政局每季度检查一次": ["县水利局", "县财政局"]
    } or tasks(found) == {
        "县水利局负责清淤，会同县财政局每季度检查一次": ["县水利局", "县水利局", "县财政局"]
    }
    assert found.value(task, GB.hasDeadline, GB.norm) == "R/P3M"
    assert {found.value(duty, GB.explicit) for duty in found.of(GB.Responsibility)} == {"false"}


def test_an_annotation_on_a_line_of_its_own_belongs_to_the_paragraph_before(tmp_path: Path) -> None:
    found = graph(
        HEAD
        + "一、主要任务\n\n"
        + "（一）疏浚河道。2032年底前，完成疏浚河道50公里以上。\n\n（责任单位：县水利局、县财政局）\n\n"
        + "（二）种植护岸林。\n\n（责任单位：县林业局）\n",
        tmp_path,
    )
    assert tasks(found) == {"疏浚河道": ["县水利局", "县财政局"], "种植护岸林": ["县林业局"]}
    (task,) = (task for task in found.of(GB.Task) if found.value(task, RDFS.label) == "疏浚河道")
    assert found.value(task, GB.hasDeadline, GB.norm) == "2032-12-31"
    assert found.value(task, GB.hasTarget, GB.valueText) == "50"


def test_an_annotation_at_the_end_of_the_last_paragraph_belongs_to_the_heading(tmp_path: Path) -> None:
    found = graph(
        HEAD
        + "一、主要任务\n\n（一）疏浚河道\n\n2032年底前，完成疏浚河道50公里以上。\n\n"
        + "沿岸五十米内禁止倾倒渣土，清出的淤泥用于造田。（责任单位：县水利局、县财政局）\n\n"
        + "（二）种植护岸林\n\n沿岸种植柳树，成活后移交村集体管护。（责任单位：县林业局）\n",
        tmp_path,
    )
    assert tasks(found) == {"疏浚河道": ["县水利局", "县财政局"], "种植护岸林": ["县林业局"]}
    (task,) = (task for task in found.of(GB.Task) if found.value(task, RDFS.label) == "疏浚河道")
    assert found.value(task, GB.hasTarget, GB.valueText) == "50"  # of the paragraph between
    clauses = {found.value(duty, GB.statedIn) for duty in found.of(GB.Responsibility)}
    assert all(clause.rsplit("/", 1)[-1].startswith("p") for clause in clauses)  # where it stands


def test_tasks_of_the_samples_name_the_bodies_of_their_duties(samples: Graph) -> None:
    links = {
        GB.RoleLead: GB.leadAgency,
        GB.RoleResponsible: GB.responsibleAgency,
        GB.RoleCooperate: GB.cooperatingAgency,
    }
    told: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for duty in samples.of(GB.Responsibility):
        role = next(term for term in links if term == samples.value(duty, GB.role))
        told[samples.value(duty, GB.task)].add((links[role], samples.value(duty, GB.agency)))
    assert set(told) == set(samples.of(GB.Task))
    for task, bodies in told.items():
        assert bodies == {(link, body) for link in links.values() for body in samples.values(task, link)}


# documents ---------------------------------------------------------------------------------------


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


def test_a_decision_republishes_what_it_amends(samples: Graph) -> None:
    (decision,) = (doc for doc in samples.of(ELI.LegalResource) if samples.values(doc, GB.republishes))
    again = samples.value(decision, GB.republishes)
    assert samples.value(decision, ELI.title) == "云州市人民政府关于修改《云州市公共数据管理办法》的决定"
    assert samples.value(decision, ELI.type_document) == GB.TypeDecision
    assert samples.value(again, ELI.title) == "云州市公共数据管理办法"
    assert samples.value(again, ELI.type_document) == GB.TypeMeasures
    assert samples.values(decision, GB.promulgates) == []
    clauses = samples.of(ELI.LegalResourceSubdivision)
    articles = [clause for clause in clauses if clause.startswith(f"{again}/")]
    assert sum(samples.values(clause, GB.number) == ["第十七条"] for clause in articles) == 1
    assert sum(clause.startswith(f"{decision}/") for clause in clauses) >= 6
    assert samples.values(decision, ELI.amends, RDFS.label) == ["云州市公共数据管理办法"]


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


# planted violations ------------------------------------------------------------------------------


def planted(folder: Path, old: str, new: str) -> tuple[str, ...]:
    """The quads of a good circular with one thing changed."""
    lines = processed(circular(), folder).lines
    changed = tuple(line.replace(old, new) for line in lines)
    assert changed != lines
    return changed


PLANTED = [
    (f"<{GB.modal}>", f"<{GB.heading}>", 11, "modal"),  # a property that a norm may not have
    (f"<{GB.AtLeast}>", f"<{GB.RoleLead}>", 9, "comparator"),
    ('"2030-12-31"', '"soon"', 9, "norm"),
]


@pytest.mark.parametrize(("old", "new", "line", "about"), PLANTED, ids=[item[3] for item in PLANTED])
def test_validate_finds_what_is_planted(old: str, new: str, line: int, about: str, tmp_path: Path) -> None:
    assert validate(processed(circular(), tmp_path).lines, "own.txt") == []
    found = validate(planted(tmp_path, old, new), "own.txt")
    assert found
    assert {(violation.file, violation.line) for violation in found} == {("own.txt", line)}
    assert about in " ".join(violation.message for violation in found)
    assert str(found[0]).startswith(f"own.txt:{line}: ")


def stored(folder: Path, lines: tuple[str, ...]) -> Path:
    """A store of these quads, written as a build writes it."""
    store = folder / "store"
    prepare(store)
    text = processed(circular(), folder).text
    with draft(store) as writing:
        writing.add_turtle(source(), IRIS.vocabulary_graph())
        writing.add(lines)
        writing.add_source(text.sha256, text.text)
        switch(store, writing, writing.finish({"files": ["own.txt"]}), keep=0)
    return store


def test_check_finds_what_is_planted(tmp_path: Path, gongbao: Gongbao) -> None:
    store = stored(tmp_path, planted(tmp_path, f"<{GB.AtLeast}>", f"<{GB.RoleLead}>"))
    ran = gongbao("check", "--store", store)
    assert ran.status == 2
    (line,) = ran.out.splitlines()
    assert line.startswith("own.txt:9: ")
    assert "gb:comparator: exactly one, a concept of gb:Comparator." in line  # never the Chinese message
    assert ran.err == f"1 violations in version {current(store).id}\n"


def test_check_finds_a_quote_that_is_not_there(tmp_path: Path, gongbao: Gongbao) -> None:
    store = stored(
        tmp_path, planted(tmp_path, f'<{NIF.anchorOf}> "县财政局"', f'<{NIF.anchorOf}> "县林业局"')
    )
    ran = gongbao("check", "--store", store)
    assert ran.status == 2
    (line,) = ran.out.splitlines()
    assert line.startswith("own.txt:9: the place ")
    assert "does not hold its quote '县林业局'" in line


def test_check_finds_a_text_that_was_changed(tmp_path: Path, gongbao: Gongbao) -> None:
    store = stored(tmp_path, processed(circular(), tmp_path).lines)
    assert gongbao("check", "--store", store).status == 0
    (text,) = (current(store).folder / "sources").iterdir()
    text.write_text(text.read_text("utf8").replace("不得涂改", "可以涂改"), "utf8")
    ran = gongbao("check", "--store", store)
    assert ran.status == 2
    assert "own.txt:11: the place " in ran.out
    assert "'不得'" in ran.out or "不得涂改档案" in ran.out


def test_check_says_when_a_text_is_missing(tmp_path: Path, gongbao: Gongbao) -> None:
    store = stored(tmp_path, processed(circular(), tmp_path).lines)
    (text,) = (current(store).folder / "sources").iterdir()
    text.unlink()
    try:
        ran = gongbao("check", "--store", store)
    except OSError as error:
        pytest.fail(f"a traceback instead of a message: {error!r}")
    assert ran.status == 2
    assert text.name in ran.err + ran.out


def test_the_samples_have_no_violations(samples_store: Path, gongbao: Gongbao) -> None:
    ran = gongbao("check", "--store", samples_store)
    assert (ran.status, ran.out) == (0, "")
    assert ran.err == f"0 violations in version {current(samples_store).id}\n"


def test_every_character_of_a_text_is_one_of_its_file(samples_store: Path) -> None:
    version = current(samples_store)
    store = Graph(version.open())
    for quad in store.quads(None, GB.fileName):
        kept = version.source(store.value(subject(quad), GB.textSha256))
        file = (SAMPLES / plain(quad)).read_text("utf8")
        assert Counter("".join(kept.split())) - Counter("".join(file.split())) == Counter()
        assert 0.7 * len(file) < len(kept) < len(file)

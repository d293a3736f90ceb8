"""Tasks and the bodies that bear them."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from ontology.terms import (
    GB,
    RDFS,
    SCHEMA,
    SKOS,
)
from tests.ingest.graph.conftest import DOC, Graph, graph

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
    assert found.value(task, GB.setBy) == f"{DOC}青政发-2030-7"  # the circular, not what it issues
    assert found.value(task, GB.statedIn, GB.ofDocument) == found.value(f"{DOC}青政发-2030-7", GB.promulgates)
    assert found.quote(task).startswith("一、疏浚河道。2032年底前")
    assert [
        found.value(task, link, SKOS.prefLabel)
        for link in (GB.leadAgency, GB.responsibleAgency, GB.cooperatingAgency)
    ] == ["青石县水利局", "青石县财政局", "青石县林业局"]
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
        "县水利局负责清淤，会同县财政局每季度检查一次": ["青石县水利局", "青石县财政局"]
    } or tasks(found) == {
        "县水利局负责清淤，会同县财政局每季度检查一次": ["青石县水利局", "青石县水利局", "青石县财政局"]
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
    assert tasks(found) == {"疏浚河道": ["青石县水利局", "青石县财政局"], "种植护岸林": ["青石县林业局"]}
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
    assert tasks(found) == {"疏浚河道": ["青石县水利局", "青石县财政局"], "种植护岸林": ["青石县林业局"]}
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

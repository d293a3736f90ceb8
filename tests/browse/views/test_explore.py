"""Exploring an endpoint from node to node, and what is drawn of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from itertools import pairwise

import pytest
from st_graph_workbench import GraphCommand

from app.browse.client.endpoint import Source
from app.browse.i18n import Speech
from app.browse.views.links import canvas
from app.browse.views.links.explore import Explored, follow, followed, searched, things
from app.browse.views.links.graph import Filter, Shown, Way, reference
from app.browse.views.links.kinds import EDGES, NODES, named, page_of, way_name
from app.browse.views.links.trail import Step
from ontology.iris import Iris
from queries.library import library

BASE = Iris().base
BIG_DATA, INNOVATION = f"{BASE}org/云州市大数据管理局", f"{BASE}org/云州市科技创新局"
RESPONSIBLE = Way("responsible", "in")
ZH = Speech("zh")


@pytest.fixture(scope="module")
def source(samples_endpoint: str) -> Iterator[Source]:
    with closing(Source(samples_endpoint)) as source:
        yield source


def start(source: Source, words: str, *steps: Step) -> Explored:
    return followed(source, things(source, words)[0], steps)


# Exploring an endpoint.


def test_a_start_opens_a_page_of_every_way(source: Source) -> None:
    explored = start(source, "云州市大数据管理局")
    shown = explored.graph.shown(BIG_DATA)
    assert shown[RESPONSIBLE] == Shown(12, 1)
    assert shown[Way("lead", "in")] == Shown(4, 0)
    assert explored.steps == (Step(reference(BIG_DATA), "all"),)


def test_the_next_page_brings_the_rest_and_then_nothing(source: Source) -> None:
    step = Step(reference(BIG_DATA), RESPONSIBLE)
    explored = follow(source, start(source, "云州市大数据管理局"), step)
    assert explored.graph.shown(BIG_DATA)[RESPONSIBLE] == Shown(13, 0)
    again = follow(source, explored, step)
    assert (again.graph, again.steps) == (explored.graph, explored.steps)


def test_what_was_removed_comes_back_when_it_is_opened_again(source: Source) -> None:
    explored = start(source, "云州市大数据管理局")
    task = next(edge.source for edge in explored.graph.edges if edge.kind == "lead")
    fewer = follow(source, explored, Step(reference(task), "x"))
    assert fewer.graph.shown(BIG_DATA)[Way("lead", "in")] == Shown(3, 1)
    back = follow(source, fewer, Step(reference(BIG_DATA), Way("lead", "in")))
    assert back.graph.shown(BIG_DATA)[Way("lead", "in")] == Shown(4, 0)
    assert task in back.graph.nodes


def test_steps_restore_a_graph(source: Source) -> None:
    explored = start(source, "云州市大数据管理局")
    for iri in list(explored.graph.nodes)[1:4]:
        explored = follow(source, explored, Step(reference(iri), "all"))
    explored = follow(source, explored, Step(reference(list(explored.graph.nodes)[5]), "x"))
    restored = start(source, "云州市大数据管理局", *explored.steps)
    assert restored == explored


def test_steps_at_nodes_that_are_not_there_are_counted(source: Source) -> None:
    lost = (Step("abcdefgh", "all"), Step(reference(BIG_DATA), "x"))
    explored = start(source, "云州市大数据管理局", Step(reference(BIG_DATA), "all"), *lost)
    assert explored.lost == 2
    assert len(explored.steps) == 1


def test_search_lists_by_kind_and_says_how_many_there_are(source: Source) -> None:
    groups = {group.kind: group for group in searched(source, "云州市科技创新局")}
    assert groups["agency"].things[0].iri == INNOVATION
    tasks = {group.kind: group for group in searched(source, "公共数据")}["task"]
    assert tasks.total >= len(tasks.things) > 0
    assert searched(source, "没有这样的名称㊣") == []


def test_search_without_a_full_text(samples_endpoint: str) -> None:
    with closing(Source(f"{samples_endpoint}/sparql")) as other:
        groups = {group.kind: group for group in searched(other, "公共数据")}
    assert f"{BASE}doc/t-edffac8409e62e7a" in {thing.iri for thing in groups["document"].things}


# What is drawn.


def test_every_edge_of_the_questions_has_a_look_and_words() -> None:
    parameter = library()["link/neighbours"].parameter("edge")
    assert parameter is not None
    assert set(EDGES) == set(parameter.choices)
    for speech in (ZH, Speech("en")):
        for edge in EDGES:
            for direction in ("in", "out"):
                assert way_name(speech, Way(edge, "in" if direction == "in" else "out"))
            assert "://" not in speech.term(EDGES[edge].term)
        assert all(speech(f"links.kind.{kind}") for kind in NODES)
    assert all(page_of(kind, "urn:a") for kind in NODES)


def test_kinds_of_node_differ_in_more_than_colour() -> None:
    assert len({(look.shape, look.hollow) for look in NODES.values()}) == len(NODES)


def test_the_drawing_says_how_many_more_there_are(source: Source) -> None:
    graph = start(source, "云州市大数据管理局").graph
    drawn = canvas.elements(ZH, graph, BIG_DATA, None, Filter(kinds=frozenset({"agency"})))
    data = {node["data"]["id"]: node["data"] for node in drawn["nodes"]}
    assert data[reference(BIG_DATA)]["name"] == "云州市大数据管理局\n+1"
    assert (data[reference(BIG_DATA)]["chosen"], data[reference(BIG_DATA)]["start"]) == (1, 1)
    assert {each["label"] for each in data.values()} == {"agency"}
    ids = set(data)
    assert all({edge["data"]["source"], edge["data"]["target"]} <= ids for edge in drawn["edges"])
    whole = canvas.elements(ZH, graph, None, None, Filter())
    assert {edge["data"]["name"] for edge in whole["edges"]} >= {"牵头单位", "责任单位", "发文机关"}


def test_the_drawing_is_told_what_is_different_only(source: Source) -> None:
    """Applied to what was drawn, also twice over, the commands give what is to be drawn; places stay."""
    first = start(source, "云州市大数据管理局")
    more = follow(source, first, Step(reference(BIG_DATA), RESPONSIBLE))
    task = next(edge.source for edge in first.graph.edges if edge.kind == "lead")
    less = follow(source, more, Step(reference(task), "x"))
    turns = [
        canvas.elements(ZH, explored.graph, chosen, None, shown)
        for explored, chosen, shown in (
            (first, BIG_DATA, Filter()),
            (more, BIG_DATA, Filter()),
            (more, BIG_DATA, Filter(edges=frozenset({"lead"}))),
            (less, None, Filter()),
        )
    ]
    commands = [
        command
        for turn, (before, after) in enumerate(pairwise(turns))
        for command in canvas.difference(before, after, turn)
    ]
    assert len({command["command_id"] for command in commands}) == len(commands)
    added = [command for command in commands if command["operation"] == "add_elements"]
    assert [len(command.get("nodes", [])) for command in added] == [1, 0]
    for told in (commands, commands * 2):
        drawn = {str(each["data"]["id"]): each["data"] for each in (*turns[0]["nodes"], *turns[0]["edges"])}
        for command in told:
            _obey(drawn, command)
        last = (*turns[-1]["nodes"], *turns[-1]["edges"])
        assert drawn == {each["data"]["id"]: each["data"] for each in last}


def _obey(drawn: dict[str, dict[str, object]], command: GraphCommand) -> None:
    """As the drawing does: adds what is missing, merges what is there, removes nodes with their edges."""
    coming = {
        each["data"]["id"]: each["data"] for each in (*command.get("nodes", []), *command.get("edges", []))
    }
    if command["operation"] == "add_elements":
        drawn.update({name: data for name, data in coming.items() if name not in drawn})
    elif command["operation"] == "upsert_elements":
        drawn.update({name: {**drawn.get(name, {}), **data} for name, data in coming.items()})
    else:
        for name, data in list(drawn.items()):
            ends = {name, data.get("source"), data.get("target")}
            if name in command["edge_ids"] or ends & set(command["node_ids"]):
                del drawn[name]


def test_a_change_of_bodies_is_named_by_what_happened(source: Source) -> None:
    graph = start(source, "云州市科技创新局").graph
    change = next(edge for edge in graph.edges if edge.kind == "change")
    assert (change.target, named(ZH, change)) == (INNOVATION, "更名")


@pytest.mark.parametrize(
    "told",
    [{}, {"positions": {}}, {"positions": [1, {"id": "x"}]}, {"positions": [{"id": None, "position": 1}]}],
)
def test_places_that_are_none_are_ignored(source: Source, told: dict[str, object]) -> None:
    assert canvas.spots(start(source, "云州市科技创新局").graph, told) == {}

"""Exploring an endpoint from node to node, and what is drawn of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from itertools import pairwise

import pytest
from st_graph_workbench import GraphCommand

from app.browse.client.endpoint import EndpointClient
from app.browse.i18n import Translator
from app.browse.views.links.appearance import EDGES, NODES, edge_label, link_type_label, state_of_node
from app.browse.views.links.canvas import read_positions
from app.browse.views.links.elements import difference_commands, make_elements
from app.browse.views.links.explore import Exploration, apply_step, find_things, replay, search_things
from app.browse.views.links.graph import LinkType, NeighbourCount, short_id
from app.browse.views.links.graph_filter import GraphFilter
from app.browse.views.links.trail import TrailStep
from ontology.iris import Iris
from queries.library import library

BASE = Iris().base
BIG_DATA, INNOVATION = f"{BASE}org/云州市大数据管理局", f"{BASE}org/云州市科技创新局"
RESPONSIBLE = LinkType("responsible", "in")
ZH = Translator("zh")


@pytest.fixture(scope="module")
def client(samples_endpoint: str) -> Iterator[EndpointClient]:
    with closing(EndpointClient(samples_endpoint)) as client:
        yield client


def start(client: EndpointClient, words: str, *steps: TrailStep) -> Exploration:
    return replay(client, find_things(client, words)[0], steps)


# Exploring an endpoint.


def test_a_start_opens_a_page_of_every_way(client: EndpointClient) -> None:
    explored = start(client, "云州市大数据管理局")
    shown = explored.graph.count_neighbours(BIG_DATA)
    assert shown[RESPONSIBLE] == NeighbourCount(12, 1)
    assert shown[LinkType("lead", "in")] == NeighbourCount(4, 0)
    assert explored.steps == (TrailStep(short_id(BIG_DATA), "all"),)


def test_the_next_page_brings_the_rest_and_then_nothing(client: EndpointClient) -> None:
    step = TrailStep(short_id(BIG_DATA), RESPONSIBLE)
    explored = apply_step(client, start(client, "云州市大数据管理局"), step)
    assert explored.graph.count_neighbours(BIG_DATA)[RESPONSIBLE] == NeighbourCount(13, 0)
    again = apply_step(client, explored, step)
    assert (again.graph, again.steps) == (explored.graph, explored.steps)


def test_what_was_removed_comes_back_when_it_is_opened_again(client: EndpointClient) -> None:
    explored = start(client, "云州市大数据管理局")
    task = next(edge.source for edge in explored.graph.edges if edge.kind == "lead")
    fewer = apply_step(client, explored, TrailStep(short_id(task), "x"))
    assert fewer.graph.count_neighbours(BIG_DATA)[LinkType("lead", "in")] == NeighbourCount(3, 1)
    back = apply_step(client, fewer, TrailStep(short_id(BIG_DATA), LinkType("lead", "in")))
    assert back.graph.count_neighbours(BIG_DATA)[LinkType("lead", "in")] == NeighbourCount(4, 0)
    assert task in back.graph.nodes


def test_steps_restore_a_graph(client: EndpointClient) -> None:
    explored = start(client, "云州市大数据管理局")
    for iri in list(explored.graph.nodes)[1:4]:
        explored = apply_step(client, explored, TrailStep(short_id(iri), "all"))
    explored = apply_step(client, explored, TrailStep(short_id(list(explored.graph.nodes)[5]), "x"))
    restored = start(client, "云州市大数据管理局", *explored.steps)
    assert restored == explored


def test_steps_at_nodes_that_are_not_there_are_counted(client: EndpointClient) -> None:
    lost = (TrailStep("abcdefgh", "all"), TrailStep(short_id(BIG_DATA), "x"))
    explored = start(client, "云州市大数据管理局", TrailStep(short_id(BIG_DATA), "all"), *lost)
    assert explored.lost == 2
    assert len(explored.steps) == 1


def test_search_lists_by_kind_and_says_how_many_there_are(client: EndpointClient) -> None:
    groups = {group.kind: group for group in search_things(client, "云州市科技创新局")}
    assert groups["agency"].things[0].iri == INNOVATION
    tasks = {group.kind: group for group in search_things(client, "公共数据")}["task"]
    assert tasks.total >= len(tasks.things) > 0
    assert search_things(client, "没有这样的名称㊣") == []


def test_search_without_a_full_text(samples_endpoint: str) -> None:
    with closing(EndpointClient(f"{samples_endpoint}/sparql")) as other:
        groups = {group.kind: group for group in search_things(other, "公共数据")}
    assert f"{BASE}doc/t-edffac8409e62e7a" in {thing.iri for thing in groups["document"].things}


# What is drawn.


def test_every_edge_of_the_questions_has_a_look_and_words() -> None:
    parameter = library()["link/neighbours"].parameter("edge")
    assert parameter is not None
    assert set(EDGES) == set(parameter.choices)
    for translate in (ZH, Translator("en")):
        for edge in EDGES:
            for direction in ("in", "out"):
                assert link_type_label(translate, LinkType(edge, "in" if direction == "in" else "out"))
            assert "://" not in translate.term(EDGES[edge].term)
        assert all(translate(f"links.kind.{kind}") for kind in NODES)
    assert all(state_of_node(kind, "urn:a") for kind in NODES)


def test_kinds_of_node_differ_in_more_than_colour() -> None:
    assert len({(look.shape, look.hollow) for look in NODES.values()}) == len(NODES)


def test_the_drawing_says_how_many_more_there_are(client: EndpointClient) -> None:
    graph = start(client, "云州市大数据管理局").graph
    drawn = make_elements(ZH, graph, GraphFilter(kinds=frozenset({"agency"})), BIG_DATA, None)
    data = {node["data"]["id"]: node["data"] for node in drawn["nodes"]}
    assert data[short_id(BIG_DATA)]["name"] == "云州市大数据管理局\n+1"
    assert (data[short_id(BIG_DATA)]["chosen"], data[short_id(BIG_DATA)]["start"]) == (1, 1)
    assert {each["label"] for each in data.values()} == {"agency"}
    ids = set(data)
    assert all({edge["data"]["source"], edge["data"]["target"]} <= ids for edge in drawn["edges"])
    whole = make_elements(ZH, graph, GraphFilter(), None, None)
    assert {edge["data"]["name"] for edge in whole["edges"]} >= {"牵头单位", "责任单位", "发文机关"}


def test_the_drawing_is_told_what_is_different_only(client: EndpointClient) -> None:
    """Applied to what was drawn, also twice over, the commands give what is to be drawn; places stay."""
    first = start(client, "云州市大数据管理局")
    more = apply_step(client, first, TrailStep(short_id(BIG_DATA), RESPONSIBLE))
    task = next(edge.source for edge in first.graph.edges if edge.kind == "lead")
    less = apply_step(client, more, TrailStep(short_id(task), "x"))
    turns = [
        make_elements(ZH, explored.graph, graph_filter, chosen, None)
        for explored, chosen, graph_filter in (
            (first, BIG_DATA, GraphFilter()),
            (more, BIG_DATA, GraphFilter()),
            (more, BIG_DATA, GraphFilter(edges=frozenset({"lead"}))),
            (less, None, GraphFilter()),
        )
    ]
    commands = [
        command
        for turn, (before, after) in enumerate(pairwise(turns))
        for command in difference_commands(before, after, turn)
    ]
    assert len({command["command_id"] for command in commands}) == len(commands)
    added = [command for command in commands if command["operation"] == "add_elements"]
    assert [len(command.get("nodes", [])) for command in added] == [1, 0]
    for told in (commands, commands * 2):
        drawn = {str(each["data"]["id"]): each["data"] for each in (*turns[0]["nodes"], *turns[0]["edges"])}
        for command in told:
            _apply(drawn, command)
        last = (*turns[-1]["nodes"], *turns[-1]["edges"])
        assert drawn == {each["data"]["id"]: each["data"] for each in last}


def _apply(drawn: dict[str, dict[str, object]], command: GraphCommand) -> None:
    """Do what the drawing does: add what is missing, merge what is there, remove nodes with their edges."""
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


def test_a_change_of_bodies_is_named_by_what_happened(client: EndpointClient) -> None:
    graph = start(client, "云州市科技创新局").graph
    change = next(edge for edge in graph.edges if edge.kind == "change")
    assert (change.target, edge_label(ZH, change)) == (INNOVATION, "更名")


@pytest.mark.parametrize(
    "told",
    [{}, {"positions": {}}, {"positions": [1, {"id": "x"}]}, {"positions": [{"id": None, "position": 1}]}],
)
def test_places_that_are_none_are_ignored(client: EndpointClient, told: dict[str, object]) -> None:
    assert read_positions(start(client, "云州市科技创新局").graph, told) == {}

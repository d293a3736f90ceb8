"""The graph that one explores: what is there stays, nothing is left out silently; the address restores it."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.browse.views.links.graph import (
    MOST,
    GraphEdge,
    LinkGraph,
    LinkType,
    Neighbour,
    NeighbourCount,
    Thing,
    add_neighbours,
    move_nodes,
    remove_node,
    short_id,
    start_graph,
    with_totals,
)
from app.browse.views.links.graph_filter import GraphFilter
from app.browse.views.links.layout import HEIGHT, WIDTH, Point, place_around
from app.browse.views.links.trail import TrailStep, append_step, format_trail, parse_trail

LEADS, OUT = LinkType("lead", "in"), LinkType("part-of", "out")
BODY = Thing("urn:body", "云州市科技创新局", "agency")


def page(*names: str, kind: str = "task") -> list[Neighbour]:
    return [Neighbour(Thing(f"urn:{name}", name, kind, "2024-05-01"), f" urn:{name}") for name in names]


def small() -> LinkGraph:
    """A body that leads five tasks, three of them in the graph, one of these with a document."""
    graph = add_neighbours(start_graph(BODY, {LEADS: 5, OUT: 1}), BODY.iri, LEADS, page("a", "b", "c"))
    graph = with_totals(graph, "urn:a", {LinkType("stated-in", "out"): 1, LinkType("lead", "out"): 1})
    return add_neighbours(graph, "urn:a", LinkType("stated-in", "out"), page("d", kind="document"))


def test_a_way_tells_how_many_are_shown_and_how_many_more_there_are() -> None:
    graph = small()
    assert graph.count_neighbours(BODY.iri) == {LEADS: NeighbourCount(3, 2), OUT: NeighbourCount(0, 1)}
    assert graph.count_neighbours("urn:a") == {
        LinkType("stated-in", "out"): NeighbourCount(1, 0),
        LinkType("lead", "out"): NeighbourCount(1, 0),
    }
    assert graph.count_neighbours("urn:b") == {}  # nobody has looked
    assert graph.count_missing() == {BODY.iri: 3, "urn:a": 0}
    assert graph.cursors[BODY.iri, LEADS] == " urn:c"


def test_edges_run_as_they_are_stated() -> None:
    assert small().edges == (
        GraphEdge("urn:a", BODY.iri, "lead"),
        GraphEdge("urn:b", BODY.iri, "lead"),
        GraphEdge("urn:c", BODY.iri, "lead"),
        GraphEdge("urn:a", "urn:d", "stated-in"),
    )


def test_an_edge_that_is_found_from_its_other_end_is_no_second_one() -> None:
    graph = add_neighbours(small(), "urn:a", LinkType("lead", "out"), page("body", kind="agency"))
    assert graph.edges == small().edges
    assert graph.nodes == small().nodes


def test_a_branch_is_removed_with_what_hangs_on_it_alone_and_can_be_opened_again() -> None:
    graph = remove_node(small(), "urn:a")
    assert list(graph.nodes) == [BODY.iri, "urn:b", "urn:c"]
    assert graph.count_neighbours(BODY.iri)[LEADS] == NeighbourCount(2, 3)
    assert (BODY.iri, LEADS) not in graph.cursors  # the next page is the first
    again = add_neighbours(graph, BODY.iri, LEADS, page("a", "b", "c"))
    assert again.count_neighbours(BODY.iri)[LEADS] == NeighbourCount(3, 2)
    assert remove_node(graph, BODY.iri) is graph


def test_what_hangs_on_two_nodes_stays_when_one_is_removed() -> None:
    graph = add_neighbours(small(), "urn:b", LinkType("stated-in", "out"), page("d", kind="document"))
    assert list(remove_node(graph, "urn:a").nodes) == [BODY.iri, "urn:b", "urn:c", "urn:d"]


def test_the_limit_is_kept_and_what_did_not_fit_is_counted() -> None:
    graph = start_graph(BODY, {LEADS: 600})
    graph = add_neighbours(graph, BODY.iri, LEADS, page(*(f"{number:03}" for number in range(600))))
    assert (len(graph.nodes), graph.remaining) == (MOST, 0)
    assert graph.count_neighbours(BODY.iri)[LEADS] == NeighbourCount(MOST - 1, 600 - MOST + 1)
    assert graph.cursors[BODY.iri, LEADS] == f" urn:{MOST - 2}"


def test_a_node_that_was_moved_is_where_it_was_put_and_its_neighbours_come_around_it() -> None:
    graph = move_nodes(small(), {"urn:b": Point(4000.0, 0.0), "urn:unknown": Point(0.0, 0.0)})
    graph = add_neighbours(graph, "urn:b", LinkType("target", "out"), page("e", kind="target"))
    point = graph.nodes["urn:e"].point
    assert abs(point.x - 4000) < 3 * WIDTH
    assert "urn:unknown" not in graph.nodes


def test_a_filter_hides_kinds_edges_and_years_but_never_the_start() -> None:
    graph = small()
    assert GraphFilter().hidden_nodes(graph) == frozenset()
    assert GraphFilter(kinds=frozenset({"document"})).hidden_nodes(graph) == {"urn:a", "urn:b", "urn:c"}
    assert GraphFilter(years=frozenset({"2023"})).hidden_nodes(graph) == {"urn:a", "urn:b", "urn:c", "urn:d"}
    assert [edge.kind for edge in GraphFilter(edges=frozenset({"stated-in"})).visible_edges(graph)] == [
        "stated-in"
    ]
    assert GraphFilter(kinds=frozenset({"document"})).visible_edges(graph) == ()


# What someone may do: open a way at some node, with neighbours among forty things, or remove a node.
opening = st.tuples(
    st.just("open"),
    st.integers(0, 39),
    st.sampled_from([LEADS, OUT, LinkType("cites", "out"), LinkType("cites", "in")]),
    st.lists(st.integers(0, 39), max_size=12, unique=True),
)
removing: st.SearchStrategy[tuple[str, int, LinkType, list[int]]] = st.tuples(
    st.just("remove"), st.integers(0, 39), st.just(LEADS), st.just([])
)


@given(st.lists(opening | removing, max_size=15))
def test_whatever_one_does_what_was_there_stays_put_and_the_counts_add_up(
    doings: list[tuple[str, int, LinkType, list[int]]],
) -> None:
    totals = dict.fromkeys((LEADS, OUT, LinkType("cites", "out"), LinkType("cites", "in")), 40)
    graph = start_graph(Thing("urn:0", "0", "task"), totals)
    for what, at, way, others in doings:
        iri = f"urn:{at}"
        if iri not in graph.nodes:
            continue
        before = graph
        if what == "remove":
            graph = remove_node(graph, iri)
        else:
            graph = with_totals(graph, iri, totals)
            graph = add_neighbours(graph, iri, way, page(*(str(other) for other in others if other != at)))
            assert graph.nodes.keys() >= before.nodes.keys()
        assert all(
            graph.nodes[each].point == node.point
            for each, node in before.nodes.items()
            if each in graph.nodes
        )
        assert graph.start == "urn:0"
        assert all({edge.source, edge.target} <= graph.nodes.keys() for edge in graph.edges)
        assert len(set(graph.edges)) == len(graph.edges)
        assert _connected(graph) == graph.nodes.keys()
        assert graph.totals.keys() <= graph.nodes.keys()
        for each in graph.totals:
            assert all(shown.shown + shown.more == 40 for shown in graph.count_neighbours(each).values())
            assert graph.count_missing()[each] == sum(
                shown.more for shown in graph.count_neighbours(each).values()
            )
    _apart([node.point for node in graph.nodes.values()])


def _connected(graph: LinkGraph) -> set[str]:
    reached = {graph.start}
    for _ in graph.nodes:
        reached |= {edge.target for edge in graph.edges if edge.source in reached}
        reached |= {edge.source for edge in graph.edges if edge.target in reached}
    return reached


def _apart(points: list[Point]) -> None:
    for one, other in combinations(points, 2):
        assert abs(one.x - other.x) >= WIDTH or abs(one.y - other.y) >= HEIGHT


@pytest.mark.parametrize("count", [1, 12, MOST - 1])
def test_places_do_not_overlap(count: int) -> None:
    origin = Point(0.0, 0.0)
    _apart([origin, *place_around(origin, None, count, [origin])])


def test_places_are_rather_outward() -> None:
    points = place_around(Point(0.0, 0.0), Point(1.0, 0.0), 6, [Point(0.0, 0.0), Point(-125.0, 0.0)])
    assert all(point.x > 0 for point in points)


def test_where_no_ring_has_room_places_are_below() -> None:
    taken = [Point(x * WIDTH * 0.9, y * HEIGHT * 0.9) for x in range(-60, 61) for y in range(-75, 76)]
    (point,) = place_around(Point(0.0, 0.0), None, 1, taken)
    assert point.y >= max(other.y for other in taken) + HEIGHT


# The address.


def test_steps_are_written_and_read() -> None:
    here, there = short_id("urn:a"), short_id("urn:b")
    steps = (
        TrailStep(here, "all"),
        TrailStep(there, LEADS, 3),
        TrailStep(here, LinkType("stated-in", "out")),
        TrailStep(there, "x"),
    )
    text = f"{here}.all~{there}.lead.in.3~{here}.stated-in.out~{there}.x"
    assert format_trail(steps) == text
    assert parse_trail(text) == (steps, 0)
    assert parse_trail("") == ((), 0)


def test_the_same_step_again_counts_up() -> None:
    step = TrailStep(short_id("urn:a"), LEADS)
    assert append_step(append_step((), step), step) == (TrailStep(step.node, LEADS, 2),)
    assert append_step((step,), TrailStep(step.node, OUT)) == (step, TrailStep(step.node, OUT))


@pytest.mark.parametrize(
    "text",
    ["x", "abcdefgh", "abcdefgh.lead", "abcdefgh.lead.up", "abcdefg1.all", "abcdefgh.all.0", "~", "<b>"],
)
def test_what_is_no_step_is_counted(text: str) -> None:
    steps, wrong = parse_trail(text)
    assert steps == ()
    assert wrong >= 1


@given(st.text())
def test_any_text_can_be_read_as_steps(text: str) -> None:
    steps, wrong = parse_trail(text)
    assert len(steps) + wrong == (text.count("~") + 1 if text else 0)


def test_references_are_short_and_differ() -> None:
    references = {short_id(f"https://w3id.org/gongbao/id/org/{number}") for number in range(5000)}
    assert len(references) == 5000
    assert {len(each) for each in references} == {8}

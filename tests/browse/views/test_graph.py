"""The graph that one explores: what is there stays, nothing is left out silently; the address restores it."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.browse.views.links.graph import (
    MOST,
    Edge,
    Filter,
    Graph,
    Neighbour,
    Shown,
    Thing,
    Way,
    begin,
    looked,
    moved,
    opened,
    reference,
    without,
)
from app.browse.views.links.layout import HEIGHT, WIDTH, Spot, placed
from app.browse.views.links.trail import Step, added, read, written

LEADS, OUT = Way("lead", "in"), Way("part-of", "out")
BODY = Thing("urn:body", "云州市科技创新局", "agency")


def page(*names: str, kind: str = "task") -> list[Neighbour]:
    return [Neighbour(Thing(f"urn:{name}", name, kind, "2024-05-01"), f" urn:{name}") for name in names]


def small() -> Graph:
    """A body that leads five tasks, three of them in the graph, one of these with a document."""
    graph = opened(begin(BODY, {LEADS: 5, OUT: 1}), BODY.iri, LEADS, page("a", "b", "c"))
    graph = looked(graph, "urn:a", {Way("stated-in", "out"): 1, Way("lead", "out"): 1})
    return opened(graph, "urn:a", Way("stated-in", "out"), page("d", kind="document"))


def test_a_way_tells_how_many_are_shown_and_how_many_more_there_are() -> None:
    graph = small()
    assert graph.shown(BODY.iri) == {LEADS: Shown(3, 2), OUT: Shown(0, 1)}
    assert graph.shown("urn:a") == {Way("stated-in", "out"): Shown(1, 0), Way("lead", "out"): Shown(1, 0)}
    assert graph.shown("urn:b") == {}  # nobody has looked
    assert graph.more() == {BODY.iri: 3, "urn:a": 0}
    assert graph.cursors[BODY.iri, LEADS] == " urn:c"


def test_edges_run_as_they_are_stated() -> None:
    assert small().edges == (
        Edge("urn:a", BODY.iri, "lead"),
        Edge("urn:b", BODY.iri, "lead"),
        Edge("urn:c", BODY.iri, "lead"),
        Edge("urn:a", "urn:d", "stated-in"),
    )


def test_an_edge_that_is_found_from_its_other_end_is_no_second_one() -> None:
    graph = opened(small(), "urn:a", Way("lead", "out"), page("body", kind="agency"))
    assert graph.edges == small().edges
    assert graph.nodes == small().nodes


def test_a_branch_is_removed_with_what_hangs_on_it_alone_and_can_be_opened_again() -> None:
    graph = without(small(), "urn:a")
    assert list(graph.nodes) == [BODY.iri, "urn:b", "urn:c"]
    assert graph.shown(BODY.iri)[LEADS] == Shown(2, 3)
    assert (BODY.iri, LEADS) not in graph.cursors  # the next page is the first
    again = opened(graph, BODY.iri, LEADS, page("a", "b", "c"))
    assert again.shown(BODY.iri)[LEADS] == Shown(3, 2)
    assert without(graph, BODY.iri) is graph


def test_what_hangs_on_two_nodes_stays_when_one_is_removed() -> None:
    graph = opened(small(), "urn:b", Way("stated-in", "out"), page("d", kind="document"))
    assert list(without(graph, "urn:a").nodes) == [BODY.iri, "urn:b", "urn:c", "urn:d"]


def test_the_limit_is_kept_and_what_did_not_fit_is_counted() -> None:
    graph = begin(BODY, {LEADS: 600})
    graph = opened(graph, BODY.iri, LEADS, page(*(f"{number:03}" for number in range(600))))
    assert (len(graph.nodes), graph.room) == (MOST, 0)
    assert graph.shown(BODY.iri)[LEADS] == Shown(MOST - 1, 600 - MOST + 1)
    assert graph.cursors[BODY.iri, LEADS] == f" urn:{MOST - 2}"


def test_a_node_that_was_moved_is_where_it_was_put_and_its_neighbours_come_around_it() -> None:
    graph = moved(small(), {"urn:b": Spot(4000.0, 0.0), "urn:unknown": Spot(0.0, 0.0)})
    graph = opened(graph, "urn:b", Way("target", "out"), page("e", kind="target"))
    spot = graph.nodes["urn:e"].spot
    assert abs(spot.x - 4000) < 3 * WIDTH
    assert "urn:unknown" not in graph.nodes


def test_a_filter_hides_kinds_edges_and_years_but_never_the_start() -> None:
    graph = small()
    assert Filter().hidden(graph) == frozenset()
    assert Filter(kinds=frozenset({"document"})).hidden(graph) == {"urn:a", "urn:b", "urn:c"}
    assert Filter(years=frozenset({"2023"})).hidden(graph) == {"urn:a", "urn:b", "urn:c", "urn:d"}
    assert [edge.kind for edge in Filter(edges=frozenset({"stated-in"})).visible(graph)] == ["stated-in"]
    assert Filter(kinds=frozenset({"document"})).visible(graph) == ()


# What someone may do: open a way at some node, with neighbours among forty things, or remove a node.
opening = st.tuples(
    st.just("open"),
    st.integers(0, 39),
    st.sampled_from([LEADS, OUT, Way("cites", "out"), Way("cites", "in")]),
    st.lists(st.integers(0, 39), max_size=12, unique=True),
)
removing: st.SearchStrategy[tuple[str, int, Way, list[int]]] = st.tuples(
    st.just("remove"), st.integers(0, 39), st.just(LEADS), st.just([])
)


@given(st.lists(opening | removing, max_size=15))
def test_whatever_one_does_what_was_there_stays_put_and_the_counts_add_up(
    doings: list[tuple[str, int, Way, list[int]]],
) -> None:
    totals = dict.fromkeys((LEADS, OUT, Way("cites", "out"), Way("cites", "in")), 40)
    graph = begin(Thing("urn:0", "0", "task"), totals)
    for what, at, way, others in doings:
        iri = f"urn:{at}"
        if iri not in graph.nodes:
            continue
        before = graph
        if what == "remove":
            graph = without(graph, iri)
        else:
            graph = looked(graph, iri, totals)
            graph = opened(graph, iri, way, page(*(str(other) for other in others if other != at)))
            assert graph.nodes.keys() >= before.nodes.keys()
        assert all(
            graph.nodes[each].spot == node.spot for each, node in before.nodes.items() if each in graph.nodes
        )
        assert graph.start == "urn:0"
        assert all({edge.source, edge.target} <= graph.nodes.keys() for edge in graph.edges)
        assert len(set(graph.edges)) == len(graph.edges)
        assert _connected(graph) == graph.nodes.keys()
        assert graph.ways.keys() <= graph.nodes.keys()
        for each in graph.ways:
            assert all(shown.shown + shown.more == 40 for shown in graph.shown(each).values())
            assert graph.more()[each] == sum(shown.more for shown in graph.shown(each).values())
    _apart([node.spot for node in graph.nodes.values()])


def _connected(graph: Graph) -> set[str]:
    reached = {graph.start}
    for _ in graph.nodes:
        reached |= {edge.target for edge in graph.edges if edge.source in reached}
        reached |= {edge.source for edge in graph.edges if edge.target in reached}
    return reached


def _apart(spots: list[Spot]) -> None:
    for one, other in combinations(spots, 2):
        assert abs(one.x - other.x) >= WIDTH or abs(one.y - other.y) >= HEIGHT


@pytest.mark.parametrize("count", [1, 12, MOST - 1])
def test_places_do_not_overlap(count: int) -> None:
    origin = Spot(0.0, 0.0)
    _apart([origin, *placed(origin, None, count, [origin])])


def test_places_are_rather_outward() -> None:
    spots = placed(Spot(0.0, 0.0), Spot(1.0, 0.0), 6, [Spot(0.0, 0.0), Spot(-125.0, 0.0)])
    assert all(spot.x > 0 for spot in spots)


def test_where_no_ring_has_room_places_are_below() -> None:
    taken = [Spot(x * WIDTH * 0.9, y * HEIGHT * 0.9) for x in range(-60, 61) for y in range(-75, 76)]
    (spot,) = placed(Spot(0.0, 0.0), None, 1, taken)
    assert spot.y >= max(other.y for other in taken) + HEIGHT


# The address.


def test_steps_are_written_and_read() -> None:
    here, there = reference("urn:a"), reference("urn:b")
    steps = (Step(here, "all"), Step(there, LEADS, 3), Step(here, Way("stated-in", "out")), Step(there, "x"))
    text = f"{here}.all~{there}.lead.in.3~{here}.stated-in.out~{there}.x"
    assert written(steps) == text
    assert read(text) == (steps, 0)
    assert read("") == ((), 0)


def test_the_same_step_again_counts_up() -> None:
    step = Step(reference("urn:a"), LEADS)
    assert added(added((), step), step) == (Step(step.at, LEADS, 2),)
    assert added((step,), Step(step.at, OUT)) == (step, Step(step.at, OUT))


@pytest.mark.parametrize(
    "text",
    ["x", "abcdefgh", "abcdefgh.lead", "abcdefgh.lead.up", "abcdefg1.all", "abcdefgh.all.0", "~", "<b>"],
)
def test_what_is_no_step_is_counted(text: str) -> None:
    steps, wrong = read(text)
    assert steps == ()
    assert wrong >= 1


@given(st.text())
def test_any_text_can_be_read_as_steps(text: str) -> None:
    steps, wrong = read(text)
    assert len(steps) + wrong == (text.count("~") + 1 if text else 0)


def test_references_are_short_and_differ() -> None:
    references = {reference(f"https://w3id.org/gongbao/id/org/{number}") for number in range(5000)}
    assert len(references) == 5000
    assert {len(each) for each in references} == {8}

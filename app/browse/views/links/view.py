"""关系图: a graph that one explores, from any node along the edges that one chooses."""

from __future__ import annotations

from functools import partial
from typing import cast

import streamlit as st

from app.browse.components.error_panel import trouble_said
from app.browse.components.escaping import plain, shortened
from app.browse.context import Context
from app.browse.routes import Target
from app.browse.views.links import canvas
from app.browse.views.links.edge_list import edge_list
from app.browse.views.links.explore import Explored, follow, followed, look
from app.browse.views.links.graph import MOST, Edge, Filter, Graph, Thing, moved, reference
from app.browse.views.links.kinds import EDGES, NODES, edge_name, named, page_of, ranked, way_name
from app.browse.views.links.starts import search, start
from app.browse.views.links.trail import Step, read, written

# In the state of the session.
_EXPLORED, _TODO, _TURN, _HEARD = "links:explored", "links:todo", "links:turn", "links:heard"
_SERIAL = "links:serial"
_NAME = 30  # characters of a name on a button


def show(context: Context) -> None:
    """A start that one searches or that the address names, and the graph around it."""
    st.title(context.speech("links.name"))
    search(context)
    thing = start(context)
    if thing is not None:
        _explore(context, thing)


@st.fragment
def _explore(context: Context, thing: Thing) -> None:
    """All that changes when something is done in the graph; the rest of the page stays as it is."""
    with trouble_said(context.speech):
        explored, came = _done(context, _explored(context, thing))
        shown = _filter(context, explored.graph)
        drawing, beside = st.columns([3, 1], gap="medium")
        with drawing:
            _drawing(context, explored, shown, came)
        with beside:
            _beside(context, explored.graph)
        edge_list(context, explored.graph, shown)


def _explored(context: Context, thing: Thing) -> Explored:
    """What this session has explored from a node, or what the steps of the address lead to."""
    address = st.query_params.get("steps", "")
    known = cast("Explored | None", st.session_state.get(_EXPLORED))
    if known and known.graph.start == thing.iri:
        untouched = (Step(reference(thing.iri), "all"),)
        if address == written(known.steps) or (not address and known.steps == untouched):
            return known
    steps, wrong = read(address)
    with st.spinner(""):
        explored = followed(context.source, thing, steps)
    st.session_state[_TODO] = []
    st.session_state[_SERIAL] = cast("int", st.session_state.get(_SERIAL, 0)) + 1
    return Explored(explored.graph, explored.steps, explored.lost + wrong)


def _done(context: Context, explored: Explored) -> tuple[Explored, list[str]]:
    """What someone did since the last turn is done to the graph; gives the nodes that came with it."""
    before = explored.graph.nodes.keys()
    todo = cast("list[object]", st.session_state.get(_TODO, []))
    st.session_state[_TODO] = []
    for each in todo:
        explored = _one(context, explored, each)
    chosen = explored.graph.named(st.query_params.get("at", "")) or explored.graph.start
    explored = Explored(look(context.source, explored.graph, chosen), explored.steps, explored.lost)
    st.session_state[_EXPLORED] = explored
    if todo:
        st.query_params["node"] = explored.graph.start
        st.query_params["steps"] = written(explored.steps)
    return explored, [iri for iri in explored.graph.nodes if iri not in before]


def _one(context: Context, explored: Explored, each: object) -> Explored:
    if isinstance(each, Step):
        if each.what == "x":
            st.query_params.pop("at", None)
        return follow(context.source, explored, each)
    event = cast("dict[str, object]", each)
    told = cast("dict[str, object]", event.get("data") or {})
    if event.get("action") == canvas.PLACED:
        graph = moved(explored.graph, canvas.spots(explored.graph, told))
        return Explored(graph, explored.steps, explored.lost)
    at = str(told.get("target_id", ""))
    st.query_params["at"] = at
    if event.get("action") == canvas.OPENED:
        return follow(context.source, explored, Step(at, "all"))
    return explored


def _todo(each: object) -> None:
    st.session_state[_TODO] = [*cast("list[object]", st.session_state.get(_TODO, [])), each]


def _heard(key: str) -> None:
    """What the graph tells; two events at once call this twice, and the state has the last of them only."""
    event = cast("dict[str, object]", st.session_state[key])
    if event["timestamp"] != st.session_state.get(_HEARD):
        st.session_state[_HEARD] = event["timestamp"]
        _todo(event)


def _drawing(context: Context, explored: Explored, shown: Filter, came: list[str]) -> None:
    speech, graph = context.speech, explored.graph
    if explored.lost:
        st.warning(speech("links.lost", count=explored.lost), icon=":material/history:")
    if not graph.room:
        st.warning(speech("links.full", most=MOST), icon=":material/data_usage:")
    turn = cast("int", st.session_state.get(_TURN, 0)) + bool(came)
    st.session_state[_TURN] = turn
    canvas.tools(speech, graph, shown, came, turn)
    key = f"links:graph:{st.session_state[_SERIAL]}"  # another drawing for another graph
    at = st.query_params.get("at", "")
    canvas.draw(
        speech,
        graph,
        graph.named(at) or graph.start,
        at,
        shown,
        key=key,
        on_change=partial(_heard, key),
    )
    hidden = len(shown.hidden(graph))
    told = [speech("links.counted", nodes=len(graph.nodes), edges=len(graph.edges))]
    told += [speech("links.hidden", count=hidden)] if hidden else []
    st.caption(" ".join([*told, speech("links.hint")]))


def _filter(context: Context, graph: Graph) -> Filter:
    speech = context.speech
    kinds = {node.thing.kind for node in graph.nodes.values()}
    edges = {edge.kind for edge in graph.edges}
    years = sorted({node.thing.year for node in graph.nodes.values() if node.thing.year}, reverse=True)
    with st.expander(speech("links.filter"), icon=":material/filter_alt:"):
        st.caption(speech("links.filter.help"))
        return Filter(
            frozenset(
                _pills(
                    speech("links.filter.kinds"),
                    "kinds",
                    {kind: speech(f"links.kind.{kind}") for kind in NODES if kind in kinds},
                )
            ),
            frozenset(
                _pills(
                    speech("links.filter.edges"),
                    "edges",
                    {kind: edge_name(speech, kind) for kind in EDGES if kind in edges},
                )
            ),
            frozenset(_pills(speech("links.filter.years"), "years", {year: plain(year) for year in years})),
        )


def _pills(label: str, name: str, options: dict[str, str]) -> list[str]:
    """Some of the options, which the address has by their codes: a link holds in both languages."""
    key = f"links:{name}"
    before = st.session_state.get(key, st.query_params.get(name, "").split("."))
    st.session_state[key] = [option for option in before if option in options]
    chosen = st.pills(
        label, list(options), format_func=lambda option: options[option], selection_mode="multi", key=key
    )
    if chosen:
        st.query_params[name] = ".".join(chosen)
    else:
        st.query_params.pop(name, None)
    return chosen


def _beside(context: Context, graph: Graph) -> None:
    """What is known of the node or edge that was clicked, and what one can do with it."""
    at = st.query_params.get("at", "")
    edge = next((edge for edge in graph.edges if canvas.edge_id(edge) == at), None)
    if edge is not None:
        _edge(context, graph, edge)
    else:
        _node(context, graph, graph.named(at) or graph.start)


def _edge(context: Context, graph: Graph, edge: Edge) -> None:
    st.markdown(f"**{plain(named(context.speech, edge))}**")
    for iri, sign in ((edge.source, ""), (edge.target, "→ ")):
        thing = graph.nodes[iri].thing
        st.button(
            sign + plain(shortened(thing.name, _NAME)),
            key=f"links:end:{sign}{reference(iri)}",
            on_click=_todo,
            args=({"action": canvas.TAPPED, "data": {"target_id": reference(iri)}},),
            width="stretch",
        )


def _node(context: Context, graph: Graph, iri: str) -> None:
    speech, thing, at = context.speech, graph.nodes[iri].thing, reference(iri)
    st.markdown(f"**{plain(thing.name)}**")
    st.caption(" · ".join(filter(None, (speech(f"links.kind.{thing.kind}"), plain(thing.date or "")))))
    ways = sorted(graph.shown(iri).items(), key=lambda way: ranked(way[0]))
    with st.container(gap="xsmall"):
        for way, count in ways:
            name = way_name(speech, way)
            if not count.more:
                st.markdown(plain(speech("links.shown", what=name, shown=count.shown)))
                continue
            st.button(
                speech("links.more", what=name, shown=count.shown, more=count.more),
                key=f"links:way:{at}:{way.edge}:{way.direction}",
                on_click=_todo,
                args=(Step(at, way),),
                disabled=not graph.room,
                width="stretch",
            )
    if not ways:
        st.caption(speech("links.no.ways"))
    with st.container(horizontal=True):
        if any(count.more for _, count in ways):
            st.button(
                speech("links.open.all"),
                key=f"links:all:{at}",
                on_click=_todo,
                args=(Step(at, "all"),),
                disabled=not graph.room,
                type="primary",
            )
        if iri != graph.start:
            st.button(
                speech("links.remove"),
                key=f"links:x:{at}",
                on_click=_todo,
                args=(Step(at, "x"),),
                help=speech("links.remove.help"),
            )
    page = page_of(thing.kind, iri)
    if page is not None:
        context.routes.link(speech("links.page"), page)
    if iri != graph.start:
        context.routes.link(speech("links.restart"), Target("links", {"node": iri}))

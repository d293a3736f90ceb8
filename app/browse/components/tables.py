"""A table of an answer with all that belongs to it: links, files to hand on, the question and its SPARQL."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from hashlib import sha256
from types import MappingProxyType

import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from app.browse.client.answers import QueryAnswer
from app.browse.client.columns import columns_of
from app.browse.components.exports import download_buttons
from app.browse.context import ViewContext
from app.browse.escaping import escape_markdown
from app.browse.routes import ViewState, state_of
from queries.model import Column
from queries.present.cells import CellValue, cell_of
from queries.present.questions import strip_header
from queries.run import Row

CellLinks = Mapping[str, Callable[[Row], ViewState | None]]
"""Column → target of a click on its cell, where it is not the entity whose IRI the cell has"""

MOST = 5000
"""Rows that a table on a page has; the files have all"""


def show_table(
    context: ViewContext,
    answer: QueryAnswer,
    *,
    empty: str,
    height: int | None = None,
    part: str = "",
    links: CellLinks = MappingProxyType({}),
    missing: str = "",
) -> None:
    """Show an answer; ``empty`` is the id of the message that says why there is none and what to try.

    A click on a cell whose column is marked ↗ opens what it names. ``part`` tells apart two tables of one
    query on a page. ``missing`` stands in cells without a value.
    """
    if answer.rows:
        _show_grid(context, answer, height, part, links, missing)
    else:
        st.info(context.translate(empty), icon=":material/search_off:")
    show_footer(context, answer, part=part)


def show_footer(
    context: ViewContext,
    answer: QueryAnswer,
    *,
    part: str = "",
    ask_whole: Callable[[], QueryAnswer] | None = None,
) -> None:
    """Show what stands under a table or a figure: rows, seconds, the files, the question and its SPARQL.

    ``ask_whole`` asks for all that the files are to have, where the answer is a page of it.
    """
    translate = context.translate
    if answer.cut is not None:
        st.warning(translate("table.cut", cut=escape_markdown(answer.cut)), icon=":material/content_cut:")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(translate("table.told", rows=f"{len(answer.rows):,}", seconds=f"{answer.seconds:.2f}"))
        if answer.rows:
            name = answer.question.name.replace("/", "-") if answer.question else "gongbao"
            make_answer = ask_whole or (lambda: answer)
            download_buttons(name, _key(answer, part), lambda: _file_table(context, make_answer()))
        with st.popover("SPARQL", type="tertiary", icon=":material/code:"):
            if answer.question:
                st.markdown(f"**{translate.text(answer.question.title)}** · `{answer.question.name}`")
                values = {"name": answer.question.name, **_form_parameters(answer.values or {})}
                context.routes.link(translate("table.open"), ViewState("questions", values))
            st.code(strip_header(answer.sparql), language="sparql", wrap_lines=True)


def cell_value(context: ViewContext, column: Column, row: Row) -> CellValue:
    """Return what stands in a cell: the label of an IRI or a code, a number, or text."""
    cell = cell_of(column, row)
    if cell.number is not None:
        return int(cell.number) if cell.number == int(cell.number) else cell.number
    if cell.kind == "code" and cell.value is not None:
        return context.translate.code(cell.value)
    return cell.text or None


def _show_grid(
    context: ViewContext,
    answer: QueryAnswer,
    height: int | None,
    part: str,
    links: CellLinks,
    missing: str,
) -> None:
    columns = columns_of(answer)
    rows = answer.rows[:MOST]
    if len(answer.rows) > MOST:
        st.caption(context.translate("table.first", rows=f"{MOST:,}"))
    event = st.dataframe(
        {column.name: [cell_value(context, column, row) for row in rows] for column in columns},
        hide_index=True,
        height=height or "auto",
        column_config={column.name: _column_config(context, column, links) for column in columns},
        key=f"table:{_key(answer, part)}",
        on_select="rerun",
        selection_mode="single-cell",
        placeholder=missing,
    )
    for place, name in event["selection"]["cells"]:
        if place >= len(rows):  # chosen in an answer of an older version, which had more
            continue
        column = next(column for column in columns if column.name == name)
        state = _state_of_cell(column, rows[place], links)
        if state is not None:
            context.routes.go(state)


def _state_of_cell(column: Column, row: Row, links: CellLinks) -> ViewState | None:
    if column.name in links:
        return links[column.name](row)
    iri = row[column.name]
    return state_of(column.show, iri) if iri else None


def _column_config(context: ViewContext, column: Column, links: CellLinks) -> ColumnConfig:
    head = context.translate.text(column.words)
    if column.show == "number":
        return st.column_config.NumberColumn(head)
    linked = column.name in links or state_of(column.show, "") is not None
    return st.column_config.TextColumn(f"{head} ↗" if linked else head)


def _file_table(context: ViewContext, answer: QueryAnswer) -> tuple[list[str], list[list[CellValue]]]:
    """Return head and rows of a file: the columns as shown, then the IRIs behind them."""
    columns = columns_of(answer)
    labelled = [column for column in columns if column.label]
    head = [context.translate.text(column.words) for column in columns]
    head += [f"{context.translate.text(column.words)} IRI" for column in labelled]
    rows: list[list[CellValue]] = [
        [cell_value(context, column, row) for column in columns]
        + [row.get(column.name) for column in labelled]
        for row in answer.rows
    ]
    return head, rows


def _form_parameters(values: Mapping[str, str]) -> dict[str, str]:
    """Return parameters of a question as the view of questions has them in its address."""
    return {f"p.{name}": value for name, value in values.items()}


def _key(answer: QueryAnswer, part: str) -> str:
    """Return a key of the query: what was selected in one answer is not selected in another."""
    return sha256(f"{part}\n{answer.sparql}".encode()).hexdigest()[:16]

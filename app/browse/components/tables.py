"""A table of an answer with all that belongs to it: links, files to hand on, the question and its SPARQL."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from hashlib import sha256
from types import MappingProxyType

import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from app.browse.client.answers import columns_of
from app.browse.client.endpoint import Answer
from app.browse.components.escaping import plain
from app.browse.components.exports import CSV, XLSX, Cell, csv_file, xlsx_file
from app.browse.context import Context
from app.browse.routes import Target, opens
from queries.model import Column
from queries.present.cells import cell_of
from queries.present.questions import strip_header
from queries.run import Row

Opening = Mapping[str, Callable[[Row], Target | None]]
"""Column → what a click on its cell opens, where that is another thing than its IRI says"""

MOST = 5000
"""Rows that a table on a page has; the files have all"""


def table(
    context: Context,
    answer: Answer,
    *,
    empty: str,
    height: int | None = None,
    part: str = "",
    opening: Opening = MappingProxyType({}),
) -> None:
    """Show an answer to a question; ``empty`` names the words that say why there is none and what to try.

    A click on a cell whose column is marked ↗ opens what it names. ``part`` tells apart two tables of one
    query on a page.
    """
    if answer.rows:
        _grid(context, answer, height, part, opening)
    else:
        st.info(context.speech(empty), icon=":material/search_off:")
    behind(context, answer, part=part)


def behind(
    context: Context, answer: Answer, *, part: str = "", whole: Callable[[], Answer] | None = None
) -> None:
    """What stands under a table or a figure: rows, seconds, the files, the question and its SPARQL.

    ``whole`` asks for all that the files are to have, where the answer is a page of it.
    """
    speech = context.speech
    if answer.cut is not None:
        st.warning(speech("table.cut", cut=plain(answer.cut)), icon=":material/content_cut:")
    key = _key(answer, part)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(speech("table.told", rows=f"{len(answer.rows):,}", seconds=f"{answer.seconds:.2f}"))
        if answer.rows:
            name = answer.question.name.replace("/", "-") if answer.question else "gongbao"
            for form, media_type, write in (("csv", CSV, csv_file), ("xlsx", XLSX, xlsx_file)):
                st.download_button(
                    form.upper(),
                    _written(context, whole or (lambda: answer), write),
                    f"{name}.{form}",
                    media_type,
                    key=f"{form}:{key}",
                    on_click="ignore",
                    type="tertiary",
                    icon=":material/download:",
                )
        with st.popover("SPARQL", type="tertiary", icon=":material/code:"):
            if answer.question:
                st.markdown(f"**{speech.of(answer.question.title)}** · `{answer.question.name}`")
                values = {"name": answer.question.name, **_prefixed(answer.values or {})}
                context.routes.link(speech("table.open"), Target("questions", values))
            st.code(strip_header(answer.sparql), language="sparql", wrap_lines=True)


def _grid(context: Context, answer: Answer, height: int | None, part: str, opening: Opening) -> None:
    columns = columns_of(answer)
    some = answer.rows[:MOST]
    if len(answer.rows) > MOST:
        st.caption(context.speech("table.first", rows=f"{MOST:,}"))
    event = st.dataframe(
        {column.name: [cell(context, column, row) for row in some] for column in columns},
        hide_index=True,
        height=height or "auto",
        column_config={column.name: _configured(context, column, opening) for column in columns},
        key=f"table:{_key(answer, part)}",
        on_select="rerun",
        selection_mode="single-cell",
        placeholder="",
    )
    for row, name in event["selection"]["cells"]:
        if row >= len(some):  # chosen in an answer of an older version, which had more
            continue
        column = next(column for column in columns if column.name == name)
        iri = some[row][column.name]
        target = opens(column.show, iri) if iri else None
        if name in opening:
            target = opening[name](some[row])
        if target is not None:
            context.routes.go(target)


def _configured(context: Context, column: Column, opening: Opening) -> ColumnConfig:
    head = context.speech.of(column.words)
    if column.show == "number":
        return st.column_config.NumberColumn(head)
    linked = column.name in opening or opens(column.show, "") is not None
    return st.column_config.TextColumn(f"{head} ↗" if linked else head)


def cell(context: Context, column: Column, row: Row) -> Cell:
    """What stands in a cell: a label for an IRI, a number for a number, a word for a code."""
    found = cell_of(column, row)
    if found.number is not None:
        return int(found.number) if found.number == int(found.number) else found.number
    if found.kind == "code" and found.value is not None:
        return context.speech.code(found.value)
    return found.label or found.value


def _written(
    context: Context, whole: Callable[[], Answer], write: Callable[[list[str], list[list[Cell]]], bytes]
) -> Callable[[], bytes]:
    """A file with every row: the columns as shown, and the IRIs behind them."""

    def made() -> bytes:
        answer = whole()
        columns = columns_of(answer)
        iris = [column for column in columns if column.label]
        head = [context.speech.of(column.words) for column in columns]
        head += [f"{context.speech.of(column.words)} IRI" for column in iris]
        rows: list[list[Cell]] = [
            [cell(context, column, row) for column in columns] + [row.get(column.name) for column in iris]
            for row in answer.rows
        ]
        return write(head, rows)

    return made


def _prefixed(values: Mapping[str, str]) -> dict[str, str]:
    """Parameters of a question as the view of questions has them in its address."""
    return {f"p.{name}": value for name, value in values.items()}


def _key(answer: Answer, part: str) -> str:
    """One a query: what was selected in one answer is not selected in another."""
    return sha256(f"{part}\n{answer.sparql}".encode()).hexdigest()[:16]

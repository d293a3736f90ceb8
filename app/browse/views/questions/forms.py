"""A form made from the header of a question: one input a parameter, by its type.

What is asked stands in the address as ``p.NAME=value``; the form shows what the address says, and when it is
sent the address gets what the form shows.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial

import streamlit as st

from app.browse.client.errors import SourceError
from app.browse.components.address import EARLIEST, LATEST, as_day
from app.browse.context import Context
from queries.model import Parameter, Question

_PREFIX = "p."
_BIGGEST = 2**53 - 1  # what a browser counts exactly
_COLUMNS = 3
_SUGGESTING = {"agency": "suggest/agencies", "document": "suggest/documents"}


def given(question: Question) -> dict[str, str]:
    """The values that the address has, as far as they are not those that a question has by itself.

    A name that is no parameter of the question is among them: asking says so.
    """
    values = {
        name.removeprefix(_PREFIX): value
        for name, value in st.query_params.to_dict().items()
        if name.startswith(_PREFIX) and value
    }
    defaults = {parameter.name: parameter.default for parameter in question.parameters}
    return {name: value for name, value in values.items() if defaults.get(name) != value}


def form(context: Context, question: Question, values: Mapping[str, str]) -> None:
    """The inputs and the button; nothing where the question has no parameters."""
    if not question.parameters:
        return
    keys: dict[str, str] = {}
    with st.form(f"form:{question.name}", border=True):
        for number, parameter in enumerate(question.parameters):
            if number % _COLUMNS == 0:
                places = st.columns(min(_COLUMNS, len(question.parameters)))
            value = values.get(parameter.name, parameter.default)
            # another address is another input: it begins with what the address says
            keys[parameter.name] = key = f"{question.name}:{parameter.name}:{value}"
            with places[number % _COLUMNS]:
                _input(context, parameter, value, key)
        st.form_submit_button(
            context.speech("questions.ask"),
            type="primary",
            icon=":material/play_arrow:",
            on_click=partial(_sent, question, keys),
        )


def without_required(question: Question, values: Mapping[str, str]) -> list[Parameter]:
    """The parameters that are still to be given."""
    return [
        parameter
        for parameter in question.parameters
        if parameter.required and not values.get(parameter.name, "").strip()
    ]


def _sent(question: Question, keys: Mapping[str, str]) -> None:
    """Write what the form shows into the address; a value that a question has by itself is left out."""
    # one by one: what is bound to a widget, as the language is, may not be touched
    for name in [name for name in st.query_params if name.startswith(_PREFIX)]:
        del st.query_params[name]
    for parameter in question.parameters:
        value = _written(st.session_state.get(keys[parameter.name]))
        if value and value != parameter.default:
            st.query_params[f"{_PREFIX}{parameter.name}"] = value


def _written(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    return str(value).strip() if value is not None else ""


def _input(context: Context, parameter: Parameter, value: str | None, key: str) -> None:
    speech = context.speech
    label = speech.of(parameter.words) + (" *" if parameter.required else "")
    hint = speech("questions.example", example=parameter.example)
    if parameter.type in _SUGGESTING:
        known = _suggested(context, _SUGGESTING[parameter.type])
        options = [value, *(one for one in known if one != value)] if value else known
        place = 0 if value else None
        st.selectbox(label, options, place, key=key, placeholder=hint, accept_new_options=True)
    elif parameter.type == "date":  # of a value that is no day, asking says so
        st.date_input(label, as_day(value or ""), EARLIEST, LATEST, key=key, help=hint, format="YYYY-MM-DD")
    elif parameter.type == "integer":
        st.number_input(label, value=_whole(value), step=1, key=key, placeholder=hint)
    elif parameter.type == "boolean" and parameter.default is not None:
        st.checkbox(label, value == "true", key=key)
    elif parameter.type in ("boolean", "choice"):
        codes = parameter.choices or ("true", "false")
        choices = codes if parameter.default is not None or parameter.required else ("", *codes)
        place = choices.index(value) if value in choices else 0
        named = {
            "": speech("questions.any"),
            "true": speech("questions.yes"),
            "false": speech("questions.no"),
        }
        st.selectbox(label, choices, place, lambda code: named.get(code) or speech.code(code), key=key)
    else:
        st.text_input(label, value or "", key=key, placeholder=hint)


def _whole(value: str | None) -> int | None:
    try:
        number = int(value or "")
    except ValueError:
        return None
    return number if abs(number) <= _BIGGEST else None


def _suggested(context: Context, question: str) -> list[str]:
    """Names to choose from; none where the endpoint has no answer: any name can be typed."""
    try:
        return _names(context.source.url, context, question)
    except SourceError:
        return []


@st.cache_data(ttl=60, show_spinner=False, max_entries=20)
def _names(url: str, _context: Context, question: str) -> list[str]:
    """The names that a question of the program gives, kept for a minute for each endpoint."""
    found = _context.source.ask(question)
    return [name for row in found.rows if (name := row["name"])]

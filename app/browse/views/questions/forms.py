"""A form made from the header of a question: an input for each parameter, by its type.

What is asked stands in the address as ``p.NAME=value``; the form shows what the address says, and when it is
sent the address gets what the form shows.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial

import streamlit as st

from app.browse.client.errors import ClientError
from app.browse.components.url_state import EARLIEST, LATEST, parse_day
from app.browse.context import ViewContext
from queries.model import Parameter, Question

_PREFIX = "p."
_BIGGEST = 2**53 - 1  # what a browser counts exactly
_COLUMNS = 3
_SUGGESTION_QUESTIONS = {"agency": "suggest/agencies", "document": "suggest/documents"}


def read_values(question: Question) -> dict[str, str]:
    """Read the values in the address, as far as they are not the defaults of the question.

    A name that is no parameter of the question is among them: asking with it is an error.
    """
    values = {
        name.removeprefix(_PREFIX): value
        for name, value in st.query_params.to_dict().items()
        if name.startswith(_PREFIX) and value
    }
    defaults = {parameter.name: parameter.default for parameter in question.parameters}
    return {name: value for name, value in values.items() if defaults.get(name) != value}


def show_form(context: ViewContext, question: Question, values: Mapping[str, str]) -> None:
    """Show the inputs and the button; nothing where the question has no parameters."""
    if not question.parameters:
        return
    keys: dict[str, str] = {}
    with st.form(f"form:{question.name}", border=True):
        for number, parameter in enumerate(question.parameters):
            if number % _COLUMNS == 0:
                columns = st.columns(min(_COLUMNS, len(question.parameters)))
            value = values.get(parameter.name, parameter.default)
            # another address is another input: it begins with what the address says
            keys[parameter.name] = key = f"{question.name}:{parameter.name}:{value}"
            with columns[number % _COLUMNS]:
                _show_input(context, parameter, value, key)
        st.form_submit_button(
            context.translate("questions.ask"),
            type="primary",
            icon=":material/play_arrow:",
            on_click=partial(_write_values, question, keys),
        )


def missing_parameters(question: Question, values: Mapping[str, str]) -> list[Parameter]:
    """Return the required parameters that have no value."""
    return [
        parameter
        for parameter in question.parameters
        if parameter.required and not values.get(parameter.name, "").strip()
    ]


def _write_values(question: Question, keys: Mapping[str, str]) -> None:
    """Write what the form shows into the address, without the values that are defaults."""
    # one by one: what is bound to a widget, as the language is, may not be touched
    for name in [name for name in st.query_params if name.startswith(_PREFIX)]:
        del st.query_params[name]
    for parameter in question.parameters:
        value = _value_text(st.session_state.get(keys[parameter.name]))
        if value and value != parameter.default:
            st.query_params[f"{_PREFIX}{parameter.name}"] = value


def _value_text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    return str(value).strip() if value is not None else ""


def _show_input(context: ViewContext, parameter: Parameter, value: str | None, key: str) -> None:
    translate = context.translate
    label = translate.text(parameter.words) + (" *" if parameter.required else "")
    hint = translate("questions.example", example=parameter.example)
    if parameter.type in _SUGGESTION_QUESTIONS:
        known = _suggestions(context, _SUGGESTION_QUESTIONS[parameter.type])
        options = [value, *(one for one in known if one != value)] if value else known
        index = 0 if value else None
        st.selectbox(label, options, index, key=key, placeholder=hint, accept_new_options=True)
    elif parameter.type == "date":  # asking with a value that is no day is an error
        st.date_input(
            label, parse_day(value or ""), EARLIEST, LATEST, key=key, help=hint, format="YYYY-MM-DD"
        )
    elif parameter.type == "integer":
        st.number_input(label, value=_parse_integer(value), step=1, key=key, placeholder=hint)
    elif parameter.type == "boolean" and parameter.default is not None:
        st.checkbox(label, value == "true", key=key)
    elif parameter.type in ("boolean", "choice"):
        codes = parameter.choices or ("true", "false")
        choices = codes if parameter.default is not None or parameter.required else ("", *codes)
        index = choices.index(value) if value in choices else 0
        labels = {
            "": translate("questions.any"),
            "true": translate("questions.yes"),
            "false": translate("questions.no"),
        }
        st.selectbox(label, choices, index, lambda code: labels.get(code) or translate.code(code), key=key)
    else:
        st.text_input(label, value or "", key=key, placeholder=hint)


def _parse_integer(value: str | None) -> int | None:
    try:
        number = int(value or "")
    except ValueError:
        return None
    return number if abs(number) <= _BIGGEST else None


def _suggestions(context: ViewContext, question: str) -> list[str]:
    """Return names to choose from; none where the endpoint has no answer, as any name can be typed."""
    try:
        return _ask_names(context.client.url, context, question)
    except ClientError:
        return []


@st.cache_data(ttl=60, show_spinner=False, max_entries=20)
def _ask_names(url: str, _context: ViewContext, question: str) -> list[str]:
    """Return the names in the answer to a question, kept for a minute for each endpoint."""
    found = _context.client.ask(question)
    return [name for row in found.rows if (name := row["name"])]

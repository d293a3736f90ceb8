"""What a page says in place of what went wrong with the endpoint or an address."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from app.browse.client.errors import SourceError
from app.browse.i18n import Speech
from queries.errors import ParameterError


@contextmanager
def trouble_said(speech: Speech) -> Iterator[None]:
    """Errors that a view or a fragment of one may raise are said where it would have stood."""
    try:
        yield
    except SourceError as error:
        st.error(speech(f"error.{error.key}"), icon=":material/cloud_off:")
        st.write(speech(f"error.{error.key}.help"))
        st.code(error.detail, language=None, wrap_lines=True)
        st.button(speech("error.again"), icon=":material/refresh:")
    except ParameterError as error:
        st.error(speech("error.parameter"), icon=":material/link_off:")
        st.code(str(error), language=None, wrap_lines=True)

"""The panel that stands in place of a view whose endpoint or address gives no answer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from app.browse.client.errors import ClientError
from app.browse.i18n import Translator
from queries.errors import ParameterError


@contextmanager
def show_errors(translate: Translator) -> Iterator[None]:
    """Show the errors of a view, or of a fragment of one, where it would have stood."""
    try:
        yield
    except ClientError as error:
        st.error(translate(f"error.{error.key}"), icon=":material/cloud_off:")
        st.write(translate(f"error.{error.key}.help"))
        st.code(error.detail, language=None, wrap_lines=True)
        st.button(translate("error.again"), icon=":material/refresh:")
    except ParameterError as error:
        st.error(translate("error.parameter"), icon=":material/link_off:")
        st.code(str(error), language=None, wrap_lines=True)

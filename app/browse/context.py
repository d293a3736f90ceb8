"""What every view gets: the endpoint it reads, the language of its texts, the links it can make."""

from __future__ import annotations

import os
from dataclasses import dataclass

import streamlit as st

from app.browse.client.endpoint import EndpointClient
from app.browse.client.environment import ENDPOINT, TOKEN
from app.browse.i18n import Translator
from app.browse.routes import Routes


@dataclass(frozen=True, slots=True)
class ViewContext:
    """What a view needs."""

    client: EndpointClient
    translate: Translator
    routes: Routes


@st.cache_resource(show_spinner=False)
def open_client(url: str, token: str | None) -> EndpointClient:
    """Return the client of an endpoint, one for all sessions, as it keeps its connections."""
    return EndpointClient(url, token)


def client_from_environment() -> EndpointClient:
    """Return the client of the endpoint that this process was started for."""
    return open_client(os.environ.get(ENDPOINT, "http://127.0.0.1:7878"), os.environ.get(TOKEN))

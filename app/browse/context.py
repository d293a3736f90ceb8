"""What every view gets: the endpoint it reads, the language it speaks, the links it can make."""

from __future__ import annotations

import os
from dataclasses import dataclass

import streamlit as st

from app.browse.client.endpoint import Source
from app.browse.i18n import Speech
from app.browse.routes import Routes

ENDPOINT = "GONGBAO_ENDPOINT"
TOKEN = "GONGBAO_TOKEN"
"""The environment of the process: the endpoint to read, and the token that it asks for, if it does."""


@dataclass(frozen=True, slots=True)
class Context:
    """What a view needs."""

    source: Source
    speech: Speech
    routes: Routes


@st.cache_resource(show_spinner=False)
def opened(url: str, token: str | None) -> Source:
    """One client for all sessions: it keeps its connections."""
    return Source(url, token)


def from_environment() -> Source:
    """The endpoint that the process was started for."""
    return opened(os.environ.get(ENDPOINT, "http://127.0.0.1:7878"), os.environ.get(TOKEN))

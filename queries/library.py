"""The library of questions: one ``.rq`` file a question, its name is its id."""

from __future__ import annotations

from functools import cache
from importlib import resources


@cache
def question(name: str) -> str:
    """The SPARQL of a question such as ``facts/resp``."""
    folder, _, stem = name.rpartition("/")
    return (resources.files("queries").joinpath(folder) / f"{stem}.rq").read_text("utf8")

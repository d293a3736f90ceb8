"""gongbao 公报: circulars of Chinese governments as facts whose every quote is where it says, and as a graph.

    import gongbao

    text = gongbao.read("circular.txt")          # → Text
    for fact in gongbao.extract(text):           # → QuotedFact
        fact.kind, fact.quote, fact.line, fact.to_dict()

    gongbao.build(["circulars"], "store")        # → BuildReport
    store = gongbao.open_store("store")          # → OpenStore
    store.ask("agency/tasks", agency="市科委")    # → rows for pandas.DataFrame
    gongbao.ask("store", "agency/load")          # the same in one go

Whatever goes wrong is a GongbaoError with a message for people. docs/notebook.py shows all of it at work.
This package only passes on what the rooms below it hold; each name is loaded when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.python_api.open_store import OpenStore
    from app.python_api.verbs import ask, build, extract, open_store, read
    from ingest.build import BuildReport
    from ingest.errors import InputError, StoreError
    from ingest.model import (
        Deadline,
        Document,
        DocumentFields,
        InternalReference,
        Norm,
        Reference,
        Responsibility,
        Span,
        Target,
        Text,
    )
    from ingest.quoted_facts import QuotedFact
    from ontology.errors import GongbaoError
    from queries.errors import ParameterError, UnknownQuestionError
    from queries.model import Question

__all__ = [
    "BuildReport",
    "Deadline",
    "Document",
    "DocumentFields",
    "GongbaoError",
    "InputError",
    "InternalReference",
    "Norm",
    "OpenStore",
    "ParameterError",
    "Question",
    "QuotedFact",
    "Reference",
    "Responsibility",
    "Span",
    "StoreError",
    "Target",
    "Text",
    "UnknownQuestionError",
    "ask",
    "build",
    "extract",
    "open_store",
    "read",
]

_HOMES = {
    "app.python_api.open_store": ("OpenStore",),
    "app.python_api.verbs": ("ask", "build", "extract", "open_store", "read"),
    "ingest.errors": ("InputError", "StoreError"),
    "ingest.model": (
        "Deadline",
        "Document",
        "DocumentFields",
        "InternalReference",
        "Norm",
        "Reference",
        "Responsibility",
        "Span",
        "Target",
        "Text",
    ),
    "ingest.build": ("BuildReport",),
    "ingest.quoted_facts": ("QuotedFact",),
    "ontology.errors": ("GongbaoError",),
    "queries.errors": ("ParameterError", "UnknownQuestionError"),
    "queries.model": ("Question",),
}
_HOME_OF = {name: module for module, names in _HOMES.items() for name in names}


if not TYPE_CHECKING:  # a checker would take every name for one that exists

    def __getattr__(name: str) -> object:
        if name not in _HOME_OF:
            raise AttributeError(f"module 'gongbao' has no attribute {name!r}")
        value = getattr(import_module(_HOME_OF[name]), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return [*__all__, *(name for name in globals() if name.startswith("__"))]

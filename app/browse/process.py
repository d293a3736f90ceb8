"""The process of Streamlit: ``python -m app.browse.process run SCRIPT …`` is ``streamlit run SCRIPT …``.

It loads beforehand what the first session would else wait for. The views are not among it: they want a
Streamlit that runs.
"""

from __future__ import annotations

from importlib import import_module

import altair
from streamlit.web.cli import main

from app.browse.client.endpoint import EndpointClient
from app.browse.components.exports import write_xlsx
from app.browse.i18n import Translator
from queries.library import library
from queries.model import LANGUAGES


def preload() -> None:
    """Read the questions, the messages and the ontology, and load what tables and charts need."""
    library()
    for language in LANGUAGES:
        Translator(language).code("lead")
    for name in ("pandas", "pyarrow"):
        import_module(name)
    altair.Chart(altair.InlineData(values=[])).mark_bar().encode(x="one:N", y="two:Q").to_dict()
    write_xlsx(["one"], [["a"]])
    EndpointClient("http://127.0.0.1").close()


if __name__ == "__main__":
    preload()
    main(prog_name="streamlit")

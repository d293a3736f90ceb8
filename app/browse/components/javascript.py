"""The JavaScript of the components of the page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from importlib.resources.abc import Traversable

_IMPORT = re.compile(r"^import [^;]*;\n", re.MULTILINE)
_EXPORT = re.compile(r"^export (?!default )", re.MULTILINE)


def join_modules(folder: Traversable, names: Sequence[str]) -> str:
    """Join the modules of a component, as Streamlit takes its code as one module.

    Their top-level names must differ; the last one has the default export.
    """
    modules = (folder.joinpath(f"{name}.js").read_text("utf8") for name in names)
    return "\n".join(_EXPORT.sub("", _IMPORT.sub("", module)) for module in modules)

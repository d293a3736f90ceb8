"""Arguments and options that several commands have."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

FAILED = 2
"""Exit status where a file failed, a check found something, or the command could not be carried out."""
Paths = Annotated[list[Path], typer.Argument(help="Files or folders of them.", show_default=False)]
StoreFolder = Annotated[Path, typer.Option("--store", help="The store folder.", show_default=False)]


def check_choice(value: str, choices: Sequence[str], option: str) -> None:
    """Raise BadParameter for a value that is not among the choices of an option."""
    if value not in choices:
        raise typer.BadParameter(f"{value}: known are {', '.join(choices)}", param_hint=option)

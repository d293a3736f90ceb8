"""``gongbao synth``: invented circulars with known facts."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def synth(
    number: Annotated[int, typer.Argument(min=1, help="How many circulars.", show_default=False)],
    into: Annotated[Path, typer.Option(help="A new or empty folder.", show_default=False)],
    seed: Annotated[int, typer.Option(help="The same seed gives the same circulars.")] = 1,
) -> None:
    """Write invented circulars of about 2,000 characters, and the facts they state, to measure with.

    The texts are in DIR/texts, the facts in DIR/gold, one a line, as gongbao facts prints them.
    """
    from ingest.synth import write_corpus  # noqa: PLC0415 - only this command needs the grammar

    written = write_corpus(into, number, seed)
    typer.echo(
        f"{written.circulars:,} circulars, {written.characters:,} characters in {written.texts}; "
        f"{written.facts:,} facts in {written.gold}"
    )

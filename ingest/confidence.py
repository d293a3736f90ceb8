"""How sure a rule is: the share of its facts that is right, as it was measured on gold.

``confidence.json`` beside the patterns is written by ``python -m tests.truth confidence`` and never by hand.
A measurement holds for the version of the rule that was measured; another version is not measured yet.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from ingest.errors import PatternError

FILE = "confidence.json"
ENOUGH = 10
"""The number of judged facts below which a share says too little to be given."""

Share = Annotated[float, Meta(ge=0, le=1)]


class Measurement(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What was measured of one version of a rule.

    ``judged`` is the number of its facts that were compared with gold. ``confidence`` is the lower bound of
    Wilson's interval at 95 % for the share of them that is right; None where fewer than ENOUGH were judged.
    """

    version: Annotated[int, Meta(ge=1)]
    judged: Annotated[int, Meta(ge=0)]
    right: Annotated[int, Meta(ge=0)]
    confidence: Share | None = None

    def __post_init__(self) -> None:
        if self.right > self.judged:
            raise ValueError("more facts are right than were judged")
        if (self.confidence is not None) != (self.judged >= ENOUGH):
            raise ValueError(f"a confidence stands where at least {ENOUGH} facts were judged")


def parse(source: str, file: str) -> dict[str, Measurement]:
    """Read measurements by the id of their rule. Raises PatternError naming the file."""
    try:
        return msgspec.json.decode(source, type=dict[str, Measurement])
    except msgspec.DecodeError as error:
        raise PatternError(file, 1, str(error)) from error


def dump(measured: Mapping[str, Measurement]) -> str:
    """Write measurements, one rule a line."""
    lines = (
        f"{msgspec.json.encode(rule).decode()}: {msgspec.json.encode(one).decode()}"
        for rule, one in sorted(measured.items())
    )
    return "{\n" + ",\n".join(lines) + "\n}\n"


@cache
def measurements() -> Mapping[str, Measurement]:
    """What was measured of the rules that come with the program."""
    return parse((resources.files("ingest") / "patterns" / FILE).read_text("utf8"), FILE)


def measured(rule: str, version: int) -> Measurement:
    """What was measured of a version of a rule; nothing judged where that version was not measured."""
    found = measurements().get(rule)
    if found is None or found.version != version:
        return Measurement(version=version, judged=0, right=0)
    return found

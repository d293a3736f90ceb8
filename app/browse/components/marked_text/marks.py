"""The marks of facts in a text, the same in a whole text and in a passage: their kinds and characters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

MarkKind = Literal[
    "role", "target", "deadline", "reference", "internal", "obligation", "prohibition", "permission"
]

MARK_KINDS: Mapping[str, MarkKind] = MappingProxyType(
    {
        "lead": "role",
        "responsible": "role",
        "cooperate": "role",
        "target": "target",
        "deadline": "deadline",
        "reference": "reference",
        "internal reference": "internal",
        "obligation": "obligation",
        "prohibition": "prohibition",
        "permission": "permission",
    }
)
"""Code of a fact in an answer → the kind of its mark"""


@dataclass(frozen=True, slots=True)
class MarkDetail:
    """One value of a fact; ``link`` is the address of the view of what it names."""

    label: str
    text: str
    link: str | None = None


@dataclass(frozen=True, slots=True)
class PassageMark:
    """The characters of a fact: code points of the normalised text, the end not included."""

    begin: int
    end: int
    kind: MarkKind


@dataclass(frozen=True, slots=True)
class FactMark(PassageMark):
    """The characters of a fact with a description; ``sign`` is one character that shows its kind."""

    fact: str
    title: str
    sign: str
    details: tuple[MarkDetail, ...]

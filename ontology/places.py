"""Places: characters of a text, named by the IRI of the text and a fragment of RFC 5147 (``…#char=12,34``).

Offsets are code points of the normalised text, ends exclusive.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_PLACE = re.compile(r"(?P<text>[^#]+)#char=(?P<start>\d{1,10}),(?P<end>\d{1,10})")


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Characters of a text."""

    text: str
    """IRI of the text"""
    start: int
    end: int

    @property
    def iri(self) -> str:
        """The IRI that names the place."""
        return place_iri(self.text, self.start, self.end)

    def holds(self, other: Place) -> bool:
        """Tell whether another place lies within this one."""
        return self.text == other.text and self.start <= other.start and other.end <= self.end


def place_iri(text: str, start: int, end: int) -> str:
    """The IRI of code points start to end of a text."""
    return f"{text}#char={start},{end}"


def place(iri: str) -> Place | None:
    """The place that an IRI names; None where it names something else."""
    match = _PLACE.fullmatch(iri)
    return Place(match["text"], int(match["start"]), int(match["end"])) if match else None

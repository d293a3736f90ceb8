"""Sentences of the grammar made ready to be filled: slots in texts and in the JSON of their facts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import msgspec

from ingest.synth.grammar import Planned, PlannedNorm, PlannedSentence

OFFICES = "abcd"
"""the slots of offices that differ from each other"""
_SLOT = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True, slots=True)
class ReadySentence:
    """A text for ``text % slots``, the lines of its facts alike, and what is drawn before."""

    text: str
    gold: str
    drawn: tuple[tuple[str, Sequence[str]], ...]
    offices: bool


def ready(sentence: PlannedSentence, values: Mapping[str, Sequence[str]]) -> ReadySentence:
    """Make a sentence ready; ``values`` are those of the slots that are drawn for every sentence."""
    slots = dict.fromkeys(_SLOT.findall(sentence.text))
    return ReadySentence(
        template(sentence.text),
        "".join(_line(fact) for fact in sentence.facts),
        tuple((slot, values[slot]) for slot in slots if slot in values),
        any(slot in OFFICES for slot in slots),
    )


def template(text: str) -> str:
    """A text with ``{slot}`` as one for the ``%`` operator."""
    return _SLOT.sub(r"%(\1)s", text.replace("%", "%%"))


def _line(fact: Planned) -> str:
    """A fact as a line of JSON, with slots for file, line and, of a norm, the sentence's beginning."""
    kind, _, fields = msgspec.json.encode(fact).decode()[1:-1].partition(",")  # the kind is the first field
    if isinstance(fact, PlannedNorm):
        fields += ',"text":"{quoted}"'
    return "{" + template(f'{kind},"file":"{{file}}","line":{{line}},{fields}') + "}\n"

"""Invented circulars with exactly known facts, the same for the same seed.

Sentences and their facts are made ready once, as texts with slots; a circular only draws and fills them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import TypeVar

from ingest.synth.grammar import CircularForm, Grammar
from ingest.synth.sentence import OFFICES, ReadySentence, ready, template

Choice = TypeVar("Choice")

LENGTH = 1900
"""characters from which on a circular comes to its end"""
_QUOTED = 30  # characters of a norm's sentence that gold quotes
_IN_FOLDER = 1000
_YEARS = (2016, 2030)


@dataclass(frozen=True, slots=True)
class InventedCircular:
    """A circular, and its facts as lines of JSON."""

    text: str
    gold: str


class Inventor:
    """Draws circulars, each of which may cite the last one of its place."""

    def __init__(self, grammar: Grammar, seed: int) -> None:
        self._grammar = grammar
        self._random = Random(seed)
        self._pools = {
            name: tuple(ready(sentence, grammar.sentence) for sentence in sentences)
            for name, sentences in grammar.pools.items()
        }
        place = grammar.place
        names = [first + second for first in place.first for second in place.second]
        self._places = [(name, place.level[at % len(place.level)]) for at, name in enumerate(names)]
        self._forms = tuple(grammar.forms.values())
        self._titles = {form.title: template(form.title) for form in self._forms}
        self._number = template(grammar.own_number)
        self._last: dict[str, tuple[str, str]] = {}

    def circulars(self, number: int) -> Iterator[tuple[str, InventedCircular]]:
        """So many circulars with the names of their files, a thousand to a folder."""
        for at in range(number):
            name = f"{at // _IN_FOLDER:04}/{at:07}.txt"
            yield name, self._circular(name, at + 1)

    def _circular(self, file: str, serial: int) -> InventedCircular:
        form = self._choice(self._forms)
        slots = self._slots(form, serial) | {"file": file}
        writer = _Writer(slots, self._pools, self._grammar.offices, self._random)
        for pools in form.begin:
            writer.paragraph("", pools)
        numerals, article = self._grammar.numerals, 0
        before, pool = form.section
        for section, numeral in enumerate(numerals):
            if writer.length >= LENGTH or article + form.in_section >= len(numerals):
                break
            writer.paragraph(before.replace("{number}", numeral), (pool,))
            for place in range(form.in_section):
                number = numerals[section * form.in_section + place if form.labels_go_on else place]
                writer.paragraph(form.label.replace("{number}", number), self._choice(form.repeat))
                article += 1
        label = form.label.replace("{number}", numerals[article]) if form.labels_go_on else ""
        for pools in form.end:
            writer.paragraph(label, pools)
        self._last[slots["place"]] = slots["title"], slots["own_number"]
        return writer.circular()

    def _slots(self, form: CircularForm, serial: int) -> dict[str, str]:
        name, level = self._choice(self._places)
        place = name + level
        year, month = self._random.randrange(*_YEARS), self._random.randrange(1, 13)
        day = self._random.randrange(1, 29)
        slots = {slot: self._choice(values) for slot, values in self._grammar.circular.items()}
        first = self._grammar.first_cited
        cited = self._last.get(place, (first.title, first.number))
        slots |= {
            **{"place": place, "year": f"{year}", "month": f"{month}", "day": f"{day}"},
            **{"after": f"{year + 1}", "until": f"{year + self._random.randrange(1, 6)}"},
            **{"date": f"{year}-{month:02}-{day:02}", "effective": f"{year + 1}-{month:02}-{day:02}"},
            **{"name": name, "serial": f"{serial}"},
            **{"cited_title": cited[0], "cited_number": cited[1]},
        }
        slots["title"] = self._titles[form.title] % slots
        slots["own_number"] = self._number % slots
        return slots

    def _choice(self, choices: Sequence[Choice]) -> Choice:
        return choices[int(self._random.random() * len(choices))]


class _Writer:
    """Puts a circular together, with the lines on which its facts stand."""

    def __init__(
        self,
        slots: dict[str, str],
        pools: dict[str, tuple[ReadySentence, ...]],
        offices: Sequence[str],
        random: Random,
    ) -> None:
        self._slots = slots
        self._pools = pools
        self._offices = offices
        self._random = random.random
        self._paragraphs: list[str] = []
        self._gold: list[str] = []
        self.length = 0

    def paragraph(self, label: str, pools: Sequence[str]) -> None:
        """Write a paragraph: its label and one sentence of each pool."""
        slots, random = self._slots, self._random
        slots["line"] = f"{2 * len(self._paragraphs) + 1}"  # an empty line stands between paragraphs
        parts: list[str] = []
        before = label.strip()
        for name in pools:
            choices = self._pools[name]
            sentence = choices[int(random() * len(choices))]
            for slot, values in sentence.drawn:
                slots[slot] = values[int(random() * len(values))]
            if sentence.offices:
                self._draw_offices()
            text = sentence.text % slots
            slots["quoted"] = f"{before}{text}"[:_QUOTED]
            if sentence.gold:
                self._gold.append(sentence.gold % slots)
            parts.append(text)
            before = ""
        whole = label + "".join(parts)
        self._paragraphs.append(whole)
        self.length += len(whole)

    def _draw_offices(self) -> None:
        """Draw different offices: steps of one width, fewer than would come round to the first."""
        many = len(self._offices)
        at = int(self._random() * many)
        step = 1 + int(self._random() * ((many - 1) // (len(OFFICES) - 1)))
        for name in OFFICES:
            self._slots[name] = self._offices[at % many]
            at += step

    def circular(self) -> InventedCircular:
        """What was written."""
        return InventedCircular("\n\n".join(self._paragraphs) + "\n", "".join(self._gold))

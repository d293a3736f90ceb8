"""The forms in which a body's names are written: with its area's name in front, with 市 instead, without.

A form that begins with the area's own word (市 in 市商务局) means that body only in the area's documents;
every other form means it everywhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from ontology.normal import plain
from ontology.registry.body import Body
from ontology.words import registry_words

AREA_WORDS = tuple(each.word for each in registry_words().area_words)
_SHORT_WORDS = {each.word: each.short for each in registry_words().area_words if each.short}


@cache
def area_word(area: str) -> str:
    """The word that an area's documents call it by: 北京市 → 市; "" for one that has none."""
    return next((word for word in AREA_WORDS if area.endswith(word) and area != word), "")


@cache
def area_words(area: str) -> tuple[str, ...]:
    """All words that an area's documents call it by: 恩施土家族苗族自治州 → 自治州, 州."""
    word = area_word(area)
    return tuple(filter(None, (word, _SHORT_WORDS.get(word))))


def labels(body: Body, area: Body | None) -> tuple[frozenset[str], frozenset[str]]:
    """All forms of a body's names: those that mean it everywhere, and those of its area's documents only."""
    everywhere: set[str] = set()
    local: set[str] = set()
    word = area_word(plain(area.name)) if area else ""
    own = [plain(area.name)] if area else []
    own += [alias for alias in area.aliases if word and alias.endswith(word)] if area else []
    for name in (plain(body.name), *body.aliases):
        starts = [form for form in (*own, word) if form and name.startswith(form) and name != form]
        rest = name[len(max(starts, key=len)) :] if starts else None
        for form in shorter_forms(name if rest is None else rest):
            if rest is None:
                everywhere.add(form)
            else:
                everywhere.update(prefix + form for prefix in own)
                if word:
                    local.add(word + form)
    return frozenset(everywhere), frozenset(local)


def shorter_forms(name: str) -> Iterator[str]:
    """A name and how it is shortened everywhere: 人民政府 as 政府."""
    yield name
    for full, short in registry_words().shorter.items():
        if full in name:
            yield name.replace(full, short)

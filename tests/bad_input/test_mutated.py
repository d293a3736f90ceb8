"""Files of every format with bytes changed, cut out or doubled: a message or a text, and never a crash."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable, Mapping
from functools import cache

import pytest

from ingest.errors import InputError
from ingest.read import read_all_bytes
from tests.ingest.readers.made import CIRCULAR, MAKERS, as_archive, as_word, zipped

TIMES = 2_000
SEED = 13
Change = Callable[[bytes, random.Random], bytes]


def mutate(data: bytes, chance: random.Random) -> bytes:
    """Change bytes in one to eight places."""
    made = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        at, length = chance.randrange(len(made)), chance.randint(1, 64)
        match chance.randrange(5):
            case 0:
                made[at] = chance.randrange(256)
            case 1:
                del made[at : at + length]
            case 2:
                made[at:at] = made[at : at + length]
            case 3:
                made[at:at] = chance.randbytes(length)
            case _:
                del made[max(1, at) :]
        if not made:
            made = bytearray(b"\0")
    return bytes(made)


def mutate_inside(data: bytes, chance: random.Random) -> bytes:
    """Change bytes of one member of a zip file; the zip file itself is whole."""
    files = dict(unpacked(data))
    chosen = chance.choice([name for name in files if name.startswith("word/") or len(files) == 1])
    files[chosen] = mutate(files[chosen], chance)
    return zipped(files)


@cache
def unpacked(data: bytes) -> Mapping[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


READ = ("word/document.xml", "word/styles.xml", "word/numbering.xml")
"""The parts of a Word file that its reader uses."""
LISTED = re.compile(rb'<(?:Override|Relationship) [^>]*(?:PartName|Target)="([^"]*)"[^>]*>')
UNUSED_STYLES = re.compile(rb'<w:latentStyles.*?</w:latentStyles>|<w:style w:type="table".*?</w:style>', re.S)


def small_word(text: str) -> bytes:
    """A Word file of nothing but what its reader uses, so that it is there that bytes change."""
    files = unpacked(as_word(text))

    def listed(match: re.Match[bytes]) -> bytes:
        return match[0] if any(part.endswith(match[1].decode()) for part in map("/{}".format, READ)) else b""

    lists = ("[Content_Types].xml", "_rels/.rels", "word/_rels/document.xml.rels")
    kept = {name: LISTED.sub(listed, files[name]) for name in lists}
    return zipped(kept | {name: UNUSED_STYLES.sub(b"", files[name]) for name in READ})


CASES: list[tuple[str, Callable[[str], bytes], Change]] = [
    *((ending, make, mutate) for ending, make in MAKERS.items()),
    ("docx", small_word, mutate_inside),
    ("zip", as_archive, mutate_inside),
]


@pytest.mark.check
@pytest.mark.parametrize(("ending", "make", "change"), CASES)
def test_a_mutated_file_is_read_or_refused_with_its_name(
    ending: str, make: Callable[[str], bytes], change: Change
) -> None:
    chance = random.Random(f"{SEED} {ending}")
    good = make(CIRCULAR)
    name = f"circular.{ending}"
    expected = read_all_bytes(good, name)
    for turn in range(TIMES):
        try:
            found = read_all_bytes(change(good, chance), name)
        except InputError as error:
            assert error.name.startswith(name), turn
            assert error.reason, turn
        else:
            assert all(text.text[p.start : p.end] for text in found.texts for p in text.paragraphs)
        if not turn % 200:
            assert read_all_bytes(good, name) == expected
    assert read_all_bytes(good, name) == expected

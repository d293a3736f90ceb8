"""Files of every format with bytes changed, cut out or doubled: a message or a text, and never a crash."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable

import pytest

from ingest.errors import InputError
from ingest.read import read_all_bytes
from tests.ingest.readers.made import CIRCULAR, MAKERS, zipped

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
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        files = {name: opened.read(name) for name in opened.namelist()}
    chosen = chance.choice([name for name in files if name.startswith("word/") or len(files) == 1])
    files[chosen] = mutate(files[chosen], chance)
    return zipped(files)


CASES: list[tuple[str, Change]] = [
    *((ending, mutate) for ending in MAKERS),
    *((ending, mutate_inside) for ending in ("docx", "zip")),
]


@pytest.mark.check
@pytest.mark.parametrize(("ending", "change"), CASES)
def test_a_mutated_file_is_read_or_refused_with_its_name(ending: str, change: Change) -> None:
    chance = random.Random(f"{SEED} {ending}")
    good = MAKERS[ending](CIRCULAR)
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

"""Changed bytes in files of every format: ``python -m tests.mutated [--count 2000] [--format docx]``.

Bytes are changed, cut out, doubled, cut off; of formats that are zip files every second time inside a part
that is then packed again, as a changed byte of the archive is mostly found by its check sums. Each file goes
to the process that reads files in a build. A text or a message may come out; what no reader expected, a
process that ends, and a text whose places do not fit are faults, and the command ends with 1.
"""

from __future__ import annotations

import argparse
import io
import random
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator

from ingest.errors import InputError
from ingest.model import Source
from ingest.read import normalise
from ingest.readers import isolated
from tests.ingest.readers import made, making
from tests.ingest.readers.test_task_tables import HEADS, ROWS, WIDTHS

COUNT = 2_000
_SECONDS = 20
_FAULTS = ("it is broken (", "its reader broke off", "reading it takes more than", "more memory")


def a_pdf() -> bytes:
    """A circular with a table."""
    return making.pdf([*making.front(), making.pdf_table([HEADS, *ROWS], widths=WIDTHS)])


def an_ofd() -> bytes:
    """Two pages with a line."""
    lines = [(20.0, 20.0 + 8 * n, line[:40]) for n, line in enumerate(making.HEAD)]
    return making.ofd(lines, ["M 10 9 L 90 9"], 2)


def a_workbook(sheets: int = 1) -> bytes:
    """Sheets with a merged cell."""
    return making.workbook({f"表{n}": ([HEADS, *ROWS], [(1, 2, 2, 1)]) for n in range(sheets)})


def a_csv() -> bytes:
    """A table of tasks."""
    return "\n".join(",".join(f'"{cell}"' for cell in row) for row in [HEADS, *ROWS]).encode()


def _circular(make: Callable[[str], bytes]) -> Callable[[], bytes]:
    return lambda: make(made.CIRCULAR)


def a_markdown() -> bytes:
    """A circular below front matter."""
    return f"---\ntitle: 通知\n---\n# {made.CIRCULAR}".encode()


MAKERS: dict[str, Callable[[], bytes]] = {
    "txt": _circular(made.as_text),
    "gb18030.txt": _circular(made.as_gb18030),
    "md": a_markdown,
    "html": _circular(made.as_page),
    "docx": _circular(made.as_word),
    "pdf": a_pdf,
    "ofd": an_ofd,
    "xlsx": a_workbook,
    "csv": a_csv,
    "zip": _circular(made.as_archive),
    "eml": _circular(made.as_message),
}


def mutants(data: bytes, count: int, seed: int) -> Iterator[bytes]:
    """Bytes changed, cut out, doubled, cut off, always the same ones."""
    chance = random.Random(seed)
    for _ in range(count):
        changed = bytearray(data)
        for _ in range(chance.choice([1, 1, 2, 5, 20, 100])):
            place = chance.randrange(len(changed) or 1)
            kind = chance.randrange(5)
            if kind == 0:
                changed[place : place + 1] = bytes([chance.randrange(256)])
            elif kind == 1:
                del changed[place : place + chance.randrange(1, 40)]
            elif kind == 2:
                changed[place:place] = changed[place : place + chance.randrange(1, 200)]
            elif kind == 3:
                changed[place : place + 4] = chance.choice(
                    [b"\xff\xff\xff\xff", b"\0\0\0\0", b"9999", b"-1 0"]
                )
            elif chance.random() < 0.1:
                del changed[place:]
        yield bytes(changed)


def files(data: bytes, count: int) -> Iterator[bytes]:
    """Mutants of a file; of one that is a zip file half of them are of its parts."""
    if not data.startswith(b"PK"):
        yield from mutants(data, count, seed=13)
        return
    yield from mutants(data, count - count // 2, seed=13)
    parts = parts_of(data)
    chance = random.Random(7)
    names = [part for part in parts if not part.endswith("/")]
    for number in range(count // 2):
        part = chance.choice(names)
        (changed,) = mutants(parts[part], 1, seed=number)
        yield packed({**parts, part: changed})


def packed(parts: dict[str, bytes]) -> bytes:
    """A zip file of some parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for part, content in parts.items():
            file.writestr(part, content)
    return out.getvalue()


def parts_of(data: bytes) -> dict[str, bytes]:
    """The parts of a zip file."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {part: file.read(part) for part in file.namelist()}


def outcome(data: bytes, name: str) -> str:
    """What becomes of a file: ``read``, ``refused``, or the fault."""
    try:
        reading = isolated.read(data, name, _SECONDS)
    except InputError as error:
        if not error.name.startswith(name):
            return f"fault: the message names {error.name}"
        return f"fault: {error.reason}" if error.reason.startswith(_FAULTS) else "refused"
    said_of_parts = (failure.reason for failure in reading.failures if failure.reason.startswith(_FAULTS))
    said_of_texts = (said for source in reading.sources if (said := misplaced(source)))
    wrong = next(said_of_parts, None) or next(said_of_texts, None)
    if wrong:
        return f"fault: {wrong}"
    return "read" if any(_is_text(source) for source in reading.sources) else "refused"


def _is_text(source: Source) -> bool:
    try:
        return bool(normalise(source, "").paragraphs)
    except InputError:
        return False


def misplaced(source: Source) -> str | None:
    """What is wrong with the places of a text; None where all fit."""
    starts = source.origins.starts
    if list(starts) != sorted(starts) or (starts and starts[-1] > len(source.text)):
        return "places out of order or behind the text"
    for table in source.tables:
        for row, spans in zip(table.rows, table.spans, strict=True):
            if [source.text[start:end] for start, end in spans] != list(row):
                return "a cell is not where it is said to be"
    return None


def main() -> int:
    """Print what came out by format; 1 where there is a fault."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=COUNT)
    parser.add_argument("--format", default="", choices=["", *MAKERS])
    options = parser.parse_args()
    faults = 0
    for kind, make in MAKERS.items():
        if options.format in ("", kind):
            began = time.monotonic()
            found = Counter(outcome(data, f"a.{kind}") for data in files(make(), options.count))
            faults += sum(count for said, count in found.items() if said.startswith("fault"))
            counts = ", ".join(f"{count} {said}" for said, count in found.most_common())
            print(f"{kind:12} {counts} ({time.monotonic() - began:.0f} s)", flush=True)
    isolated.close()
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())

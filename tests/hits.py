"""Where a pattern hits in real texts: ``python -m tests.hits PATTERN`` prints every hit with its context.

    python -m tests.hits BOOK/ID [--against VERSION] [--texts PATH …] [--context N] [--most N]

    python -m tests.hits --silent [--texts PATH …]

With ``--against`` (a commit, a tag), only the hits that the pattern gained (+) or lost (-) since then, gained
ones first. Without ``--texts``, the folders of real texts in ``../shared`` beside the project are searched.
Read every line before a changed rule is kept. With ``--silent``, the patterns whose silence changes nothing
in these texts (see ``tests.silent``).
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from ingest.errors import InputError, PatternError
from ingest.pattern import PatternBook, book, parse
from ingest.pattern_file import STRUCTURES
from ingest.read import files, read
from tests.conftest import ROOT, SHARED

FOLDERS = ("corpus", "issuers", "inputs/provinces", "inputs/markdown")
Hit = tuple[str, int, int]
"""file, start and end in its folded text"""


def folded_texts(paths: list[Path]) -> Iterator[tuple[str, str]]:
    """Name and folded text of every readable file; those that cannot be read are told on standard error."""
    for path, name in files(paths):
        try:
            yield name, read(path, name).folded
        except InputError as error:
            print(f"not read: {error}", file=sys.stderr)


def book_at(version: str, name: str) -> PatternBook:
    """A pattern file as it was in a version of the repository."""
    file = f"ingest/patterns/{name}.yaml"
    done = subprocess.run(["git", "show", f"{version}:{file}"], cwd=ROOT, capture_output=True, check=True)
    return parse(done.stdout.decode("utf8"), f"{version}:{file}", STRUCTURES[name])


def hits(regex: re.Pattern[str], texts: list[tuple[str, str]]) -> set[Hit]:
    """Every place at which an expression matches."""
    return {(name, *match.span()) for name, text in texts for match in regex.finditer(text)}


def shown(text: str, start: int, end: int, context: int) -> str:
    """A hit between ▸ and ◂ with some characters on both sides, in one line."""
    before, behind = text[max(start - context, 0) : start], text[end : end + context]
    return f"{before}▸{text[start:end]}◂{behind}".replace("\n", "⏎")


def main(arguments: list[str] | None = None) -> int:
    """Print hits."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("pattern", nargs="?", help="such as prose/prose.cut")
    parser.add_argument("--silent", action="store_true")
    parser.add_argument("--against", metavar="VERSION")
    parser.add_argument("--texts", type=Path, nargs="+", default=[SHARED / folder for folder in FOLDERS])
    parser.add_argument("--context", type=int, default=30)
    parser.add_argument("--most", type=int, default=500)
    given = parser.parse_args(arguments)
    paths = [path for path in given.texts if path.exists()]
    if given.silent:  # patterns are watched from their first use on, hence a process of its own
        command = [sys.executable, "-m", "tests.silent", *map(str, paths)]
        return subprocess.run(command, check=False, cwd=ROOT).returncode
    if given.pattern is None:
        parser.error("a pattern, or --silent")
    name, _, identifier = given.pattern.partition("/")
    texts = list(folded_texts(paths))
    now = hits(book(name).regex(identifier), texts)
    signs = {"": now}
    if given.against:
        before = hits(book_at(given.against, name).regex(identifier), texts)
        signs = {"+ ": now - before, "- ": before - now}
    by_name = dict(texts)
    for sign, some in signs.items():
        for file, start, end in sorted(some)[: given.most]:
            line = by_name[file].count("\n", 0, start) + 1
            print(f"{sign}{file}:{line} {shown(by_name[file], start, end, given.context)}")
    counts = ", ".join(f"{sign.strip() or 'hits'} {len(some)}" for sign, some in signs.items())
    print(f"{given.pattern}: {counts} in {len(texts)} texts", file=sys.stderr)
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (PatternError, subprocess.CalledProcessError) as error:
        sys.exit(str(error))

"""``python -m tests.same_facts [FOLDER…]``: how many facts each format gives that the plain text gives.

Without a folder the samples are taken. ``--errors`` prints what differs, ``--only pdf`` measures one format.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from ingest import samples
from ingest.pipeline import documents
from ingest.read import read
from tests.same_facts.blocks import Block, blocks_of
from tests.same_facts.comparing import compare, facts_of
from tests.same_facts.makers import MAKERS, second_makers, text


def circulars(folder: Path) -> Iterator[tuple[str, list[Block]]]:
    """The documents of a folder's texts, laid out, each with a name."""
    for path in sorted(folder.iterdir()):
        if path.name != "README.md":
            for number, document in enumerate(documents(read(path)), 1):
                yield f"{path.name}#{number}", blocks_of(document)


def main() -> None:
    """Print the share of facts that are the same, by format."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    folders = options.folders or [Path(samples.__path__[0])]
    makers = {name: make for name, make in (MAKERS | second_makers()).items() if options.only in name}
    same, other, whole = Counter[str](), Counter[str](), 0
    for folder in folders:
        for name, blocks in circulars(folder):
            wanted = facts_of(text(blocks), "a.txt")
            whole += wanted.total()
            for kind, make in makers.items():
                found = compare(wanted, facts_of(make(blocks), f"a.{kind}"))
                same[kind] += found.same
                other[kind] += len(found.missing) + len(found.added)
                if options.errors and found.share < 1:
                    print(f"{name} {kind}: {found.share:.2%}")
                    for mark, facts in (("-", found.missing), ("+", found.added)):
                        for fact in facts:
                            print("   ", mark, " ".join(fact)[:300])
    print(f"{whole} facts")
    for kind in makers:
        print(f"{kind:12} {same[kind] / (same[kind] + other[kind]):.2%} the same")


if __name__ == "__main__":
    main()

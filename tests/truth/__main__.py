"""How right the facts are: ``python -m tests.truth`` prints it by kind and by issuer, from gold.

    python -m tests.truth [--shared DIR] [--errors KIND] [--json FILE]
    python -m tests.truth train [--shared DIR]
    python -m tests.truth confidence [--shared DIR]
    python -m tests.truth place GOLD [--shared DIR]

DIR holds corpus/, issuers/ and eval/ (gold, score.py); without it, ``../shared`` beside the project. Each
share stands with its Wilson interval at 95 %. ``--errors`` prints what was missed (-) and made up (+).
The last tables judge the prose of each text and issuer by weights that have not seen them. ``train`` writes
the weights of ingest/extract/judge from all gold; ``confidence`` writes ingest/patterns/confidence.json,
how right each rule's facts are (run it after a rule or the weights have changed). ``place`` turns a folder
of gold into files of tests/truth/annotated, which tell places and no names, for texts that are not in this
project.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from rich.console import Console
from rich.table import Table

from ingest import confidence
from ingest.extract.judge import weights
from ingest.extract.judge.decide import RULE
from ingest.model import Span
from ingest.pattern import books
from ingest.pipeline import documents
from ingest.read import files
from ingest.read import read as read_text
from tests.truth.annotated import all_annotated, find, place_all
from tests.truth.confidence import measure
from tests.truth.invented import ISSUER, invented
from tests.truth.scoring import (
    KINDS,
    Judged,
    Record,
    Scorer,
    Tally,
    added,
    judged,
    kind_of,
    read,
    scorer,
    tally,
)
from tests.truth.training import Lesson, annotated, issuer_group, issuer_of, text_of
from tests.truth.wilson import interval

SHARED = Path(__file__).resolve().parents[3] / "shared"
SETS: Mapping[str, tuple[str, str]] = {"corpus": ("corpus", "gold"), "issuers": ("issuers", "gold_issuers")}
"""set → folder of the texts, folder of its gold below eval/"""


def facts_of(texts: Path) -> list[Record]:
    """Build a store from a folder and read its facts back."""
    with tempfile.TemporaryDirectory() as folder:
        store = str(Path(folder) / "store")
        _gongbao("build", str(texts), "--store", store, "--no-check")
        return [json.loads(line) for line in _gongbao("facts", "--store", store).splitlines()]


def _gongbao(*arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "app", *arguments], check=False, capture_output=True, text=True
    )
    if done.returncode:
        sys.stderr.write(done.stderr)
        done.check_returncode()
    return done.stdout


def issuers_by_file(gold: Iterable[Record]) -> dict[str, str]:
    """The first issuer that the gold gives for a file; the file's name where it gives none."""
    found: dict[str, str] = {}
    for record in gold:
        issuers = record.get("issuers")
        if record["kind"] == "doc" and isinstance(issuers, list) and issuers:
            found.setdefault(str(record["file"]), str(issuers[0]))
    return found


def lesson(score: Scorer, shared: Path) -> Lesson:
    """The texts and the gold of all sets, to learn the weights of prose from."""
    learned, gold, regions = [], [], []
    stretches: dict[str, Span] = {}
    for texts, folder in SETS.values():
        own = read(sorted((shared / "eval" / folder).glob("*.jsonl")))
        issuers = issuers_by_file(own)
        gold += [record for record in own if record["kind"] == "resp"]
        regions += json.loads((shared / "eval" / folder / "regions.json").read_text("utf8"))
        for path, name in files([shared / texts]):
            issuer = issuer_group(issuers.get(name, name))
            learned += [annotated(document, issuer) for document in documents(read_text(path, name))]
    for one in all_annotated():
        found = find(one, shared)
        if isinstance(found, str):
            print(found, file=sys.stderr)
            continue
        issuer = issuer_group(found.issuer)
        learned += [annotated(document, issuer) for document in documents(found.text)]
        gold += found.records
        regions.append(found.region)
        stretches[one.path] = found.stretch
    for document, records in invented():
        learned.append(annotated(document, ISSUER))
        gold += records
        regions.append((document.text.name, 1, 999))
    return Lesson(score, learned, gold, regions, stretches)


def _left_out_table(what: str, left: Mapping[str, Tally]) -> Table:
    rows = [_row(name, one) for name, one in left.items() if one.gold or one.facts]
    real = [one for name, one in left.items() if name != ISSUER]
    return _table(f"prose, judged without {what}", [*rows, _row("all but invented", added(real))])


def train(shared: Path, console: Console) -> None:
    """Write the weights of the judge of prose."""
    found, by_issuer = lesson(scorer(shared / "eval"), shared).learned()
    path = Path(weights.__file__).with_name(weights.FILE)
    path.write_text(weights.dump(found), "utf8")
    console.print(_left_out_table("the issuer's own texts", by_issuer))
    console.print(f"{path.name}: {len(found.duty)} weights, {path.stat().st_size:,} bytes")


def write_confidence(shared: Path, console: Console) -> None:
    """Write how right the facts of each rule are."""
    score = scorer(shared / "eval")
    results = [
        judged(score, shared / "eval" / gold, facts_of(shared / texts)) for texts, gold in SETS.values()
    ]
    left = lesson(score, shared).left_out(issuer_of).tallies
    unseen = added(one for name, one in left.items() if name != ISSUER)
    versions = {pattern.id: pattern.version for book in books() for pattern in book}
    found = measure(results, versions, {RULE: unseen})
    path = Path(confidence.__file__).parent / "patterns" / confidence.FILE
    path.write_text(confidence.dump(found), "utf8")
    enough = sum(one.confidence is not None for one in found.values())
    console.print(f"{path.name}: {len(found)} rules with judged facts, {enough} with enough of them")


def _share(right: int, total: int) -> str:
    low, high = interval(right, total)
    return f"{right / total:.3f} [{low:.2f}–{high:.2f}]" if total else "–"


def _row(name: str, one: Tally) -> tuple[str, ...]:
    return (
        name,
        str(one.gold),
        str(one.facts),
        _share(one.facts_right, one.facts),
        _share(one.gold_found, one.gold),
        f"{one.f1:.3f}",
        ", ".join(f"{key} {right / total:.3f}" for key, (right, total) in one.attributes.items() if total),
    )


def _table(title: str, rows: Iterable[tuple[str, ...]]) -> Table:
    table = Table(title=title)
    for column in ("", "gold", "facts", "precision", "recall", "F1", "attributes of the matched"):
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*row)
    return table


def _print_errors(console: Console, result: Judged, kind: str) -> None:
    for sign, records in (("-", result.missed), ("+", result.made_up)):
        for record in records:
            if kind_of(record) == kind:
                console.print(
                    f"{sign} {json.dumps(record, ensure_ascii=False)}", markup=False, soft_wrap=True
                )


def main(arguments: list[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "action", nargs="?", choices=("measure", "train", "confidence", "place"), default="measure"
    )
    parser.add_argument("gold", nargs="?", type=Path, help="the folder of gold for place")
    parser.add_argument("--shared", type=Path, default=SHARED)
    parser.add_argument("--set", choices=tuple(SETS), action="append")
    parser.add_argument("--errors", choices=KINDS, action="append", default=[])
    parser.add_argument("--json", type=Path, help="write the counts to a file")
    given = parser.parse_args(arguments)
    evaluation = given.shared / "eval"
    if not evaluation.is_dir():
        print(f"{evaluation} is not there: gold is needed", file=sys.stderr)
        return 2
    score = scorer(evaluation)
    console = Console(width=170)
    if given.action == "train":
        train(given.shared, console)
        return 0
    if given.action == "confidence":
        write_confidence(given.shared, console)
        return 0
    if given.action == "place":
        if given.gold is None:
            parser.error("place needs the folder of gold")
        for name, lost in place_all(given.gold, given.shared):
            console.print(f"{name}: {len(lost)} without a place")
            for record in lost:
                console.print(f"  {json.dumps(record, ensure_ascii=False)}", markup=False)
        return 0
    counts: dict[str, dict[str, dict[str, list[int]]]] = {}
    for name in given.set or SETS:
        texts, gold = SETS[name]
        result = judged(score, evaluation / gold, facts_of(given.shared / texts))
        issuers = issuers_by_file(read(sorted((evaluation / gold).glob("*.jsonl"))))
        by_issuer = tally(score, result, issuers)
        by_kind = {kind: added(one for (_, of), one in by_issuer.items() if of == kind) for kind in KINDS}
        console.print(
            _table(f"{name}: by kind", (_row(kind, one) for kind, one in by_kind.items() if one.gold))
        )
        names = sorted({issuer for issuer, _ in by_issuer})
        rows = (
            _row(f"{issuer} · {kind}", by_issuer[issuer, kind])
            for issuer in names
            for kind in KINDS
            if (issuer, kind) in by_issuer
        )
        console.print(_table(f"{name}: by issuer and kind", rows))
        for kind in given.errors:
            _print_errors(console, result, kind)
        for (issuer, kind), one in by_issuer.items():
            counts.setdefault(name, {}).setdefault(issuer, {})[kind] = [
                one.gold,
                one.gold_found,
                one.facts,
                one.facts_right,
            ]
    learned = lesson(score, given.shared)
    console.print(_left_out_table("the text itself", learned.left_out(text_of).tallies))
    console.print(_left_out_table("the issuer's own texts", learned.left_out(issuer_of).tallies))
    if given.json:
        given.json.write_text(json.dumps(counts, ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

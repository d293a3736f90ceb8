"""``python -m tests.inputs``: counts by kind of real files: refused, one document, fields right.

``--kind`` takes one kind alone (state council, county, provinces, docx, pdf). With ``--manifest`` the labels
of the provinces are given as a manifest; ``--errors`` lists what is wrong.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterable, Iterator

from ingest.errors import InputError
from ingest.manifest import Manifest, read_manifest
from ingest.model import Document
from ingest.pipeline import documents
from ingest.read import read
from ingest.titles import normalise_title
from ontology.normal import plain
from tests.inputs import papers
from tests.inputs.labelled import INPUTS, Labelled, county, provinces, state_council, word


def judge(file: Labelled, manifest: Manifest) -> tuple[Counter[str], list[str]]:
    """Return counts for one file and what is wrong with it."""
    counts, wrong = Counter({"files": 1}), []
    try:
        text = manifest.add_to(read(file.path), file.path)
        found = documents(text)
    except InputError as error:
        return counts + Counter({"refused": 1}), [f"refused: {error}"]
    counts["one document"] += len(found) == 1
    if len(found) != 1:
        wrong.append(f"{len(found)} documents")
    labelled = {
        "title": file.title,
        "number": file.number,
        "issuer": file.issuer,
        "date": file.date,
        "published": file.published,
    }
    for name, value in labelled.items():
        if value:
            counts[f"{name} labelled"] += 1
            values = list(_values(found, name))
            parts = re.split("[、,，]", value) if name == "issuer" else [value]
            right = all(any(_same(name, own, part) for own in values) for part in parts)
            counts[f"{name} right"] += right
            if not right:
                wrong.append(f"{name}: {values[:3]} is not {value}")
    wrong += [f"notice: {note}" for document in found for note in document.fields.contradictions]
    return counts, wrong


def _values(found: Iterable[Document], name: str) -> Iterator[str]:
    for document in found:
        fields = document.fields
        own = {
            "title": (fields.title, fields.circular_title),
            "number": (fields.number,),
            "issuer": fields.issuers,
            "date": (fields.date,),
            "published": (fields.published,),
        }[name]
        yield from (field.value for field in own if field)


def _same(name: str, own: str, label: str) -> bool:
    if name == "title":
        # pages leave the issuer out in front of 关于
        own, label = normalise_title(plain(own)), normalise_title(plain(label))
        return own == label or (label.startswith("关于") and own.endswith(label))
    own, label = plain(own).replace("中华人民共和国国务院令", "国令"), plain(label)
    if name == "issuer":  # the search site writes 市政府 for the city's government
        own, label = own.replace("人民政府", "政府"), label.replace("人民政府", "政府")
        return own.endswith(label)
    return own == label


def main() -> None:
    """Print the counts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--kind", default="")
    parser.add_argument("--manifest", action="store_true")
    options = parser.parse_args()
    labels = [INPUTS / "provinces" / "labels.json"] if options.manifest else []
    manifest = read_manifest(labels)
    for kind in (state_council(), county(), provinces(".html"), provinces(".txt"), word()):
        counts: Counter[str] = Counter()
        for file in kind:
            if options.kind not in file.kind:
                continue
            found, wrong = judge(file, manifest)
            counts += found
            if options.errors and wrong:
                print(f"{file.path.name}: " + "; ".join(wrong))
            name = file.kind
        if counts:
            print_counts(name, counts)
    if options.kind in "pdf":
        counts = Counter()
        for label in papers.labels():
            right = list(papers.judge(label))
            counts.update(right)
            missed = [what for what in ("one document", "title right") if what not in right]
            if options.errors and missed:
                print(f"{label.id}.pdf: not " + ", not ".join(missed))
        print_counts("pdf", counts)


def print_counts(kind: str, counts: Counter[str]) -> None:
    print(kind, ", ".join(f"{what} {count}" for what, count in counts.items()))


if __name__ == "__main__":
    main()

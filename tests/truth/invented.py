"""Invented sentences and their responsibilities, as texts and gold to learn from (tests/cases/prose.yaml)."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.model import Document
from ingest.pipeline import documents
from ingest.read import read_bytes
from tests.cases import cases
from tests.truth.scoring import Record

PAGE = "云州市水务工作方案\n云水发〔{year}〕6号\n一、重点任务\n{text}\n"
ISSUER = "invented"
_DEFINES = "称"  # 以下简称 stands before a name that is defined there


def invented() -> Iterator[tuple[Document, list[Record]]]:
    """Each case as a document with its gold; a unit stands on the first line that has it behind the last."""
    for number, case in enumerate(cases("prose")):
        page = PAGE.format(year=case.get("year", 2024), text=case["text"].rstrip("\n"))
        name = f"invented-{number:03d}.txt"
        gold: list[Record] = []
        place, last = 0, ""
        for told in case["resp"]:
            role, unit = told.split(" ", 1)
            behind = place if unit == last else place + len(last)
            at = page.find(unit, behind)
            if page.endswith(_DEFINES, 0, max(at, 0)):
                at = page.find(unit, at + len(unit))
            place, last = max(at, place), unit
            line = page.count("\n", 0, place) + 1
            gold.append(
                {"kind": "resp", "file": name, "line": line, "role": role, "unit": unit, "explicit": False}
            )
        for document in documents(read_bytes(page.encode(), name)):
            yield document, gold

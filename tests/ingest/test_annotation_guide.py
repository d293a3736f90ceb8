"""The tables of docs/annotation.md hold: each example gives the facts that stand beside it."""

from __future__ import annotations

from ingest.extract import extract
from ingest.model import Document, Facts
from ingest.pipeline import documents
from ingest.read import read_bytes
from tests.conftest import ROOT
from tests.for_each import for_each

_PAGE = "云州市绿化行动方案\n云园发〔2030〕9号\n各区人民政府：\n一、任务\n{text}。\n"
_GUIDE = (ROOT / "docs" / "annotation.md").read_text("utf8")


def rows(section: str) -> list[list[str]]:
    """The rows of the first table of a section, without its head."""
    text = _GUIDE.split(f"\n## {section}\n")[1].split("\n## ")[0]
    table = [line for line in text.splitlines() if line.startswith("|")][2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table]


def read(text: str) -> tuple[Document, Facts]:
    (document,) = documents(read_bytes(_PAGE.format(text=text).encode(), "example.txt"))
    return document, extract(document)


def name(row: list[str]) -> str:
    return " ".join(row[:2])


@for_each(rows("Responsibilities"), name)
def test_responsibilities(row: list[str]) -> None:
    text = row[0].removesuffix(" behind a sentence")
    _, facts = read(text if text[0] != "(" else f"开展巡检。{text}")
    found = [(fact.role.value, fact.unit) for fact in facts.responsibilities]
    if row[1] == "both responsible":
        assert found == [("responsible", unit) for unit in text.strip("()").split("、")]
    else:
        assert found == [tuple(record.strip().split(" ")) for record in row[1].split(";")]


@for_each(rows("Targets"), name)
def test_targets(row: list[str]) -> None:
    text, value, sign, by = row
    _, facts = read(text)
    wanted = value.replace("(none)", "").split(", ")
    assert [(fact.value, fact.unit) for fact in facts.targets] == [(wanted[0], "".join(wanted[1:]))]
    assert [fact.comparator.value for fact in facts.targets] == [sign]
    assert [fact.by for fact in facts.targets] == [by if by[:2] == "20" else None]


@for_each(rows("Deadlines"), name)
def test_deadlines(row: list[str]) -> None:
    kind, texts, values = row
    found = [(fact.kind.value, fact.norm) for text in texts.split(" · ") for fact in read(text)[1].deadlines]
    assert found == [(kind, value) for value in values.split(" · ")]


@for_each(rows("Norms"), name)
def test_norms(row: list[str]) -> None:
    document, facts = read(row[0])
    bearer = None if row[1].startswith("none") else row[1]
    (norm,) = facts.norms
    assert (document.text.quote(norm.bearer) if norm.bearer else None) == bearer

"""The given PDFs beside the labels that researchers gave them.

A title is right where one of label and reading holds the other, marks and the name of the place before it put
aside. A date counts only where the text has it in words, outside the dateline of a news agency; an issuer
only where the reading found any.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from ingest.errors import InputError
from ingest.pipeline import documents
from ingest.readers import pdf
from tests.ingest.readers.taking import text_of
from tests.inputs.labelled import INPUTS

FOLDER = INPUTS / "pdf" / "dualcarbon"
_PLACE = re.compile(r"^(?:关于|\w{2,4}[省市区])+(?:关于)?")
_DATELINE = re.compile(r"[（(]新华社[^）)]*[）)]")  # of a news agency: no date of the document
_PROVINCE = re.compile(r"^.{2,4}?[省市](?=.)")


class Label(msgspec.Struct, frozen=True):
    """What researchers say of a file."""

    id: str
    title: str
    organization: list[str]
    date: str


def bare(title: str) -> str:
    return re.sub(r"[^\w]", "", title).replace("的", "")


def is_title(read: str, label: str) -> bool:
    one, other = bare(read), bare(re.sub(r"（[^）]*）$", "", label))
    short = _PLACE.sub("", other)
    return one in other or other in one or bool(short and (short in one or _PLACE.sub("", one) in other))


def is_issuer(label: str, read: Sequence[str]) -> bool:
    """Whether a body is among those read: shortened names keep the order of their characters."""

    def holds(whole: str, part: str) -> bool:
        left = iter(whole)
        return all(character in left for character in part)

    name = label.replace("(含常委会)", "")
    return any(
        holds(body, own) or holds(own, body) for body in read for own in (name, _PROVINCE.sub("", name))
    )


def labels() -> list[Label]:
    """The labels, a file each."""
    return msgspec.json.decode((FOLDER / "labels.json").read_bytes(), type=list[Label])


def judge(label: Label) -> Iterator[str]:
    """What is right of one file, and what could have been."""
    yield "files"
    path = FOLDER / f"{label.id}.pdf"
    try:
        (source,) = pdf.read(path.read_bytes(), path.name)
        found = documents(text_of(source))
    except InputError:
        yield "refused"
        return
    if len(found) == 1:
        yield "one document"
    fields = found[0].fields
    known = source.metadata.get("title")
    titles = [title.value for title in (known, fields.title, fields.circular_title) if title]
    if any(is_title(title, label.title) for title in titles):
        yield "title right"
    year, month, day = map(int, label.date.split("."))
    if re.search(rf"{year}年0?{month}月0?{day}日", _DATELINE.sub("", re.sub(r"\s", "", source.text))):
        yield "date in the text"
        if fields.date is not None and fields.date.value == f"{year}-{month:02}-{day:02}":
            yield "date right"
    issuers = [issuer.value for issuer in fields.issuers]
    if issuers:
        yield "issuers found"
        if all(is_issuer(body, issuers) for body in label.organization):
            yield "issuers right"

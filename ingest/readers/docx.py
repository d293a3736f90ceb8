"""Word files (.docx): paragraphs, text boxes, numbering, tables with merged cells, in their order."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.errors import InputError
from ingest.model import Failure, Source
from ingest.readers import containers

MEDIA_TYPES = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".docm": "application/vnd.ms-word.document.macroEnabled.12",
}


def claims(data: bytes, name: str) -> bool:
    """Whether the bytes are a Word file: a zip file that lists the part with the document."""
    return containers.lists(data, b"word/document")


def read(data: bytes, name: str) -> Iterator[Source | Failure]:
    """Yield the text. Raises InputError for a file that is broken, too large or empty."""
    from ingest.readers.word_text import read_word  # noqa: PLC0415 - a build of plain texts needs no parser

    with containers.open_zip(data, name):
        pass  # says what is wrong with the container, and how large it is unpacked
    source = read_word(data, name)
    if not source.text.strip():
        raise InputError(name, "no text in this Word file")
    yield source

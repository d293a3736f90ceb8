"""Documents from text, as the pipeline makes them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ingest.model import Document
from ingest.pipeline import documents
from ingest.read import read_bytes

DocumentsOf = Callable[[str], tuple[Document, ...]]
DocumentOf = Callable[[str], Document]


@pytest.fixture(scope="session")
def documents_of() -> DocumentsOf:
    """Every document of a text that stands for the file case.txt."""

    def read(text: str) -> tuple[Document, ...]:
        return documents(read_bytes(text.encode(), "case.txt"))

    return read


@pytest.fixture(scope="session")
def document_of(documents_of: DocumentsOf) -> DocumentOf:
    """The first document of a text that stands for the file case.txt."""

    def read(text: str) -> Document:
        return documents_of(text)[0]

    return read

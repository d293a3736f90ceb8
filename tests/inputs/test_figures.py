"""The figures to reach on real files, with labels that others made."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from itertools import chain

import pytest

from ingest.manifest import Manifest, read_manifest
from ingest.model import Source
from ingest.readers.docx import read as read_docx
from ingest.readers.html import decode_page
from ingest.readers.page_text import read_page
from tests.inputs.__main__ import judge
from tests.inputs.labelled import INPUTS, Labelled, county, provinces, state_council, word

pytestmark = [
    pytest.mark.check,
    pytest.mark.skipif(not INPUTS.is_dir(), reason="the folder of real files is not there"),
]
PAGE_OF_PAPER = 700  # characters
NAVIGATION = ("昆政办发〔2016〕115号", "设为主页", "分享到")


def count(files: Iterator[Labelled], manifest: Manifest | None = None) -> Counter[str]:
    return sum((judge(file, manifest or Manifest())[0] for file in files), Counter[str]())


def test_pages_of_the_state_council() -> None:
    counts = count(state_council())
    assert min(counts[f"{name} right"] for name in ("title", "number", "issuer")) >= 36
    assert counts["one document"] == counts["files"] == 37


def test_pages_of_a_county() -> None:
    counts = count(county())
    for name in ("title", "number", "issuer", "published"):
        assert counts[f"{name} right"] >= 0.98 * counts[f"{name} labelled"] > 0


def test_the_navigation_of_a_county_is_in_no_text() -> None:
    for file in county():
        source = read_page(decode_page(file.path.read_bytes())[0], file.path.name, None, ())
        said = source.text + "".join(field.value for field in source.metadata.values())
        assert not any(words in said for words in NAVIGATION), file.path.name


def test_provinces_with_their_labels_as_manifest() -> None:
    manifest = read_manifest([INPUTS / "provinces" / "labels.json"])
    counts = count(chain(provinces(".html"), provinces(".txt")), manifest)
    assert counts["refused"] == 0
    assert counts["one document"] >= 0.98 * counts["files"]
    for name in ("title", "number", "issuer", "date"):
        assert counts[f"{name} right"] == counts[f"{name} labelled"] > 0


def test_word_files_give_one_document_each() -> None:
    counts = count(word())
    assert counts["one document"] == counts["files"] == 25


def test_pages_are_read_at_a_million_characters_a_second() -> None:
    pages = [decode_page(file.path.read_bytes())[0] for file in chain(state_council(), county())]
    began = time.process_time()
    for page in pages:
        read_page(page, "page.html", None, ())
    assert sum(map(len, pages)) / (time.process_time() - began) >= 1_000_000


def test_word_files_are_read_at_a_hundred_pages_a_second() -> None:
    files = [file.path.read_bytes() for file in word()]
    list(read_docx(files[0], "first.docx"))  # loads the library
    began = time.process_time()
    read = [source for data in files for source in read_docx(data, "a.docx")]
    length = sum(len(source.text) for source in read if isinstance(source, Source))
    assert length / PAGE_OF_PAPER / (time.process_time() - began) >= 100

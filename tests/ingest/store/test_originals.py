"""From a fact back to its place in the original file, which the store keeps."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from pyoxigraph import NamedNode

from ingest.build import build_store
from ingest.errors import StoreError
from ingest.model import Box, ParagraphKind, Span
from ingest.read import read_bytes
from ingest.store import Layout, Version, current, layout_of, open_draft, plain_layout, prepare, publish
from ingest.store.layout import LaidParagraph, PageBox, PlaceRun, decode, encode
from ingest.store.version import layout_path, original_path
from ontology.terms import DCTERMS, GB, NIF
from queries.facts import FactRecord, facts
from tests.conftest import circular
from tests.ingest.graph.conftest import Graph, subject
from tests.ingest.readers.made import as_page
from tests.originals import ADDRESS, ARCHIVE, HOSTILE, INSIDE, PAGE, PDF, TEXT, WIDE, WORD, pdf_of


@pytest.fixture(scope="module")
def version(formats_store: Path) -> Version:
    return current(formats_store)


@pytest.fixture(scope="module")
def graph(version: Version) -> Graph:
    return Graph(version.open())


@pytest.fixture(scope="module")
def records(version: Version) -> list[FactRecord]:
    return list(facts(version.open()))


def text_of(graph: Graph, name: str) -> str:
    (found,) = [text for text in graph.of(NIF.Context) if graph.value(text, GB.fileName) == name]
    return found


def original_of(graph: Graph, version: Version, name: str) -> bytes:
    kept = version.original(graph.value(text_of(graph, name), GB.originalSha256))
    assert kept is not None
    return kept.read_bytes()


def bare(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("name", [PDF, WIDE, INSIDE])
def test_the_boxes_of_every_fact_hold_its_words(
    name: str, version: Version, graph: Graph, records: list[FactRecord]
) -> None:
    """pdfium is asked what stands in the boxes, and may see one character more at each side."""
    data = original_of(graph, version, name)
    layout = version.layout(hashlib.sha256(data).hexdigest())
    assert layout is not None
    source = version.source(graph.value(text_of(graph, name), GB.textSha256))
    assert not any(source[run.end - 1] in "\t\n|" for run in layout.runs)  # these stand nowhere
    document = pdfium.PdfDocument(data)
    checked = 0
    for record in records:
        if record["file"] != name or record["kind"] == "doc":
            continue
        start, end = int(str(record["start"])), int(str(record["end"]))
        boxes = layout.boxes(source, start, end)
        assert boxes[0].page == record["page"]
        seen = ""
        for number, box in boxes:
            page = document[number - 1]
            height = page.get_height()
            sides = (box.left - 1, height - box.bottom - 1, box.right + 1, height - box.top + 1)
            seen += page.get_textpage().get_text_bounded(*sides)
        words = bare(source[start:end])
        assert words in bare(seen), (words, seen)
        assert len(bare(seen)) <= len(words) + 2 * len(boxes)
        checked += 1
    assert checked >= 4


def test_what_is_more_than_a_plain_text_is_kept_with_its_bytes(version: Version, graph: Graph) -> None:
    kept = {path.name: path.read_bytes() for path in (version.folder / "originals").iterdir()}
    assert all(hashlib.sha256(data).hexdigest() == name for name, data in kept.items())
    of_files = {name: graph.value(text_of(graph, name), GB.originalSha256) for name in (PDF, INSIDE, WORD)}
    assert set(of_files.values()) < set(kept)
    assert kept[of_files[INSIDE]].startswith(b"%PDF")  # the file in the archive, and not the archive
    assert len(kept) == 6
    assert version.original(graph.value(text_of(graph, TEXT), GB.originalSha256)) is None
    assert not any(data.startswith(b"PK") and b"tasks.pdf" in data for data in kept.values()), ARCHIVE


def test_the_graph_describes_the_file(graph: Graph) -> None:
    formats = {
        name: graph.value(text_of(graph, name), DCTERMS["format"]) for name in (PDF, PAGE, TEXT, INSIDE)
    }
    assert formats == {
        PDF: "application/pdf",
        PAGE: "text/html",
        TEXT: "text/plain",
        INSIDE: "application/pdf",
    }
    assert [quad.object for quad in graph.quads(None, DCTERMS.source)] == [NamedNode(ADDRESS)]


def test_the_graph_says_who_says_each_field(graph: Graph) -> None:
    (quad,) = graph.quads(None, GB.numberSource, GB.FieldSourceManifest)
    document = subject(quad)
    assert graph.values(document, GB.numberPlace) == []
    assert graph.value(document, GB.titleSource) == GB.FieldSourceText
    assert graph.value(document, GB.dateSource) == GB.FieldSourceText


def test_rows_of_facts_have_page_source_and_who_says(records: list[FactRecord]) -> None:
    (head,) = [record for record in records if record["kind"] == "doc" and record["file"] == PDF]
    assert (head["page"], head["source"], head["said_by"]) == (1, ADDRESS, {"number": "manifest"})
    pages = {record["page"] for record in records if record["file"] == PDF}
    assert pages == {1, 2}
    assert not any(
        {"page", "source", "said_by"} & record.keys() for record in records if record["file"] == TEXT
    )


def with_original(store: Path, sha: str, data: bytes) -> Path:
    """A new version of a store with one original; return where it is kept."""
    prepare(store)
    with open_draft(store) as draft:
        draft.add_original(sha, data)
        version = publish(store, draft, draft.finish({}), keep=9)
    kept = version.original(sha)
    assert kept is not None
    return kept


def test_what_the_version_before_has_takes_no_room_twice(tmp_path: Path) -> None:
    data = as_page(circular(1))
    sha = hashlib.sha256(data).hexdigest()
    one, other = (with_original(tmp_path / "store", sha, data) for _ in range(2))
    assert one.samefile(other)
    other.write_bytes(data[:100])  # a damaged copy is not linked again
    third = with_original(tmp_path / "store", sha, data)
    assert third.read_bytes() == data
    assert not third.samefile(other)


@pytest.mark.check
def test_a_build_may_keep_no_originals(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf_of(circular(1)))
    build_store([tmp_path / "a.pdf"], tmp_path / "store", check=False, originals=False)
    version = current(tmp_path / "store")
    assert list((version.folder / "originals").iterdir()) == []
    (layout,) = (version.folder / "layouts").iterdir()
    found = version.layout(layout.name)
    assert found is not None
    assert found.runs[0].page == 1  # where a fact stands is known all the same


def test_a_layout_that_is_cut_off_is_an_error_with_its_path(version: Version, tmp_path: Path) -> None:
    copy = Version(tmp_path)
    path = layout_path(tmp_path, "a")
    path.parent.mkdir()
    whole = next((version.folder / "layouts").iterdir()).read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(StoreError, match=r"layouts/a: the places in the file cannot be read"):
        copy.layout("a")
    assert copy.layout("b") is None
    assert copy.original("b") is None
    assert original_path(tmp_path, "b").parent.name == "originals"


RUNS = (
    PlaceRun(0, 4, 1, Box(100, 50, 140, 60), None),
    PlaceRun(4, 6, 1, Box(140, 50, 160, 60), None),
    PlaceRun(7, 9, 2, Box(100, 20, 120, 30), None),
    PlaceRun(9, 11, None, None, "任务!B7"),
)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (0, 4, [PageBox(1, Box(100, 50, 140, 60))]),
        (1, 3, [PageBox(1, Box(110, 50, 130, 60))]),  # a part of a run
        (2, 6, [PageBox(1, Box(120, 50, 160, 60))]),  # two runs of one line
        (5, 8, [PageBox(1, Box(150, 50, 160, 60)), PageBox(2, Box(100, 20, 110, 30))]),  # over a page's end
        (6, 7, []),  # the end of a paragraph has no place
        (9, 11, []),
        (50, 60, []),
        (3, 3, []),
    ],
)
def test_boxes_of_characters(start: int, end: int, expected: list[PageBox]) -> None:
    assert list(Layout(runs=RUNS).boxes("字" * 60, start, end)) == expected


def test_columns_are_not_one_line() -> None:
    runs = (PlaceRun(0, 1, 1, Box(10, 5, 20, 15), None), PlaceRun(1, 2, 1, Box(300, 5, 310, 15), None))
    assert len(Layout(runs=runs).boxes("甲乙", 0, 2)) == 2


def test_half_a_run_of_narrow_and_wide_characters() -> None:
    layout = Layout(runs=(PlaceRun(0, 4, 1, Box(0, 0, 60, 10), None),))
    assert layout.boxes("年12月", 0, 1)[0].box == Box(0, 0, 20, 10)
    assert layout.boxes("年12月", 1, 3)[0].box == Box(20, 0, 40, 10)


def test_the_part_of_a_character() -> None:
    layout = Layout(runs=RUNS)
    assert [layout.part(at) for at in (0, 6, 9, 10, 11)] == [None, None, "任务!B7", "任务!B7", None]


def test_a_layout_comes_back_as_it_was() -> None:
    layout = Layout((LaidParagraph(0, 6, ParagraphKind.TABLE, 2),), ((((Span(0, 2)), Span(2, 6)),),), RUNS)
    assert decode(encode(layout)) == layout
    for wrong in (b"", b"abc", encode(layout)[:-3], json.dumps({}).encode()):
        with pytest.raises(ValueError, match="no layout"):
            decode(wrong)


def test_the_layout_of_a_text() -> None:
    text = read_bytes(b"# A\n\n" + circular(1).encode(), "a.md")
    layout = layout_of(text)
    assert layout.paragraphs[0] == LaidParagraph(0, 1, ParagraphKind.BODY, 1)
    assert layout.runs == ()
    lines = plain_layout("甲\n\n乙丙").paragraphs
    assert [(item.start, item.end) for item in lines] == [(0, 1), (2, 2), (3, 5)]


def test_the_hostile_page_was_read(records: list[FactRecord]) -> None:
    assert any(record["file"] == HOSTILE for record in records)

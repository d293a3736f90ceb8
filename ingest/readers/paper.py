"""Pages to one text, for formats that lay characters out on pages (PDF, OFD)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.errors import InputError
from ingest.field_names import collect
from ingest.model import Field, Source
from ingest.readers.field_lines import opening_fields
from ingest.readers.flow import Flow, Paragraphs, margins_of
from ingest.readers.footnotes import mark_notes
from ingest.readers.furniture import strip_furniture
from ingest.readers.gap_tables import find_gap_tables
from ingest.readers.glyphs import PageContent
from ingest.readers.lines import PaperLine, pieces_of, read_lines
from ingest.readers.page_heading import is_page_heading
from ingest.readers.paper_tables import PageTable, cut_tables, join_pages, write_table
from ingest.readers.ruled import find_grids
from ingest.readers.written import Writer

_OPENING = 20  # paragraphs and tables in which a page says something of its document


@dataclass(frozen=True, slots=True)
class PageText:
    """The lines and tables of one page."""

    number: int
    height: float
    lines: list[PaperLine]
    tables: list[PageTable]
    scanned: bool
    recognised: bool = False


def read_content(page: PageContent) -> PageText:
    """Lines and tables from the characters and rulings of a page."""
    tables, rest = cut_tables(find_grids(page.rulings), page.glyphs, page.number)
    rows = pieces_of(rest)
    loose = find_gap_tables(rows, page.number)
    if loose:
        tables = sorted([*tables, *loose], key=lambda table: table.box.top)
        rows = pieces_of([glyph for glyph in rest if not any(table.holds(glyph) for table in loose)])
    lines = read_lines(rows, page.number, page.width)
    return PageText(page.number, page.height, lines, tables, page.scanned, page.recognised)


def write_pages(pages: Sequence[PageText], name: str, notices: Sequence[str] = ()) -> Source:
    """One text from all pages. Raises InputError where no page has a text layer."""
    scanned = [page.number for page in pages if page.scanned]
    if not any(page.lines or page.tables for page in pages):
        why = "its pages are pictures (a scan; --ocr reads them)" if scanned else "its pages are empty"
        raise InputError(name, f"no text layer: {why}")
    told = list(notices)
    if scanned:
        told.append(f"no text layer on page {_listing(scanned)}: a picture, not read")
    recognised = [page.number for page in pages if page.recognised]
    if recognised:
        told.append(f"page {_listing(recognised)} read by character recognition: look at the picture")
    kept = strip_furniture([(page.height, page.lines) for page in pages])
    kept = [mark_notes(lines, page.height) for page, lines in zip(pages, kept, strict=True)]
    margins = margins_of([line for lines in kept for line in lines])
    items = _in_order(pages, kept)
    flows = list(_flows(join_pages(items), Paragraphs(margins)))
    opening = [flow.words.text for flow in flows[:_OPENING] if isinstance(flow, Flow)]
    heading = is_page_heading(opening)
    pairs, named = opening_fields(opening)
    writer = Writer()
    metadata = {name: Field(value, "page") for name, value in collect(pairs).items()}
    left_out = {opening[place] for place in named}
    for place, flow in enumerate(flows):
        if isinstance(flow, PageTable):
            write_table(writer, flow)
        elif heading:
            metadata["title"] = Field(flow.words.text, "page")
            heading = False
        elif place < _OPENING and flow.words.text in left_out:
            continue
        else:
            writer.paragraph(flow.words, indented=flow.indented)
    if not writer.has_words:
        raise InputError(name, "no text but page numbers and running heads")
    return replace(writer.source(name, told), metadata=metadata, recognised=tuple(recognised))


def _flows(items: Iterable[PaperLine | PageTable], paragraphs: Paragraphs) -> Iterator[Flow | PageTable]:
    """Paragraphs and tables in order."""
    for item in items:
        done = paragraphs.take(item) if isinstance(item, PaperLine) else paragraphs.end()
        if done is not None:
            yield done
        if isinstance(item, PageTable):
            yield item
    last = paragraphs.end()
    if last is not None:
        yield last


def _in_order(pages: Sequence[PageText], kept: Sequence[list[PaperLine]]) -> list[PaperLine | PageTable]:
    """Lines and tables of all pages; a table stands before the first line that begins below its top."""
    items: list[PaperLine | PageTable] = []
    for page, lines in zip(pages, kept, strict=True):
        waiting = list(page.tables)
        for line in lines:
            while waiting and line.box.top > waiting[0].box.top and _beside(line, waiting[0]):
                items.append(waiting.pop(0))
            items.append(line)
        items += waiting
    return items


def _beside(line: PaperLine, table: PageTable) -> bool:
    return line.column == 0 or (line.box.left < table.box.right and line.box.right > table.box.left)


def _listing(numbers: Sequence[int]) -> str:
    """1–3, 7 for 1, 2, 3, 7."""
    parts: list[str] = []
    start = 0
    for place in range(1, len(numbers) + 1):
        if place == len(numbers) or numbers[place] != numbers[place - 1] + 1:
            first, last = numbers[start], numbers[place - 1]
            parts.append(f"{first}" if first == last else f"{first}–{last}")
            start = place
    return ", ".join(parts)

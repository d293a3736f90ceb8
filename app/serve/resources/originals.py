"""The original of a text: pages of a PDF with a place marked, or the marked text: /original/…"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from starlette.requests import Request
from starlette.responses import Response

from app.serve.http.errors import GoneError, NotFoundError, RequestError, UnprocessableError
from app.serve.http.etags import PROGRAM_VERSION, etag
from app.serve.http.exchange import Exchange, begin
from app.serve.http.media_types import HTML, JSON
from app.serve.isolation.renderer import PageRenderer
from app.serve.isolation.version_cache import load_dataset_info, load_layout, load_source
from app.serve.isolation.versions import Versions
from app.serve.resources.marked_text import MarkedPassage, mark_text
from app.serve.resources.original_file import StoredFile, fetch_files, fetch_headings
from ingest.model import Box, Span
from ingest.store import PageBox, plain_layout

FORMATS = {"json": JSON, "html": HTML}
PNG = "image/png"
WIDTHS = range(50, 2001)  # pixels
USUAL_WIDTH = 1000
_SPAN = re.compile(r"(\d{1,10}),(\d{1,10})")
_NUMBER = re.compile(r"\d{1,9}")
_MOST_PAGES = 3  # that are shown of one place
_MOST_BOXES = 400


@dataclass(frozen=True, slots=True)
class ShownPage:
    """A page of the original: its size in points, and what is marked on it (left, top, right, bottom)."""

    page: int
    width: float
    height: float
    boxes: tuple[Box, ...]
    picture: str

    def style(self, box: Box) -> str:
        """Where a box stands, as CSS in percent of the page."""
        left, top, right, bottom = box
        across, down = 100 / self.width, 100 / self.height
        return (
            f"left:{left * across:.3f}%;top:{top * down:.3f}%;"
            f"width:{(right - left) * across:.3f}%;height:{(bottom - top) * down:.3f}%"
        )


async def original(request: Request) -> Response:
    """The original of a text, with the characters START,END marked: its pages, else its text."""
    versions: Versions = request.app.state.versions
    exchange = begin(request, versions.version, FORMATS, ("char", "page", "file"))
    text, values = str(request.path_params["text"]), exchange.values
    base = (await load_dataset_info(exchange.version)).base
    files = await fetch_files(versions.pool, base, text)
    file = _chosen(files, values)
    source = await load_source(exchange.version, text)
    mark = _mark(values, len(source))
    if (same := exchange.not_modified()) is not None:
        return same
    layout = await load_layout(exchange.version, file.graph)
    if layout is None:
        layout = await asyncio.to_thread(plain_layout, source)
    boxes = (await asyncio.to_thread(layout.boxes, source, *mark))[:_MOST_BOXES] if mark else ()
    pages, count, note = await _pages(exchange, file, boxes)
    marked = None
    if not pages:
        headings = await fetch_headings(versions.pool, base, file)
        marked = await asyncio.to_thread(mark_text, source, layout, mark, headings)
    if exchange.media_type == JSON:
        part = layout.part(mark.start) if mark else None
        return exchange.json(
            _description(exchange, file, files, mark, boxes, part, pages, count, note, marked)
        )
    thing = f"{base}text/{text}" + (f"#char={mark.start},{mark.end}" if mark else "")
    return await exchange.page(
        "original.html",
        file=file,
        files=[
            (other.name, exchange.links.original(text, {**values, "file": other.graph})) for other in files
        ],
        quote=source[mark.start : mark.end][:200] if mark else "",
        pages=pages,
        count=count,
        turned=_neighbours(exchange, pages, count),
        note=note,
        marked=marked,
        thing=exchange.links.thing(base, thing),
    )


async def original_page(request: Request) -> Response:
    """A page of an original as a picture, WIDTH pixels wide."""
    versions: Versions = request.app.state.versions
    renderer: PageRenderer = request.app.state.renderer
    exchange = begin(request, versions.version, {"png": PNG}, ("width", "file"))
    values, version = exchange.values, exchange.version
    width = _number(values, "width", WIDTHS, USUAL_WIDTH)
    text, page = str(request.path_params["text"]), str(request.path_params["page"])
    if not _NUMBER.fullmatch(page):
        raise NotFoundError("a page is a number from 1")
    base = (await load_dataset_info(version)).base
    file = _chosen(await fetch_files(versions.pool, base, text), values)
    if not file.has_pages:
        raise UnprocessableError(f"{file.name}: {file.media_type} is shown as text, not as pages")
    path = version.original(file.sha256)
    if path is None:
        raise GoneError(_not_kept(file))
    exchange.headers["ETag"] = etag(PROGRAM_VERSION, file.sha256, page, str(width))  # in every version
    if (same := exchange.not_modified()) is not None:
        return same
    rendered = await renderer.page(path, file.sha256, int(page), width)
    headers = {"Content-Type": PNG, "X-Content-Type-Options": "nosniff"}
    return Response(rendered.picture, headers=exchange.headers | headers)


def _chosen(files: tuple[StoredFile, ...], values: Mapping[str, str]) -> StoredFile:
    """The file that is asked for, by the digest of its graph; else the first."""
    asked = values.get("file")
    for file in files:
        if asked in (None, file.graph):
            return file
    raise NotFoundError("no file of this name has the text")


def _mark(values: Mapping[str, str], length: int) -> Span | None:
    asked = values.get("char")
    if asked is None:
        return None
    match = _SPAN.fullmatch(asked)
    if match is None or not int(match[1]) < int(match[2]):
        raise RequestError("char=START,END names characters of the text, END exclusive")
    if int(match[2]) > length:
        raise NotFoundError(f"the text has {length:,} characters")
    return Span(int(match[1]), int(match[2]))


def _number(values: Mapping[str, str], name: str, allowed: range, usual: int) -> int:
    asked = values.get(name)
    if asked is None:
        return usual
    if not _NUMBER.fullmatch(asked) or int(asked) not in allowed:
        raise RequestError(f"{name} is a whole number from {allowed.start:,} to {allowed.stop - 1:,}")
    return int(asked)


def _not_kept(file: StoredFile) -> str:
    return f"{file.name}: this version of the store keeps no original of it (gongbao build --originals does)"


async def _pages(
    exchange: Exchange, file: StoredFile, boxes: tuple[PageBox, ...]
) -> tuple[tuple[ShownPage, ...], int | None, str | None]:
    """The pages that are shown, how many there are, and why none are, if the file has pages."""
    if not file.has_pages:
        return (), None, None
    path = exchange.version.original(file.sha256)
    if path is None:
        return (), None, _not_kept(file)
    renderer: PageRenderer = exchange.request.app.state.renderer
    text = str(exchange.request.path_params["text"])
    numbers = list(dict.fromkeys(box.page for box in boxes))[:_MOST_PAGES] or [1]
    if "page" in exchange.values:
        numbers = [_number(exchange.values, "page", range(1, 10**9), 1)]
    shown: list[ShownPage] = []
    count = None
    for number in numbers:
        try:
            size = await renderer.page(path, file.sha256, number, 0)
        except (GoneError, UnprocessableError) as error:
            return (), None, str(error)
        count = size.pages
        on_it = tuple(box for page, box in boxes if page == number)
        values = {"file": exchange.values["file"]} if "file" in exchange.values else {}
        picture = exchange.links.picture(text, number, values)
        shown.append(ShownPage(number, size.width, size.height, on_it, picture))
    return tuple(shown), count, None


def _neighbours(exchange: Exchange, pages: tuple[ShownPage, ...], count: int | None) -> dict[str, str | None]:
    """Links to the pages before and after those that are shown."""
    text = str(exchange.request.path_params["text"])

    def link(page: int) -> str | None:
        known = 1 <= page <= (count or 0)
        return exchange.links.original(text, {**exchange.values, "page": str(page)}) if known else None

    if not pages:
        return {"previous": None, "next": None}
    return {"previous": link(pages[0].page - 1), "next": link(pages[-1].page + 1)}


def _description(  # noqa: PLR0913, PLR0917 - what one answer is made of
    exchange: Exchange,
    file: StoredFile,
    files: tuple[StoredFile, ...],
    mark: Span | None,
    boxes: tuple[PageBox, ...],
    part: str | None,
    pages: tuple[ShownPage, ...],
    count: int | None,
    note: str | None,
    marked: MarkedPassage | None,
) -> dict[str, object]:
    return {
        "file": {**asdict(file), "kept": exchange.version.original(file.sha256) is not None},
        "files": [{"graph": other.graph, "name": other.name} for other in files],
        "char": list(mark) if mark else None,
        "part": part,
        "page": boxes[0].page if boxes else None,
        "page_count": count,
        "pages": [asdict(page) for page in pages],
        "note": note,
        "text": asdict(marked) if marked else None,
    }

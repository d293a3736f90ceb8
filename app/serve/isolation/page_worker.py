"""The process that renders pages: whatever a PDF does to it, the server goes on.

A PageJob comes on standard input, a PageAnswer or a PageRefusal goes out on standard output, each in
MessagePack after its length. The process can write no file, open no socket and start nothing; its memory and
the time of each job are bounded.
"""

from __future__ import annotations

import hashlib
import io
import os
import resource
import signal
import sys
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import IO

import msgspec
import pypdfium2 as pdfium

from app.serve.isolation.lifetime import end_with_parent
from app.serve.isolation.memory import bound_memory
from app.serve.isolation.sandbox import can_sandbox, enter_sandbox

LENGTH_BYTES = 8
_MOST_PIXELS = 8_000_000  # of a picture, whatever the page's shape is
_LONGEST = 8_000  # pixels of a side


@dataclass(frozen=True, slots=True)
class PageJob:
    """A page, from 1, of a file that is kept under its SHA-256; ``width`` in pixels, 0 for no picture."""

    path: str
    sha256: str
    page: int
    width: int
    seconds: int


@dataclass(frozen=True, slots=True)
class RenderedPage:
    """A page as PNG, with its size in points and the number of pages of its file."""

    picture: bytes
    width: float
    height: float
    pages: int


class Refused(StrEnum):
    """Why a page is not rendered."""

    DAMAGED = "damaged"  # the file is not what was kept
    NO_PAGE = "no page"
    BROKEN = "broken"
    MEMORY = "memory"


class PageRefusal(msgspec.Struct, frozen=True, tag=True):
    """A page that is not rendered: what it is, and the same in words."""

    why: Refused
    reason: str


class PageAnswer(msgspec.Struct, frozen=True, tag=True):
    """A page that is rendered."""

    page: RenderedPage


Answer = PageAnswer | PageRefusal


class _Documents:
    """The document that was opened last: pages of one file are asked for one after the other."""

    def __init__(self) -> None:
        self._sha256 = ""
        self._opened: pdfium.PdfDocument | None = None

    def open(self, job: PageJob) -> pdfium.PdfDocument | PageRefusal:
        if self._opened is not None and self._sha256 == job.sha256:
            return self._opened
        if self._opened is not None:
            self._opened.close()
            self._opened = None
        try:
            data = Path(job.path).read_bytes()
        except OSError as error:
            return PageRefusal(Refused.DAMAGED, f"it cannot be read: {error.strerror}")
        if hashlib.sha256(data).hexdigest() != job.sha256:
            return PageRefusal(Refused.DAMAGED, "its bytes are not those that were read by the build")
        try:
            self._opened, self._sha256 = pdfium.PdfDocument(data), job.sha256
        except pdfium.PdfiumError as error:
            return PageRefusal(Refused.BROKEN, f"it cannot be opened: {error}")
        return self._opened


def render(documents: _Documents, job: PageJob) -> Answer:
    """Render a page."""
    document = documents.open(job)
    if isinstance(document, PageRefusal):
        return document
    pages = len(document)
    if not 1 <= job.page <= pages:
        return PageRefusal(Refused.NO_PAGE, f"it has pages 1 to {pages:,}")
    try:
        with closing(document[job.page - 1]) as page:
            width, height = page.get_size()
            if not (width > 0 and height > 0):
                return PageRefusal(Refused.BROKEN, f"page {job.page} has no size")
            picture = _picture(page, width, height, job.width) if job.width else b""
    except pdfium.PdfiumError as error:
        return PageRefusal(Refused.BROKEN, f"page {job.page} cannot be rendered: {error}")
    except MemoryError:
        return PageRefusal(Refused.MEMORY, f"page {job.page} needs more memory than is allowed")
    return PageAnswer(RenderedPage(picture, width, height, pages))


def _picture(page: pdfium.PdfPage, width: float, height: float, wanted: int) -> bytes:
    scale = min(wanted / width, _LONGEST / max(width, height), (_MOST_PIXELS / (width * height)) ** 0.5)
    bitmap = page.render(scale=scale, may_draw_forms=False)
    with closing(bitmap):
        out = io.BytesIO()
        bitmap.to_pil().save(out, "PNG", compress_level=3)
    return out.getvalue()


def main(memory: int) -> None:
    """Render pages until standard input ends. ``memory`` bounds the data of this process, in bytes."""
    end_with_parent()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not get between the messages
    for limit in (resource.RLIMIT_FSIZE, resource.RLIMIT_CORE):
        resource.setrlimit(limit, (0, 0))
    bound_memory(memory)
    if can_sandbox():
        enter_sandbox()
    decoder = msgspec.msgpack.Decoder(PageJob)
    documents = _Documents()
    while message := _receive(sys.stdin.buffer):
        job = decoder.decode(message)
        signal.alarm(job.seconds + 1)  # ends this process even where the other side is gone
        answer = msgspec.msgpack.encode(render(documents, job))
        signal.alarm(0)
        answers.write(len(answer).to_bytes(LENGTH_BYTES, "big") + answer)
        answers.flush()


def _receive(pipe: IO[bytes]) -> bytes:
    """Return the next message; empty where the other side has ended."""
    head = pipe.read(LENGTH_BYTES)
    return pipe.read(int.from_bytes(head, "big")) if len(head) == LENGTH_BYTES else b""

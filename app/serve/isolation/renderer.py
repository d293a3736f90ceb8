"""Renders pages of kept files in a process of its own, one at a time, and caches the pictures."""

from __future__ import annotations

import asyncio
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from contextlib import suppress
from pathlib import Path

import msgspec
from cachetools import LRUCache

from app.serve.http.errors import (
    GoneError,
    MemoryLimitError,
    NotFoundError,
    OverloadedError,
    TimeLimitError,
    UnprocessableError,
)
from app.serve.http.limits import Limits
from app.serve.isolation.page_worker import (
    LENGTH_BYTES,
    Answer,
    PageAnswer,
    PageJob,
    PageRefusal,
    Refused,
    RenderedPage,
)

_START = (
    "import sys; sys.path[:] = {path!r}; from app.serve.isolation.page_worker import main; main({memory})"
)
_OBJECTS = 500  # bytes of Python's objects for one picture, about
_LARGEST_ANSWER = 64 << 20  # bytes
_DECODER: msgspec.msgpack.Decoder[Answer] = msgspec.msgpack.Decoder(Answer)


class PageRenderer:
    """The process that renders, started when it is needed; one that takes too long is ended and replaced."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._cache: LRUCache[tuple[str, int, int], RenderedPage] = LRUCache(
            limits.page_cache, lambda page: len(page.picture) + _OBJECTS
        )
        self._lock = asyncio.Lock()
        self._waiting = 0
        self._process: Process | None = None

    async def page(self, path: Path, sha256: str, page: int, width: int) -> RenderedPage:
        """Return a page, from 1, of a kept file, ``width`` pixels wide (0: only its size).

        Raises NotFoundError for a page that the file has not, GoneError for a file that is not what was kept,
        UnprocessableError for one that cannot be rendered, LimitError where time, memory or places run out.
        """
        key = sha256, page, width
        if (known := self._cache.get(key)) is not None:
            return known
        if self._waiting >= self._limits.requests:
            raise OverloadedError(f"{self._limits.requests} pages are being rendered; try again")
        self._waiting += 1
        try:
            async with asyncio.timeout(2 * self._limits.seconds), self._lock:
                if (known := self._cache.get(key)) is None:
                    job = PageJob(str(path), sha256, page, width, max(1, round(self._limits.seconds)))
                    known = _checked(await self._ask(job))
                    with suppress(ValueError):  # larger than the cache
                        self._cache[key] = known
                return known
        except TimeoutError as error:
            raise OverloadedError("other pages take long to render; try again") from error
        finally:
            self._waiting -= 1

    async def _ask(self, job: PageJob) -> Answer:
        whole = False
        try:
            process = await self._running()
            async with asyncio.timeout(self._limits.seconds):
                answer = await _exchange(process, job)
            whole = True
            return answer
        except TimeoutError as error:
            raise TimeLimitError(
                f"page {job.page} takes more than {self._limits.seconds:g} s to render"
            ) from error
        except (OSError, EOFError, msgspec.DecodeError) as error:
            raise MemoryLimitError(
                f"page {job.page} needs more than {self._limits.memory >> 20} MB, or breaks the renderer"
            ) from error
        finally:
            if not whole:  # ended, or still rendering for somebody who has left
                await self.stop()

    async def _running(self) -> Process:
        if self._process is None or self._process.returncode is not None:
            start = _START.format(path=sys.path, memory=self._limits.memory)
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-c", start, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, limit=_LARGEST_ANSWER
            )
        return self._process

    async def stop(self) -> None:
        """End the process; the next page starts another."""
        process, self._process = self._process, None
        if process is not None:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()


async def _exchange(process: Process, job: PageJob) -> Answer:
    if process.stdin is None or process.stdout is None:
        raise EOFError
    data = msgspec.msgpack.encode(job)
    process.stdin.write(len(data).to_bytes(LENGTH_BYTES, "big") + data)
    await process.stdin.drain()
    length = int.from_bytes(await process.stdout.readexactly(LENGTH_BYTES), "big")
    if length > _LARGEST_ANSWER:
        raise EOFError
    return _DECODER.decode(await process.stdout.readexactly(length))


def _checked(answer: Answer) -> RenderedPage:
    """The page of an answer. Raises the RequestError of a refusal."""
    if isinstance(answer, PageAnswer):
        return answer.page
    raise _error(answer)


def _error(refusal: PageRefusal) -> Exception:
    if refusal.why is Refused.NO_PAGE:
        return NotFoundError(f"no such page of the original: {refusal.reason}")
    if refusal.why is Refused.DAMAGED:
        return GoneError(f"the original is damaged: {refusal.reason}; a new build mends it")
    if refusal.why is Refused.MEMORY:
        return MemoryLimitError(refusal.reason)
    return UnprocessableError(f"the original cannot be shown as pages: {refusal.reason}")

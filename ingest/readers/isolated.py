"""Read files in a process of its own: whatever a file does to its reader, the build goes on.

One process reads many files, as starting it takes longer than most files. It is replaced where it ended, ran
out of its time, or met what its reader did not expect. Plain text is read in this process: nothing in it
can make its reader take more than the text's own size.
"""

from __future__ import annotations

import atexit
import os
import select
import subprocess
import sys
import time
from threading import Lock
from typing import IO

import msgspec

from ingest.errors import InputError
from ingest.model import Failure, Reading
from ingest.readers import FORMATS, choose
from ingest.readers import read as read_here
from ingest.readers.worker import LENGTH_BYTES, FileAnswer, Job, send

SECONDS = 120  # of the clock for one file
OCR_SECONDS = 3_600  # for one whose pictures are recognised
MEMORY = 2 << 30  # bytes of address space
LARGEST_FILE = 200_000_000  # bytes
_START = "import sys; sys.path[:] = {path!r}; from ingest.readers.worker import main; main({memory})"
_ROOM = 1 << 16
_DECODER = msgspec.msgpack.Decoder(FileAnswer)


def read(data: bytes, name: str, seconds: int | None = None, *, ocr: bool = False) -> Reading:
    """Read the texts of a file within limits. Raises InputError where nothing of it can be read.

    ``ocr`` has pages that are pictures recognised, which takes seconds a page.
    """
    if len(data) > LARGEST_FILE:
        raise InputError(name, f"{len(data):,} bytes; {LARGEST_FILE:,} is the limit")
    if choose(data, name) is FORMATS[-1]:
        return read_here(data, name)
    allowed = seconds or (OCR_SECONDS if ocr else SECONDS)
    reading = _SERVICE.read(Job(data, name, allowed, ocr))
    if not reading.sources:
        failure = reading.failures[0] if reading.failures else Failure(name, "nothing to read in it")
        raise InputError(failure.name, failure.reason, failure.line)
    return reading


def close() -> None:
    """End the process that reads; the next file starts another."""
    _SERVICE.close()


class _Service:
    """The process, started where it is needed; one file at a time."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = 0

    def read(self, job: Job) -> Reading:
        with self._lock:
            process = self._start()
            try:
                send(_open(process.stdin), job)
                answer = _DECODER.decode(_receive(_open(process.stdout), job.seconds))
            except TimeoutError:
                self._end()
                return Reading(failures=(Failure(job.name, f"reading it takes more than {job.seconds} s"),))
            except (OSError, EOFError, msgspec.DecodeError):
                self._end()
                return Reading(
                    failures=(Failure(job.name, "its reader broke off: out of memory, or broken"),)
                )
            if answer.ends:
                self._end()  # or the next file would meet it while it ends
            return answer.reading

    def close(self) -> None:
        with self._lock:
            self._end()

    def _start(self) -> subprocess.Popen[bytes]:
        if self._owner != os.getpid():  # after a fork the process belongs to the parent
            self._process, self._owner = None, os.getpid()
        if self._process is None or self._process.poll() is not None:
            self._end()
            start = _START.format(path=sys.path, memory=MEMORY)
            self._process = subprocess.Popen(
                [sys.executable, "-c", start],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        return self._process

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None or self._owner != os.getpid():
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except BrokenPipeError:
                    continue  # what was not sent any more


def _open(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise EOFError
    return pipe


def _receive(pipe: IO[bytes], seconds: int) -> bytes:
    """Return the next message. Raises TimeoutError, and EOFError where the process has ended."""
    until = time.monotonic() + seconds
    parts: list[bytes] = []
    had, length = 0, None
    while length is None or had < LENGTH_BYTES + length:
        left = until - time.monotonic()
        if left <= 0 or not select.select([pipe], [], [], left)[0]:
            raise TimeoutError
        part = os.read(pipe.fileno(), _ROOM)
        if not part:
            raise EOFError
        parts.append(part)
        had += len(part)
        if length is None and had >= LENGTH_BYTES:
            parts = [b"".join(parts)]
            length = int.from_bytes(parts[0][:LENGTH_BYTES], "big")
    return b"".join(parts)[LENGTH_BYTES:]


_SERVICE = _Service()
atexit.register(close)

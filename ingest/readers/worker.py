"""The process in which files are read: it can write no file, and memory and time are bounded.

A job comes on standard input and a FileAnswer goes out on standard output, each as MessagePack after its
length. Nothing that a hostile file may have made is unpickled on the other side: only declared types are
decoded.
"""

from __future__ import annotations

import os
import resource
import signal
import sys
from dataclasses import dataclass
from types import TracebackType
from typing import IO

import msgspec

from ingest.errors import InputError
from ingest.model import Failure, Reading
from ingest.readers import read
from ingest.readers.ocr import WANTED

LENGTH_BYTES = 8


@dataclass(frozen=True, slots=True)
class Job:
    """A file to read, how many seconds of the clock that may take, and whether pictures are recognised."""

    data: bytes
    name: str
    seconds: int
    ocr: bool = False


@dataclass(frozen=True, slots=True)
class FileAnswer:
    """What a file gives, and whether this process ends after it."""

    reading: Reading
    ends: bool = False


def receive(pipe: IO[bytes]) -> bytes:
    """Return the next message; empty where the other side has ended."""
    head = pipe.read(LENGTH_BYTES)
    length = int.from_bytes(head, "big") if len(head) == LENGTH_BYTES else 0
    data = pipe.read(length)
    return data if len(data) == length else b""


def send(pipe: IO[bytes], message: Job | FileAnswer) -> None:
    """Send a message."""
    data = msgspec.msgpack.encode(message)
    pipe.write(len(data).to_bytes(LENGTH_BYTES, "big"))
    pipe.write(data)
    pipe.flush()


def main(memory: int) -> None:
    """Read files until standard input ends. ``memory`` is the bound of the address space in bytes."""
    _, hardest = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, hardest))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not get between the messages
    decoder = msgspec.msgpack.Decoder(Job)
    while message := receive(sys.stdin.buffer):
        job = decoder.decode(message)
        sys.excepthook = _Farewell(job.name, answers)
        signal.alarm(job.seconds)  # ends this process even where the other side is gone
        WANTED.set(job.ocr)
        send(answers, FileAnswer(_read(job)))
        signal.alarm(0)


def _read(job: Job) -> Reading:
    try:
        return read(job.data, job.name)
    except InputError as error:
        return Reading(failures=(Failure(error.name, error.reason, error.line),))
    except MemoryError:
        return Reading(failures=(Failure(job.name, "reading it takes more memory than is allowed"),))
    except RecursionError:
        return Reading(failures=(Failure(job.name, "it is nested too deeply"),))


class _Farewell:
    """Says what no reader expected; the process ends after it, so nothing half done is used again."""

    def __init__(self, name: str, answers: IO[bytes]) -> None:
        self.name = name
        self.answers = answers

    def __call__(self, kind: type[BaseException], error: BaseException, _: TracebackType | None) -> None:
        what = " ".join(f"{kind.__name__}: {error}".split())[:200]
        reading = Reading(failures=(Failure(self.name, f"it is broken ({what})"),))
        send(self.answers, FileAnswer(reading, ends=True))

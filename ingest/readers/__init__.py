"""Readers of file formats: one module a format, from a file's bytes to texts (``ingest.model.source``).

A reader has ``MEDIA_TYPES`` (by the endings by which a folder's files are listed; the first is that of files
with other names), ``claims(data, name)``, which looks at the content first, and ``read(data, name)``, which
yields a Source for each text and a Failure for each part that cannot be read; it may raise InputError. To add
a format: write its module, add it to FORMATS.
A library that takes time to load is imported inside ``read``, as a build of plain texts needs none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Protocol

from ingest.errors import InputError
from ingest.model import Failure, Reading, Source
from ingest.readers import archive, docx, html, mail, ofd, office, pdf, text, workbook


class Format(Protocol):
    """What a module of this package has."""

    @property
    def MEDIA_TYPES(self) -> Mapping[str, str]:  # noqa: N802 - a constant of the module
        """The endings of such files, in small letters, and their media types."""
        ...

    def claims(self, data: bytes, name: str) -> bool:
        """Whether the bytes are of this format."""
        ...

    def read(self, data: bytes, name: str) -> Iterator[Source | Failure]:
        """Yield the texts of a file, and its parts that cannot be read. Raises InputError."""
        ...


FORMATS: tuple[Format, ...] = (pdf, docx, ofd, workbook, office, archive, mail, html, text)
"""In the order in which they are asked; the last takes what nobody claims."""
SUFFIXES: frozenset[str] = frozenset().union(*(known.MEDIA_TYPES for known in FORMATS))


def choose(data: bytes, name: str) -> Format:
    """Return the reader for some bytes, chosen by what they are; the name decides where the bytes do not."""
    return next((known for known in FORMATS if known.claims(data, name)), FORMATS[-1])


def read(data: bytes, name: str) -> Reading:
    """Read a file in this process. Raises InputError where all of it cannot be read.

    Files from outside go through ``readers.isolated.read``, which sets limits to memory and time.
    """
    reader = choose(data, name)
    found = [with_media_type(item, reader, name) for item in reader.read(data, name)]
    sources = tuple(item for item in found if isinstance(item, Source))
    failures = tuple(item for item in found if isinstance(item, Failure))
    if not found:
        raise InputError(name, "nothing to read in it")
    return Reading(sources, failures)


def with_media_type(item: Source | Failure, reader: Format, name: str) -> Source | Failure:
    """Return what a reader gave with the media type of the file; a file inside it has had its own before."""
    if isinstance(item, Failure) or item.media_type is not None:
        return item
    known = reader.MEDIA_TYPES
    return replace(item, media_type=known.get(PurePosixPath(name).suffix.lower(), next(iter(known.values()))))

"""Zip files that a format is made of (OFD, workbooks): opened with limits, their XML without entities."""

from __future__ import annotations

import io
import zipfile
import zlib
from xml.etree import ElementTree

from ingest.errors import InputError

_MOST_BYTES = 256 * 2**20  # of all parts together, unpacked
_MOST_PARTS = 20_000
_LARGEST_XML = 64 * 2**20
_RATIO = 400  # a part packed tighter than this is a bomb
_BAD_ZIP = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError)


class Package:
    """A zip file's parts by their names. Every failure is an InputError that names the file."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            entries = self._zip.infolist()
        except _BAD_ZIP as error:
            raise InputError(name, "the file is broken or cut off (a zip file inside)") from error
        if len(entries) > _MOST_PARTS or sum(entry.file_size for entry in entries) > _MOST_BYTES:
            raise InputError(
                name, f"the file unpacks to more than {_MOST_BYTES // 2**20} MB or {_MOST_PARTS} parts"
            )
        for entry in entries:
            if entry.flag_bits & 1:
                raise InputError(name, "the file is encrypted")
            if entry.file_size > 2**20 and entry.file_size > _RATIO * max(entry.compress_size, 1):
                raise InputError(name, f"{entry.filename} unpacks to {entry.file_size:,} bytes: a zip bomb")
        self.names = frozenset(entry.filename for entry in entries)

    def read(self, part: str) -> bytes:
        """The bytes of a part. Raises InputError where it is missing or broken."""
        try:
            with self._zip.open(part) as opened:
                data = opened.read(_MOST_BYTES + 1)
        except KeyError as error:
            raise InputError(self.name, f"{part} is missing in it") from error
        except _BAD_ZIP as error:
            raise InputError(self.name, f"{part} in it is broken") from error
        if len(data) > _MOST_BYTES:
            raise InputError(self.name, f"{part} in it unpacks to more than {_MOST_BYTES // 2**20} MB")
        return data

    def xml(self, part: str) -> ElementTree.Element:
        """A part as XML. Raises InputError for a document type, which such files do not have."""
        data = self.read(part)
        self.refuse_entities(part, data)
        if len(data) > _LARGEST_XML:
            raise InputError(self.name, f"{part} in it has more than {_LARGEST_XML // 2**20} MB of XML")
        try:
            return ElementTree.fromstring(data)
        except (ElementTree.ParseError, LookupError, ValueError, RecursionError) as error:
            raise InputError(self.name, f"{part} in it is no XML: {error}") from error

    def refuse_entities(self, part: str, data: bytes) -> None:
        """Raise InputError where XML declares a document type or entities, in any encoding."""
        head = data.replace(b"\0", b"").upper()
        if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
            raise InputError(self.name, f"{part} in it declares XML entities; refused")

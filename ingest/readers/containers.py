"""What is inside a zip file, within limits: Word, Excel and OFD files are zip files too."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from ingest.errors import InputError

MARK = b"PK\x03\x04"
MOST_MEMBERS = 5_000
LARGEST_MEMBER = 100_000_000  # bytes, unpacked
LARGEST_TOTAL = 400_000_000
_END = b"PK\x05\x06"
_END_SIZE = 22
_LONGEST_COMMENT = 65_535
_LONGEST_DIRECTORY = 5_000_000


def lists(data: bytes, member: bytes) -> bool:
    """Whether bytes are a zip file in whose list of members a name stands. Nothing is unpacked."""
    if not data.startswith(MARK):
        return False
    end = data.rfind(_END, -(_LONGEST_COMMENT + _END_SIZE))
    if end < 0 or len(data) < end + _END_SIZE:
        return False
    size, start = struct.unpack_from("<LL", data, end + 12)
    return data.find(member, start, start + min(size, _LONGEST_DIRECTORY)) >= 0


@contextmanager
def open_zip(data: bytes, name: str) -> Iterator[zipfile.ZipFile]:
    """Open a zip file. Raises InputError for one that is broken, and for one with too much in it."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as opened:
            members = opened.infolist()
            if len(members) > MOST_MEMBERS:
                raise InputError(name, f"{len(members):,} files in it; {MOST_MEMBERS:,} is the limit")
            total = sum(member.file_size for member in members)
            if total > LARGEST_TOTAL:
                raise InputError(name, f"{total:,} bytes when unpacked; {LARGEST_TOTAL:,} is the limit")
            yield opened
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, struct.error, ValueError) as error:
        raise InputError(name, f"a zip file that is broken or cut off: {error}") from error


def unpack(opened: zipfile.ZipFile, member: zipfile.ZipInfo, name: str) -> bytes:
    """Return the bytes of a member; what its entry says of its size is not trusted.

    Raises InputError for a member that is encrypted, broken or too large.
    """
    if member.flag_bits & 1:
        raise InputError(name, "encrypted")
    try:
        with opened.open(member) as file:
            data = file.read(LARGEST_MEMBER + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise InputError(name, f"cannot be unpacked: {error}") from error
    if len(data) > LARGEST_MEMBER:
        raise InputError(name, f"more than {LARGEST_MEMBER:,} bytes when unpacked")
    return data

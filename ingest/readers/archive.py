"""Zip archives: each file in one is read as if it stood in a folder. Nothing is written anywhere."""

from __future__ import annotations

import hashlib
import re
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import PurePosixPath

from ingest.errors import InputError
from ingest.model import Failure, Source
from ingest.readers import containers

MEDIA_TYPES = {".zip": "application/zip"}
_HAN = re.compile(r"[\u4e00-\u9fff]")
_UTF_8_NAME = 0x800  # the flag of a member whose name is in UTF-8


def claims(data: bytes, name: str) -> bool:
    """Whether the bytes are a zip file; those of other formats are claimed by their readers before."""
    return data.startswith((containers.MARK, b"PK\x05\x06"))


def read(data: bytes, name: str) -> Iterator[Source | Failure]:
    """Yield the texts of all files in an archive. Raises InputError for one that is broken or too large."""
    from ingest.readers import SUFFIXES as KNOWN  # noqa: PLC0415 - that package imports this module

    found = False
    with containers.open_zip(data, name) as opened:
        for member in opened.infolist():
            path = PurePosixPath(_member_name(member).replace("\\", "/"))
            if (
                not member.filename
                or member.is_dir()
                or path.suffix.lower() not in KNOWN
                or _is_left_out(path)
            ):
                continue
            found = True
            inner = f"{name}/{path.as_posix().lstrip('/')}"
            if path.is_absolute() or ".." in path.parts or ":" in path.parts[0]:
                yield Failure(inner, "its path leads out of the archive")
                continue
            try:
                yield from read_part(containers.unpack(opened, member, inner), inner)
            except InputError as error:
                yield Failure(error.name, error.reason, error.line)
    if not found:
        raise InputError(name, "no file in this archive that can be read")


def read_part(data: bytes, name: str) -> Iterator[Source | Failure]:
    """Yield the texts of a file inside another. Raises InputError for an archive or message in it."""
    from ingest.readers import FORMATS, choose, mail, with_media_type  # noqa: PLC0415 - that imports this

    if claims(data, name) and not any(
        containers.lists(data, part) for part in (b"[Content_Types].xml", b"OFD.xml")
    ):
        raise InputError(name, "an archive inside an archive is not read")
    reader = choose(data, name)
    if mail.claims(data, name):
        raise InputError(name, "a message inside an archive or message is not read")
    sha256 = hashlib.sha256(data).hexdigest()
    kept = None if reader is FORMATS[-1] else data  # a plain text is itself
    several = list(reader.read(data, name))
    alone = sum(isinstance(item, Source) for item in several) == 1
    for item in several:
        if isinstance(item, Source):
            own = sha256 if alone else None
            yield with_media_type(replace(item, sha256=own, file_sha256=sha256, data=kept), reader, name)
            kept = None  # once is enough
        else:
            yield item


def _is_left_out(path: PurePosixPath) -> bool:
    hidden = any(part.startswith(".") and part != ".." for part in path.parts)
    return hidden or "__MACOSX" in path.parts or path.name.lower() == "readme.md"


def _member_name(member: zipfile.ZipInfo) -> str:
    """The name as it was meant: Windows in China writes GBK, and zipfile takes it for code page 437."""
    if member.flag_bits & _UTF_8_NAME:
        return member.filename
    try:
        raw = member.filename.encode("cp437")
    except UnicodeEncodeError:
        return member.filename
    names: list[str] = []
    for encoding in ("utf-8", "gb18030"):
        with suppress(UnicodeDecodeError):
            names.append(raw.decode(encoding))
    # some names in GBK are UTF-8 too, but not Chinese then
    return next((name for name in names if _HAN.search(name)), (names or [member.filename])[0])

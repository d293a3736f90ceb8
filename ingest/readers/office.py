"""Old Word and WPS files (.doc, .wps, .rtf): LibreOffice turns them into .docx where it is installed."""

from __future__ import annotations

import resource
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ingest.errors import InputError
from ingest.model import Failure, Source
from ingest.readers import docx

MEDIA_TYPES = {".doc": "application/msword", ".wps": "application/kswps", ".rtf": "application/rtf"}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RTF = b"{\\rtf"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_PROGRAMS = ("soffice", "libreoffice")
_SECONDS = 60
_LARGEST_MADE = 200_000_000  # bytes that LibreOffice may write into its folder


def claims(data: bytes, name: str) -> bool:
    """Whether the bytes are a compound file of old Office programs, or RTF."""
    return data.startswith((_OLE, _RTF))


def read(data: bytes, name: str) -> Iterator[Source | Failure]:
    """Yield the text. Raises InputError where LibreOffice is missing or cannot read the file."""
    if data.startswith(_OLE) and _ENCRYPTED in data:
        raise InputError(name, "encrypted: save it without a password")
    program = next((found for known in _PROGRAMS if (found := shutil.which(known))), None)
    if program is None:
        raise InputError(name, "an old Word or WPS file: install LibreOffice, or save it as .docx")
    yield from docx.read(convert(program, data, name), name)


def convert(program: str, data: bytes, name: str) -> bytes:
    """Return a file as .docx, made by LibreOffice in a folder that is gone afterwards. Raises InputError."""
    with _may_write(), tempfile.TemporaryDirectory(prefix="gongbao-") as folder:
        given = Path(folder, "in.rtf" if data.startswith(_RTF) else "in.doc")
        given.write_bytes(data)
        arguments = ["--headless", "--norestore", f"-env:UserInstallation=file://{folder}/profile"]
        try:
            subprocess.run(
                [program, *arguments, "--convert-to", "docx", "--outdir", f"{folder}/out", str(given)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=_SECONDS,
                check=True,
            )
            return Path(folder, "out", "in.docx").read_bytes()
        except subprocess.TimeoutExpired as error:
            raise InputError(name, f"LibreOffice takes more than {_SECONDS} s") from error
        except (subprocess.CalledProcessError, OSError) as error:
            raise InputError(name, "LibreOffice cannot read it") from error


@contextmanager
def _may_write() -> Iterator[None]:
    """Let this process write files for a while: a reader's process may write none."""
    limit, hardest = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (_LARGEST_MADE if limit == 0 else limit, hardest))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hardest))

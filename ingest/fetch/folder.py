"""The folder that a fetch writes: original bytes, and a manifest that says where each file came from.

``fetched.jsonl`` has one line a file. It only grows while a fetch runs, one whole line at a time, and is
rewritten in order at the end; of two lines for one address the later holds. Files are written beside their
place and renamed, so that none is ever half there.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath

import msgspec
from msgspec import Struct

from ingest.fetch.client import Answer, Validators
from ingest.fetch.errors import FetchError
from ingest.fetch.limits import Clock
from ingest.fetch.names import file_name
from ingest.manifest import FETCHED

_UNFINISHED = ".unfinished.json"
_LOCK = ".lock"
_PART = ".part"


class Record(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What is known of a file: ``address`` is where the bytes came from, ``requested`` what was asked for.

    ``page`` is the file of the page whose attachment it is, ``words`` what the link says. ``retrieved`` is
    when the bytes came, ``checked`` when the server last said that they still hold.
    """

    file: str
    address: str
    requested: str
    sha256: str
    bytes: int
    media_type: str
    retrieved: str
    checked: str
    etag: str | None = None
    last_modified: str | None = None
    page: str | None = None
    words: str | None = None

    def validators(self) -> Validators:
        """What to ask with whether the bytes have changed."""
        return Validators(self.address, self.etag, self.last_modified)


class _Unfinished(Struct, frozen=True, forbid_unknown_fields=True):
    source: str
    started: str


class FetchFolder:
    """A folder of fetched files while a fetch has it for itself."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self.folder = folder
        self._clock = clock
        for left in folder.glob(f"*/*{_PART}"):  # of a fetch that was killed
            left.unlink(missing_ok=True)
        self._manifest = folder / FETCHED
        self._records = {record.requested: record for record in _read_records(self._manifest)}
        self.tidy()  # a line that was cut off is gone before another is added
        self._started = clock.stamp()

    @property
    def records(self) -> Mapping[str, Record]:
        """What is known of each address that was asked for."""
        return self._records

    def begin(self, source: str) -> bool:
        """Begin to fetch from a source, or go on where the last fetch from it broke off; says whether so."""
        path = self.folder / _UNFINISHED
        try:
            before = msgspec.json.decode(path.read_bytes(), type=_Unfinished)
        except (FileNotFoundError, msgspec.DecodeError):
            before = None
        if before is not None and before.source == source:
            self._started = before.started
            return True
        _write(path, msgspec.json.encode(_Unfinished(source, self._started)))
        return False

    def finish(self) -> None:
        """Say that the fetch has come to its end."""
        (self.folder / _UNFINISHED).unlink(missing_ok=True)

    def is_done(self, requested: str) -> bool:
        """Whether an address was already asked for in this fetch, before it broke off."""
        record = self._records.get(requested)
        return record is not None and record.checked >= self._started and self.read(record) is not None

    def read(self, record: Record) -> bytes | None:
        """Return the bytes of a file; None where they are not there as they were fetched."""
        try:
            body = (self.folder / record.file).read_bytes()
        except OSError:
            return None
        return body if hashlib.sha256(body).hexdigest() == record.sha256 else None

    def keep(
        self, requested: str, answer: Answer, body: bytes, page: str | None = None, words: str | None = None
    ) -> Record:
        """Write the bytes of an address and say so in the manifest. Raises FetchError where that fails."""
        before = self._records.get(requested)
        now = self._clock.stamp()
        sha256 = hashlib.sha256(body).hexdigest()
        same = before is not None and before.sha256 == sha256 and self.read(before) is not None
        file = file_name(requested, answer.media_type, body)
        record = Record(
            file=file,
            address=answer.address,
            requested=requested,
            sha256=sha256,
            bytes=len(body),
            media_type=answer.media_type,
            retrieved=before.retrieved if before is not None and same else now,
            checked=now,
            etag=answer.etag,
            last_modified=answer.last_modified,
            page=page,
            words=words or None,
        )
        if not same or before is None or before.file != file:
            _write(self.folder / file, body)
        self._append(record)
        if before is not None and before.file != file:
            (self.folder / before.file).unlink(missing_ok=True)
        return record

    def confirm(self, record: Record, answer: Answer) -> Record:
        """Say in the manifest that the bytes of an address still hold."""
        confirmed = msgspec.structs.replace(
            record,
            checked=self._clock.stamp(),
            etag=answer.etag or record.etag,
            last_modified=answer.last_modified or record.last_modified,
        )
        self._append(confirmed)
        return confirmed

    def _append(self, record: Record) -> None:
        self._records[record.requested] = record
        try:
            with self._manifest.open("ab") as manifest:
                manifest.write(msgspec.json.encode(record) + b"\n")
        except OSError as error:
            raise FetchError(f"{self._manifest}: cannot be written: {error.strerror}") from error

    def tidy(self) -> None:
        """Bring the manifest into its order, one line an address."""
        ordered = sorted(self._records.values(), key=lambda record: record.file)
        content = b"".join(msgspec.json.encode(record) + b"\n" for record in ordered)
        if content or self._manifest.exists():
            _write(self._manifest, content)


def _read_records(manifest: Path) -> Iterator[Record]:
    """Read a manifest. Raises FetchError with the line; a last line that was cut off is passed over."""
    try:
        content = manifest.read_bytes()
    except FileNotFoundError:
        return
    whole = content[: content.rfind(b"\n") + 1]
    for number, line in enumerate(whole.splitlines(), 1):
        try:
            record = msgspec.json.decode(line, type=Record)
        except msgspec.DecodeError as error:
            raise FetchError(f"{manifest}:{number}: {error}") from error
        file = PurePosixPath(record.file)
        if file.is_absolute() or ".." in file.parts or "\0" in record.file:
            raise FetchError(f"{manifest}:{number}: the file {record.file} is outside the folder")
        yield record


def _write(path: Path, content: bytes) -> None:
    """Write a file whole, or not at all. Raises FetchError."""
    part = path.with_name(path.name + _PART)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        raise FetchError(f"{path}: cannot be written: {error.strerror or error}") from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


@contextmanager
def open_folder(folder: Path, clock: Clock) -> Iterator[FetchFolder]:
    """Open a folder for one fetch. Raises FetchError where it cannot be, or another fetch has it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / _LOCK).open("w")
    except OSError as error:
        raise FetchError(f"{folder}: cannot be written: {error.strerror or error}") from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise FetchError(f"{folder}: another fetch is writing into it") from error
        opened = FetchFolder(folder, clock)
        try:
            yield opened
        finally:
            opened.tidy()

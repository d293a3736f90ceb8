"""The process that reads: its limits, and that it is there again after it broke off."""

from __future__ import annotations

import os
import signal
import time

import pytest

from ingest.errors import InputError
from ingest.readers import isolated, office
from tests.ingest.readers.made import CIRCULAR, as_page, as_word

PAGE = as_page(CIRCULAR)


def test_a_file_takes_no_longer_than_it_may() -> None:
    began = time.monotonic()
    with pytest.raises(
        InputError, match=r"deep\.html: (?:reading it takes more than 1 s|its reader broke off)"
    ):
        isolated.read(b"<html><body>" + b"<div>" * 200_000, "deep.html", seconds=1)
    assert time.monotonic() - began < 60
    assert isolated.read(PAGE, "a.html").sources


def test_a_process_that_is_gone_is_started_again() -> None:
    isolated.read(PAGE, "a.html")
    process = isolated._SERVICE._process
    assert process is not None
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert isolated.read(PAGE, "a.html").sources


def test_a_file_that_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolated, "LARGEST_FILE", 10)
    with pytest.raises(InputError, match="10 is the limit"):
        isolated.read(PAGE, "a.html")


def test_an_old_word_file_needs_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(InputError, match="install LibreOffice"):
        list(office.read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "a.doc"))
    with pytest.raises(InputError, match="encrypted"):
        list(
            office.read(
                b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "a.docx"
            )
        )


def test_an_old_word_file_is_read_by_libreoffice(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    made = as_word(CIRCULAR)
    monkeypatch.setattr("shutil.which", lambda _: "/usr/bin/soffice")
    monkeypatch.setattr(office, "convert", lambda program, data, name: made)
    (source,) = office.read(b"{\\rtf1", "a.rtf")
    assert CIRCULAR.splitlines()[0] in source.text  # type: ignore[union-attr]


def test_what_no_reader_expected_costs_the_next_file_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The process ends after such a file; the next one must not be given to it."""
    broken = "; from ingest.readers import worker; worker.read = lambda data, name: {{}}[name]; "
    start = "import sys; sys.path[:] = {path!r}" + broken + "worker.main({memory})"
    isolated.close()
    monkeypatch.setattr(isolated, "_START", start)
    for name in ("a.html", "b.html", "c.html"):
        with pytest.raises(InputError, match=f"{name}: it is broken .KeyError"):
            isolated.read(b"<html><body>1", name)
    isolated.close()

"""Words in pictures: character recognition (OCR) by an engine that is installed here.

RapidOCR (package ``rapidocr-onnxruntime``, optional dependencies ``ocr``) has its models with it; Tesseract
with the data of ``chi_sim`` is the second choice. Nothing is recognised unless it is asked for.
"""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from collections.abc import Iterator
from contextvars import ContextVar
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from PIL import Image

WANTED: ContextVar[bool] = ContextVar("ocr", default=False)
"""Whether pages that are pictures are recognised; set for each file by who reads it."""
MISSING = (
    "no engine of character recognition is installed: pip install 'gongbao[ocr]', "
    "or Tesseract with its data for chi_sim"
)
_SECONDS = 120  # for a page by Tesseract
_LEAST_SURE = 0.5
_COLUMNS = ("level", "left", "top", "width", "height", "conf", "text")
_WORD = "5"  # the level of a word in Tesseract's table


class PictureLine(NamedTuple):
    """Words that stand in one line of a picture, and their place in its pixels."""

    words: str
    left: float
    top: float
    right: float
    bottom: float


class Engine(Protocol):
    """What recognises lines."""

    name: str

    def lines(self, picture: Image.Image) -> Iterator[PictureLine]:
        """Yield the lines of a picture."""
        ...


class RapidOcr:
    """RapidOCR on one core."""

    name = "RapidOCR"

    def __init__(self) -> None:
        from rapidocr_onnxruntime import RapidOCR  # noqa: PLC0415 - takes seconds, and need not be there

        self._recognise = RapidOCR(intra_op_num_threads=1, inter_op_num_threads=1)

    def lines(self, picture: Image.Image) -> Iterator[PictureLine]:
        """Yield the lines of a picture."""
        png = io.BytesIO()
        picture.save(png, "BMP")
        found, _ = self._recognise(png.getvalue())
        for corners, words, sure in found or ():
            if float(sure) >= _LEAST_SURE:
                (x0, y0), (x1, y1), (x2, y2), (x3, y3) = ((float(x), float(y)) for x, y in corners)
                yield PictureLine(str(words), (x0 + x3) / 2, (y0 + y1) / 2, (x1 + x2) / 2, (y2 + y3) / 2)


class Tesseract:
    """Tesseract, a program of its own."""

    name = "Tesseract"

    def __init__(self, program: str) -> None:
        self._program = program

    def lines(self, picture: Image.Image) -> Iterator[PictureLine]:
        """Yield the words of a picture; the reader of pages makes lines of them."""
        png = io.BytesIO()
        picture.save(png, "PNG")
        command = [self._program, "stdin", "stdout", "-l", "chi_sim", "--psm", "3", "tsv"]
        try:
            done = subprocess.run(
                command, input=png.getvalue(), capture_output=True, timeout=_SECONDS, check=True
            )
        except (subprocess.SubprocessError, OSError):
            return
        table = csv.DictReader(io.StringIO(done.stdout.decode("utf-8", "replace")), delimiter="\t", quoting=3)
        for row in table:
            level, left, top, width, height, sure, words = (row.get(name) or "" for name in _COLUMNS)
            if level == _WORD and words.strip() and float(sure or 0) >= 100 * _LEAST_SURE:
                x, y = float(left), float(top)
                yield PictureLine(words, x, y, x + float(width), y + float(height))


@cache
def find_engine() -> Engine | None:
    """Return the engine that is installed here; None where none is."""
    if find_spec("rapidocr_onnxruntime") is not None:
        return RapidOcr()
    program = shutil.which("tesseract")
    return Tesseract(program) if program and _knows_chinese(program) else None


def is_there() -> bool:
    """Whether an engine is installed, without loading it."""
    program = shutil.which("tesseract")
    return find_spec("rapidocr_onnxruntime") is not None or bool(program and _knows_chinese(program))


def _knows_chinese(program: str) -> bool:
    try:
        done = subprocess.run([program, "--list-langs"], capture_output=True, timeout=10, check=True)
    except (subprocess.SubprocessError, OSError):
        return False
    return b"chi_sim" in done.stdout.split()

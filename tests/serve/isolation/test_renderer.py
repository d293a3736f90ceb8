"""The process that renders pages: hostile files end it at worst, and the next page is rendered."""

from __future__ import annotations

import asyncio
import hashlib
import io
import random
import zlib
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

import pytest
from PIL import Image

from app.serve.http.errors import GoneError, LimitError, NotFoundError, RequestError, UnprocessableError
from app.serve.http.limits import Limits
from app.serve.isolation.renderer import PageRenderer
from tests.conftest import circular
from tests.originals import pdf_of

GOOD = pdf_of(circular(1))
Result = TypeVar("Result")


def pdf_with(content: bytes, more: str = "", box: str = "0 0 595 842", resources: str = "") -> bytes:
    """A PDF of one page with a stream of drawing operators."""
    packed = zlib.compress(content)
    return (
        b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        + f"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[{box}]/Contents 4 0 R".encode()
        + f"/Resources<<{resources}>>>>endobj\n".encode()
        + f"4 0 obj<</Length {len(packed)}/Filter/FlateDecode>>stream\n".encode()
        + packed
        + f"\nendstream endobj\n{more}trailer<</Root 1 0 R>>\n%%EOF".encode("latin-1")
    )


def keep(folder: Path, data: bytes) -> tuple[Path, str]:
    sha = hashlib.sha256(data).hexdigest()
    (folder / sha).write_bytes(data)
    return folder / sha, sha


def using(limits: Limits, work: Callable[[PageRenderer], Awaitable[Result]]) -> Result:
    async def run() -> Result:
        renderer = PageRenderer(limits)
        try:
            return await work(renderer)
        finally:
            await renderer.stop()

    return asyncio.run(run())


def test_a_page_and_its_size(tmp_path: Path) -> None:
    path, sha = keep(tmp_path, GOOD)

    async def work(renderer: PageRenderer) -> None:
        page = await renderer.page(path, sha, 1, 300)
        assert (round(page.width), round(page.height), page.pages) == (595, 842, 1)
        assert Image.open(io.BytesIO(page.picture)).size == (300, 425)
        assert (await renderer.page(path, sha, 1, 0)).picture == b""
        path.unlink()
        assert (await renderer.page(path, sha, 1, 300)).picture == page.picture  # it is cached
        other, sha_of_other = keep(tmp_path, pdf_of(circular(2)))
        other.write_bytes(GOOD)
        with pytest.raises(GoneError, match="not those that were read"):
            await renderer.page(other, sha_of_other, 1, 300)
        with pytest.raises(GoneError, match="cannot be read"):
            await renderer.page(tmp_path / "none", "0" * 64, 1, 300)

    using(Limits(), work)


@pytest.mark.parametrize(
    ("box", "size"),
    [
        ("0 0 14000 800", (2000, 115)),
        ("0 0 10 14000", (6, 8000)),  # a side is bounded
        ("0 0 14000 14000", (2000, 2000)),
        ("0 0 3000 9000", (1633, 4899)),  # and the whole
    ],
)
def test_pages_of_odd_shapes(box: str, size: tuple[int, int], tmp_path: Path) -> None:
    path, sha = keep(tmp_path, pdf_with(b"0 0 m 9 9 l S", box=box))

    async def work(renderer: PageRenderer) -> tuple[int, int]:
        return Image.open(io.BytesIO((await renderer.page(path, sha, 1, 2000)).picture)).size

    assert using(Limits(), work) == pytest.approx(size, abs=1)


@pytest.mark.check
def test_a_page_that_takes_too_long_or_too_much_is_ended_and_the_next_is_rendered(tmp_path: Path) -> None:
    slow = pdf_with(b"[.05 .05] 0 d 1 J\n" + b"0 0 m 9 800 300 2 595 842 c 3 w S\n" * 3_000)
    image = zlib.compress(bytes(400_000_000), 1)
    bomb = pdf_with(
        b"595 0 0 842 0 0 cm /I Do",
        "5 0 obj<</Type/XObject/Subtype/Image/Width 20000/Height 20000/BitsPerComponent 8"
        f"/ColorSpace/DeviceGray/Filter/FlateDecode/Length {len(image)}>>stream\n"
        f"{image.decode('latin-1')}\nendstream endobj\n",
        resources="/XObject<</I 5 0 R>>",
    )
    files = [keep(tmp_path, data) for data in (slow, bomb, GOOD)]

    async def work(renderer: PageRenderer) -> list[str]:
        said = []
        for path, sha in files:
            try:
                said.append(f"{(await renderer.page(path, sha, 1, 1000)).pages} page")
            except LimitError as error:
                said.append(str(error))
        return said

    first, second, third = using(Limits(seconds=3, memory=200 << 20), work)
    assert "takes more than 3 s" in first
    assert "needs more than 200 MB" in second or second == "1 page"
    assert third == "1 page"


@pytest.mark.check
def test_mutated_files_never_take_the_renderer_away(tmp_path: Path) -> None:
    """Each is rendered or refused with a reason; after all of them a good page is rendered."""
    chance = random.Random(13)
    files = []
    for _ in range(150):
        data = bytearray(GOOD[: chance.randint(len(GOOD) // 2, len(GOOD))])
        for _ in range(chance.randint(1, 40)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        files.append(keep(tmp_path, bytes(data)))

    async def work(renderer: PageRenderer) -> list[type[Exception] | None]:
        found: list[type[Exception] | None] = []
        for path, sha in files:
            try:
                await renderer.page(path, sha, 1, 200)
                found.append(None)
            except RequestError as error:
                assert str(error)
                found.append(type(error))
        assert (await renderer.page(*keep(tmp_path, GOOD), 1, 200)).pages == 1
        return found

    kinds = using(Limits(seconds=5), work)
    assert set(kinds) <= {None, UnprocessableError, NotFoundError, LimitError}
    assert UnprocessableError in kinds
    assert None in kinds


def test_what_is_no_pdf(tmp_path: Path) -> None:
    path, sha = keep(tmp_path, b"<script>alert(1)</script>")

    async def work(renderer: PageRenderer) -> None:
        with pytest.raises(UnprocessableError, match="cannot be opened"):
            await renderer.page(path, sha, 1, 200)

    using(Limits(), work)


def test_pages_wait_for_each_other_and_a_client_that_leaves_stops_none(tmp_path: Path) -> None:
    path, sha = keep(tmp_path, GOOD)

    async def work(renderer: PageRenderer) -> None:
        left = asyncio.create_task(renderer.page(path, sha, 1, 900))
        await asyncio.sleep(0.01)
        left.cancel()
        pages = await asyncio.gather(*(renderer.page(path, sha, 1, 100 + each) for each in range(5)))
        assert [Image.open(io.BytesIO(page.picture)).width for page in pages] == [100, 101, 102, 103, 104]
        several = [renderer.page(path, sha, 1, 200 + each) for each in range(9)]
        found = await asyncio.gather(*several, return_exceptions=True)
        refused = [item for item in found if isinstance(item, LimitError)]
        assert len(refused) == 1
        assert "8 pages are being rendered" in str(refused[0])

    using(Limits(requests=8), work)

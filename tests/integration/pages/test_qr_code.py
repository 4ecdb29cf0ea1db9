"""The QR code of a setup page, as an image at a signed address of its own."""

import struct
import zlib
from typing import Final
from xml.etree import ElementTree as ET

import pytest
import segno
from aiohttp import ClientSession

from service import ids
from tests.authenticating import Shop, get

_SCALE: Final = 8


def _rows(png: bytes) -> list[bytes]:
    """Return the rows of an image of one bit a pixel, each as it is or as the one above."""
    width, _, depth, colours = struct.unpack(">IIBB", png[16:26])
    assert (depth, colours) == (1, 0)
    at = png.index(b"IDAT")
    packed = zlib.decompress(png[at + 4 : at + 4 + int.from_bytes(png[at - 4 : at])])
    length = (width + 7) // 8 + 1
    rows: list[bytes] = []
    for start in range(0, len(packed), length):
        rule, row = packed[start], packed[start + 1 : start + length]
        assert rule == 0 or (rule == 2 and not any(row))
        rows.append(row if rule == 0 else rows[-1])
    return rows


def _modules(png: bytes) -> list[list[bool]]:
    """Read the image of a QR code back: which of its modules are dark, without the border."""
    rows = _rows(png)
    middles = range(4 * _SCALE + _SCALE // 2, len(rows) - 4 * _SCALE, _SCALE)
    return [[not rows[y][x // 8] >> (7 - x % 8) & 1 for x in middles] for y in middles]


async def _image(shop: Shop, browser: ClientSession, form: str) -> tuple[str, str, bytes]:
    """Return the page that a new attempt's code leads to, and the code's type and bytes."""
    intent = await shop.waiting()
    address = shop.pages.addresses.of(f"{ids.attempt_id(intent, 1)}.{form}")
    async with browser.get(address) as answer:
        assert answer.status == 200
        assert answer.headers["Cache-Control"] == "no-store"
        return shop.address(intent), answer.content_type, await answer.read()


async def test_shows_the_address_as_png(shop: Shop, browser: ClientSession) -> None:
    """The code in the PNG leads to the attempt's page."""
    address, kind, image = await _image(shop, browser, "png")
    assert kind == "image/png"
    wanted = segno.make_qr(address).matrix
    assert _modules(image) == [[bool(module) for module in row] for row in wanted]


async def test_shows_the_address_as_svg(shop: Shop, browser: ClientSession) -> None:
    """The SVG is one drawing, which runs nothing and is as large as the PNG."""
    address, kind, image = await _image(shop, browser, "svg")
    assert kind == "image/svg+xml"
    drawing = ET.fromstring(image)  # noqa: S314 (It is our own.)
    side = (len(segno.make_qr(address).matrix) + 8) * _SCALE
    assert drawing.get("width") == drawing.get("height") == str(side)
    assert {element.tag.rpartition("}")[2] for element in drawing.iter()} == {"svg", "path", "g"}


@pytest.mark.parametrize("form", ["png", "svg", "gif", ""])
async def test_tells_nothing_without_its_signature(
    shop: Shop, browser: ClientSession, form: str
) -> None:
    """The signature of the page, and that of another format, open no image."""
    intent = await shop.waiting()
    attempt = ids.attempt_id(intent, 1)
    page = shop.address(intent).partition("?")[2]
    other = shop.pages.addresses.of(f"{attempt}.webp").partition("?")[2]
    for query in ("", page, other):
        answer, _ = await get(browser, f"/qr_codes/{attempt}.{form}?{query}")
        assert answer.status == 404


async def test_draws_nothing_that_is_no_image(shop: Shop, browser: ClientSession) -> None:
    """A format that is not offered is not there, whatever it is signed with."""
    attempt = ids.attempt_id(await shop.waiting(), 1)
    answer, _ = await get(browser, shop.pages.addresses.of(f"{attempt}.gif"))
    assert answer.status == 404

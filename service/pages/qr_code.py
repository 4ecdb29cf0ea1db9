"""
The QR code of a setup page, for a phone to scan: as an image, and as a part of that page.

It is drawn when it is asked for and kept nowhere. Drawing takes longer than a request to the
API does, so it is done beside the loop.
"""

import asyncio
from dataclasses import dataclass
from io import BytesIO
from typing import Final

import segno
from aiohttp import web

from service.addresses import QR_CODES
from service.pages.door import Visit
from service.pages.house import Pages
from service.pages.markup import Markup
from service.pages.page import HEADERS
from service.pages.problem import not_found
from service.pages.routing import routes_of

_FORMATS: Final = {"png": "image/png", "svg": "image/svg+xml"}
_HEADERS: Final = {
    **HEADERS,
    "Content-Security-Policy": "default-src 'none'",
    # Merchants show it on pages of theirs, some of which take nothing that does not say so.
    "Cross-Origin-Resource-Policy": "cross-origin",
}
# Pixels a module, and modules of quiet around: what scanners ask for at least.
_SCALE: Final = 8
_QUIET: Final = 4


def routes(pages: Pages) -> list[web.RouteDef]:
    """Return the routes of the images."""
    return routes_of(pages, f"/{QR_CODES}/{{subject}}", {"GET": QrCodes(pages).show})


@dataclass(frozen=True, slots=True)
class QrCodes:
    """Draws the addresses of setup pages."""

    pages: Pages

    async def show(self, visit: Visit) -> web.Response:
        """Answer with the image that the address is signed for."""
        attempt, _, form = visit.subject(self.pages, QR_CODES).partition(".")
        if form not in _FORMATS:
            raise not_found()
        image = await asyncio.to_thread(_image, self.pages.addresses.of(attempt), form)
        return web.Response(body=image, content_type=_FORMATS[form], headers=_HEADERS)


async def drawn(address: str) -> Markup:
    """Return the code of *address* as markup, black on white whatever the page's colours."""
    return await asyncio.to_thread(_inline, address)


def _inline(address: str) -> Markup:
    code = segno.make_qr(address)
    return Markup(code.svg_inline(border=_QUIET, dark="#000", light="#fff", omitsize=True))


def _image(address: str, form: str) -> bytes:
    image = BytesIO()
    code = segno.make_qr(address)
    code.save(image, kind=form, scale=_SCALE, border=_QUIET, light="#fff")
    return image.getvalue()

"""A shop, its pages, its own site, and a real browser at them."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Final

import pytest
from aiohttp import web
from playwright.async_api import Browser, Page

from tests.authenticating import Shop, serving, shop_in
from tests.browsing import PHONE, chromium

_STATUS: Final = "the server responded with a status of 4"


@pytest.fixture(name="shop")
async def _shop(tmp_path: Path) -> AsyncIterator[Shop]:
    async with shop_in(tmp_path) as shop:
        yield shop


@pytest.fixture(name="seti")
async def _seti(shop: Shop) -> AsyncIterator[str]:
    async with serving(shop.pages) as url:
        yield url


@pytest.fixture(name="browser")
async def _browser() -> AsyncIterator[Browser]:
    async with chromium() as browser:
        yield browser


@pytest.fixture(name="page")
async def _page(browser: Browser) -> AsyncIterator[Page]:
    """A tab that complains of nothing but its page's status: no style, no script, no error."""
    page = await browser.new_page(viewport=PHONE)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    yield page
    assert [text for text in said if _STATUS not in text] == []


@pytest.fixture(name="merchant")
async def _merchant(shop: Shop) -> AsyncIterator[str]:
    """A merchant's own site, on another origin, whose return address redirects once more."""

    async def back(request: web.Request) -> web.Response:
        raise web.HTTPFound(f"/thanks?{request.query_string}")

    async def thanks(request: web.Request) -> web.Response:
        sender = request.headers.get("Referer", "nobody")
        text = f"<link rel='icon' href='data:,'><h1>Welcome back</h1><p>Sent by {sender}</p>"
        return web.Response(text=text, content_type="text/html")

    async with serving(shop.pages, [web.get("/back", back), web.get("/thanks", thanks)]) as url:
        yield url.replace("127.0.0.1", "localhost")

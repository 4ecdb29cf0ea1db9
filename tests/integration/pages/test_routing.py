"""Which methods pages answer."""

import pytest
from aiohttp import ClientSession

from tests.authenticating import Shop


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS"])
async def test_refuses_other_methods(shop: Shop, browser: ClientSession, method: str) -> None:
    """A method that a page has no answer to is a page itself, and names those it has."""
    address = shop.address(await shop.waiting())
    async with browser.request(method, address) as answer:
        assert answer.status == 405
        assert answer.headers["Allow"] == "HEAD, GET, POST"
        assert answer.content_type == "text/html"


async def test_answers_head_as_get(shop: Shop, browser: ClientSession) -> None:
    """HEAD has the head of a GET's answer, and no body."""
    address = shop.address(await shop.waiting())
    async with browser.get(address) as got, browser.head(address) as answer:
        assert answer.status == got.status == 200
        assert answer.headers["Content-Length"] == got.headers["Content-Length"]
        assert await answer.read() == b""


@pytest.mark.parametrize("page", ["setup", "qr_codes", "mandates"])
@pytest.mark.parametrize("rest", ["", "/", "/x/", "/x/y", "/x", "//"])
async def test_answers_a_mangled_address_with_a_page(
    browser: ClientSession, page: str, rest: str
) -> None:
    """Whatever is below the address of a page is a page, and for anybody who may not see it."""
    async with browser.get(f"/{page}{rest}") as answer:
        assert answer.status == 404
        assert answer.content_type == "text/html"
        assert "Page not found" in await answer.text()

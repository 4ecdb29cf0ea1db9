"""A page of another origin and a real browser: what it may send, and what it may read."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web
from playwright.async_api import Page

from tests.browsing import chromium
from tests.e2e.client import Api
from tests.e2e.intents import CARD, INTENTS
from tests.e2e.server import PUBLISHABLE_KEY, Server

FETCH = """async ([url, options]) => {
    const answer = await fetch(url, options);
    return [answer.status, await answer.json(), answer.headers.get("Request-Id")];
}"""


@pytest.fixture
async def page() -> AsyncIterator[Page]:
    """A blank page of a shop's own origin."""

    async def blank(_: web.Request) -> web.Response:
        return web.Response(text="<link rel='icon' href='data:,'>", content_type="text/html")

    app = web.Application()
    app.router.add_get("/", blank)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    async with chromium() as browser:
        page = await browser.new_page()
        await page.goto(f"http://localhost:{runner.addresses[0][1]}/")
        yield page
    await runner.cleanup()


async def fetched(page: Page, url: str, **options: Any) -> tuple[int, Any, str]:
    """Have *page* fetch *url*; return the status, the body and the call's id as it reads them."""
    status, body, request_id = await page.evaluate(FETCH, [url, options])
    return status, body, request_id


async def test_a_page_confirms(server: Server, api: Api, page: Page) -> None:
    """With headers of its own, after a preflight, a page confirms and reads what came of it."""
    intent = api.post(INTENTS, CARD).object
    status, body, request_id = await fetched(
        page,
        f"{server.url}{INTENTS}/{intent['id']}/confirm",
        method="POST",
        headers={
            "Authorization": f"Bearer {PUBLISHABLE_KEY}",
            "Content-Type": "application/x-www-form-urlencoded",
            "Idempotency-Key": "from a page",
            "Stripe-Version": "2026-08-26.dahlia",
        },
        body=f"client_secret={intent['client_secret']}&payment_method=pm_card_visa",
    )
    assert (status, body["status"]) == (200, "succeeded")
    assert request_id.startswith("req_")


async def test_a_page_reads_a_refusal(server: Server, page: Page) -> None:
    """Without a header of its own, a page sends its key in the query, and reads its refusal."""
    status, body, request_id = await fetched(page, f"{server.url}{INTENTS}?key={PUBLISHABLE_KEY}")
    assert (status, body["error"]["code"]) == (403, "secret_key_required")
    assert request_id.startswith("req_")


@pytest.mark.parametrize("path", ["/healthz", "/metrics"])
async def test_a_page_does_not_read_of_the_house(server: Server, page: Page, path: str) -> None:
    """What needs no key is kept from pages by the browser."""
    assert (
        await page.evaluate("url => fetch(url).then(() => 'read', () => 'kept')", server.url + path)
        == "kept"
    )

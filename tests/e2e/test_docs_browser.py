"""The reference in a real browser: whole without a script, searched with one."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Page, expect

from tests.browsing import PHONE, chromium
from tests.e2e.server import Server


@pytest.fixture(name="page", params=[True, False], ids=["scripts", "no_scripts"])
async def _page(request: pytest.FixtureRequest, server: Server) -> AsyncIterator[Page]:
    """The page, on a phone; whatever it tells the console fails the test."""
    async with chromium() as browser:
        context = await browser.new_context(viewport=PHONE, java_script_enabled=request.param)
        page = await context.new_page()
        told: list[str] = []
        page.on("console", lambda message: told.append(message.text))
        page.on("pageerror", lambda error: told.append(str(error)))
        await page.goto(f"{server.url}/docs")
        yield page
        assert told == []


async def test_shows_every_operation(page: Page) -> None:
    """Everything is there, opens with a click, and fits a phone's width."""
    entry = page.locator("[id='setup_intents.confirm']")
    await entry.locator("summary").first.click()
    await expect(entry.get_by_text("use_stripe_sdk", exact=True)).to_be_visible()
    body = await page.locator("body").bounding_box()
    assert body is not None
    assert body["width"] <= PHONE["width"]


@pytest.mark.parametrize("page", [True], indirect=True)
async def test_is_searched(page: Page) -> None:
    """What is typed leaves what matches; nothing typed brings all back."""
    search = page.get_by_role("searchbox", name="Search")
    await search.fill("cancellation_reason")
    await expect(page.locator("[id='setup_intents.cancel']")).to_be_visible()
    await expect(page.locator("[id='customers.create']")).to_be_hidden()
    await expect(page.get_by_role("heading", name="Customers", exact=True)).to_be_hidden()
    await expect(page.get_by_role("heading", name="Seti's own")).to_be_hidden()
    await search.fill("")
    await expect(page.locator("[id='customers.create']")).to_be_visible()


@pytest.mark.parametrize("page", [True], indirect=True)
async def test_links_open_what_they_name(page: Page) -> None:
    """A link to a hash opens it."""
    entry = page.locator("[id='setup_intents.list']")
    await entry.locator("summary").first.click()
    await entry.get_by_role("link", name="CreatedRange").click()
    await expect(page.locator("[id='CreatedRange']").get_by_text("gte")).to_be_visible()

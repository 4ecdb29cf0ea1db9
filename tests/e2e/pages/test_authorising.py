"""Redirects and codes in a real browser: what a customer clicks, and where it leads."""

from typing import Final

import pytest
from playwright.async_api import Page, expect

from service.domain.values import Status
from tests.authenticating import Shop
from tests.described import form

OUTCOMES: Final = {
    "Authorise": ("succeeded", Status.SUCCEEDED),
    "Refuse": ("failed", Status.REQUIRES_PAYMENT_METHOD),
}


@pytest.mark.parametrize("button", sorted(OUTCOMES))
async def test_leads_back_to_the_merchant(
    shop: Shop, seti: str, merchant: str, page: Page, button: str
) -> None:
    """A click decides the attempt and ends at the merchant, across its redirects."""
    outcome, status = OUTCOMES[button]
    intent = await shop.waiting(form("ideal"), return_url=f"{merchant}/back?order=1")
    await page.goto(seti + shop.address(intent))
    await page.get_by_role("button", name=button).click()
    await expect(page.get_by_role("heading")).to_have_text("Welcome back")
    assert page.url == shop.back(intent, outcome, f"{merchant}/thanks?order=1&")
    assert await page.get_by_text("Sent by nobody").is_visible()
    assert (await shop.state(intent)).status is status


async def test_shows_the_code_and_what_it_is(shop: Shop, seti: str, page: Page) -> None:
    """The code is an image with a name, large enough to be scanned, black on white when dark."""
    await page.emulate_media(color_scheme="dark")
    await page.goto(seti + shop.address(await shop.waiting(form("pix"))))
    code = page.get_by_role("img", name="QR code that leads to this page")
    box = await code.bounding_box()
    assert box is not None
    assert box["width"] >= 200
    await expect(code.locator("path").first).to_have_attribute("fill", "#fff")
    await expect(code.locator("path").last).to_have_attribute("stroke", "#000")

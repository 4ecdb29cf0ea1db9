"""The 3-D Secure page in a real browser: what a customer clicks, and where it leads."""

from typing import Final

import pytest
from playwright.async_api import Browser, Page, expect

from service.domain.values import Status
from tests.authenticating import Shop

OUTCOMES: Final = {
    "Complete": ("succeeded", Status.SUCCEEDED),
    "Fail": ("failed", Status.REQUIRES_PAYMENT_METHOD),
}


@pytest.mark.parametrize("button", ["Complete", "Fail"])
async def test_leads_back_to_the_merchant(
    shop: Shop, seti: str, merchant: str, page: Page, button: str
) -> None:
    """A click decides the attempt and ends at the merchant, across its redirects."""
    intent = await shop.waiting(return_url=f"{merchant}/back?order=1")
    await page.goto(seti + shop.address(intent))
    await page.get_by_role("button", name=button).click()
    await expect(page.get_by_role("heading")).to_have_text("Welcome back")
    outcome, status = OUTCOMES[button]
    assert page.url == shop.back(intent, outcome, f"{merchant}/thanks?order=1&")
    assert await page.get_by_text("Sent by nobody").is_visible()
    assert (await shop.state(intent)).status is status


async def test_is_operated_by_keyboard(shop: Shop, seti: str, page: Page) -> None:
    """The first Tab reaches Complete, visibly, the second one Fail, and Enter presses it."""
    intent = await shop.waiting()
    await page.goto(seti + shop.address(intent))
    for name in ("Complete", "Fail"):
        await page.keyboard.press("Tab")
        button = page.get_by_role("button", name=name)
        await expect(button).to_be_focused()
        await expect(button).to_have_css("outline-style", "solid")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading")).to_have_text("Authentication over")
    assert (await shop.state(intent)).status is Status.REQUIRES_PAYMENT_METHOD


async def test_keeps_the_outcome_in_another_tab(
    shop: Shop, seti: str, browser: Browser, page: Page
) -> None:
    """A tab that was open before the decision shows what was decided, whatever it says."""
    intent = await shop.waiting()
    other = await browser.new_page()
    for tab in (page, other):
        await tab.goto(seti + shop.address(intent))
    await page.get_by_role("button", name="Complete").click()
    await expect(page.get_by_role("heading")).to_have_text("Authentication complete")
    await other.get_by_role("button", name="Fail").click()
    await expect(other.get_by_role("heading")).to_have_text("Authentication complete")
    assert (await shop.state(intent)).status is Status.SUCCEEDED


async def test_works_inside_the_merchants_page(
    shop: Shop, seti: str, merchant: str, page: Page
) -> None:
    """The page may be shown in a frame, as merchants do who keep their customer in place."""
    intent = await shop.waiting(return_url=f"{merchant}/back")
    await page.goto(f"{merchant}/thanks")
    address = seti + shop.address(intent)
    await page.evaluate(f"document.body.innerHTML = '<iframe src=\"{address}\"></iframe>'")
    frame = page.frame_locator("iframe")
    await frame.get_by_role("button", name="Complete").click()
    await expect(frame.get_by_role("heading")).to_have_text("Welcome back")

"""Microdeposits in a real browser: named by keyboard, told when wrong, not twice by a reload."""

from playwright.async_api import Page, expect

from service.domain.values import Status
from tests.authenticating import Shop
from tests.described import form


async def test_is_filled_in_by_keyboard(shop: Shop, seti: str, page: Page) -> None:
    """Labels name the lines, Tab goes from one to the next, and Enter sends them."""
    intent = await shop.waiting(form("acss_debit"))
    await page.goto(seti + shop.address(intent))
    for label, cents in (("First deposit, in cents", "32"), ("Second deposit, in cents", "45")):
        await page.keyboard.press("Tab")
        await expect(page.get_by_label(label)).to_be_focused()
        await expect(page.get_by_label(label)).to_have_css("outline-style", "solid")
        await page.keyboard.type(cents)
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading")).to_have_text("Account verified")
    assert (await shop.state(intent)).status is Status.SUCCEEDED


async def test_leads_to_what_is_wrong(shop: Shop, seti: str, page: Page) -> None:
    """A line that cannot be read is told beside it, is announced, and has the focus."""
    await page.goto(seti + shop.address(await shop.waiting(form("acss_debit"))))
    await page.get_by_label("First deposit, in cents").fill("32")
    await page.get_by_label("Second deposit, in cents").fill("lots")
    await page.get_by_role("button", name="Verify").click()
    second = page.get_by_label("Second deposit, in cents")
    await expect(second).to_be_focused()
    await expect(second).to_have_value("lots")
    await expect(second).to_have_accessible_description(
        "Enter the second deposit as a number of cents, such as 32."
    )
    await expect(page.get_by_label("First deposit, in cents")).to_have_value("32")
    await expect(page).to_have_title("Error: Verify your bank account")


async def test_loses_no_try_by_a_reload(shop: Shop, seti: str, page: Page) -> None:
    """A wrong code is told with the tries that are left, and a reload sends it no second time."""
    intent = await shop.waiting(form("us_bank_account"))
    await page.goto(seti + shop.address(intent))
    await page.get_by_label("Code").fill("SM99ZZ")
    await page.get_by_role("button", name="Verify").click()
    for _ in range(2):
        await expect(page.get_by_label("Code")).to_be_focused()
        await expect(page.get_by_text("Tries left: 9.")).to_be_visible()
        await page.reload()
    await page.get_by_label("Code").fill("SM11AA")
    await page.get_by_role("button", name="Verify").click()
    await expect(page.get_by_role("heading")).to_have_text("Account verified")

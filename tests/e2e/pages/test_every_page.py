"""Every kind of page in a real browser: it can be read, reached and used by everybody."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Final, Literal

import pytest
from playwright.async_api import Page, ViewportSize, expect

from tests import agreements as m
from tests import builders as a
from tests import neighbours as n
from tests.asking import INTENT, asked, asked_to_verify, misnamed
from tests.authenticating import Shop
from tests.browsing import PHONE
from tests.described import form
from tests.logs import AT

DESKTOP: Final = ViewportSize(width=1280, height=800)
SCHEMES: Final[tuple[Literal["dark", "light"], ...]] = ("light", "dark")
HARD_TO_READ: Final = (Path(__file__).parents[2] / "contrast.js").read_text()


async def _card(shop: Shop) -> str:
    return shop.address(await shop.waiting())


async def _redirect(shop: Shop) -> str:
    return await asked(shop, "ideal")


async def _scanned(shop: Shop) -> str:
    return shop.address(await shop.waiting(form("pix")))


async def _late(shop: Shop) -> str:
    return await asked(shop, "cashapp", expires_at=AT)


async def _amounts(shop: Shop) -> str:
    return await asked_to_verify(shop, "amounts")


async def _amounts_again(shop: Shop) -> str:
    address = await asked_to_verify(shop, "amounts")
    await shop.put(INTENT, misnamed(1))
    return address


async def _code(shop: Shop) -> str:
    return await asked_to_verify(shop, "descriptor_code")


async def _mandate(shop: Shop) -> str:
    await shop.put(a.METHOD, n.method_created(type="sepa_debit", details={"last4": "3000"}))
    await shop.put(a.MANDATE, m.created())
    return shop.pages.addresses.of(a.MANDATE)


async def _nothing(_: Shop) -> str:
    return "/setup/nothing"


KINDS: Final[list[Callable[[Shop], Awaitable[str]]]] = [
    _card,
    _redirect,
    _scanned,
    _late,
    _amounts,
    _amounts_again,
    _code,
    _mandate,
    _nothing,
]


@pytest.mark.parametrize("kind", KINDS)
async def test_can_be_read_everywhere(
    shop: Shop, seti: str, page: Page, kind: Callable[[Shop], Awaitable[str]]
) -> None:
    """On a phone and a desk, light and dark, nothing is cut off, faint, or too small to hit."""
    await page.goto(seti + await kind(shop))
    for size in (PHONE, DESKTOP):
        await page.set_viewport_size(size)
        assert await page.evaluate("document.documentElement.scrollWidth") == size["width"]
        for scheme in SCHEMES:
            await page.emulate_media(color_scheme=scheme)
            assert await page.evaluate(HARD_TO_READ) == []
        for control in await page.locator("button, input").all():
            box = await control.bounding_box()
            assert box is not None
            assert box["height"] >= 44


@pytest.mark.parametrize("kind", KINDS)
async def test_tells_what_it_is(
    shop: Shop, seti: str, page: Page, kind: Callable[[Shop], Awaitable[str]]
) -> None:
    """A screen reader finds a language, one heading, the tab's title, and a name of each field."""
    await page.goto(seti + await kind(shop))
    assert await page.locator("html").get_attribute("lang") == "en"
    heading = page.get_by_role("heading", level=1)
    await expect(page.get_by_role("main").get_by_role("heading", level=1)).to_have_count(1)
    assert (await page.title()).removeprefix("Error: ") == await heading.text_content()
    for control in await page.locator("button, input, [role=img]").all():
        assert await control.evaluate("it => it.ariaLabel || (it.labels[0] || it).innerText")

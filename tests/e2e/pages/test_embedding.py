"""A QR code on a merchant's own page, in a real browser."""

from aiohttp import web
from playwright.async_api import Page

from service import ids
from tests.authenticating import Shop, serving
from tests.described import form


async def test_is_shown_on_the_merchants_page(shop: Shop, seti: str, page: Page) -> None:
    """Both images load on another origin, even on a page that takes in no more than it must."""
    intent = await shop.waiting(form("pix"))
    attempt = ids.attempt_id(intent, 1)
    addresses = [seti + shop.pages.addresses.of(f"{attempt}.{kind}") for kind in ("png", "svg")]
    images = "".join(f'<img src="{address}" alt="code">' for address in addresses)

    async def checkout(_: web.Request) -> web.Response:
        text = f"<link rel='icon' href='data:,'>{images}"
        headers = {"Cross-Origin-Embedder-Policy": "require-corp"}
        return web.Response(text=text, content_type="text/html", headers=headers)

    async with serving(shop.pages, [web.get("/checkout", checkout)]) as merchant:
        await page.goto(merchant.replace("127.0.0.1", "localhost") + "/checkout")
        for image in await page.get_by_role("img", name="code").all():
            width = await image.evaluate("image => image.decode().then(() => image.naturalWidth)")
            assert width > 200

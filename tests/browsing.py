"""A real browser, looked for where machines have one, that talks to nobody but the tests."""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from playwright.async_api import Browser, Playwright, ViewportSize, async_playwright

PHONE: Final = ViewportSize(width=320, height=568)

_NAMES: Final = ("chromium", "chromium-browser", "google-chrome")
_SWITCHES: Final = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
)


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """Run a browser. Fail where the machine has none: nothing else proves a page."""
    async with async_playwright() as playwright:
        path = _executable(playwright)
        browser = await playwright.chromium.launch(executable_path=path, args=list(_SWITCHES))
        try:
            yield browser
        finally:
            await browser.close()


def _executable(playwright: Playwright) -> Path:
    named = os.environ.get("PLAYWRIGHT_CHROMIUM")
    found = [named] if named else [shutil.which(name) for name in _NAMES]
    paths = [Path(path) for path in (*found, playwright.chromium.executable_path) if path]
    for path in paths:
        if path.is_file():
            return path
    raise AssertionError(
        "The page tests need a Chromium, and this machine has none: install Debian's `chromium`, "
        "run `playwright install chromium`, or name one in PLAYWRIGHT_CHROMIUM."
    )

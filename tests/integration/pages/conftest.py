"""A shop on a log of its own, and a browser at its pages."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import ClientSession

from tests.authenticating import Shop, serving, shop_in


@pytest.fixture(name="shop")
async def _shop(tmp_path: Path) -> AsyncIterator[Shop]:
    async with shop_in(tmp_path) as shop:
        yield shop


@pytest.fixture(name="browser")
async def _browser(shop: Shop) -> AsyncIterator[ClientSession]:
    async with serving(shop.pages) as url, ClientSession(url) as session:
        yield session

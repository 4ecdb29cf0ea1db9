"""The 3-D Secure page where something is wrong: with its form, with the log, with us."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any, Final

import pytest
from aiohttp import ClientSession
from structlog.testing import capture_logs

from service import config
from service.domain.values import Status
from service.gateways.simulator import Simulator
from service.store.protocol import EventStore, StoreUnavailable, WrongExpectedVersion
from tests.authenticating import COMPLETE, Shop, get, post, serving

FORM: Final = "application/x-www-form-urlencoded"


class TestForm:
    @pytest.mark.parametrize(
        ("form", "status"),
        [
            (b"", 400),
            (b"result=", 400),
            (b"result=Complete", 400),
            (b"result[]=complete", 400),
            (b"result[a]=complete", 400),
            (b"other=complete", 400),
            (b"result=complete%00", 400),
            (b"result=\xff", 400),
            (b"result=complete&" + b"a" * config.PAGE_FORM_BYTES_MAX, 413),
            ({"result": "complete", "file": b"multipart"}, 415),
        ],
    )
    async def test_is_read_with_bounds(
        self, shop: Shop, browser: ClientSession, form: Any, status: int
    ) -> None:
        """A form that is too large, or says neither answer, is a page and decides nothing."""
        intent = await shop.waiting()
        kind = FORM if isinstance(form, bytes) else "text/plain"
        body = form if isinstance(form, bytes) else b"result=complete"
        address = shop.address(intent)
        async with browser.post(address, data=body, headers={"Content-Type": kind}) as answer:
            assert answer.status == status
            assert answer.content_type == "text/html"
        assert (await shop.state(intent)).status is Status.REQUIRES_ACTION

    async def test_is_bounded_where_no_length_is_told(
        self, shop: Shop, browser: ClientSession
    ) -> None:
        """A body that comes in chunks without end is cut off at the same bound."""

        async def chunks() -> AsyncIterator[bytes]:
            for _ in range(config.PAGE_FORM_BYTES_MAX // 1024 + 1):
                yield b"a" * 1024

        intent = await shop.waiting()
        headers = {"Content-Type": FORM}
        async with browser.post(shop.address(intent), data=chunks(), headers=headers) as answer:
            assert answer.status == 413

    async def test_is_not_decided_by_half(self, shop: Shop, browser: ClientSession) -> None:
        """A body that is not what its headers say is a page and decides nothing."""
        intent = await shop.waiting()
        headers = {"Content-Type": FORM, "Content-Encoding": "gzip"}
        address = shop.address(intent)
        async with browser.post(address, data=b"result=complete", headers=headers) as answer:
            assert answer.status == 400
            assert answer.content_type == "text/html"
        assert (await shop.state(intent)).status is Status.REQUIRES_ACTION


class Troubled:
    """The log, but for *method*, which raises *trouble*."""

    def __init__(self, log: EventStore, method: str, trouble: Exception) -> None:
        self._log = log
        self._method = method
        self._trouble = trouble

    def __getattr__(self, name: str) -> Any:
        return self._raise if name == self._method else getattr(self._log, name)

    async def _raise(self, *_: Any, **__: Any) -> Any:
        raise self._trouble


@asynccontextmanager
async def _troubled(shop: Shop, method: str, trouble: Exception) -> AsyncIterator[ClientSession]:
    """Serve the shop's pages on a log that is in *trouble*."""
    log: Any = Troubled(shop.store, method, trouble)
    async with serving(Shop(log).pages) as url, ClientSession(url) as browser:
        yield browser


class Broken(Simulator):
    def authenticate(self, *_: Any, **__: Any) -> Any:
        raise RuntimeError("the combination is 1234")


class TestTrouble:
    async def test_says_so_where_the_log_is_unavailable(self, shop: Shop) -> None:
        """A store that does not answer is a 503 that asks for patience."""
        intent = await shop.waiting()
        async with _troubled(shop, "load", StoreUnavailable()) as browser:
            assert (await get(browser, shop.address(intent)))[0].status == 503
        async with _troubled(shop, "append_all", StoreUnavailable()) as browser:
            assert (await post(browser, shop.address(intent), COMPLETE))[0] == 503

    async def test_says_so_where_every_race_is_lost(self, shop: Shop) -> None:
        """An answer that never had its turn is a 503, and may be given again."""
        intent = await shop.waiting()
        lost = WrongExpectedVersion(intent, 3, 2)
        async with _troubled(shop, "append_all", lost) as browser:
            assert (await post(browser, shop.address(intent), COMPLETE))[0] == 503
        assert (await shop.state(intent)).status is Status.REQUIRES_ACTION

    async def test_tells_nothing_of_a_fault(self, shop: Shop) -> None:
        """A bug is told by the request's id; the log has the rest."""
        intent = await shop.waiting()
        broken = replace(shop.pages.setup_attempts, gateway=Broken(shop.keyring.fingerprint))
        pages = replace(shop.pages, setup_attempts=broken)
        with capture_logs() as lines:
            async with serving(pages) as url, ClientSession(url) as browser:
                status, text = await post(browser, shop.address(intent), COMPLETE)
        assert status == 500
        assert "1234" not in text
        assert [line["event"] for line in lines] == ["page.failed", "page.answered"]
        assert lines[0]["request"] in text

    async def test_logs_no_signature(self, shop: Shop, browser: ClientSession) -> None:
        """A line tells the operation, the request and the outcome, and no secret."""
        address = shop.address(await shop.waiting())
        with capture_logs() as lines:
            await get(browser, address)
        assert [line["event"] for line in lines] == ["page.answered"]
        assert address.partition("=")[2] not in str(lines)

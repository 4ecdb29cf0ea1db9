"""What is there for a time only: the list of events, and what was answered under a key."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final

import aiohttp
import pytest

from service import logs
from service.config import Settings
from service.runtime.serving import running
from tests import histories as h
from tests.eventually import eventually
from tests.remembering import MASTER_KEY, SECRET_KEY
from tests.valkey import Valkey

DAY_S: Final = 24 * 3600
EVENTS: Final = "/v1/events"
CUSTOMERS: Final = "/v1/customers"


class Caller:
    """Who calls a server at *url*. *now* is what the server's clock says, in Unix seconds."""

    def __init__(self) -> None:
        self.now = float(h.AT)
        self.url = ""
        self.session = aiohttp.ClientSession(headers={"Authorization": f"Bearer {SECRET_KEY}"})

    async def asks(self, method: str, path: str, key: str = "") -> tuple[int, Any]:
        headers = {"Idempotency-Key": key} if key else {}
        async with self.session.request(method, self.url + path, headers=headers) as answer:
            return answer.status, await answer.json()

    async def is_answered(self) -> bool:
        """Say whether there are lists: until the views are there, there are none."""
        return (await self.asks("GET", EVENTS))[0] == HTTPStatus.OK

    async def listed(self, **said: str) -> list[str]:
        query = "&".join(f"{name}={value}" for name, value in said.items())
        status, told = await self.asks("GET", f"{EVENTS}?{query}")
        assert status == 200
        return [one["data"]["object"]["id"] for one in told["data"]]


@pytest.fixture(name="caller")
async def _caller(tmp_path: Path, valkey: Valkey) -> AsyncIterator[Caller]:
    async with _served(tmp_path, valkey) as caller:
        yield caller


@asynccontextmanager
async def _served(directory: Path, valkey: Valkey) -> AsyncIterator[Caller]:
    caller = Caller()
    chosen = Settings(
        port=0,
        public_url="https://seti.example",
        data_dir=directory,
        redis_url=valkey.url,
        secret_key=SECRET_KEY,
        master_key=bytes.fromhex(MASTER_KEY),
    )
    async with logs.gathered(), running(chosen, lambda: caller.now) as served, caller.session:
        caller.url = f"http://127.0.0.1:{served.settings.port}"
        await eventually(caller.is_answered)
        yield caller


class TestEvents:
    async def test_are_listed_for_thirty_days(self, caller: Caller) -> None:
        """An event of thirty days ago is neither listed nor retrieved; a younger one is."""
        _, old = await caller.asks("POST", CUSTOMERS)
        _, told = await caller.asks("GET", EVENTS)
        (event,) = told["data"]
        caller.now += DAY_S
        _, young = await caller.asks("POST", CUSTOMERS)
        assert await caller.listed() == [young["id"], old["id"]]
        caller.now += 29 * DAY_S
        assert await caller.listed() == [young["id"]]
        assert (await caller.asks("GET", f"{EVENTS}/{event['id']}"))[0] == 404
        assert await caller.listed(type="customer.created") == [young["id"]]


class TestIdempotencyKeys:
    async def test_are_kept_for_a_day(self, caller: Caller) -> None:
        """For a day a key brings the same answer again; after that it is as good as new."""
        _, made = await caller.asks("POST", CUSTOMERS, "once")
        caller.now += DAY_S - 1
        assert await caller.asks("POST", CUSTOMERS, "once") == (200, made)
        caller.now += 2 * DAY_S
        status, other = await caller.asks("POST", CUSTOMERS, "once")
        assert status == 200
        assert other["id"] != made["id"]

"""
Callers, who behave as the official SDKs do.

Each saves a card with one call under an Idempotency-Key, and repeats it under the same key
for as long as it was not answered, or was told to ask again. What was answered is then read
back. Calls begin at a steady pace, as long as not too many wait for their answers.
"""

import asyncio
import random
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Final

import aiohttp

from tests.e2e.intents import INTENTS
from tests.e2e.server import SECRET_KEY

# What happens to each card that is saved, and subscribers hear of.
TYPES: Final = ("setup_intent.created", "setup_intent.succeeded")
_ANSWERED_WITHIN_S: Final = 60.0
# While so many wait for their answers, as in an outage, nobody else begins.
_UNDER_WAY_MAX: Final = 64
_WAITS_S: Final = (0.1, 2.0)
_TIMEOUT: Final = aiohttp.ClientTimeout(total=20)
_OUTAGE: Final = (aiohttp.ClientError, TimeoutError, OSError)
_SAVED: Final = {
    "payment_method_types[]": "card",
    "payment_method": "pm_card_visa",
    "confirm": "true",
}


@dataclass(slots=True)
class Call:
    """
    One card that is to be saved. *sent_at* is when it was last asked for (monotonic seconds).

    *intent* is what was answered; *tries* counts how often it was asked for.
    """

    number: int
    sent_at: float = 0.0
    tries: int = 0
    intent: str | None = None

    @property
    def order(self) -> str:
        """What the merchant's own books call it."""
        return f"order-{self.number}"


@dataclass(slots=True)
class Callers:
    """
    Everybody who calls the server at *url*, which may change whenever it is started again.

    *refusals* counts what was answered in the place of a 200, by status; *wrong* tells of
    answers that no server may give.
    """

    session: aiohttp.ClientSession
    url: Callable[[], str]
    chance: random.Random
    calls: list[Call] = field(default_factory=list)
    refusals: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    _under_way: set[asyncio.Task[None]] = field(default_factory=set)

    @asynccontextmanager
    async def calling(self, per_s: float, late_s: float = 0.0) -> AsyncIterator[None]:
        """
        Begin so many calls a second while the block runs, and then wait for their answers.

        They are *late_s*, for who calls somebody else in time.
        """
        beginning = asyncio.create_task(self._begin_calls(per_s, late_s))
        try:
            yield
        finally:
            beginning.cancel()
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=_ANSWERED_WITHIN_S)

    async def _begin_calls(self, per_s: float, late_s: float) -> None:
        began = time.monotonic() + late_s
        for at in count():
            await asyncio.sleep(max(0.0, began + at / per_s - time.monotonic()))
            if len(self._under_way) < _UNDER_WAY_MAX:
                self._begin()

    def _begin(self) -> None:
        call = Call(len(self.calls))
        self.calls.append(call)
        task = asyncio.create_task(self._save(call))
        self._under_way.add(task)
        task.add_done_callback(self._has_ended)

    def _has_ended(self, task: asyncio.Task[None]) -> None:
        self._under_way.discard(task)
        if not task.cancelled() and (bug := task.exception()) is not None:
            self.wrong.append(repr(bug))

    async def post(self, path: str, form: dict[str, str], key: str) -> dict[str, Any]:
        """Return what is made, however often it has to be asked for."""
        answer: dict[str, Any] | None = None
        while answer is None:
            answer = await self._answer("POST", path, data=form, headers={"Idempotency-Key": key})
        return answer

    async def get(self, path: str) -> dict[str, Any]:
        """Return what is there, however often it has to be asked for."""
        answer: dict[str, Any] | None = None
        while answer is None:
            answer = await self._answer("GET", path)
        return answer

    async def _save(self, call: Call) -> None:
        form = {**_SAVED, "metadata[order]": call.order}
        answer: dict[str, Any] | None = None
        while answer is None:
            call.tries += 1
            call.sent_at = time.monotonic()
            answer = await self._answer(
                "POST", INTENTS, data=form, headers={"Idempotency-Key": call.order}
            )
        call.intent = answer["id"]
        if answer["metadata"] != {"order": call.order} or answer["status"] != "succeeded":
            self.wrong.append(f"{call.order} was answered with {answer}")
        again = await self.get(f"{INTENTS}/{call.intent}")
        if again != answer:
            self.wrong.append(f"{call.order} was answered with {answer}, and read as {again}")

    async def _answer(self, method: str, path: str, **request: Any) -> dict[str, Any] | None:
        """Return the answer, or None, after a while, where the SDKs would ask again."""
        try:
            async with self.session.request(method, self.url() + path, **request) as response:
                answer: dict[str, Any] = await response.json()
                if response.ok:
                    return answer
                self._note_refusal(method, path, response, answer)
        except _OUTAGE as reason:
            self.refusals[type(reason).__name__] += 1
        await asyncio.sleep(self.chance.uniform(*_WAITS_S))
        return None

    def _note_refusal(
        self, method: str, path: str, response: aiohttp.ClientResponse, answer: dict[str, Any]
    ) -> None:
        self.refusals[str(response.status)] += 1
        wish = response.headers.get("Stripe-Should-Retry")
        may_repeat = wish == "true" or (wish is None and response.status in {409, 429})
        if not may_repeat:
            self.wrong.append(f"{method} {path} was refused for good: {response.status} {answer}")


@asynccontextmanager
async def callers(url: Callable[[], str], chance: random.Random) -> AsyncIterator[Callers]:
    """Give callers of the server at *url*, who are gone when the block is left."""
    headers = {"Authorization": f"Bearer {SECRET_KEY}"}
    async with aiohttp.ClientSession(headers=headers, timeout=_TIMEOUT) as session:
        calling = Callers(session, url, chance)
        try:
            yield calling
        finally:
            for task in list(calling._under_way):
                task.cancel()

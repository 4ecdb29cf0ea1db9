"""Small events, answers and crowds of callers, for tests of the log."""

import asyncio
from collections.abc import Awaitable, Iterable
from typing import Any, Final, TypeVar

from msgspec.structs import replace

from service.domain.events import CustomerDeleted
from service.store.protocol import Answer, Append

T = TypeVar("T")

AT: Final = 1_790_000_000
DAY_S: Final = 86_400
ANSWER: Final = Answer(
    digest=b"digest of a key.",
    fingerprint=b"what was asked..",
    request="req_1",
    status=200,
    body=b'{"id":"cus_1"}',
    at=AT,
)


def happened(stream: str, number: int = 1) -> CustomerDeleted:
    """Return the *number*-th event of *stream*; its instant tells it from the others."""
    return CustomerDeleted(customer_id=stream, at=AT + number)


def after(version: int, stream: str, events: int = 1) -> Append:
    """Return an append of as many *events* to *stream* after *version*."""
    numbers = range(version + 1, version + 1 + events)
    return Append(stream, version, [happened(stream, number) for number in numbers])


def answer(**changes: Any) -> Answer:
    return replace(ANSWER, **changes)


async def settled(calls: Iterable[Awaitable[T]]) -> list[T | BaseException]:
    """Await all *calls* at once and return what came of each, in their order."""
    return await asyncio.gather(*calls, return_exceptions=True)


def command(caller: int, number: int) -> tuple[list[Append], Answer]:
    """Return the *number*-th command of a *caller*: three events in two streams, and an answer."""
    appends = [after(number * 2, f"cus_{caller}", 2), after(0, f"pm_{caller}_{number}")]
    return appends, answer(digest=f"{caller:08}{number:08}".encode())

"""Forwarding to a developer's own server, whatever that does."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import pytest

from service.listening.forwarding import Forwarder
from service.listening.showing import described
from service.webhooks.client import Limits
from service.webhooks.outcome import Outcome
from tests.misbehaving import drip_body, drip_headers, flood, reset, say_nothing
from tests.receivers import OK, Behaviour, closing_after, hang, honest, in_turn, receiver, status

# Long enough for an answer on a busy machine, and not to be waited for by many.
LIMITS: Final = Limits(connect_s=2.0, total_s=2.0)
SECRET: Final = "whsec_" + "a" * 32


@contextmanager
def forwarding(url: str) -> Iterator[Forwarder]:
    forwarder = Forwarder(url, SECRET, limits=LIMITS)
    try:
        yield forwarder
    finally:
        forwarder.close()


def forwarded(url: str, times: int) -> list[Outcome]:
    """Return what comes of so many events, forwarded one after another as the command does."""
    with forwarding(url) as forwarder:
        return [forwarder.forward(f"evt_{number}", b"{}") for number in range(times)]


MISBEHAVING: Final[dict[str, tuple[Behaviour, str]]] = {
    "never answers": (hang, "failed: timeout"),
    "says nothing at all": (say_nothing, "failed: timeout"),
    "drips its headers": (drip_headers, "failed: timeout"),
    "drips its body": (drip_body, "200"),
    "never ends its body": (flood, "200"),
    "hangs up": (reset, "failed: reset"),
    "redirects": (in_turn(status(302, "Location: /elsewhere")), "302"),
    "answers an error": (in_turn(status(500)), "500"),
}


@pytest.mark.parametrize("how", MISBEHAVING)
async def test_gives_up_in_time(how: str) -> None:
    """Each event is tried once, and what came of it is told; the next one is tried as well."""
    behaviour, told = MISBEHAVING[how]
    async with receiver(behaviour) as there:
        outcomes = await asyncio.to_thread(forwarded, there.url, 2)
    assert [described(outcome)[0] for outcome in outcomes] == [told, told]
    assert there.connections <= 2


async def test_goes_on_when_it_answers_again() -> None:
    """After an error, a connection that was closed and one that was kept, it is as before."""
    async with receiver(in_turn(status(503), OK, OK)) as there:
        outcomes = await asyncio.to_thread(forwarded, there.url, 3)
    assert [described(outcome)[0] for outcome in outcomes] == ["503", "200", "200"]
    async with receiver(closing_after(OK)) as there:
        outcomes = await asyncio.to_thread(forwarded, there.url, 3)
    assert [described(outcome)[0] for outcome in outcomes] == ["200"] * 3


async def test_is_in_order_and_once() -> None:
    """What is forwarded arrives as often as it happened, in its order."""
    async with receiver(honest) as there:
        await asyncio.to_thread(forwarded, there.url, 5)
    assert [one.headers["webhook-id"] for one in there.received] == [f"evt_{n}" for n in range(5)]

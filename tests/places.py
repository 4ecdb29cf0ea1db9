"""Where a hostile receiver is found: at an address, behind TLS, under a name, or nowhere."""

import threading
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import trustme

from service.webhooks.resolver import Lookup
from tests.misbehaving import black_hole, serving, trusting
from tests.receivers import OK, Behaviour, Receiver, closing_after, receiver


@dataclass(frozen=True, slots=True)
class Place:
    """
    Where a hostile receiver is subscribed. *there* is None where it has no server of its own.

    *wiring* is what the deliveries are to know of its network.
    """

    url: str
    there: Receiver | None = None
    wiring: Mapping[str, Any] = field(default_factory=dict)


Opening = Callable[[], AbstractAsyncContextManager[Place]]


def at(behaviour: Behaviour) -> Opening:
    """Return what opens a receiver with *behaviour*."""

    @asynccontextmanager
    async def opened() -> AsyncIterator[Place]:
        async with receiver(behaviour) as there:
            yield Place(there.url, there)

    return opened


def saying_at_once(answer: bytes) -> Opening:
    return at(closing_after(answer))


@asynccontextmanager
async def dropping_every_syn() -> AsyncIterator[Place]:
    with black_hole() as url:
        yield Place(url)


def behind_tls(
    behaviour: Behaviour, certificate: Callable[[], trustme.LeafCert] | None = None
) -> Opening:
    """Return what opens a receiver at an https URL, which has a *certificate* or none."""

    @asynccontextmanager
    async def opened() -> AsyncIterator[Place]:
        tls = serving(certificate()) if certificate else None
        async with receiver(behaviour, tls) as there:
            url = there.url.replace("http:", "https:")
            yield Place(url, there, {"tls": trusting()})

    return opened


def named(*answers: str | OSError, slow: bool = False) -> Opening:
    """Return what opens a receiver under a name that leads to *answers* in turn."""

    @asynccontextmanager
    async def opened() -> AsyncIterator[Place]:
        answered = threading.Event()
        if not slow:
            answered.set()
        async with receiver(closing_after(OK)) as there:
            url = f"http://hostile.example:{there.port}/hook"
            yield Place(url, there, {"lookup": leading_to(*answers, after=answered)})
            answered.set()

    return opened


def leading_to(*answers: str | OSError, after: threading.Event | None = None) -> Lookup:
    """Return a lookup that gives *answers* in turn, the last for ever, *after* something."""
    left = list(answers)

    def lookup(_host: str, _port: int, _family: int) -> list[str]:
        if after is not None:
            after.wait()
        answer = left.pop(0) if len(left) > 1 else left[0]
        if isinstance(answer, OSError):
            raise answer
        return [answer]

    return lookup

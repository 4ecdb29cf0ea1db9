"""
Those who are told: four that are well, and one for each way of being sick.

Each writes down what it heard when, and whether it said so: with a 2xx, which is what makes
a delivery one. Signatures are checked, since a wrong one is a delivery that nobody takes.
"""

import asyncio
import json
import time
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from itertools import repeat
from typing import Final, NamedTuple

import stripe

from tests.receivers import OK, Peer, Received, Receiver, drip, hang_up, receiver, status

_FLAPS_S: Final = 3.0
_LEISURE_S: Final = 0.5


class Manner(NamedTuple):
    """A way to answer, and whether it *acknowledges* what came."""

    acknowledges: bool
    answer: Callable[[Peer], Awaitable[None]]


class Heard(NamedTuple):
    """A delivery that came *at* an instant (monotonic seconds), *acknowledged* or not."""

    at: float
    acknowledged: bool


@dataclass(slots=True)
class Subscriber:
    """
    What came in, by event, and of which object each was. *manner* is how it answers next.

    *told* counts the events of each object that were acknowledged.
    """

    name: str
    is_well: bool
    manner: Callable[[], Manner]
    heard: dict[str, list[Heard]] = field(default_factory=lambda: defaultdict(list))
    object_of: dict[str, str] = field(default_factory=dict)
    told: Counter[str] = field(default_factory=Counter)
    forged: int = 0
    secret: str = ""
    endpoint_id: str = ""
    url: str = ""

    def recover(self) -> None:
        """Be well from now on."""
        self.manner = lambda: ACKNOWLEDGING

    def acknowledged(self, event_id: str) -> list[float]:
        """Return when *event_id* was acknowledged, each time."""
        return [heard.at for heard in self.heard.get(event_id, ()) if heard.acknowledged]

    async def __call__(self, peer: Peer) -> None:
        """Serve one connection."""
        while True:
            received = await peer.take()
            peer.receiver.received.clear()
            manner = self.manner()
            # Before the answer: what the sender has been told is written down already.
            self._note(received, acknowledged=manner.acknowledges)
            await manner.answer(peer)

    def _note(self, received: Received, *, acknowledged: bool) -> None:
        text, signature = received.body.decode(), received.headers["stripe-signature"]
        try:
            stripe.WebhookSignature.verify_header(text, signature, self.secret)
        except stripe.SignatureVerificationError:
            self.forged += 1
            return
        event = json.loads(text)
        self.object_of[event["id"]] = event["data"]["object"]["id"]
        is_new = acknowledged and not self.acknowledged(event["id"])
        self.told[self.object_of[event["id"]]] += is_new
        self.heard[event["id"]].append(Heard(time.monotonic(), acknowledged))


async def _say_ok(peer: Peer) -> None:
    await peer.say(OK)


async def _say_ok_at_leisure(peer: Peer) -> None:
    await asyncio.sleep(_LEISURE_S)
    await _say_ok(peer)


async def _say_500(peer: Peer) -> None:
    await peer.say(status(500))


async def _say_nothing(peer: Peer) -> None:
    await peer.reader.read()


async def _drip_a_body(peer: Peer) -> None:
    await peer.say(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
    await drip(peer, repeat(b"."))


async def _reset(peer: Peer) -> None:
    hang_up(peer)


ACKNOWLEDGING: Final = Manner(acknowledges=True, answer=_say_ok)
_FAILING: Final = Manner(acknowledges=False, answer=_say_500)
_HANGING: Final = Manner(acknowledges=False, answer=_say_nothing)
_DRIPPING: Final = Manner(acknowledges=True, answer=_drip_a_body)
_RESETTING: Final = Manner(acknowledges=False, answer=_reset)

_UNHURRIED: Final = Manner(acknowledges=True, answer=_say_ok_at_leisure)

WELL: Final = ("well 1", "well 2", "well 3", "well 4")


def _flapping() -> Manner:
    """Change between well and failing, for everything that comes, every few seconds."""
    return _FAILING if time.monotonic() // _FLAPS_S % 2 else ACKNOWLEDGING


SICK: Final[Mapping[str, Callable[[], Manner]]] = {
    "hanging": lambda: _HANGING,
    "dripping": lambda: _DRIPPING,
    "answering 500": lambda: _FAILING,
    "resetting": lambda: _RESETTING,
    "flapping": _flapping,
}


def the_well() -> list[Subscriber]:
    return [Subscriber(name, True, lambda: ACKNOWLEDGING) for name in WELL]


def the_sick() -> list[Subscriber]:
    return [Subscriber(name, False, manner) for name, manner in SICK.items()]


def somebody_elsewhere() -> Subscriber:
    """Return who subscribes to nothing, and hears at leisure of what is replayed."""
    return Subscriber("elsewhere", True, lambda: _UNHURRIED)


@asynccontextmanager
async def listening(everybody: Iterable[Subscriber]) -> AsyncIterator[None]:
    """Let all of them listen while the block runs."""
    async with AsyncExitStack() as stack:
        for one in everybody:
            there: Receiver = await stack.enter_async_context(receiver(one))
            one.url = there.url
        yield

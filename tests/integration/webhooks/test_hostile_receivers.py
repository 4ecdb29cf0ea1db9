"""
Every hostile receiver of the list, and beside each an honest one that goes on receiving.

While the hostile one misbehaves, its neighbour hears of event after event, each as it
happens: the next one happens only when the last one was heard of.
"""

from collections import Counter
from functools import partial
from typing import Final

import pytest

from service.ids import event_id
from service.webhooks.client import Limits
from service.webhooks.ledger.values import State
from service.webhooks.resolver import ResolverLimits
from tests.eventually import eventually
from tests.hostile import ROWS, Row
from tests.places import Place
from tests.receivers import Receiver
from tests.subscribing import House, telling

NEWS: Final = 4
# What fits into the buffers between us and a receiver that never ends, and some more.
REPEATED_MAX: Final = 1000
# Long enough for a neighbour to be told of it all meanwhile, on a busy machine.
PATIENT: Final = Limits(
    connect_s=2.0,
    total_s=2.5,
    excerpt_s=0.1,
    resolver=ResolverLimits(threads=2, wait_s=2.0, miss_s=60),
)


def heard_by(there: Receiver) -> list[str]:
    return [received.headers["webhook-id"] for received in there.received]


def _has_heard(there: Receiver, times: int) -> bool:
    return len(there.received) >= times


async def happens_and_is_heard(house: House, neighbour: Receiver, body: int) -> list[str]:
    """Let one thing happen after the other, each once the *neighbour* has heard of the last."""
    names = []
    for number in range(NEWS):
        names += await house.create_customers(1, metadata={"long": "x" * body})
        await eventually(partial(_has_heard, neighbour, number + 1))
    return [event_id(name, 1) for name in names]


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS.keys())
async def test_neighbour_goes_on_receiving(house: House, neighbour: Receiver, row: Row) -> None:
    """Whatever a receiver does, the one beside it hears of everything, in order, meanwhile."""
    async with row.opened() as place:
        hostile = await house.subscribe(neighbour, url=place.url)
        fine = await house.subscribe(neighbour)
        wiring = {"retry_schedule": row.schedule, "limits": PATIENT, **place.wiring}
        async with telling(house, **wiring):
            told = await happens_and_is_heard(house, neighbour, row.body)
            if row.holds:
                assert await house.ledger.last_attempts(hostile, 1) == []
            await states_are(house, hostile, row.state)
            await states_are(house, fine, State.DELIVERED)
            assert heard_by(neighbour) == told
            if row.endless:
                await is_let_go_of(place)
        await assert_row_holds(house, hostile, row, place)


async def states_are(house: House, endpoint: str, state: State) -> None:
    """Wait until every delivery to *endpoint* stands as it should, and one was attempted."""

    async def reached() -> bool:
        are_so = await house.states(endpoint) == [state] * NEWS
        return are_so and bool(await house.ledger.last_attempts(endpoint, 1))

    await eventually(reached, within=15)


async def is_let_go_of(place: Place) -> None:
    """Wait until every connection is closed, although nobody but we would ever close it."""
    there = place.there
    assert there is not None
    await eventually(lambda: there.hung_up == there.connections)
    assert there.repeated < REPEATED_MAX


async def assert_row_holds(house: House, hostile: str, row: Row, place: Place) -> None:
    """Assert what *row* says of the attempts, and of what the receiver was sent."""
    first = (await house.ledger.last_attempts(hostile, 100))[-1]
    assert (first.number, first.kind) == (1, row.kind), first.detail
    assert row.detail in (first.detail or "")
    if place.there is not None:
        times = Counter(heard_by(place.there))
        assert max(times.values(), default=0) <= row.posts
        assert all("cookie" not in received.headers for received in place.there.received)

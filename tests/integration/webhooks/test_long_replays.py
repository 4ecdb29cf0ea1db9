"""Replays with very much under way: turned at once, and settled some at a time."""

import sqlite3
from collections.abc import Iterable
from functools import partial
from typing import Final

import pytest

from service.domain import replays as a
from service.domain.values import replace
from service.webhooks.ledger import SqliteLedger, browsing, replays
from service.webhooks.ledger.closing import AT_ONCE
from service.webhooks.ledger.values import NewDelivery, State
from service.webhooks.ledger.writes import insert, transaction
from tests.deliveries import OPEN
from tests.eventually import eventually
from tests.integration.webhooks.test_sending_again import NOW_MS, a_room, is_completed, replay_of
from tests.receivers import Receiver
from tests.subscribing import House

MANY: Final = 3 * AT_ONCE
SENT: Final = [replace(OPEN, event_id=f"evt_{n:05}", origin="rpl_1") for n in range(MANY)]


def written(deliveries: Iterable[NewDelivery], connection: sqlite3.Connection) -> None:
    with transaction(connection):
        insert(connection, deliveries)


async def turn(ledger: SqliteLedger, status: str) -> None:
    set_ = partial(replays.set_status, replay_id="rpl_1", status=status, reason=None)
    assert await ledger.change(partial(set_, now=NOW_MS))


@pytest.mark.parametrize(
    ("status", "state"), [(a.PAUSED, State.PARKED), (a.CANCELED, State.CANCELLED)]
)
async def test_closed_some_at_a_time(house: House, status: str, state: State) -> None:
    """Nothing of a replay that is paused or canceled is sent, though not all is closed yet."""
    ledger = house.ledger
    await ledger.change(partial(replays.put, replay=replay_of("we_1", MANY)))
    await ledger.change(partial(written, SENT))
    await turn(ledger, status)
    assert await ledger.counts() == {State.OPEN: MANY - AT_ONCE, state: AT_ONCE}
    asked = [(each.event_id, each.endpoint_id, each.origin) for each in SENT]
    assert not any(await ledger.look(partial(browsing.are_open, keys=asked)))
    for _ in range(2):
        assert await ledger.look(replays.unsettled) == ["rpl_1"]
        await ledger.change(partial(replays.settle, replay_id="rpl_1", now=NOW_MS))
    assert await ledger.counts() == {state: MANY}
    assert await ledger.look(replays.unsettled) == []


async def test_left_open_by_a_kill(house: House, neighbour: Receiver) -> None:
    """What was still to be closed when the process was killed is closed by the next one."""
    await house.ledger.change(partial(replays.put, replay=replay_of("we_1", MANY)))
    await house.ledger.change(partial(written, SENT))
    await turn(house.ledger, a.CANCELED)
    async with a_room(house):

        async def is_closed() -> bool:
            return await house.ledger.counts() == {State.CANCELLED: MANY}

        await eventually(is_closed)
    assert not neighbour.received


async def test_parked_though_it_runs(house: House, neighbour: Receiver) -> None:
    """What was parked by an endpoint's being disabled for a moment is sent, and not left out."""
    async with a_room(house) as (room, _):
        endpoint = await house.subscribe(neighbour)
        await house.create_customers(3)
        await eventually(lambda: len(neighbour.received) == 3)
        head = await house.log.head()
        sent = [
            replace(OPEN, event_id=row.event_id, endpoint_id=endpoint, origin="rpl_1")
            for row in await house.rows(endpoint)
        ]
        parked = [replace(each, state=State.PARKED) for each in sent]
        await house.ledger.change(partial(written, parked))
        replay = replay_of(endpoint, head, reached=head)
        await house.ledger.change(partial(replays.put, replay=replay))
        await eventually(lambda: len(neighbour.received) == 6)
        await eventually(lambda: is_completed(room, 3))

"""An endpoint with very much before it is disabled or deleted, and nobody else waits for that."""

import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from service.domain.values import replace
from service.webhooks.ledger import SqliteLedger, closing, open_ledger
from service.webhooks.ledger.values import Endpoint, NewDelivery, State
from tests import deliveries as a
from tests import histories as h
from tests.eventually import eventually
from tests.receivers import Receiver, hang, receiver
from tests.subscribing import House, telling

DISABLED = replace(a.ENDPOINT, enabled=False, parked_upto=6)
NUMBER = 10


def waiting(number: int = NUMBER, **changes: object) -> list[NewDelivery]:
    return [replace(a.OPEN, event_id=f"evt_{each}", **changes) for each in range(number)]


@pytest.fixture(autouse=True)
def _a_few_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(closing, "AT_ONCE", 3)


@pytest.fixture
async def ledger(tmp_path: Path) -> AsyncIterator[SqliteLedger]:
    opened = open_ledger(tmp_path / "ledger.sqlite3", "log-1")
    other = replace(a.OPEN, endpoint_id="we_2")
    await opened.fan_out(a.fan_out(0, 5, [*waiting(), other], we_1=a.ENDPOINT))
    yield opened
    await opened.close()


async def closed(ledger: SqliteLedger) -> list[dict[State, int]]:
    """Return how many are in each state, after each go."""
    counts = []
    while await ledger.close_some():
        counts.append(dict(await ledger.counts()))
    return counts


@pytest.mark.parametrize(
    ("endpoint", "state"),
    [(None, State.CANCELLED), (DISABLED, State.PARKED)],
    ids=["deleted", "disabled"],
)
async def test_some_at_a_time(
    ledger: SqliteLedger, endpoint: Endpoint | None, state: State
) -> None:
    """Some are closed with the change itself, the rest some at a time, and nobody else's."""
    await ledger.fan_out(a.fan_out(5, 6, we_1=endpoint))
    assert await ledger.counts() == {state: 3, State.OPEN: 8}
    assert await closed(ledger) == [{state: 6, State.OPEN: 5}, {state: 9, State.OPEN: 2}]
    assert await ledger.counts() == {state: NUMBER, State.OPEN: 1}
    assert not await ledger.close_some()


async def test_goes_on_after_a_restart(ledger: SqliteLedger, tmp_path: Path) -> None:
    """What was left to close is closed by whoever opens the ledger next."""
    await ledger.fan_out(a.fan_out(5, 6, we_1=DISABLED))
    again = open_ledger(tmp_path / "ledger.sqlite3", "log-1")
    await closed(again)
    assert await again.counts() == {State.PARKED: NUMBER, State.OPEN: 1}
    await again.close()


async def test_spares_what_came_later(ledger: SqliteLedger) -> None:
    """What is fanned out, or sent again, once the endpoint is enabled is not closed."""
    await ledger.fan_out(a.fan_out(5, 6, we_1=DISABLED))
    later = [
        replace(a.OPEN, event_id="evt_later", position=8),
        replace(a.OPEN, event_id="evt_9", origin="rsd_1"),
    ]
    await ledger.fan_out(a.fan_out(6, 8, later, we_1=replace(a.ENDPOINT, parked_upto=6)))
    await closed(ledger)
    assert await ledger.counts() == {State.PARKED: NUMBER, State.OPEN: 3}


async def test_deleted_before_all_was_parked(ledger: SqliteLedger) -> None:
    """The later change has the last word on what waited for either."""
    await ledger.fan_out(a.fan_out(5, 6, we_1=DISABLED))
    await ledger.fan_out(a.fan_out(6, 7, we_1=None))
    await closed(ledger)
    assert await ledger.counts() == {State.CANCELLED: NUMBER, State.OPEN: 1}


async def test_nobody_else_waits(
    house: House, neighbour: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What happens after it is fanned out to others before one's backlog is parked."""
    fanned_out: list[int] = []
    go_on = closing.go_on

    async with receiver(hang) as hanging:
        one = await house.subscribe(hanging)
        await house.create_customers(NUMBER)
        async with telling(house) as deliveries:
            await house.caught_up(deliveries)
    await house.subscribe(neighbour)
    await house.set_status(one, "disabled")
    await house.happen(h.INTENT_CREATED)
    async with telling(house) as deliveries:

        def watched(connection: sqlite3.Connection) -> bool:
            fanned_out.append(deliveries.follower.position)
            return go_on(connection)

        monkeypatch.setattr(closing, "go_on", watched)
        await eventually(lambda: neighbour.received)
        await eventually(lambda: len(fanned_out) == NUMBER // closing.AT_ONCE)
    assert set(fanned_out) == {await house.log.head()}
    assert await house.states(one) == [State.PARKED] * (NUMBER + 1)

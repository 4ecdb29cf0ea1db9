"""Replays that are paused, resumed and forgotten about while their deliveries are under way."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from functools import partial
from pathlib import Path
from typing import Any, Final

import pytest

from service.domain import replays as a
from service.domain.errors import ReplayUnfinished
from service.domain.replays import Replay
from service.domain.values import Owner, replace
from service.webhooks.ledger.values import NewDelivery, State
from service.webhooks.ledger.writes import insert, transaction
from service.webhooks.replaying import work_of_new
from service.webhooks.running import Deliveries
from service.webhooks.sending_again import Room, replaying
from tests import histories as h
from tests.deliveries import OPEN
from tests.eventually import eventually
from tests.integration.webhooks.test_hostile_over_time import heard_by, hears
from tests.posting import PATIENT
from tests.receivers import OK, Peer, Receiver, honest, receiver, status
from tests.subscribing import House, telling

MANY: Final = 40
# What fails is tried again tomorrow, and so not while a test lasts.
TOMORROW: Final = (0, 86_400.0)
NOW_MS: Final = h.AT * 1000
OWNER: Final = Owner(h.ENDPOINT_CREATED.account, h.ENDPOINT_CREATED.livemode)


def replay_of(endpoint: str, upto: int, **changes: Any) -> Replay:
    whole: dict[str, Any] = {
        "id": "rpl_1",
        "owner": OWNER,
        "endpoint_id": endpoint,
        "url": None,
        "dry_run": False,
        "created_at": NOW_MS,
        "since": 0,
        "until": 2**40,
        "after": 0,
        "upto": upto,
        "types": ("*",),
        "states": (a.ALL,),
        "reached": 0,
    }
    return Replay(**whole | changes)


@asynccontextmanager
async def a_room(house: House, **changes: Any) -> AsyncIterator[tuple[Room, Deliveries]]:
    """Deliver and replay from *house* until the block is left."""
    async with (
        telling(house, retry_schedule=TOMORROW, **changes) as deliveries,
        replaying(house.log, house.ledger, deliveries),
    ):
        yield Room(house.ledger, deliveries), deliveries


async def test_resumed_after_a_failure_meanwhile(house: House) -> None:
    """What failed while its replay was paused goes out at once when that is resumed."""
    answer = asyncio.Event()

    async def behave(peer: Peer) -> None:
        await peer.take()
        await peer.say(OK)
        await peer.take()
        await answer.wait()
        await peer.say(status(500))
        await peer.take()
        await peer.say(OK)

    async with receiver(behave) as there, a_room(house) as (room, _):
        endpoint = await house.subscribe(there)
        await house.create_customers(1)
        await eventually(lambda: there.received)
        replay = replay_of(endpoint, await house.log.head())
        await room.start(replay)
        await eventually(lambda: len(there.received) == 2)
        await room.turn(replay, a.PAUSED)
        answer.set()
        await eventually(lambda: attempts_are(house, endpoint, 2))
        await room.turn(replay, a.RUNNING)
        await eventually(lambda: is_completed(room))
    assert await house.states(endpoint) == [State.DELIVERED]


async def test_another_url_is_known_first(
    house: House, neighbour: Receiver, tmp_path: Path
) -> None:
    """Where a replay goes to is known before it is written, whoever takes it up and when."""
    async with receiver(honest) as elsewhere, a_room(house) as (room, deliveries):
        endpoint = await house.subscribe(neighbour)
        await house.create_customers(1)
        await eventually(lambda: neighbour.received)
        replay = replay_of(endpoint, await house.log.head(), url=elsewhere.url)
        with closing(sqlite3.connect(tmp_path / "ledger.sqlite3")) as other:
            other.execute("BEGIN IMMEDIATE")
            starting = asyncio.ensure_future(room.start(replay))
            urls = deliveries.follower.registry.elsewhere
            await eventually(lambda: urls == {replay.id: elsewhere.url})
        await starting
        await eventually(lambda: is_completed(room))
    assert (len(neighbour.received), len(elsewhere.received)) == (1, 1)


async def test_refused_replay_leaves_nothing(house: House, neighbour: Receiver) -> None:
    """Of a replay that is not begun, its URL is not kept."""
    async with a_room(house) as (room, deliveries):
        endpoint = await house.subscribe(neighbour)
        await room.start(replay_of(endpoint, 10**6))
        with pytest.raises(ReplayUnfinished):
            await room.start(replay_of(endpoint, 1, id="rpl_2", url=neighbour.url))
        assert deliveries.follower.registry.elsewhere == {}


async def test_unreadable_event_holds_up_its_replay_alone(
    house: House, neighbour: Receiver, tmp_path: Path
) -> None:
    """A replay that comes to what cannot be read is paused, and the others go on."""
    async with a_room(house) as (room, _):
        first, second = [await house.subscribe(neighbour) for _ in range(2)]
        names = await house.create_customers(2)
        await eventually(lambda: len(neighbour.received) == 4)
        with closing(sqlite3.connect(tmp_path / "seti.sqlite3")) as log, log:
            log.execute("UPDATE stored_events SET state = '-' WHERE originator_id = ?", names[:1])
        head = await house.log.head()
        await room.start(replay_of(first, head, id="rpl_0"))
        await room.start(replay_of(second, head, after=head - 1, reached=head - 1))
        await eventually(lambda: is_completed(room))
        stopped = await room.replay(OWNER, "rpl_0")
    assert stopped is not None
    assert (stopped.status, stopped.reason) == (a.PAUSED, a.INTERNAL_ERROR)


async def test_asked_for_while_it_was_disabled(house: House, neighbour: Receiver) -> None:
    """What was to be sent again just when its endpoint was disabled goes out when it is enabled."""
    async with a_room(house) as (_, deliveries):
        endpoint = await house.subscribe(neighbour)
        await house.create_customers(1)
        await eventually(lambda: neighbour.received)
        (row,) = await house.rows(endpoint)
        await house.set_status(endpoint, "disabled")
        await house.caught_up(deliveries)
        again = replace(OPEN, event_id=row.event_id, endpoint_id=endpoint, origin="rsd_1")
        await house.ledger.change(partial(written, again))
        deliveries.dispatcher.offer([work_of_new(again)])
        await eventually(lambda: deliveries.dispatcher.standing()["held"] == 0)
        await house.set_status(endpoint, "enabled")
        await eventually(lambda: len(neighbour.received) == 2)


def written(new: NewDelivery, ledger: sqlite3.Connection) -> None:
    with transaction(ledger):
        insert(ledger, [new])


async def test_row_25_replays_give_way(house: House, neighbour: Receiver) -> None:
    """What happens reaches an endpoint, and others, though it is slow to take what is replayed."""
    goes_on, old = asyncio.Event(), set[str]()

    async def behave(peer: Peer) -> None:
        while True:
            received = await peer.take()
            if received.headers["webhook-id"] in old:
                await goes_on.wait()
            await peer.say(OK)

    async with receiver(behave) as there, a_room(house, limits=PATIENT) as (room, _):
        endpoint = await house.subscribe(there)
        await house.create_customers(MANY)
        await eventually(lambda: len(there.received) == MANY)
        old |= set(heard_by(there))
        await house.subscribe(neighbour)
        await room.start(replay_of(endpoint, await house.log.head()))
        await eventually(lambda: len(there.received) > MANY)
        for _ in range(5):
            made = await house.create_customers(1)
            await hears(neighbour, made)
            await hears(there, made)
        assert (await found_in(room)).status == a.RUNNING
        goes_on.set()
        await eventually(lambda: is_completed(room, MANY))


async def attempts_are(house: House, endpoint: str, number: int) -> bool:
    return len(await house.ledger.last_attempts(endpoint, 100)) == number


async def found_in(room: Room) -> Replay:
    found = await room.replay(OWNER, "rpl_1")
    assert found is not None
    return found


async def is_completed(room: Room, delivered: int = 1) -> bool:
    found = await found_in(room)
    return found.status == a.COMPLETED and found.delivered == delivered

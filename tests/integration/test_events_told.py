"""Events as they are listed: folded from a real log, whose every reading is noted."""

from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import msgspec
import pytest

from service import config, ids
from service.api import events
from service.api.authentication import Principal
from service.api.call import Call
from service.domain.events import CustomerUpdated
from service.domain.recorded import Recorded
from service.domain.values import SYSTEM, Owner, replace
from service.store.protocol import Append
from service.store.sqlite import open_log
from tests import histories as a

MANY = 300
NOW = a.AT + MANY
# As long as what is made for a name: it is read out of an event's.
CUSTOMER = "cus_" + "c" * ids.SUFFIX_LENGTH
Place = tuple[str, int | None]


class Noted:
    """A log that notes what is read of it."""

    def __init__(self, log: Any) -> None:
        self._log = log
        self.read: list[Place] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._log, name)

    async def load_many(self, places: Sequence[Place]) -> list[list[Recorded]]:
        self.read += places
        found: list[list[Recorded]] = await self._log.load_many(places)
        return found


@pytest.fixture
async def log(tmp_path: Path) -> AsyncIterator[Noted]:
    """A log of a customer who was told many names."""
    log = open_log(tmp_path)
    changes = [
        CustomerUpdated(customer_id=CUSTOMER, at=a.AT + number, changed={"name": f"name {number}"})
        for number in range(2, MANY + 1)
    ]
    created = replace(a.CUSTOMER_CREATED, customer_id=CUSTOMER)
    await log.append([Append(CUSTOMER, 0, [created, *changes])], SYSTEM)
    yield Noted(log)
    await log.close()


def calling(log: Noted, *, account: str = a.ACCT, at: int = NOW) -> Call:
    async def pending(_: Owner, announced: Sequence[Recorded]) -> dict[str, int]:
        return {ids.event_id(one.stream, one.version): one.version for one in announced}

    house = SimpleNamespace(store=log, pending=pending)
    owner = Owner(account, livemode=False)
    principal = cast("Principal", SimpleNamespace(owner=owner, platform=None))
    return cast("Call", SimpleNamespace(house=house, owner=owner, principal=principal, at=at))


def named(*numbers: int) -> list[str]:
    return [ids.event_id(CUSTOMER, number) for number in numbers]


async def test_are_read_once_of_one_object(log: Noted) -> None:
    """A page of an object's events reads its stream once, however many of them there are."""
    told = await events.told(calling(log), named(*range(MANY, MANY - 100, -1)))
    assert all(told)
    assert log.read == [(CUSTOMER, MANY), (a.ACCT, None)]


async def test_tell_each_of_its_own_moment(log: Noted) -> None:
    """Each event is as of then, in whatever order they are asked for, and twice if asked twice."""
    told = await events.told(calling(log), named(9, 250, 3, 9))
    read = [msgspec.json.decode(body) for body in told if body is not None]
    assert [one["id"] for one in read] == named(9, 250, 3, 9)
    assert [one["data"]["object"]["name"] for one in read] == [
        *("name 9", "name 250", "name 3", "name 9")
    ]
    assert [one["data"]["previous_attributes"]["name"] for one in read[:2]] == [
        "name 8",
        "name 249",
    ]
    assert [one["pending_webhooks"] for one in read] == [9, 250, 3, 9]


async def test_are_not_there_where_there_are_none(log: Noted) -> None:
    """What never happened, what is no event's name, and what is another's is not told."""
    asked = [*named(MANY + 1, 0), "evt_none", *named(1)]
    *none, first = await events.told(calling(log), asked)
    assert none == [None, None, None]
    assert first is not None
    assert await events.told(calling(log, account="acct_another"), named(1)) == [None]


async def test_are_forgotten_after_a_while(log: Noted) -> None:
    """An event is told for so long, each counted from when it happened itself."""
    late = calling(log, at=a.AT + config.EVENTS_LISTED_S + 200)
    *gone, last = await events.told(late, named(1, 200, 201))
    assert gone == [None, None]
    assert last is not None

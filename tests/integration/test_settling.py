"""Commands in flight together: one append and one projection, and each hears its own outcome."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from projections.documents import Document, News
from service.commands import customers
from service.commands.path import RACES_MAX, Caller, CommandPath, Reply
from service.commands.turns import LockTimeout
from service.commands.unit import Unit
from service.domain.commands import customer as cus
from service.domain.events import CustomerUpdated
from service.domain.values import SYSTEM, Owner
from service.ids import IdMaker
from service.store.protocol import StoreUnavailable
from service.store.sqlite import SqliteLog, open_log

OWNER = Owner("acct_00000000000000000account", livemode=False)
CALLER = Caller(OWNER, SYSTEM, 1_790_000_000)
DONE = Reply(200, b"{}")


class Told:
    """A read model that remembers what it was told, and in how many calls."""

    def __init__(self) -> None:
        self.calls: list[tuple[Sequence[Document], Sequence[News], range]] = []

    async def write(
        self, documents: Sequence[Document], news: Sequence[News], positions: range
    ) -> bool:
        self.calls.append((documents, news, positions))
        return True


@pytest.fixture
async def log(tmp_path: Path) -> AsyncIterator[SqliteLog]:
    opened = open_log(tmp_path)
    yield opened
    await opened.close()


async def _never(*_: Any) -> Reply:
    raise AssertionError


async def create(path: CommandPath, name: str) -> Reply:
    async def work(unit: Unit) -> Reply:
        command = cus.Create(
            customer_id=name, at=CALLER.at, owner=OWNER, attributes={"name": "A", "metadata": {}}
        )
        customers.create(unit, command)
        return DONE

    return await path.carry_out(CALLER, work, _never)


async def rename(path: CommandPath, name: str, to: str) -> Reply:
    async def work(unit: Unit) -> Reply:
        await customers.update(unit, name, CALLER.at, {"name": to})
        return DONE

    return await path.carry_out(CALLER, work, _never)


async def test_settles_together(log: SqliteLog) -> None:
    """Commands that are in flight at once are appended and projected in one go."""
    commits: list[int] = []
    log.listen(commits.append)
    views, new_id = Told(), IdMaker()
    path = CommandPath(log, views, 100)
    names = [new_id("cus", 1) for _ in range(20)]
    await asyncio.gather(*(create(path, name) for name in names))
    assert commits == [20]
    ((documents, news, positions),) = views.calls
    assert [one.id for one in documents] == names
    assert [one.position for one in news] == list(positions) == list(range(1, 21))


async def test_a_lost_race_is_run_again(log: SqliteLog) -> None:
    """Of two changes in one group one loses its race, and is decided again on the other."""
    path = CommandPath(log, Told(), 100)
    name = IdMaker()("cus", 1)
    await create(path, name)
    await asyncio.gather(rename(path, name, "B"), rename(path, name, "C"))
    history = await log.load(name)
    assert [one.version for one in history] == [1, 2, 3]


async def test_many_who_change_one_object_take_turns(log: SqliteLog) -> None:
    """Whoever has lost a race waits for its turn, so that none of a crowd is turned away."""
    path = CommandPath(log, Told(), 100)
    name = IdMaker()("cus", 1)
    await create(path, name)
    names = {str(number) for number in range(50)}
    await asyncio.gather(*(rename(path, name, each) for each in names))
    history = await log.load(name)
    changes = [one.event.changed for one in history if isinstance(one.event, CustomerUpdated)]
    assert {change["name"] for change in changes} == names


async def test_who_loses_every_race_hears_so(log: SqliteLog) -> None:
    """Where others always come first, a command is given up after a few races."""
    path, others = CommandPath(log, Told(), 100), CommandPath(log, Told(), 100)
    name, numbers = IdMaker()("cus", 1), count()
    await create(path, name)

    async def work(unit: Unit) -> Reply:
        await customers.update(unit, name, CALLER.at, {"name": "mine"})
        return await rename(others, name, f"theirs {next(numbers)}")

    with pytest.raises(LockTimeout):
        await path.carry_out(CALLER, work, _never)
    assert len(await log.load(name)) == 1 + RACES_MAX


async def test_everybody_hears_of_a_closed_log(log: SqliteLog) -> None:
    """Where the append fails as a whole, each command in flight is told."""
    path, new_id = CommandPath(log, Told(), 100), IdMaker()
    await log.close()
    commands = (create(path, new_id("cus", 1)) for _ in range(3))
    results = await asyncio.gather(*commands, return_exceptions=True)
    assert [type(one) for one in results] == [StoreUnavailable] * 3


class Broken(Told):
    async def write(self, *_: Any) -> bool:
        raise RuntimeError


async def test_a_projection_that_fails_is_nobodys_failure(log: SqliteLog) -> None:
    """What is in the log has happened, whatever becomes of the views."""
    path, name = CommandPath(log, Broken(), 100), IdMaker()("cus", 1)
    assert await create(path, name) == DONE
    assert len(await log.load(name)) == 1

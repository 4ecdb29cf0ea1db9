"""That what is forgotten in a log is gone from every byte of its files, and nothing else is."""

import sqlite3
from collections.abc import AsyncIterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Final

import pytest

from service.domain.events import Event, PersonalDataForgotten
from service.domain.personal import forgotten
from service.domain.values import SYSTEM, replace
from service.hiding import Hiding
from service.keyring import Keyring
from service.store.protocol import Append, Commit, LogUnavailable, WrongExpectedVersion
from service.store.sqlite import SqliteLog, open_log, open_log_for_reading
from service.store.sqlite.opening import LOG_FILE
from tests import histories as a

HIDING: Final = Hiding(Keyring(b"m" * 32).personal_key)
MANY: Final = 3000
AT_ONCE: Final = 20


@pytest.fixture
async def log(tmp_path: Path) -> AsyncIterator[SqliteLog]:
    opened = open_log(tmp_path, hiding=HIDING)
    yield opened
    await opened.close()


def customer(number: int) -> tuple[str, Event]:
    name = f"cus_{number:06d}"
    return name, replace(a.CUSTOMER_CREATED, customer_id=name)


def forgetting(name: str) -> Event:
    return PersonalDataForgotten(subject_id=name, at=a.AT, customer=name)


async def forget(log: SqliteLog, name: str, version: int) -> None:
    await log.append([Append(name, version, [forgetting(name)])], SYSTEM)


async def append(log: SqliteLog, appends: Sequence[Append]) -> None:
    """Append each by itself, a few in one transaction."""
    for first in range(0, len(appends), AT_ONCE):
        some = appends[first : first + AT_ONCE]
        await log.append_all([Commit([each], SYSTEM) for each in some])


def seeds_in(directory: Path) -> dict[int, bytes]:
    with closing(sqlite3.connect(directory / LOG_FILE)) as connection:
        return dict(connection.execute("SELECT position, seed FROM seeds").fetchall())


def bytes_of(directory: Path) -> bytes:
    return b"".join(file.read_bytes() for file in directory.iterdir())


class TestForgetting:
    async def test_is_read_at_once(self, log: SqliteLog) -> None:
        """A stream reads as what is left, in every way to read it; its neighbours read whole."""
        (one, first), (other, second) = customer(1), customer(2)
        await log.append([Append(one, 0, [first]), Append(other, 0, [second])], SYSTEM)
        await forget(log, one, 1)
        assert (await log.load(one))[0].event == forgotten(first)
        assert (await log.load(other))[0].event == second
        left = [forgotten(first), second]
        assert [each.event for each in await log.notifications(0, 2)] == left
        assert [each.event for some in log.scan(0, 2, 10) for each in some] == left
        assert await log.hidden([one, other]) == [other]

    async def test_leaves_what_comes_later(self, log: SqliteLog) -> None:
        """A stream may be told of somebody again, and that can be forgotten again."""
        name, created = customer(1)
        await log.append([Append(name, 0, [created])], SYSTEM)
        await forget(log, name, 1)
        updated = replace(a.CUSTOMER_UPDATED, customer_id=name)
        await log.append([Append(name, 2, [updated])], SYSTEM)
        events = [each.event for each in await log.load(name)]
        assert [events[0], events[2]] == [forgotten(created), updated]
        await forget(log, name, 3)
        assert (await log.load(name))[2].event == forgotten(updated)

    async def test_that_loses_its_race_destroys_nothing(self, log: SqliteLog) -> None:
        """What is not appended is not forgotten."""
        name, created = customer(1)
        await log.append([Append(name, 0, [created])], SYSTEM)
        with pytest.raises(WrongExpectedVersion):
            await forget(log, name, 0)
        assert (await log.load(name))[0].event == created

    async def test_leaves_no_seed_in_any_byte(self, log: SqliteLog, tmp_path: Path) -> None:
        """Among many, in every order, a destroyed seed is in no page, free or used, nor the WAL."""
        many = [customer(each * 7919 % MANY) for each in range(MANY)]
        await append(log, [Append(name, 0, [created]) for name, created in many])
        before = seeds_in(tmp_path)
        places = {each.stream: each.position for each in await log.notifications(0, MANY)}
        doomed = [customer(number)[0] for number in range(0, MANY, 7)]
        await append(log, [Append(name, 1, [forgetting(name)]) for name in doomed])
        assert await log.scrub()
        kept = bytes_of(tmp_path)
        assert not [name for name in doomed if before[places[name]] in kept]
        spared = customer(1)[0]
        assert before[places[spared]] in kept


class TestBelongings:
    async def test_are_noted_as_they_are_told(self, log: SqliteLog) -> None:
        """Whose an intent, a mandate or a token is, is found from the owner's end."""
        intent = replace(a.INTENT_CREATED, customer=a.CUS)
        await log.append([Append(a.SETI, 0, [intent])], SYSTEM)
        await log.append(
            [Append(a.CTOKEN, 0, [a.CONFIRMATION_CREATED, a.CONFIRMATION_USED])], SYSTEM
        )
        await log.append([Append(a.TOK, 0, [a.CARD_TOKEN_CREATED, a.TOKEN_USED])], SYSTEM)
        assert set(await log.belonging([a.CUS])) == {a.SETI, a.CTOKEN}
        assert set(await log.belonging([a.SETI, a.PM])) == {a.CTOKEN, a.TOK}

    async def test_of_an_older_log_are_found_when_it_is_opened(self, tmp_path: Path) -> None:
        """A log of the first schema is brought up to date, and reads as before."""
        log = open_log(tmp_path)
        intent = replace(a.INTENT_CREATED, customer=a.CUS)
        await log.append([Append(a.SETI, 0, [intent])], SYSTEM)
        await log.close()
        with closing(sqlite3.connect(tmp_path / LOG_FILE)) as old:
            old.executescript(
                "DROP VIEW placed_events; DROP TABLE seeds; DROP TABLE belongings;"
                "PRAGMA user_version = 1;"
            )
        with pytest.raises(LogUnavailable, match="earlier version"):
            open_log_for_reading(tmp_path)
        log = open_log(tmp_path, hiding=HIDING)
        assert await log.belonging([a.CUS]) == [a.SETI]
        assert (await log.load(a.SETI))[0].event == intent
        await log.close()

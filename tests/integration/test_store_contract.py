"""What `service.store.protocol` promises, asked of every store there is."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from service.domain.values import SYSTEM, Actor
from service.store.protocol import EventStore, KeyUsed, WrongExpectedVersion
from service.store.sqlite import open_log
from tests.logs import ANSWER, AT, DAY_S, after, answer, happened, settled

CROWD = 64


@pytest.fixture(params=["sqlite"])
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[EventStore]:
    opened = {"sqlite": lambda: open_log(tmp_path)}[request.param]()
    yield opened
    await opened.close()


class TestAppend:
    async def test_gives_positions_in_order(self, store: EventStore) -> None:
        """The events of one command stand side by side, over all its streams."""
        assert await store.append([after(0, "cus_1", 2), after(0, "pm_1", 1)], SYSTEM) == 3
        events = await store.notifications(0, 10)
        assert [(e.stream, e.version, e.position) for e in events] == [
            ("cus_1", 1, 1),
            ("cus_1", 2, 2),
            ("pm_1", 1, 3),
        ]

    async def test_keeps_events_and_actor(self, store: EventStore) -> None:
        """What is loaded is what was appended, with who asked for it."""
        actor = Actor(request="req_1", idempotency_key='a "key"', address="127.0.0.1")
        await store.append([after(0, "cus_1")], actor)
        (recorded,) = await store.load("cus_1")
        assert (recorded.event, recorded.actor) == (happened("cus_1"), actor)
        assert recorded.topic == "CustomerDeleted"

    async def test_of_nothing_is_at_zero(self, store: EventStore) -> None:
        """A command without events may still keep its answer."""
        assert await store.append([], SYSTEM, ANSWER) == 0
        assert await store.answer(ANSWER.digest) == ANSWER
        assert await store.head() == 0

    @pytest.mark.parametrize("version", [0, 1, 3, 2**40])
    async def test_refuses_another_version(self, store: EventStore, version: int) -> None:
        """A stream takes what follows its last event: nothing twice, and no holes."""
        await store.append([after(0, "cus_1", 2)], SYSTEM)
        with pytest.raises(WrongExpectedVersion):
            await store.append([after(version, "cus_1")], SYSTEM)
        assert await store.head() == 2

    async def test_refuses_a_beginning_past_the_beginning(self, store: EventStore) -> None:
        """A stream that is not there can only begin at its first version."""
        with pytest.raises(WrongExpectedVersion):
            await store.append([after(1, "cus_1")], SYSTEM)
        assert await store.load("cus_1") == []

    async def test_leaves_no_half_of_a_command(self, store: EventStore) -> None:
        """Where one stream of a command has moved, none of its streams is written."""
        await store.append([after(0, "cus_1")], SYSTEM)
        with pytest.raises(WrongExpectedVersion):
            await store.append([after(0, "pm_1"), after(0, "cus_1")], SYSTEM, ANSWER)
        assert await store.load("pm_1") == []
        assert await store.answer(ANSWER.digest) is None

    async def test_lets_one_of_a_crowd_win(self, store: EventStore) -> None:
        """Of many commands at once for one version, one is written."""
        results = await settled(store.append([after(0, "cus_1")], SYSTEM) for _ in range(CROWD))
        assert [r for r in results if not isinstance(r, WrongExpectedVersion)] == [1]

    async def test_spares_the_neighbours_of_a_loser(self, store: EventStore) -> None:
        """Lost races between many good commands cost those nothing."""
        await store.append([after(0, "cus_old")], SYSTEM)
        streams = [f"cus_{n}" if n % 3 else "cus_old" for n in range(CROWD)]
        results = await settled(store.append([after(0, s)], SYSTEM) for s in streams)
        lost = [s for s, r in zip(streams, results, strict=True) if not isinstance(r, int)]
        assert set(lost) == {"cus_old"}
        assert [len(h) for h in await store.load_many([(s, None) for s in streams])] == [1] * CROWD

    async def test_spares_the_neighbours_of_what_cannot_be_stored(self, store: EventStore) -> None:
        """A command that no database could store fails alone."""
        streams = [f"cus_{n}" if n % 8 else f"cus_\ud800{n}" for n in range(CROWD)]
        results = await settled(store.append([after(0, s)], SYSTEM) for s in streams)
        assert [isinstance(r, int) for r in results] == ["\ud800" not in s for s in streams]
        assert await store.head() == sum("\ud800" not in s for s in streams)


class TestAnswers:
    async def test_come_with_their_command(self, store: EventStore) -> None:
        """Every member of an answer is kept as it was."""
        kept = answer(body=b"\x00\xff", status=402)
        await store.append([after(0, "cus_1")], SYSTEM, kept)
        assert await store.answer(kept.digest) == kept
        assert await store.answer(b"another digest..") is None

    async def test_are_given_to_the_second(self, store: EventStore) -> None:
        """A key is good for one command; the next is told the answer, and writes nothing."""
        await store.append([after(0, "cus_1")], SYSTEM, ANSWER)
        with pytest.raises(KeyUsed) as refusal:
            await store.append([after(0, "cus_2")], SYSTEM, answer(request="req_2", at=AT + 1))
        assert refusal.value.answer == ANSWER
        assert await store.load("cus_2") == []

    async def test_are_one_in_a_crowd(self, store: EventStore) -> None:
        """Of many commands at once under one key, one is written and all tell its answer."""
        results = await settled(
            store.append([after(0, f"cus_{n}")], SYSTEM, answer(request=f"req_{n}"))
            for n in range(CROWD)
        )
        (winner,) = [n for n, result in enumerate(results) if isinstance(result, int)]
        told = {r.answer.request for r in results if isinstance(r, KeyUsed)}
        assert told == {f"req_{winner}"}
        assert [e.stream for e in await store.notifications(0, CROWD)] == [f"cus_{winner}"]

    async def test_are_replaced_after_a_day(self, store: EventStore) -> None:
        """An answer that was not purged in time does not count, and makes room."""
        await store.append([after(0, "cus_1")], SYSTEM, ANSWER)
        newer = answer(request="req_2", at=AT + DAY_S)
        assert await store.append([after(0, "cus_2")], SYSTEM, newer) == 2
        assert await store.answer(ANSWER.digest) == newer


class TestReads:
    async def test_stop_at_a_version(self, store: EventStore) -> None:
        """A stream can be loaded as it was."""
        await store.append([after(0, "cus_1", 3)], SYSTEM)
        assert [e.version for e in await store.load("cus_1", until=2)] == [1, 2]

    async def test_come_in_the_order_asked(self, store: EventStore) -> None:
        """Many streams are loaded in one visit, missing ones as empty."""
        await store.append([after(0, "cus_1", 3), after(0, "pm_1", 2)], SYSTEM)
        places = [("pm_1", 1), ("cus_none", None), ("cus_1", None), ("pm_1", None)]
        assert [len(history) for history in await store.load_many(places)] == [1, 0, 3, 2]

    async def test_page_through_the_log(self, store: EventStore) -> None:
        """Notifications come after a position, no more than asked for, of the topics asked for."""
        await store.append([after(0, "cus_1", 5)], SYSTEM)
        assert [e.position for e in await store.notifications(1, 3)] == [2, 3, 4]
        assert len(await store.notifications(0, 9, ["CustomerDeleted", "CustomerCreated"])) == 5
        assert await store.notifications(0, 9, ["CustomerCreated"]) == []
        assert await store.notifications(5, 9) == []

    async def test_page_through_a_stream(self, store: EventStore) -> None:
        """A stream's events come in pages as well, whatever stands between them."""
        await store.append([after(0, "cus_1", 2), after(0, "cus_2", 2)], SYSTEM)
        await store.append([after(2, "cus_1", 2)], SYSTEM)
        pages = [await store.notifications_in("cus_1", position, 2) for position in (0, 2, 6)]
        assert [[e.position for e in page] for page in pages] == [[1, 2], [5, 6], []]
        assert await store.notifications_in("cus_none", 0, 2) == []

    async def test_name_the_streams_of_a_kind(self, store: EventStore) -> None:
        """Streams are found by the prefix of their names, each once, in order."""
        streams = ("acct_2", "acct_1", "acc_1", "accts_1")
        await store.append([after(0, stream, 2) for stream in streams], SYSTEM)
        assert await store.streams("acct_") == ["acct_1", "acct_2"]


class TestFollowers:
    async def test_miss_nothing(self, store: EventStore) -> None:
        """A tailing reader sees every position once, in order, while many write at once."""
        seen: list[int] = []
        total = 20 * CROWD

        async def follow() -> None:
            while len(seen) < total:
                events = await store.notifications(seen[-1] if seen else 0, 50)
                seen.extend(event.position for event in events)

        async def write(stream: str) -> None:
            for version in range(0, 20, 2):
                await store.append([after(version, stream, 2)], SYSTEM)

        async with asyncio.timeout(60):
            await asyncio.gather(follow(), *(write(f"cus_{n}") for n in range(CROWD)))
        assert seen == sorted(set(seen))
        assert len(seen) == total
        assert await store.head() == seen[-1]

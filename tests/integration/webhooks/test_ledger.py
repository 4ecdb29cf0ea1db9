"""The deliveries ledger, on a real file."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from service import config
from service.domain.deliveries import Delivery, DeliveryKey, Wanted
from service.domain.errors import TooManyDeliveries
from service.domain.values import replace
from service.webhooks.ledger import (
    LedgerUnavailable,
    Overtaken,
    SqliteLedger,
    browsing,
    open_ledger,
)
from service.webhooks.ledger.values import START, DuePlace, State
from service.webhooks.outcome import Kind
from tests import deliveries as a
from tests.descriptors import held_open


@pytest.fixture
async def ledger(tmp_path: Path) -> AsyncIterator[SqliteLedger]:
    opened = open_ledger(tmp_path / "ledger.sqlite3", "log-1")
    yield opened
    await opened.close()


async def state_of(ledger: SqliteLedger, event_id: str = "evt_1") -> State:
    (row,) = await ledger.deliveries_of_event(event_id)
    return row.state


class TestFanOut:
    async def test_writes_deliveries_and_moves(self, ledger: SqliteLedger) -> None:
        """A batch's deliveries, endpoints and position are there afterwards."""
        await ledger.fan_out(a.fan_out(0, 5, [a.OPEN], we_1=a.ENDPOINT))
        assert await ledger.position() == 5
        assert await ledger.endpoints() == [a.ENDPOINT]
        (row,) = await ledger.deliveries_of_event("evt_1")
        assert (row.state, row.attempt, row.due_at, row.origin) == (State.OPEN, 1, 1000, "live")

    async def test_happens_once(self, ledger: SqliteLedger) -> None:
        """A batch that was written is refused, and nothing of it is written again."""
        await ledger.fan_out(a.fan_out(0, 5))
        with pytest.raises(Overtaken):
            await ledger.fan_out(a.fan_out(0, 6, [a.OPEN]))
        assert await ledger.position() == 5
        assert await ledger.deliveries_of_event("evt_1") == []

    async def test_one_of_two_at_once_wins(self, ledger: SqliteLedger) -> None:
        """Of two that fan out the same events, one is overtaken."""
        batch = a.fan_out(0, 5, [a.OPEN])
        done = await asyncio.gather(
            *(ledger.fan_out(batch) for _ in range(2)), return_exceptions=True
        )
        assert [type(each) for each in done] == [type(None), Overtaken]

    async def test_disabled_endpoint_parks_what_came_before(self, ledger: SqliteLedger) -> None:
        """Disabling parks the open deliveries of earlier events only."""
        later = replace(a.OPEN, event_id="evt_9", position=9)
        await ledger.fan_out(
            a.fan_out(0, 5, [a.OPEN, later], we_1=replace(a.ENDPOINT, enabled=False))
        )
        assert await state_of(ledger) is State.PARKED
        assert await state_of(ledger, "evt_9") is State.OPEN

    async def test_deleted_endpoint_cancels(self, ledger: SqliteLedger) -> None:
        """Deleting cancels what is open or parked, and leaves what is delivered."""
        parked = replace(a.OPEN, event_id="evt_2", state=State.PARKED)
        done = replace(a.OPEN, event_id="evt_3")
        await ledger.fan_out(a.fan_out(0, 5, [a.OPEN, parked, done], we_1=a.ENDPOINT))
        await ledger.record([replace(a.SUCCESS, attempt=replace(a.ATTEMPT, event_id="evt_3"))])
        await ledger.fan_out(a.fan_out(5, 6, we_1=None))
        assert await ledger.endpoints() == []
        assert await state_of(ledger) is State.CANCELLED
        assert await state_of(ledger, "evt_2") is State.CANCELLED
        assert await state_of(ledger, "evt_3") is State.DELIVERED


class TestRecord:
    @pytest.fixture(autouse=True)
    async def _given_an_open_delivery(self, ledger: SqliteLedger) -> None:
        await ledger.fan_out(a.fan_out(0, 5, [a.OPEN], we_1=a.ENDPOINT))

    async def test_success(self, ledger: SqliteLedger) -> None:
        """A success closes the delivery and keeps the attempt."""
        await ledger.record([a.SUCCESS])
        (row,) = await ledger.deliveries_of_event("evt_1")
        assert (row.state, row.last_status, row.first_at, row.last_at) == (
            "delivered",
            200,
            1000,
            1000,
        )
        assert await ledger.attempts_of("evt_1", "we_1") == [a.ATTEMPT]
        assert await a.due_in(ledger) == []

    async def test_failure(self, ledger: SqliteLedger) -> None:
        """A failure moves the delivery on to its next attempt."""
        await ledger.record([a.FAILURE])
        (due,) = await a.due_in(ledger)
        assert (due.attempt, due.due_at) == (2, 6000)

    async def test_late_failure_is_refused(self, ledger: SqliteLedger) -> None:
        """A failure of another attempt than the row waits for changes nothing but is kept."""
        await ledger.record([a.FAILURE])
        await ledger.record([replace(a.FAILURE, due_at=99_000)])
        (due,) = await a.due_in(ledger)
        assert (due.attempt, due.due_at) == (2, 6000)
        assert len(await ledger.attempts_of("evt_1", "we_1")) == 2

    async def test_success_is_never_refused(self, ledger: SqliteLedger) -> None:
        """A success counts after a later failure, after exhaustion and after cancelling."""
        await ledger.record([a.FAILURE, a.numbered(a.FAILURE, 2, state=State.EXHAUSTED)])
        assert await state_of(ledger) is State.EXHAUSTED
        await ledger.record([a.SUCCESS])
        assert await state_of(ledger) is State.DELIVERED

    async def test_failure_does_not_undo_success(self, ledger: SqliteLedger) -> None:
        """What is delivered stays delivered."""
        await ledger.record([a.SUCCESS])
        await ledger.record([a.FAILURE])
        assert await state_of(ledger) is State.DELIVERED

    async def test_old_attempts_are_purged(self, ledger: SqliteLedger) -> None:
        """Attempts from before an instant go, later ones stay."""
        await ledger.record(
            [a.SUCCESS, replace(a.SUCCESS, attempt=replace(a.ATTEMPT, started_at=2000))]
        )
        assert await ledger.purge_attempts(1500) == 1
        (kept,) = await ledger.last_attempts("we_1", 10)
        assert kept.started_at == 2000

    async def test_attempts_keep_their_names(self, ledger: SqliteLedger) -> None:
        """What is purged takes its number with it: none is given to another attempt."""

        async def numbers() -> list[int]:
            key = DeliveryKey("evt_1", "we_1")
            return [each.seq for each in await ledger.look(partial(browsing.attempts, key=key))]

        await ledger.record([a.FAILURE, a.numbered(a.FAILURE, 2)])
        first, second = await numbers()
        await ledger.purge_attempts(a.ATTEMPT.started_at + 1)
        assert await numbers() == [second]
        await ledger.record([a.numbered(a.FAILURE, 3)])
        assert (await numbers())[-1] not in (first, second)


class TestReading:
    async def test_due_pages_in_order(self, ledger: SqliteLedger) -> None:
        """Open deliveries come in the order of their time, page after page, each once."""
        rows = [replace(a.OPEN, event_id=f"evt_{n}", due_at=1000 + n // 3) for n in range(10)]
        await ledger.fan_out(a.fan_out(0, 5, reversed(rows)))
        seen: list[str] = []
        start = START
        while len(page := await a.due_in(ledger, start, 4)) == 4:
            seen += [due.event_id for due in page[:3]]
            start = DuePlace(page[3].due_at, page[3].event_id)
        assert seen + [due.event_id for due in page] == [row.event_id for row in rows]
        assert await ledger.count_open() == 10

    async def test_who_looks_is_in_nobodys_way(self, ledger: SqliteLedger) -> None:
        """While a list takes its time, deliveries are read and outcomes are written."""
        await ledger.fan_out(a.fan_out(0, 5, [a.OPEN], we_1=a.ENDPOINT))
        go_on = Event()
        looking = asyncio.create_task(ledger.look(lambda _: go_on.wait()))
        assert [due.event_id for due in await a.due_in(ledger)] == ["evt_1"]
        await ledger.record([a.SUCCESS])
        assert await ledger.are_open([("evt_1", "we_1", "live")]) == [False]
        assert not looking.done()
        go_on.set()
        assert await looking

    async def test_pending(self, ledger: SqliteLedger) -> None:
        """What no endpoint has acknowledged counts, what is parked or delivered does not."""
        rows = [replace(a.OPEN, endpoint_id=f"we_{n}", subscribers=3) for n in (1, 2, 3)]
        parked = replace(a.OPEN, endpoint_id="we_4", state=State.PARKED)
        await ledger.fan_out(a.fan_out(0, 5, [*rows, parked]))
        await ledger.record([a.SUCCESS])
        assert await ledger.pending(["evt_1", "evt_x"]) == {"evt_1": 2, "evt_x": 0}
        assert await ledger.counts() == {State.OPEN: 2, State.DELIVERED: 1, State.PARKED: 1}

    async def test_gives_up_looking(
        self, ledger: SqliteLedger, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """What is too rare among too many is not looked for to the end, and the next list is."""
        rows = [replace(a.OPEN, event_id=f"evt_{number}") for number in range(20_000)]
        await ledger.fan_out(a.fan_out(0, 5, rows, we_1=a.ENDPOINT))
        monkeypatch.setattr(config, "LIST_LOOKS_S", -1.0)

        async def listed(type_: str) -> list[Delivery]:
            asked = Wanted(owner=a.OWNER, type=type_)
            page = partial(browsing.page, wanted=asked, place=None, limit=5, newer=False)
            return await ledger.look(page)

        with pytest.raises(TooManyDeliveries):
            await listed("customer.deleted")
        assert len(await listed("customer.created")) == 5

    @pytest.mark.parametrize(
        ("wanted", "found"),
        [
            ({"statuses": (503, 503)}, 1),
            ({"statuses": (500, 599)}, 1),
            ({"statuses": (200, 200), "kind": Kind.STATUS}, 0),
            ({"kind": Kind.STATUS}, 1),
            ({"kind": Kind.TLS}, 0),
        ],
    )
    async def test_finds_failures_at_once(
        self, ledger: SqliteLedger, monkeypatch: pytest.MonkeyPatch, wanted: Any, found: int
    ) -> None:
        """What has failed is not looked for among all that was delivered."""
        done = [replace(a.OPEN, event_id=f"evt_{n}_", state=State.DELIVERED) for n in range(20_000)]
        await ledger.fan_out(a.fan_out(0, 5, [a.OPEN, *done], we_1=a.ENDPOINT))
        failed = replace(a.FAILURE.attempt, status=503)
        await ledger.record([replace(a.FAILURE, attempt=failed)])
        monkeypatch.setattr(config, "LIST_LOOKS_S", -1.0)
        asked = Wanted(owner=a.OWNER, **wanted)
        page = partial(browsing.page, wanted=asked, place=None, limit=5, newer=False)
        assert len(await ledger.look(page)) == found

    @pytest.mark.parametrize(
        ("state", "is_waited_for"),
        [
            (State.OPEN, True),
            (State.EXHAUSTED, True),
            (State.BLOCKED, True),
            (State.DELIVERED, False),
            (State.PARKED, False),
            (State.CANCELLED, False),
        ],
    )
    async def test_pending_in(
        self, ledger: SqliteLedger, state: State, *, is_waited_for: bool
    ) -> None:
        """Whoever may still acknowledge, or has given nothing but failures, is waited for."""
        await ledger.fan_out(a.fan_out(0, 5, [replace(a.OPEN, state=state)]))
        assert await ledger.pending(["evt_1"]) == {"evt_1": int(is_waited_for)}

    async def test_of_endpoint(self, ledger: SqliteLedger) -> None:
        """An endpoint's deliveries are listed newest first, page by page."""
        rows = [replace(a.OPEN, event_id=f"evt_{n}", position=n) for n in (1, 2, 3)]
        await ledger.fan_out(a.fan_out(0, 5, rows))
        page = await ledger.deliveries_of_endpoint("we_1", before=3, limit=2)
        assert [row.position for row in page] == [2, 1]


class TestOpening:
    async def test_finds_what_it_left(self, tmp_path: Path) -> None:
        """A second opening finds the position, the endpoints and the queue."""
        first = open_ledger(tmp_path / "ledger.sqlite3", "log-1")
        await first.fan_out(a.fan_out(0, 5, [a.OPEN], we_1=a.ENDPOINT))
        await first.close()
        second = open_ledger(tmp_path / "ledger.sqlite3", "log-1")
        assert await second.position() == 5
        assert len(await a.due_in(second)) == 1
        await second.close()

    async def test_refuses_the_ledger_of_another_log(self, tmp_path: Path) -> None:
        """A ledger that speaks of another log is refused with a sentence."""
        await open_ledger(tmp_path / "ledger.sqlite3", "log-1").close()
        with pytest.raises(LedgerUnavailable, match="another log"):
            open_ledger(tmp_path / "ledger.sqlite3", "log-2")

    def test_refuses_what_is_no_database(self, tmp_path: Path) -> None:
        """A file that is something else is refused with a sentence."""
        file = tmp_path / "ledger.sqlite3"
        file.write_bytes(b"not a database" * 100)
        with pytest.raises(LedgerUnavailable, match="cannot be opened") as refused:
            open_ledger(file, "log-1")
        # Whoever keeps what was raised keeps no file open with it.
        assert refused.value
        assert not held_open(file)

    async def test_is_unavailable_while_locked(self, tmp_path: Path, ledger: SqliteLedger) -> None:
        """A write under somebody else's lock is refused whole, and works afterwards."""
        other = sqlite3.connect(tmp_path / "ledger.sqlite3", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LedgerUnavailable):
            await ledger.fan_out(a.fan_out(0, 5))
        other.execute("ROLLBACK")
        other.close()
        await ledger.fan_out(a.fan_out(0, 5))
        assert await ledger.position() == 5

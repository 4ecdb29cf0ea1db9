"""Ledgers of every past schema, as they were written then, opened today."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path
from typing import Final

import pytest

from service.webhooks.ledger import LedgerUnavailable, SqliteLedger, open_ledger
from service.webhooks.ledger.values import State
from service.webhooks.outcome import Kind
from tests import deliveries as a

GOLDEN: Final = Path(__file__).parents[2] / "golden"
PAST: Final = sorted(GOLDEN.glob("ledger_schema_*.sql"))
EVENTS: Final = [f"evt_c0NjbWZ2R00{number}AbCdEfGhIjKlM1" for number in range(4)]
DAY_MS: Final = 24 * 3600 * 1000
WE_1: Final = "we_0NjbWZ2R000aaaaaaaaaaaaa"
WE_2: Final = "we_0NjbWZ2R000bbbbbbbbbbbbb"


def written_then(golden: Path, file: Path) -> None:
    """Write the ledger that *golden* is the dump of."""
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript(golden.read_text())


@pytest.fixture(params=PAST, ids=lambda path: path.stem)
async def ledger(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[SqliteLedger]:
    written_then(request.param, tmp_path / "ledger.sqlite3")
    opened = open_ledger(tmp_path / "ledger.sqlite3", "log-1")
    yield opened
    await opened.close()


async def test_keeps_deliveries(ledger: SqliteLedger) -> None:
    """Every delivery stands where it stood, as one that its event itself led to."""
    rows = [row for event in EVENTS for row in await ledger.deliveries_of_event(event)]
    assert [(row.endpoint_id, row.state, row.attempt, row.origin) for row in rows] == [
        (WE_1, State.DELIVERED, 1, "live"),
        (WE_1, State.OPEN, 2, "live"),
        (WE_2, State.PARKED, 1, "live"),
        (WE_1, State.EXHAUSTED, 2, "live"),
        (WE_1, State.OPEN, 1, "live"),
    ]
    assert [due.event_id for due in await a.due_in(ledger, endpoint=WE_1)] == [EVENTS[3], EVENTS[1]]


async def test_keeps_attempts(ledger: SqliteLedger) -> None:
    """Every attempt is still told of, in its order."""
    attempts = await ledger.attempts_of(EVENTS[2], WE_1)
    assert [(each.number, each.kind, each.status) for each in attempts] == [
        (1, Kind.TIMEOUT, None),
        (2, Kind.STATUS, 503),
    ]


async def test_keeps_endpoints(ledger: SqliteLedger) -> None:
    """Endpoints are as they were, and can be fanned out to and delivered to."""
    assert [(each.id, each.enabled) for each in await ledger.endpoints()] == [
        (WE_1, True),
        (WE_2, False),
    ]
    assert await ledger.position() == 20
    await ledger.fan_out(a.fan_out(20, 21, [a.OPEN]))
    await ledger.record([a.SUCCESS])
    (row,) = await ledger.deliveries_of_event("evt_1")
    assert row.state is State.DELIVERED


@pytest.mark.parametrize(
    ("schema", "counted_ms"),
    [(3, 1005), (5, 1005), (7, 1000 + DAY_MS)],
    ids=["a second, of 3", "a second, of 5", "sixty hours without an attempt, of 7"],
)
async def test_counts_a_run_by_its_attempts(tmp_path: Path, schema: int, counted_ms: int) -> None:
    """How long an endpoint has been failing is told by when attempts failed, not by the wall."""
    file = tmp_path / "ledger.sqlite3"
    written_then(GOLDEN / f"ledger_schema_{schema}.sql", file)
    opened = open_ledger(file, "log-1")
    health = (await opened.health([WE_1]))[WE_1]
    assert (health.failures, health.failing_since) == (3, 1_790_000_001_005)
    assert health.failing_ms == counted_ms
    await opened.close()


def test_is_left_as_it_was_where_it_cannot_be_brought_up_to_date(tmp_path: Path) -> None:
    """A ledger that is not what it says it is is refused, and nothing of it is changed."""
    file = tmp_path / "ledger.sqlite3"
    written_then(GOLDEN / "ledger_schema_2.sql", file)
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("DROP TABLE attempts")
        before = list(connection.iterdump())
    with pytest.raises(LedgerUnavailable, match="cannot be opened"):
        open_ledger(file, "log-1")
    with closing(sqlite3.connect(file)) as connection:
        assert list(connection.iterdump()) == before


class TestOrigins:
    """The same event to the same endpoint, sent again."""

    @pytest.fixture
    async def fresh(self, tmp_path: Path) -> AsyncIterator[SqliteLedger]:
        opened = open_ledger(tmp_path / "fresh.sqlite3", "log-1")
        await opened.fan_out(a.fan_out(0, 5, [a.OPEN, a.AGAIN], we_1=a.ENDPOINT))
        yield opened
        await opened.close()

    async def states(self, ledger: SqliteLedger) -> dict[str, State]:
        return {row.origin: row.state for row in await ledger.deliveries_of_event("evt_1")}

    async def test_success_settles_the_live_one(self, fresh: SqliteLedger) -> None:
        """What the endpoint acknowledges, sent again, is delivered whoever sent it."""
        await fresh.record([a.again(a.SUCCESS)])
        assert await self.states(fresh) == {
            "live": State.DELIVERED,
            a.AGAIN.origin: State.DELIVERED,
        }

    async def test_failure_does_not(self, fresh: SqliteLedger) -> None:
        """A failure of what is sent again leaves the live delivery alone."""
        await fresh.record([a.again(a.FAILURE)])
        waiting = {due.origin: due.attempt for due in await a.due_in(fresh)}
        assert waiting == {"live": 1, a.AGAIN.origin: 2}

    async def test_live_success_is_its_own(self, fresh: SqliteLedger) -> None:
        """A live delivery that succeeds leaves what is sent again to be sent."""
        await fresh.record([a.SUCCESS])
        assert (await self.states(fresh))[a.AGAIN.origin] is State.OPEN

    async def test_attempts_are_apart(self, fresh: SqliteLedger) -> None:
        """Each origin has attempts of its own, with numbers of their own."""
        await fresh.record([a.FAILURE, a.again(a.SUCCESS)])
        assert [each.status for each in await fresh.attempts_of("evt_1", "we_1")] == [500]
        sent_again = await fresh.attempts_of("evt_1", "we_1", a.AGAIN.origin)
        assert [each.status for each in sent_again] == [200]

    async def test_pending_counts_endpoints(self, fresh: SqliteLedger) -> None:
        """An endpoint that an event is sent to again has it to acknowledge once."""
        assert await fresh.pending(["evt_1"]) == {"evt_1": 1}
        await fresh.record([a.again(a.SUCCESS)])
        assert await fresh.pending(["evt_1"]) == {"evt_1": 0}

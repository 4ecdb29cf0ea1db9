"""What the ledger makes of clocks that are set, and of times when nobody wrote to it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from service.domain.values import replace
from service.webhooks.ledger import SqliteLedger, open_ledger
from tests import deliveries as a


@pytest.fixture
async def ledger(tmp_path: Path) -> AsyncIterator[SqliteLedger]:
    opened = open_ledger(tmp_path / "ledger.sqlite3", "log-1")
    yield opened
    await opened.close()


async def test_standstills_add_up(ledger: SqliteLedger) -> None:
    """What waited is given up by the time for which somebody might have tried it."""
    day = 24 * 3600 * 1000
    await ledger.begin(day)
    await ledger.fan_out(a.fan_out(0, 2, [replace(a.OPEN, due_at=day)]))
    await ledger.begin(5 * day)
    await ledger.begin(7 * day)
    assert await ledger.exhaust("we_1", before=6 * day, now=9 * day) == 0
    assert await ledger.exhaust("we_1", before=7 * day + 1, now=10 * day) == 1


async def test_standstill_by_a_clock_that_was_ahead(ledger: SqliteLedger) -> None:
    """A start on a clock that was ahead keeps nothing longer than the next start finds right."""
    await ledger.begin(1000)
    await ledger.begin(900_000)
    await ledger.begin(2000)
    await ledger.fan_out(a.fan_out(0, 2, [replace(a.OPEN, due_at=2000)]))
    assert await ledger.exhaust("we_1", before=2001, now=3000) == 1


async def test_clock_that_was_ahead_while_nothing_happened(ledger: SqliteLedger) -> None:
    """A retry that was put off on a clock ahead is due, though no event was fanned out then."""
    await ledger.fan_out(a.fan_out(0, 2, [a.OPEN]))
    await ledger.begin(900_000)
    await ledger.record([replace(a.FAILURE, due_at=901_000)])
    await ledger.begin(2000)
    assert [due.due_at for due in await a.due_in(ledger)] == [3000]


async def test_clock_that_was_set_back(ledger: SqliteLedger) -> None:
    """What was due at a start on a clock that was ahead is due, and waits are as long as before."""
    waiting = replace(a.OPEN, event_id="evt_2", due_at=9000)
    await ledger.fan_out(a.fan_out(0, 2, [waiting]))
    await ledger.begin(5000)
    assert [due.due_at for due in await a.due_in(ledger)] == [5000]
    await ledger.begin(7000)
    assert [due.due_at for due in await a.due_in(ledger)] == [5000]

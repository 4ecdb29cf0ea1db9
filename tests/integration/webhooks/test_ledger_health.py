"""How endpoints fare, as the ledger keeps it: folded from attempts, in the same transaction."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest

from service.domain.endpoint_health import GAP_MAX_MS, Health
from service.domain.signing_secrets import SigningSecret
from service.domain.values import replace
from service.webhooks.ledger import SqliteLedger, open_ledger
from service.webhooks.ledger.values import Settlement, State
from tests import deliveries as a

FIRST = a.ATTEMPT.started_at
OWN = replace(
    a.ENDPOINT,
    ordered=True,
    headers={"X-Key": "sealed"},
    secrets=(
        SigningSecret(generation=1, created=5, sealed="sealed"),
        SigningSecret(generation=0, created=1, expires_at=9),
    ),
    tried_from=7,
    parked_upto=3,
)


@pytest.fixture
async def ledger(tmp_path: Path) -> AsyncIterator[SqliteLedger]:
    opened = open_ledger(tmp_path / "ledger.sqlite3", "log-1")
    await opened.fan_out(a.fan_out(0, 5, [a.OPEN], we_1=a.ENDPOINT))
    yield opened
    await opened.close()


async def health_in(ledger: SqliteLedger) -> Health:
    return (await ledger.health(["we_1"]))["we_1"]


def later(settlement: Settlement, by_ms: int) -> Settlement:
    """Return *settlement* of an attempt that began by so much later."""
    attempt = settlement.attempt
    return replace(settlement, attempt=replace(attempt, started_at=attempt.started_at + by_ms))


class TestHealth:
    async def test_of_whom_was_never_tried(self, ledger: SqliteLedger) -> None:
        """Nothing is known of an endpoint before its first attempt."""
        assert await ledger.health(["we_1", "we_x"]) == {}

    async def test_moves_with_the_attempts(self, ledger: SqliteLedger) -> None:
        """One batch after another, each in its order, is taken in."""
        await ledger.record([a.FAILURE, a.numbered(a.FAILURE, 2)])
        health = await health_in(ledger)
        assert (health.failures, health.failing_since, health.failed) == (2, FIRST, ("evt_1",))
        await ledger.record([a.numbered(a.FAILURE, 3), a.SUCCESS])
        assert await health_in(ledger) == Health(
            last_success_at=FIRST,
            last_failure_at=FIRST,
            last_outcome="delivered",
            last_status=200,
        )

    async def test_of_several_at_once(self, ledger: SqliteLedger) -> None:
        """Each endpoint of a batch has a health of its own."""
        other = replace(a.ENDPOINT, id="we_2")
        await ledger.fan_out(a.fan_out(5, 6, we_2=other))
        elsewhere = replace(a.SUCCESS, attempt=replace(a.ATTEMPT, endpoint_id="we_2"))
        await ledger.record([a.FAILURE, elsewhere, a.numbered(a.FAILURE, 2)])
        health = await ledger.health(["we_1", "we_2"])
        assert [health[name].failures for name in ("we_1", "we_2")] == [2, 0]

    async def test_counts_the_time_between_failures(self, ledger: SqliteLedger) -> None:
        """How long a run goes on is kept over batches and openings, a day for any gap."""
        await ledger.record([a.FAILURE, later(a.numbered(a.FAILURE, 2), 500)])
        assert (await health_in(ledger)).failing_ms == 500
        await ledger.record([later(a.numbered(a.FAILURE, 3), 500 + 9 * GAP_MAX_MS)])
        health = await health_in(ledger)
        assert (health.failing_ms, health.failing_since) == (500 + GAP_MAX_MS, FIRST)

    async def test_begins_anew(self, ledger: SqliteLedger) -> None:
        """An endpoint that is tried anew forgets its failures, late ones too."""
        await ledger.record([a.FAILURE, later(a.numbered(a.FAILURE, 2), 500)])
        tried_anew = replace(a.ENDPOINT, tried_from=2)
        await ledger.fan_out(a.fan_out(5, 6, tried_anew=True, we_1=tried_anew))
        health = await health_in(ledger)
        assert (health.failing_since, health.failing_ms) == (None, 0)
        await ledger.record([a.numbered(a.FAILURE, 2)])
        health = await health_in(ledger)
        assert (health.failures, health.last_failure_at) == (0, FIRST)

    async def test_does_not_count_what_was_parked(self, ledger: SqliteLedger) -> None:
        """What was under way when the endpoint was disabled is no failure of its next run."""
        again = replace(a.ENDPOINT, parked_upto=4)
        await ledger.fan_out(a.fan_out(5, 6, tried_anew=True, we_1=again))
        await ledger.record([replace(a.FAILURE, position=3)])
        assert (await health_in(ledger)).failures == 0
        await ledger.record([a.numbered(a.FAILURE, 2, position=5)])
        assert (await health_in(ledger)).failures == 1

    async def test_is_kept_over_other_changes(self, ledger: SqliteLedger) -> None:
        """A change of something else leaves the run as it is."""
        await ledger.record([a.FAILURE])
        await ledger.fan_out(a.fan_out(5, 6, we_1=replace(a.ENDPOINT, ordered=True)))
        assert (await health_in(ledger)).failures == 1

    async def test_is_found_again(self, ledger: SqliteLedger, tmp_path: Path) -> None:
        """A second opening finds it."""
        await ledger.record([replace(a.FAILURE, attempt=replace(a.FAILURE.attempt, status=410))])
        second = open_ledger(tmp_path / "ledger.sqlite3", "log-1")
        health = await health_in(second)
        assert (health.gone, health.last_status, health.last_outcome) == (("evt_1",), 410, "status")
        await second.close()


class TestWaiting:
    async def test_counts_what_is_open_and_parked(self, ledger: SqliteLedger) -> None:
        """What is delivered waits no more, and others' deliveries are theirs."""
        rows = [replace(a.OPEN, event_id=f"evt_{n}") for n in range(2, 5)]
        parked = replace(a.OPEN, event_id="evt_5", state=State.PARKED)
        other = replace(a.OPEN, endpoint_id="we_2")
        await ledger.fan_out(a.fan_out(5, 6, [*rows, parked, other]))
        await ledger.record([a.SUCCESS])
        assert await ledger.waiting(["we_1", "we_x"]) == {"we_1": {State.OPEN: 3, State.PARKED: 1}}


class TestEndpoint:
    async def test_is_kept_whole(self, ledger: SqliteLedger) -> None:
        """Order, sealed headers and secrets are found as they were put."""
        await ledger.fan_out(a.fan_out(5, 6, we_1=OWN))
        assert await ledger.endpoints() == [OWN]

    async def test_leaves_no_secret_behind(self, ledger: SqliteLedger, tmp_path: Path) -> None:
        """Of a deleted endpoint neither headers nor secrets are kept."""
        await ledger.fan_out(a.fan_out(5, 6, we_1=OWN))
        await ledger.record([a.FAILURE])
        await ledger.fan_out(a.fan_out(6, 7, we_1=None))
        with closing(sqlite3.connect(tmp_path / "ledger.sqlite3")) as beside:
            kept = beside.execute("SELECT * FROM endpoints").fetchall()
        assert "sealed" not in str(kept)
        assert await ledger.health(["we_1"]) == {}

"""What follows from an outcome, branch by branch."""

import pytest

from service.domain.values import replace
from service.webhooks.clocks import Now
from service.webhooks.ledger.values import State
from service.webhooks.outcome import Blocked, Delivered, Failed, Kind, Trip
from service.webhooks.settlement import settle
from service.webhooks.work import Work

WORK = Work(event_id="evt_1", endpoint_id="we_1", attempt=1, due_at=900, subscribers=1, body=b"{}")
TRIP = Trip(started_at=1.0, took_ms=500)
ENDED = Now(1500, 0.0)
FAILED = Failed(trip=TRIP, kind=Kind.STATUS, status=500)
SCHEDULE = (0, 5)


def test_delivered() -> None:
    """A 2xx delivers, and nothing follows."""
    settled = settle(WORK, Delivered(trip=TRIP, status=204), ENDED, schedule=SCHEDULE, chance=0)
    assert settled.row.state is State.DELIVERED
    assert settled.following is None
    assert (settled.row.attempt.kind, settled.row.attempt.status) == (Kind.DELIVERED, 204)


def test_blocked() -> None:
    """A refused address ends a delivery at once, and is kept."""
    settled = settle(
        WORK, Blocked(trip=TRIP, address="10.0.0.1"), ENDED, schedule=SCHEDULE, chance=0
    )
    assert settled.row.state is State.BLOCKED
    assert settled.following is None
    assert settled.row.attempt.address == "10.0.0.1"


@pytest.mark.parametrize(("chance", "due_at"), [(0, 6500), (1, 7500), (-1, 5500)])
def test_failed(chance: float, due_at: int) -> None:
    """A failure is tried again after the schedule's wait, counted from its end, and spread."""
    settled = settle(WORK, FAILED, ENDED, schedule=SCHEDULE, chance=chance)
    assert settled.row.state is State.OPEN
    assert (settled.row.next_number, settled.row.due_at) == (2, due_at)
    assert settled.following == replace(WORK, attempt=2, due_at=due_at, body=None)


def test_exhausted() -> None:
    """The last failure of the schedule exhausts the delivery, which keeps its number."""
    settled = settle(replace(WORK, attempt=2), FAILED, ENDED, schedule=SCHEDULE, chance=0)
    assert settled.row.state is State.EXHAUSTED
    assert settled.row.next_number == 2
    assert settled.following is None


def test_pause() -> None:
    """A wish for a pause puts the next attempt off, and is passed on for the endpoint."""
    settled = settle(WORK, replace(FAILED, pause_s=60), ENDED, schedule=SCHEDULE, chance=0)
    assert settled.row.due_at == 61_500
    assert settled.paused_until == 61_500


def test_short_pause() -> None:
    """A pause shorter than the schedule's wait does not hurry the next attempt."""
    settled = settle(WORK, replace(FAILED, pause_s=1), ENDED, schedule=SCHEDULE, chance=0)
    assert settled.row.due_at == 6500
    assert settled.paused_until == 2500

"""What follows from an outcome. Pure: the instant and the chance come as arguments."""

from collections.abc import Sequence

from service.domain.schedule import wait_before, with_pause
from service.domain.values import Value, replace
from service.webhooks.clocks import Now
from service.webhooks.ledger.values import AttemptRow, Settlement, State
from service.webhooks.outcome import Blocked, Delivered, Failed, Kind, Outcome
from service.webhooks.work import Work


class Settled(Value, frozen=True, kw_only=True):
    """
    An outcome and what follows from it.

    The attempt was *over* then. *row* is for the ledger, *following* the next attempt if there
    is to be one, and the endpoint wishes to be left alone until *paused_until* (Unix ms) if it
    said so.
    """

    work: Work
    over: Now
    row: Settlement
    following: Work | None = None
    paused_until: int | None = None

    @property
    def delivered(self) -> bool:
        """Whether the endpoint acknowledged it."""
        return self.row.state is State.DELIVERED


def settle(
    work: Work, outcome: Outcome, now: Now, *, schedule: Sequence[float], chance: float
) -> Settled:
    """
    Decide what becomes of *work*, whose attempt has come to its end *now*.

    *chance*, from -1 to 1, spreads the next attempt.
    """
    match outcome:
        case Delivered():
            return _closed(work, outcome, now, State.DELIVERED)
        case Blocked():
            return _closed(work, outcome, now, State.BLOCKED)
        case Failed():
            return _failed(work, outcome, now, wait_before(schedule, work.attempt + 1, chance))


def _failed(work: Work, outcome: Failed, now: Now, wait_s: float | None) -> Settled:
    paused_until = None if outcome.pause_s is None else now.ms + int(outcome.pause_s * 1000)
    if wait_s is None:
        return replace(_closed(work, outcome, now, State.EXHAUSTED), paused_until=paused_until)
    due_at = now.ms + int(with_pause(wait_s, outcome.pause_s) * 1000)
    following = replace(work, attempt=work.attempt + 1, due_at=due_at, body=None)
    row = Settlement(
        attempt=_attempt_row(work, outcome),
        state=State.OPEN,
        next_number=following.attempt,
        due_at=due_at,
        position=work.position,
    )
    return Settled(work=work, over=now, row=row, following=following, paused_until=paused_until)


def _closed(work: Work, outcome: Outcome, now: Now, state: State) -> Settled:
    row = Settlement(
        attempt=_attempt_row(work, outcome),
        state=state,
        next_number=work.attempt,
        due_at=work.due_at,
        position=work.position,
    )
    return Settled(work=work, over=now, row=row)


def _attempt_row(work: Work, outcome: Outcome) -> AttemptRow:
    trip = outcome.trip
    return AttemptRow(
        event_id=work.event_id,
        endpoint_id=work.endpoint_id,
        origin=work.origin,
        number=work.attempt,
        started_at=int(trip.started_at * 1000),
        took_ms=trip.took_ms,
        dns_ms=trip.dns_ms,
        connect_ms=trip.connect_ms,
        first_byte_ms=trip.first_byte_ms,
        address=outcome.address if isinstance(outcome, Blocked) else trip.address,
        kind=_kind(outcome),
        status=None if isinstance(outcome, Blocked) else outcome.status,
        detail=outcome.detail if isinstance(outcome, Failed) else None,
        excerpt=b"" if isinstance(outcome, Blocked) else outcome.excerpt,
    )


def _kind(outcome: Outcome) -> Kind:
    match outcome:
        case Delivered():
            return Kind.DELIVERED
        case Blocked():
            return Kind.BLOCKED
        case Failed(kind=kind):
            return kind

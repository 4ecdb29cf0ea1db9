"""
How an endpoint fares, folded from its attempts, and when it has failed for too long.

There is one rule for both ways to be disabled. A run of failures begins with the first one
after a success, or after the endpoint was enabled or given another URL; it ends with the next
success. An endpoint whose run goes on for three days, over several events, is *failing*. One
that answers 410 to several events without anything in between is *gone*. One event alone
proves nothing: it may be what the endpoint will not have. Pure; instants are Unix milliseconds.
"""

from typing import Final, NamedTuple

from service.domain.events.endpoint import DisabledReason
from service.domain.values import Value, replace

FAILING_MS: Final = 72 * 3600 * 1000
FAILING_EVENTS: Final = 3
GONE_EVENTS: Final = 2
_GONE: Final = 410


class Tried(NamedTuple):
    """
    What came of one attempt, of the event *event_id*, that began at *at*.

    *outcome* is what the ledger calls it, *status* the receiver's, if it answered. What is
    *unsent* never left us; what is *past* belongs to before the endpoint was tried anew.
    """

    event_id: str
    at: int
    outcome: str
    status: int | None
    acknowledged: bool = False
    unsent: bool = False
    past: bool = False


class Health(Value, frozen=True, kw_only=True):
    """
    What an endpoint's attempts come to. *last_status* is that of the last answer, if any.

    The run of failures goes on since *failing_since*, and is of so many *failures*. *failed*
    are the first events of it, *gone* those that were last answered 410: as many as matter.
    """

    last_success_at: int | None = None
    last_failure_at: int | None = None
    last_outcome: str | None = None
    last_status: int | None = None
    failing_since: int | None = None
    failures: int = 0
    failed: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()


class Fared(NamedTuple):
    """An endpoint's *health*, and how many deliveries to it are open, and parked."""

    health: Health
    open: int
    parked: int


UNTRIED: Final = Fared(Health(), 0, 0)


class Verdict(NamedTuple):
    """That an endpoint is to be disabled: why, and since when (Unix ms) it has heard nothing."""

    reason: DisabledReason
    since: int


def after(health: Health, attempt: Tried) -> Health:
    """
    Return *health* with one *attempt* more.

    A failure of the past is no part of the run. What was too large to be sent is not the
    endpoint's failure.
    """
    if attempt.unsent:
        return health
    seen = replace(health, last_outcome=attempt.outcome, last_status=attempt.status)
    if attempt.acknowledged:
        return replace(
            seen,
            last_success_at=attempt.at,
            failing_since=None,
            failures=0,
            failed=(),
            gone=(),
        )
    seen = replace(seen, last_failure_at=attempt.at)
    return seen if attempt.past else _one_more(seen, attempt)


def verdict(health: Health) -> Verdict | None:
    """Return why an endpoint of this *health* is to be disabled, None if it is not."""
    since, last = health.failing_since, health.last_failure_at
    if since is None or last is None:
        return None
    if len(health.gone) >= GONE_EVENTS:
        return Verdict("gone", since)
    if len(health.failed) >= FAILING_EVENTS and last - since >= FAILING_MS:
        return Verdict("failing", since)
    return None


def _one_more(health: Health, failure: Tried) -> Health:
    began = failure.at if health.failing_since is None else health.failing_since
    is_gone = failure.status == _GONE
    return replace(
        health,
        failing_since=min(began, failure.at),
        failures=health.failures + 1,
        failed=_with(health.failed, failure.event_id, FAILING_EVENTS),
        gone=_with(health.gone, failure.event_id, GONE_EVENTS) if is_gone else (),
    )


def _with(events: tuple[str, ...], event_id: str, most: int) -> tuple[str, ...]:
    return events if event_id in events or len(events) >= most else (*events, event_id)

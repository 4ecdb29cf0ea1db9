"""
How an endpoint fares, folded from its attempts, and when it has failed for too long.

There is one rule for both ways to be disabled. A run of failures begins with the first one
after a success, or after the endpoint was enabled or given another URL; it ends with the next
success. An endpoint whose run goes on for three days, over several events, is *failing*. One
that answers 410 to several events without anything in between is *gone*. One event alone
proves nothing: it may be what the endpoint will not have. Pure; instants are Unix milliseconds.

Time goes on for a run by the failures in it, not by the wall. Between two of them there may
have been a standstill of ours, a machine that slept, or a clock that was ahead, when nothing
was tried; so no gap counts for more than a day. That is the longest that a healthy Seti leaves
an endpoint alone to which something is open: either schedule waits less, however it is spread,
a breaker probes far sooner, and who asks for more by `Retry-After` is given a day. Any shorter
bound would make three days longer for whoever is tried once a day because it asked for that.
The bound is the same in both modes and for any schedule that is set, so that what was counted
once stays true under other settings. Where nothing was open for longer, because nothing
happened, or where a schedule that is set has longer waits, a gap counts for a day as well: it
proves no more than one after which a waiting delivery fails again, and no less, or an endpoint
that is told something once a week would never be found to be failing. Whatever the reason,
three days are never less than four failures.
"""

from typing import Final, NamedTuple

from service.domain.events.endpoint import DisabledReason
from service.domain.schedule import PAUSE_MAX_S
from service.domain.values import Value, replace

FAILING_MS: Final = 72 * 3600 * 1000
GAP_MAX_MS: Final = PAUSE_MAX_S * 1000
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

    The run of failures goes on since *failing_since*, and is of so many *failures*, over
    *failing_ms* that count. *failed* are the first events of it, *gone* those that were last
    answered 410: as many as matter.
    """

    last_success_at: int | None = None
    last_failure_at: int | None = None
    last_outcome: str | None = None
    last_status: int | None = None
    failing_since: int | None = None
    failures: int = 0
    failing_ms: int = 0
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
        return _without_run(replace(seen, last_success_at=attempt.at))
    seen = replace(seen, last_failure_at=_latest(health, attempt.at))
    return seen if attempt.past else _one_more(seen, attempt, _counted(health, attempt.at))


def tried_anew(health: Health, tried_from: int) -> Health:
    """Return *health* without a run from before *tried_from* (Unix seconds): it says no more."""
    if health.failing_since is None or health.failing_since >= tried_from * 1000:
        return health
    return _without_run(health)


def verdict(health: Health) -> Verdict | None:
    """Return why an endpoint of this *health* is to be disabled, None if it is not."""
    since = health.failing_since
    if since is None:
        return None
    if len(health.gone) >= GONE_EVENTS:
        return Verdict("gone", since)
    if len(health.failed) >= FAILING_EVENTS and health.failing_ms >= FAILING_MS:
        return Verdict("failing", since)
    return None


def _without_run(health: Health) -> Health:
    return replace(health, failing_since=None, failures=0, failing_ms=0, failed=(), gone=())


def _latest(health: Health, at: int) -> int:
    """
    Return when the last failure began, now that one is known which began *at* an instant.

    Attempts end in another order than they began. Only a clock that was set back leads back
    by more than the longest gap: then it goes on from there.
    """
    last = health.last_failure_at
    if health.failing_since is None or last is None or at < last - GAP_MAX_MS:
        return at
    return max(last, at)


def _counted(health: Health, at: int) -> int:
    """Return for how much the gap counts that a failure *at* an instant ends."""
    if health.failing_since is None or health.last_failure_at is None:
        return 0
    return min(max(at - health.last_failure_at, 0), GAP_MAX_MS)


def _one_more(health: Health, failure: Tried, counted_ms: int) -> Health:
    began = failure.at if health.failing_since is None else health.failing_since
    is_gone = failure.status == _GONE
    return replace(
        health,
        failing_since=min(began, failure.at),
        failures=health.failures + 1,
        failing_ms=health.failing_ms + counted_ms,
        failed=_with(health.failed, failure.event_id, FAILING_EVENTS),
        gone=_with(health.gone, failure.event_id, GONE_EVENTS) if is_gone else (),
    )


def _with(events: tuple[str, ...], event_id: str, most: int) -> tuple[str, ...]:
    return events if event_id in events or len(events) >= most else (*events, event_id)

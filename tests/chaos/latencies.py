"""How long it took from asking for a card to be saved until a well subscriber heard of it."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tests.chaos.callers import Call
from tests.chaos.faults import Trouble
from tests.chaos.subscribers import Subscriber


class Span(NamedTuple):
    """A stretch of time, in monotonic seconds."""

    since: float
    until: float


class Latencies(NamedTuple):
    """What was measured within a span, in milliseconds."""

    measured: int
    p50_ms: float
    p99_ms: float


def latencies(
    span: Span,
    calls: Iterable[Call],
    well: Sequence[Subscriber],
    troubles: Sequence[Trouble],
) -> Latencies:
    """Return how long what was asked for within *span* took, but for what fell into *troubles*."""
    asked = {
        call.intent: call.sent_at
        for call in calls
        if call.intent and call.tries == 1 and span.since <= call.sent_at <= span.until
    }
    took = []
    for subscriber in well:
        for event_id, copies in subscriber.heard.items():
            since = asked.get(subscriber.object_of[event_id])
            if since is None:
                continue
            heard = copies[0].at
            if not any(trouble.overlaps(since, heard) for trouble in troubles):
                took.append((heard - since) * 1000)
    took.sort()
    return Latencies(len(took), _percentile(took, 50), _percentile(took, 99))


def _percentile(ordered: Sequence[float], percent: int) -> float:
    return ordered[min(len(ordered) * percent // 100, len(ordered) - 1)] if ordered else 0.0

"""
How often an account may call, in each mode: so many calls a second, and no more at once.

Each account has a bucket that holds a second's worth of calls and fills steadily. A bucket
that is full is as good as none, so what is kept is bounded by who called in the last second.
The buckets are this process's own: several of them behind one address let through as many
times more.
"""

from dataclasses import dataclass
from typing import Final

from service import config, metrics
from service.api.problems import AGAIN, Problem
from service.domain.values import Owner

_SECOND_MS: Final = 1000
_MODES: Final = {True: "live", False: "test"}
_HEADERS: Final = AGAIN | {"Retry-After": "1", "Stripe-Rate-Limited-Reason": "global-rate"}


@dataclass(slots=True)
class _Bucket:
    """What is left of a second's worth of calls, as of *at_ms*, in thousandths of one."""

    left: int
    at_ms: int


class RateLimits:
    """The buckets of all accounts. *test* and *live* are the calls a second, 0 for any number."""

    def __init__(self, test: int, live: int) -> None:
        self._per_second = {False: test, True: live}
        self._buckets: dict[Owner, _Bucket] = {}

    def __len__(self) -> int:
        return len(self._buckets)

    def take(self, owner: Owner, at_ms: int) -> None:
        """Count a call of *owner*. Raise `Problem` (429) where it is one too many."""
        rate = self._per_second[owner.livemode]
        if not rate:
            return
        bucket = self._buckets.get(owner) or self._new_bucket(owner, rate, at_ms)
        # The clock may be set back, and a bucket never gives back what it gave.
        gone_ms = max(at_ms - bucket.at_ms, 0)
        bucket.left = min(bucket.left + gone_ms * rate, rate * _SECOND_MS)
        bucket.at_ms = at_ms
        if bucket.left < _SECOND_MS:
            metrics.RATE_LIMITED.labels(_MODES[owner.livemode]).inc()
            raise _too_many(owner, rate)
        bucket.left -= _SECOND_MS

    def _new_bucket(self, owner: Owner, rate: int, at_ms: int) -> _Bucket:
        if len(self._buckets) >= config.BUCKETS_MAX:
            self._forget_full(at_ms)
        bucket = self._buckets[owner] = _Bucket(rate * _SECOND_MS, at_ms)
        return bucket

    def _forget_full(self, at_ms: int) -> None:
        recent = at_ms - _SECOND_MS
        self._buckets = {
            owner: bucket for owner, bucket in self._buckets.items() if bucket.at_ms > recent
        }


def _too_many(owner: Owner, rate: int) -> Problem:
    return Problem(
        429,
        f"The account made more than {rate} calls a second in {_MODES[owner.livemode]} mode. "
        "Try again in a second, and ever more slowly where that does not help.",
        "rate_limit",
        headers=_HEADERS,
    )

"""How often an account may call: its bucket, by a clock that the test moves."""

import pytest

from service import config
from service.api.problems import Problem
from service.api.rate_limits import RateLimits
from service.domain.values import Owner

TEST = Owner("acct_1", livemode=False)
LIVE = Owner("acct_1", livemode=True)
OTHER = Owner("acct_2", livemode=False)
AT_MS = 1_800_000_000_000


def taken(limits: RateLimits, owner: Owner, at_ms: int) -> int:
    """Return how many calls *owner* may make at once."""
    for number in range(1000):
        try:
            limits.take(owner, at_ms)
        except Problem:
            return number
    return 1000


class TestTake:
    def test_lets_a_second_s_worth_through_at_once(self) -> None:
        """A full bucket holds as many calls as a second has."""
        assert taken(RateLimits(25, 0), TEST, AT_MS) == 25

    @pytest.mark.parametrize(
        ("after_ms", "more"), [(0, 0), (39, 0), (40, 1), (500, 12), (1000, 25), (9999, 25)]
    )
    def test_fills_steadily_and_no_further(self, after_ms: int, more: int) -> None:
        """An empty bucket fills with the time that goes by, up to what it holds."""
        limits = RateLimits(25, 0)
        taken(limits, TEST, AT_MS)
        assert taken(limits, TEST, AT_MS + after_ms) == more

    def test_a_steady_caller_is_never_refused(self) -> None:
        """Who keeps to the rate loses nothing to rounding."""
        limits = RateLimits(3, 0)
        taken(limits, TEST, AT_MS)
        for number in range(1, 3000, 3):
            assert taken(limits, TEST, AT_MS + number * 1000) == 3

    def test_keeps_accounts_and_modes_apart(self) -> None:
        """What one account has used up is still there for another, and in its other mode."""
        limits = RateLimits(2, 3)
        assert [taken(limits, owner, AT_MS) for owner in (TEST, OTHER, LIVE)] == [2, 2, 3]

    def test_without_a_limit_keeps_nothing(self) -> None:
        """Where a mode has no limit, any number is let through and nobody is remembered."""
        limits = RateLimits(0, 5)
        assert (taken(limits, TEST, AT_MS), len(limits)) == (1000, 0)

    def test_a_clock_set_back_takes_nothing(self) -> None:
        """Where the clock goes back, the bucket neither fills nor is emptied."""
        limits = RateLimits(5, 0)
        limits.take(TEST, AT_MS)
        assert taken(limits, TEST, AT_MS - 60_000) == 4

    def test_tells_what_to_do(self) -> None:
        """A call too many is 429 with Stripe's code, and says when to come again."""
        limits = RateLimits(1, 0)
        limits.take(TEST, AT_MS)
        with pytest.raises(Problem) as refused:
            limits.take(TEST, AT_MS)
        assert (refused.value.status, refused.value.code) == (429, "rate_limit")
        assert refused.value.error_type == "invalid_request_error"
        assert refused.value.headers["Retry-After"] == "1"
        assert refused.value.headers["Stripe-Should-Retry"] == "true"

    def test_forgets_full_buckets(self) -> None:
        """However many accounts come by, those that were quiet for a second are forgotten."""
        limits = RateLimits(1, 0)
        for number in range(2 * config.BUCKETS_MAX):
            limits.take(Owner(f"acct_{number}", livemode=False), AT_MS + number)
        assert len(limits) <= config.BUCKETS_MAX

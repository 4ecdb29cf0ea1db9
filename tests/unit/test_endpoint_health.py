"""How an endpoint fares by its attempts, and when that is too bad for too long."""

from functools import reduce
from typing import Final

import pytest

from service.domain.endpoint_health import FAILING_MS, Health, Tried, Verdict, after, verdict

HOUR: Final = 3_600_000
START: Final = 1_790_000_000_000
LONG: Final = 72 * HOUR


def failure(
    event: str, after_ms: int = 0, status: int | None = 500, *, past: bool = False
) -> Tried:
    outcome = "timeout" if status is None else "status"
    return Tried(event, START + after_ms, outcome, status, past=past)


def success(after_ms: int = 0) -> Tried:
    return Tried("s", START + after_ms, "delivered", 200, acknowledged=True)


def health_of(*attempts: Tried) -> Health:
    return reduce(after, attempts, Health())


GONE: Final = [
    ([("a", 410), ("b", 410)], True),
    ([("a", 500), ("a", 410), ("b", 410)], True),
    ([("a", 410), ("a", 410), ("b", 410)], True),
    ([("a", 410), ("b", 410), ("c", 410)], True),
    ([("a", 410)], False),
    ([("a", 410), ("a", 410)], False),
    ([("a", 410), ("b", 500), ("c", 410)], False),
    ([("a", 410), ("b", 500)], False),
    ([("a", 410), ("b", None), ("c", 410)], False),
    ([("a", 410), ("b", 200), ("c", 410)], False),
    ([("a", 410), ("b", 410), ("c", 500)], False),
]


@pytest.mark.parametrize(("answers", "expected"), GONE)
def test_gone(answers: list[tuple[str, int | None]], *, expected: bool) -> None:
    """Two consecutive 410, to distinct events, say that the endpoint is gone."""
    attempts = [
        success() if status == 200 else failure(event, status=status) for event, status in answers
    ]
    assert (verdict(health_of(*attempts)) == Verdict("gone", START)) is expected


class TestFailing:
    def test_for_three_days_over_three_events(self) -> None:
        """An endpoint that acknowledges nothing for 72 hours, of three events, is failing."""
        run = [failure("a"), failure("b", HOUR), failure("c", LONG, status=None)]
        assert verdict(health_of(*run)) == Verdict("failing", START)
        assert FAILING_MS == LONG

    @pytest.mark.parametrize(
        "run",
        [
            (failure("a"), failure("b", HOUR), failure("c", LONG - 1)),
            (failure("a"), failure("b", HOUR), failure("a", LONG), failure("b", LONG + 1)),
            (failure("a"), success(HOUR), failure("b", HOUR + 1), failure("c", LONG)),
            (failure("a"), failure("b", HOUR), failure("c", LONG), success(LONG + 1)),
        ],
        ids=["too short", "too few events", "a success between", "a success at last"],
    )
    def test_not_yet(self, run: tuple[Tried, ...]) -> None:
        """Less than that is no reason."""
        assert verdict(health_of(*run)) is None

    def test_begins_anew_where_it_is_tried_anew(self) -> None:
        """Failures from before an enabling count no longer, however late they are known."""
        run = [failure("a", past=True), failure("b", HOUR), failure("c", LONG)]
        health = health_of(*run)
        assert (health.failing_since, health.failures) == (START + HOUR, 2)
        assert verdict(health) is None

    def test_does_not_count_what_was_not_sent(self) -> None:
        """A body that is too large for any endpoint says nothing of this one."""
        too_large = Tried("b", START + HOUR, "oversized", None, unsent=True)
        assert health_of(failure("a"), too_large) == health_of(failure("a"))

    def test_begins_with_the_earliest(self) -> None:
        """Attempts that end in another order than they began are one run from its beginning."""
        assert health_of(failure("a", HOUR), failure("b")).failing_since == START


class TestHealth:
    def test_tells_of_the_last_attempts(self) -> None:
        """The last success, the last failure and the last answer are known."""
        health = health_of(success(), failure("a", 5), failure("b", 9, status=None))
        assert health.last_success_at == START
        assert (health.last_failure_at, health.last_outcome, health.last_status) == (
            START + 9,
            "timeout",
            None,
        )
        assert (health.failing_since, health.failures) == (START + 5, 2)

    def test_is_good_after_a_success(self) -> None:
        """A success ends a run."""
        health = health_of(failure("a"), failure("b"), success(9))
        assert (health.failing_since, health.failures, health.failed) == (None, 0, ())
        assert health.last_failure_at == START

    def test_remembers_no_more_events_than_matter(self) -> None:
        """However long a run is, it is as small as this."""
        health = health_of(*(failure(str(i), i, status=410) for i in range(100)))
        assert (health.failures, health.failed, health.gone) == (100, ("0", "1", "2"), ("0", "1"))

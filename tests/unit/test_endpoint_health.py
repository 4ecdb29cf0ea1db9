"""How an endpoint fares by its attempts, and when that is too bad for too long."""

from functools import reduce
from itertools import accumulate, pairwise
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.endpoint_health import (
    FAILING_MS,
    GAP_MAX_MS,
    Health,
    Tried,
    Verdict,
    after,
    tried_anew,
    verdict,
)
from service.domain.schedule import LIVE, PAUSE_MAX_S, SPREAD, TEST, with_pause

HOUR: Final = 3_600_000
START: Final = 1_790_000_000_000
DAY: Final = 24 * HOUR
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


def run_of(*instants: int) -> Health:
    """Return what failures at these *instants*, of an event each, come to."""
    return health_of(*(failure(str(number), at) for number, at in enumerate(instants)))


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
        run = [failure("a"), failure("b", DAY), failure("b", 2 * DAY)]
        run += [failure("c", LONG, status=None)]
        assert verdict(health_of(*run)) == Verdict("failing", START)
        assert (FAILING_MS, GAP_MAX_MS) == (LONG, DAY)

    @pytest.mark.parametrize(
        "run",
        [
            (failure("a"), failure("b", DAY), failure("c", 2 * DAY), failure("d", LONG - 1)),
            (failure("a"), failure("b", DAY), failure("a", 2 * DAY), failure("b", LONG)),
            (failure("a"), success(1), *(failure(f"{day}", day * DAY) for day in (1, 2, 3))),
            (*(failure(f"{day}", day * DAY) for day in (0, 1, 2, 3)), success(LONG + 1)),
        ],
        ids=["too short", "too few events", "a success between", "a success at last"],
    )
    def test_not_yet(self, run: tuple[Tried, ...]) -> None:
        """Less than that is no reason."""
        assert verdict(health_of(*run)) is None

    def test_begins_anew_where_it_is_tried_anew(self) -> None:
        """Failures from before an enabling count no longer, however late they are known."""
        before = [failure("a", past=True), failure("b", DAY, past=True)]
        health = health_of(*before, failure("c", DAY + HOUR), failure("d", 2 * DAY))
        assert (health.failing_since, health.failures) == (START + DAY + HOUR, 2)
        assert health.failing_ms == DAY - HOUR

    def test_does_not_count_what_was_not_sent(self) -> None:
        """A body that is too large for any endpoint says nothing of this one."""
        too_large = Tried("b", START + HOUR, "oversized", None, unsent=True)
        assert health_of(failure("a"), too_large) == health_of(failure("a"))

    def test_begins_with_the_earliest(self) -> None:
        """Attempts that end in another order than they began are one run from its beginning."""
        assert health_of(failure("a", HOUR), failure("b")).failing_since == START


gaps = st.lists(st.integers(0, DAY), min_size=1, max_size=20)
anything = st.lists(st.integers(-1000 * HOUR, 1000 * HOUR), min_size=1, max_size=20)


class TestTimeThatCounts:
    """For how long a run of failures goes on, where nothing may have been tried for a while."""

    def test_is_no_standstill(self) -> None:
        """A few failures, and one more after Seti was down for days, are no three days."""
        health = run_of(0, 5_000, 35_000, 100 * HOUR)
        assert health.failing_ms == 35_000 + DAY
        assert (health.failing_since, health.last_failure_at) == (START, START + 100 * HOUR)
        assert verdict(health) is None

    def test_goes_on_after_a_standstill(self) -> None:
        """An endpoint that fails on afterwards is failing once three days are full."""
        before = (0, HOUR, 100 * HOUR)
        on = [100 * HOUR + hours * HOUR for hours in (12, 24, 36, 47)]
        assert verdict(run_of(*before, *on[:3])) is None
        assert verdict(run_of(*before, *on)) == Verdict("failing", START)

    def test_is_no_clock_that_was_ahead(self) -> None:
        """Failures by a clock that was ahead by a year, and was set right, count from there on."""
        ahead = 365 * DAY
        health = run_of(0, ahead, ahead + 1, HOUR, 2 * HOUR)
        assert health.failing_ms == DAY + 1 + HOUR
        assert health.last_failure_at == START + 2 * HOUR

    def test_is_no_clock_of_the_run_before(self) -> None:
        """What began by a clock that was ahead, and ended, holds up nothing of the next run."""
        ended = (failure("a", 10 * HOUR), success(10 * HOUR + 1))
        assert health_of(*ended, failure("b"), failure("c", HOUR)).failing_ms == HOUR

    @pytest.mark.parametrize("schedule", [LIVE, TEST], ids=["live", "test"])
    def test_is_all_of_it_where_seti_goes_on(self, schedule: tuple[float, ...]) -> None:
        """No wait of a schedule, spread or asked for by the receiver, is longer than counts."""
        longest_s = max(with_pause(wait * (1 + SPREAD), PAUSE_MAX_S) for wait in schedule)
        assert longest_s * 1000 <= GAP_MAX_MS

    def test_is_a_day_for_a_week_without_events(self) -> None:
        """An endpoint that is told something once a week is failing with the fourth."""
        weekly = [0, 7 * DAY, 14 * DAY, 21 * DAY]
        assert verdict(run_of(*weekly[:3])) is None
        assert verdict(run_of(*weekly)) == Verdict("failing", START)

    @given(gaps)
    def test_is_that_of_the_wall_without_longer_gaps(self, waits: list[int]) -> None:
        """Where no gap is longer than a day, all the time since the first failure counts."""
        instants = [0, *accumulate(waits)]
        assert run_of(*instants).failing_ms == instants[-1]

    @given(gaps, st.data())
    def test_is_as_much_in_any_order(self, waits: list[int], data: st.DataObject) -> None:
        """Attempts of a day that end in another order than they began count for no more."""
        began = [0, *(at * DAY // sum([*waits, 1]) for at in accumulate(waits))]
        ended = data.draw(st.permutations(began))
        assert run_of(*ended).failing_ms <= began[-1]

    @given(gaps, st.integers(0, 1000 * HOUR), st.data())
    def test_grows_by_a_day_at_most(self, waits: list[int], idle: int, data: st.DataObject) -> None:
        """However long a standstill is, and wherever: it adds no more than a day to a run."""
        held = data.draw(st.integers(0, len(waits) - 1))
        later = [*waits[:held], waits[held] + idle, *waits[held + 1 :]]
        without, with_it = (run_of(0, *accumulate(each)).failing_ms for each in (waits, later))
        assert without <= with_it <= without + GAP_MAX_MS

    @given(anything)
    def test_is_bounded_for_any_clock(self, instants: list[int]) -> None:
        """Whatever a clock does, a failure adds no more than a day, and takes nothing away."""
        counted = [run_of(*instants[:number]).failing_ms for number in range(len(instants) + 1)]
        added = [more - less for less, more in pairwise(counted)]
        assert all(0 <= one <= GAP_MAX_MS for one in added)
        assert counted[1] == 0


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
        health = health_of(failure("a"), failure("b", 5), success(9))
        assert (health.failing_since, health.failures, health.failed) == (None, 0, ())
        assert health.failing_ms == 0
        assert health.last_failure_at == START + 5

    def test_tells_of_no_run_from_before_it_is_tried_anew(self) -> None:
        """What failed before the endpoint was enabled says nothing any more; what follows does."""
        failed = health_of(failure("1"), failure("2", 1))
        anew = tried_anew(failed, START // 1000 + 1)
        assert (anew.failures, anew.failing_since, anew.failed) == (0, None, ())
        assert anew.last_failure_at == failed.last_failure_at
        assert tried_anew(failed, START // 1000) == failed

    def test_remembers_no_more_events_than_matter(self) -> None:
        """However long a run is, it is as small as this."""
        health = health_of(*(failure(str(i), i, status=410) for i in range(100)))
        assert (health.failures, health.failed, health.gone) == (100, ("0", "1", "2"), ("0", "1"))

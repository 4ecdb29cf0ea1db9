"""How an endpoint's window and breaker move."""

from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service import config
from service.webhooks.condition import (
    Condition,
    Effect,
    Probing,
    Standing,
    effect_of,
    probing_within,
    recalled,
)
from service.webhooks.outcome import Kind

PROBING: Final = Probing()
FAILURES: Final = (Effect.REFUSING, Effect.OVERBURDENED)


def after(condition: Condition, *effects: Effect, now: float = 100.0) -> Condition:
    """Return *condition* after attempts that began and ended at *now*."""
    for effect in effects:
        condition = condition.after(effect, now, now, PROBING)
    return condition


def broken(now: float = 100.0) -> Condition:
    return after(Condition(), *[Effect.REFUSING] * config.BREAKER_FAILURES, now=now)


class TestWindow:
    def test_begins_small_and_grows(self) -> None:
        """It starts at four, and each success adds one."""
        assert Condition().window == 4
        assert after(Condition(), Effect.WELL, Effect.WELL).window == 6

    def test_grows_no_further(self) -> None:
        """It never grows past its most, and a condition that stays is the same object."""
        full = after(Condition(), *[Effect.WELL] * 100)
        assert full.window == 32
        assert after(full, Effect.WELL) is full

    def test_is_halved(self) -> None:
        """Whoever has too much to do is given half as much, and never less than one."""
        condition = Condition(window=8)
        assert after(condition, Effect.OVERBURDENED).window == 4
        assert after(condition, *[Effect.OVERBURDENED] * 4).window == 1

    def test_stays_where_events_are_refused(self) -> None:
        """An endpoint that will not have an event is not overburdened."""
        assert after(Condition(window=8), Effect.REFUSING).window == 8

    @pytest.mark.parametrize(
        ("kind", "status", "effect"),
        [
            (Kind.DELIVERED, 200, Effect.WELL),
            (Kind.TIMEOUT, None, Effect.OVERBURDENED),
            (Kind.CONNECT, None, Effect.OVERBURDENED),
            (Kind.STATUS, 500, Effect.OVERBURDENED),
            (Kind.STATUS, 429, Effect.OVERBURDENED),
            (Kind.STATUS, 404, Effect.REFUSING),
            (Kind.REDIRECT, 302, Effect.REFUSING),
            (Kind.TLS, None, Effect.REFUSING),
            (Kind.BLOCKED, None, Effect.NOTHING),
            (Kind.OVERSIZED, None, Effect.NOTHING),
        ],
    )
    def test_what_an_outcome_shows(self, kind: Kind, status: int | None, effect: Effect) -> None:
        """Silence, a 5xx and a 429 show too much to do; other refusals show only themselves."""
        assert effect_of(kind, status) is effect


class TestBreaker:
    def test_opens_after_five_failures_in_a_row(self) -> None:
        """Four failures leave it closed, a success in between counts from zero again."""
        four = [Effect.REFUSING] * 4
        assert not after(Condition(), *four, Effect.WELL, *four).is_broken
        assert after(Condition(), *four, Effect.REFUSING).is_broken

    def test_probes_ever_more_rarely(self) -> None:
        """The first probe is after ten seconds; each that fails doubles that, to ten minutes."""
        condition, waits = broken(), []
        for _ in range(8):
            now = condition.probe_at or 0.0
            condition = after(condition, Effect.OVERBURDENED, now=now)
            waits.append((condition.probe_at or 0.0) - now)
        assert broken(now=100.0).probe_at == 110.0
        assert waits == [20, 40, 80, 160, 320, 600, 600, 600]

    def test_what_was_under_way_is_no_probe(self) -> None:
        """Failures of attempts from before it opened do not put the probe off."""
        condition = broken(now=100.0)
        late = condition.after(Effect.OVERBURDENED, 95.0, 112.0, PROBING)
        assert (late.probe_at, late.probes) == (condition.probe_at, 0)

    def test_closes_at_a_success(self) -> None:
        """One success closes it, and the backlog is drained at a ramp from the smallest window."""
        assert after(broken(), Effect.WELL) == Condition(window=2, proven=True)

    def test_is_taken_up_after_a_restart(self) -> None:
        """Whoever was failing is probed at once; whoever has succeeded is proven."""
        assert recalled(0, 5.0, has_succeeded=False) == Condition()
        assert recalled(0, 5.0, has_succeeded=True) == Condition(proven=True)
        assert recalled(2, 5.0, has_succeeded=True) == Condition(window=1, failures=2)
        assert recalled(7, 5.0, has_succeeded=True).probe_at == 5.0

    def test_waits_no_longer_than_the_schedule(self) -> None:
        """Where retries are quick, so are probes."""
        assert probing_within((0, 5, 3600)) == Probing(10, 600)
        assert probing_within((0, 0.5)) == Probing(0.5, 0.5)


@given(st.lists(st.tuples(st.sampled_from(Effect), st.floats(0, 700)), max_size=60))
def test_whatever_happens(steps: list[tuple[Effect, float]]) -> None:
    """The window keeps its bounds, and the breaker is open just when failures have piled up."""
    condition, now, failures = Condition(), 0.0, 0
    for effect, passed in steps:
        now += passed
        condition = condition.after(effect, now, now, PROBING)
        failures = 0 if effect is Effect.WELL else failures + (effect in FAILURES)
        assert 1 <= condition.window <= config.ATTEMPTS_PER_ENDPOINT_MAX
        assert condition.failures == failures
        assert condition.is_broken == (failures >= config.BREAKER_FAILURES)
        assert (condition.standing is Standing.SICK) == bool(failures)
        if condition.probe_at is not None:
            assert condition.probe_at <= now + PROBING.longest_s

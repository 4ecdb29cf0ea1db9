"""
How an endpoint is doing, and how many attempts it may therefore have under way. Pure: instants
come as arguments, in seconds of a clock that only runs forward.

Two mechanisms meet here. The *window* grows with each success and is halved when the receiver
shows that it has too much to do. The *breaker* opens after so many failures without a success
in between: then one attempt at a time, a probe, goes through now and then, ever more rarely,
until one succeeds. The window is at its smallest by then, so that an endpoint which comes back
is given its backlog at a ramp.

None of this is written down. After a restart it is told from how the endpoint fared, which the
ledger has: whoever was failing begins with a single probe, at once, and the others with the
window of an endpoint that is new.
"""

from collections.abc import Sequence
from enum import Enum, StrEnum
from typing import Final, Self

from service import config
from service.domain.values import Value, replace
from service.webhooks.outcome import Kind

_TOO_MANY_REQUESTS: Final = 429
_SERVER_ERROR: Final = 500
# Doubling more often than this is past any longest wait.
_DOUBLINGS_MAX: Final = 32


class Effect(Enum):
    """What an attempt shows of its endpoint."""

    WELL = "well"
    REFUSING = "refusing"
    OVERBURDENED = "overburdened"
    NOTHING = "nothing"


class Standing(StrEnum):
    """Which share of all attempts an endpoint's are counted against."""

    PROVEN = "proven"
    UNPROVEN = "unproven"
    SICK = "sick"


_OVERBURDENED: Final = frozenset({Kind.TIMEOUT, Kind.CONNECT_TIMEOUT, Kind.CONNECT, Kind.RESET})
# Nothing was sent, for a reason that is ours or final.
_NOTHING: Final = frozenset({Kind.BLOCKED, Kind.OVERSIZED})


def effect_of(kind: Kind, status: int | None) -> Effect:
    """Return what an attempt that came to *kind*, and was answered *status*, shows."""
    if kind is Kind.DELIVERED:
        return Effect.WELL
    if kind in _NOTHING:
        return Effect.NOTHING
    too_much = status is not None and (status >= _SERVER_ERROR or status == _TOO_MANY_REQUESTS)
    return Effect.OVERBURDENED if too_much or kind in _OVERBURDENED else Effect.REFUSING


class Probing(Value, frozen=True):
    """How long an open breaker waits before a probe: *first_s*, doubling up to *longest_s*."""

    first_s: float = config.PROBE_FIRST_S
    longest_s: float = config.PROBE_LONGEST_S

    def wait_s(self, failed: int) -> float:
        """Return the wait before the next probe, after so many that *failed*."""
        return min(self.longest_s, self.first_s * 2.0 ** min(failed, _DOUBLINGS_MAX))


def probing_within(schedule: Sequence[float]) -> Probing:
    """Return how to probe an endpoint whose deliveries are tried by *schedule*: no more rarely."""
    longest = max(schedule)
    return Probing(min(config.PROBE_FIRST_S, longest), min(config.PROBE_LONGEST_S, longest))


class Condition(Value, frozen=True):
    """
    An endpoint's window and breaker.

    *failures* are those without a success since. The breaker is open where *probe_at* is an
    instant, and *probes* is how many have failed since it opened.
    """

    window: int = config.WINDOW_FIRST
    proven: bool = False
    failures: int = 0
    probes: int = 0
    probe_at: float | None = None

    @property
    def standing(self) -> Standing:
        if self.failures:
            return Standing.SICK
        return Standing.PROVEN if self.proven else Standing.UNPROVEN

    @property
    def is_broken(self) -> bool:
        """Whether the breaker is open: one at a time, from *probe_at* on."""
        return self.probe_at is not None

    def after(self, effect: Effect, began: float, now: float, probing: Probing) -> Self:
        """Return what an attempt that *began* then and is over *now* makes of it."""
        match effect:
            case Effect.NOTHING:
                return self
            case Effect.WELL:
                return self._succeeded()
            case Effect.REFUSING:
                return self._failed(self.window, began, now, probing)
            case Effect.OVERBURDENED:
                return self._failed(max(self.window // 2, 1), began, now, probing)

    def _succeeded(self) -> Self:
        window = min(self.window + 1, config.ATTEMPTS_PER_ENDPOINT_MAX)
        if self.proven and window == self.window:
            return self
        return type(self)(window=window, proven=True)

    def _failed(self, window: int, began: float, now: float, probing: Probing) -> Self:
        failures = self.failures + 1
        failed = replace(self, window=window, proven=False, failures=failures)
        if self.probe_at is None:
            if failures < config.BREAKER_FAILURES:
                return failed
            return replace(failed, window=1, probes=0, probe_at=now + probing.wait_s(0))
        if began < self.probe_at:
            # It was under way when the breaker opened, and is no probe.
            return failed
        probes = self.probes + 1
        return replace(failed, probes=probes, probe_at=now + probing.wait_s(probes))


def recalled(failures: int, now: float, *, has_succeeded: bool) -> Condition:
    """Return the condition of an endpoint that has failed so often since it last succeeded."""
    if not failures:
        return Condition(proven=has_succeeded)
    is_open = failures >= config.BREAKER_FAILURES
    return Condition(window=1, failures=failures, probe_at=now if is_open else None)

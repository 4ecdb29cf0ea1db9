"""
What time it is for deliveries.

What is written down for later goes by the wall clock, but not by its jumps: somebody who sets
it by hours would have every retry in the ledger come at once, or not for hours. So `Steady`
follows it like a ship's clock is set: running at most twice as fast, or half as fast, until
the two agree. Where it was set back between two starts, the ledger moves what is due (see
`Ledger.begin`). What is told to others, like the instant of a signature, is the wall clock's.
"""

from collections.abc import Callable
from typing import NamedTuple

Clock = Callable[[], float]


class Now(NamedTuple):
    """
    An instant for deciding what goes: *ms* is what is due by (Unix, steady), and *tick*, in
    seconds of a clock that nobody sets, is what windows, breakers and pauses go by.
    """

    ms: int
    tick: float


class Steady:
    """Unix seconds that neither jump nor stand still, whatever *wall* does."""

    def __init__(self, wall: Clock, monotonic: Clock) -> None:
        self._wall = wall
        self._monotonic = monotonic
        self._told, self._at = wall(), monotonic()

    def __call__(self) -> float:
        at = self._monotonic()
        passed = at - self._at
        behind = self._wall() - (self._told + passed)
        self._told += passed + min(max(behind, -passed / 2), passed)
        self._at = at
        return self._told

    def now(self) -> Now:
        """Return this instant, its ticks being those of *monotonic*."""
        told = self()
        return Now(int(told * 1000), self._at)

"""
How long a run is, what is broken in it, and in which order: all of it from one seed.

Every fault comes before any comes again, so that the short run has seen each of them.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """
    What a run is made of, in seconds.

    First all is well for *calm_s* without the sick subscribers, then for as long with them,
    then things are broken for *trouble_s* at least, and until *cards* were saved, with pauses
    of *between_s* in between. *per_s* is how many cards are saved in a second. A process is
    stopped for *stop_s*, the databases are locked for *lock_s*, and the disk is full for
    *full_s*. Where it is *timed*, how soon the well subscribers hear is part of the verdict.
    """

    calm_s: float
    trouble_s: float
    cards: int
    between_s: tuple[float, float]
    per_s: float
    stop_s: float
    lock_s: float
    full_s: float
    timed: bool


FULL: Final = Plan(
    calm_s=75,
    trouble_s=420,
    cards=1000,
    between_s=(6, 15),
    per_s=10,
    stop_s=60,
    lock_s=5,
    full_s=10,
    timed=True,
)
SHORT: Final = Plan(
    calm_s=3,
    trouble_s=0,
    cards=1000,
    between_s=(0.2, 0.6),
    per_s=20,
    stop_s=2,
    lock_s=2,
    full_s=1.5,
    timed=False,
)


def schedule(names: Sequence[str], chance: random.Random) -> Iterator[str]:
    """Give what is to be broken next, for ever: all of *names* in turn, in a new order each."""
    while True:
        order = list(names)
        chance.shuffle(order)
        yield from order

"""
What is personal in the log and can no longer be shown, though nothing tells that it was forgotten.

The seeds that open it stand beside the log, under no seal, since they have to be destroyed to
forget. Each forgetting is an event of its stream, though; so a seed that is gone without one was
destroyed by hand. One that was replaced opens nothing: its event cannot be read, and the error
names it. Nothing can be made to read otherwise than it was written.
"""

from collections.abc import Iterator, Sequence
from typing import Protocol

from service.store.seals.chain import RawRow
from service.store.seals.findings import Kind, Verified
from service.store.states import HIDDEN_FIRST


class Seeds(Protocol):
    """What is kept beside the rows of a log."""

    def seeded(self, first: int, last: int) -> set[int]:
        """Return the positions from *first* to *last* whose seeds are there."""
        ...

    def forgotten_at(self, stream: str) -> int:
        """Return the last position at which *stream* was forgotten, 0 if it never was."""
        ...


class Losses:
    """Looks through rows as they come by for what was lost without a word."""

    def __init__(self, seeds: Seeds) -> None:
        self._seeds = seeds
        self._first = self._last = self._count = 0

    def look(self, rows: Sequence[RawRow]) -> None:
        """Look at the next *rows*."""
        hidden = [
            (row[0], row[1])
            for row in rows
            if isinstance(row[4], bytes) and row[4].startswith(HIDDEN_FIRST)
        ]
        if hidden:
            for position in self._lost(hidden):
                self._first = self._first or position
                self._last = position
                self._count += 1

    def _lost(self, hidden: Sequence[tuple[int, str]]) -> Iterator[int]:
        seeded = self._seeds.seeded(hidden[0][0], hidden[-1][0])
        gone = [(position, stream) for position, stream in hidden if position not in seeded]
        # A forgetting is committed with what it destroys, so it is there by now.
        told = {stream: self._seeds.forgotten_at(stream) for _, stream in gone}
        return (position for position, stream in gone if position > told[stream])

    def tell(self, verified: Verified) -> None:
        """Tell what was found, once all rows have come by."""
        if not self._count:
            return
        says = (
            f"what is personal at position {self._first}, and at {self._count - 1} more, cannot "
            "be shown any more, and the log does not tell that it was forgotten"
        )
        verified.found(Kind.LOST, (self._first, self._last), says)

"""
What is due when, of one lane: the part of an endpoint's queue that is held in memory.

However long the queue, only so much of it is here. An agenda knows its own edge: every open
delivery before the *horizon* is here, those from there on may be only in the ledger, and are
read when there is room. A delivery stays known from the moment it is taken until its outcome
is durable, so reading the ledger in between cannot bring it in twice.
"""

import heapq
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from service.webhooks.ledger.values import START, Due, DuePlace
from service.webhooks.work import Key, Work, work_of

# Every lane may hold so many, even where all the others have taken all the room there is.
FLOOR: Final = 16
# And is filled up from the ledger to so many that wait, when it has come down to half of them.
READ_MAX: Final = 500


@dataclass(slots=True)
class Room:
    """For how many deliveries there is room in memory, in all agendas together."""

    total: int
    taken: int = 0

    def limit(self, most: int) -> int:
        """Return how many one agenda may hold now, if *most* are enough for it."""
        return most if self.taken < self.total else min(FLOOR, most)


class Agenda:
    """
    Holds open deliveries in *room*.

    A newcomer is never turned away while others that are due later wait here: they go.
    """

    def __init__(self, room: Room) -> None:
        self._room = room
        self._heap: list[tuple[DuePlace, Work]] = []
        self._known: set[Key] = set()
        # None: there is nothing in the ledger that is not here.
        self._horizon: DuePlace | None = START
        # While the ledger is being read: what was settled, and how far the horizon fell.
        self._settled: set[Key] | None = None
        self._fallen: DuePlace | None = None

    def __len__(self) -> int:
        return len(self._known)

    @property
    def first(self) -> Work | None:
        """What goes first of what waits here."""
        return self._heap[0][1] if self._heap else None

    @property
    def next_due_at(self) -> int | None:
        """When the first delivery here is due, in Unix milliseconds; None if none waits."""
        return self._heap[0][0].due_at if self._heap else None

    @property
    def is_over(self) -> bool:
        """Whether nothing waits, here or in the ledger."""
        return self._horizon is None and not self._heap

    def wants(self, most: int = READ_MAX) -> tuple[DuePlace, int] | None:
        """Return from where, and how many rows, the ledger should be read; None if not now."""
        if self._horizon is None or self._settled is not None:
            return None
        # What is under way, or waits to be written down, is no reason to read nothing: it may
        # be much where the disk is slow, and nothing would be left to go meanwhile.
        waiting, limit = len(self._heap), self._room.limit(most)
        if waiting > limit // 2:
            return None
        return self._horizon, limit - waiting + 1

    def take(self, now_ms: int) -> Work | None:
        """Return the first delivery that is due, which stays known until `settle`."""
        if not self._heap or self._heap[0][0].due_at > now_ms:
            return None
        return heapq.heappop(self._heap)[1]

    def put_back(self, work: Work, until_ms: int) -> None:
        """Hold *work*, which was taken and cannot be attempted now, until then."""
        heapq.heappush(self._heap, (work.place._replace(due_at=until_ms), work))

    def offer(self, work: Work) -> None:
        """Hold *work*, which is new and in the ledger as open, if it is its time."""
        key = work.key
        if key in self._known:
            return
        if len(self._known) >= self._limit:
            self.leave(len(self._heap) // 2)
        # Where older ones are left in the ledger, they go first. Before it was read, that is
        # not known, and newcomers bring their bodies along.
        is_later = self._horizon != START and self._is_beyond(work.place)
        if len(self._known) >= (FLOOR if is_later else self._limit):
            self._lower(work.place)
        else:
            self._hold(key, work)

    def settle(self, work: Work, following: Work | None = None) -> None:
        """Forget *work*, whose outcome is in the ledger, and hold what follows from it."""
        key = work.key
        self._forget((key,))
        if self._settled is not None:
            self._settled.add(key)
        # What lies beyond the horizon is not held, though there were room: that is for what
        # the ledger has to be done before.
        if following is not None and not self._is_beyond(following.place):
            self.offer(following)
        elif following is not None and self._settled is not None:
            self._lower(following.place)

    def leave(self, keep: int = 0) -> None:
        """Leave to the ledger what waits here, but for the first *keep*."""
        self._heap.sort()
        left = self._heap[keep:]
        if left:
            del self._heap[keep:]
            self._forget([work.key for _, work in left])
            self._lower(min(work.place for _, work in left))

    def doubt(self) -> None:
        """
        Believe no longer that all before the horizon is here, nor that what waits here is as
        the ledger has it.
        """
        self.leave()
        self._lower(START)

    def begin_reading(self) -> None:
        """Say that the ledger is being read, as `wants` asked for."""
        self._settled = set()
        self._fallen = None

    def end_reading(self, rows: Sequence[Due] | None, limit: int) -> None:
        """Take in *rows*, which were at most *limit*; None if the ledger could not be read."""
        settled, self._settled = self._settled or set(), None
        if rows is None:
            return
        whole = len(rows) < limit
        for due in rows if whole else rows[:-1]:
            work = work_of(due)
            key = work.key
            if key not in self._known and key not in settled:
                self._hold(key, work)
        self._horizon = None if whole else work_of(rows[-1]).place
        if self._fallen is not None:
            self._lower(self._fallen)

    @property
    def _limit(self) -> int:
        return self._room.limit(self._room.total)

    def _is_beyond(self, place: DuePlace) -> bool:
        return self._horizon is not None and place >= self._horizon

    def _hold(self, key: Key, work: Work) -> None:
        self._known.add(key)
        self._room.taken += 1
        heapq.heappush(self._heap, (work.place, work))

    def _forget(self, keys: Sequence[Key]) -> None:
        before = len(self._known)
        self._known.difference_update(keys)
        self._room.taken -= before - len(self._known)

    def _lower(self, place: DuePlace) -> None:
        if self._horizon is None or place < self._horizon:
            self._horizon = place
        if self._settled is not None and (self._fallen is None or place < self._fallen):
            self._fallen = place

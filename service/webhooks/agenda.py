"""
What is due when: the part of the ledger's queue that is held in memory.

However long the queue, only so much of it is here. The agenda knows its own edge: every open
delivery before the *horizon* is here, those from there on may be only in the ledger, and are
read when there is room. A delivery stays known from the moment it is taken until its outcome
is durable, so reading the ledger in between cannot bring it in twice.
"""

import heapq
from collections import defaultdict, deque
from collections.abc import Sequence
from typing import Final

from service.webhooks.ledger.values import START, Due, DuePlace
from service.webhooks.work import Key, Work, work_of

# Refilled when it has come down to the one part of its room, up to the other: what is left
# is for newcomers, so that a long queue is not read again for each of them.
_LOW: Final = 0.5
_HIGH: Final = 0.75


class Agenda:
    """
    Holds at most *room* open deliveries.

    A newcomer is never turned away while others that are due later wait here: they go.
    """

    def __init__(self, room: int) -> None:
        self._room = room
        self._heap: list[tuple[DuePlace, Work]] = []
        self._known: set[Key] = set()
        self._aside: defaultdict[str, deque[Work]] = defaultdict(deque)
        # None: there is nothing in the ledger that is not here.
        self._horizon: DuePlace | None = START
        # While the ledger is being read: what was settled, and how far the horizon fell.
        self._settled: set[Key] | None = None
        self._fallen: DuePlace | None = None

    def __len__(self) -> int:
        return len(self._known)

    @property
    def next_due_at(self) -> int | None:
        """When the first delivery here is due, in Unix milliseconds; None if none waits."""
        return self._heap[0][0].due_at if self._heap else None

    @property
    def wants(self) -> tuple[DuePlace, int] | None:
        """From where, and how many rows, the ledger should be read now; None if not at all."""
        if self._horizon is None or self._settled is not None:
            return None
        if len(self._known) > self._room * _LOW:
            return None
        return self._horizon, int(self._room * _HIGH) - len(self._known) + 1

    def take(self, now_ms: int) -> Work | None:
        """Return the first delivery that is due, which stays known until `settle`."""
        if not self._heap or self._heap[0][0].due_at > now_ms:
            return None
        return heapq.heappop(self._heap)[1]

    def put_back(self, work: Work, until_ms: int) -> None:
        """Hold *work*, which was taken and cannot be attempted now, until then."""
        heapq.heappush(self._heap, (work.place._replace(due_at=until_ms), work))

    def put_aside(self, work: Work) -> None:
        """Hold *work*, which was taken while its endpoint has enough to do, for `bring_back`."""
        self._aside[work.endpoint_id].append(work)

    def bring_back(self, endpoint_id: str, limit: int) -> list[Work]:
        """Return at most *limit* deliveries that were put aside, the first first, as taken."""
        aside = self._aside.get(endpoint_id)
        if aside is None:
            return []
        brought = [aside.popleft() for _ in range(min(limit, len(aside)))]
        if not aside:
            del self._aside[endpoint_id]
        return brought

    def offer(self, work: Work) -> None:
        """Hold *work*, which is new and in the ledger as open, if there is room for it."""
        if work.key in self._known:
            return
        if len(self._known) >= self._room:
            self._make_room()
        if len(self._known) >= self._room:
            self._lower(work.place)
        else:
            self._hold(work)

    def settle(self, work: Work, following: Work | None = None) -> None:
        """Forget *work*, whose outcome is in the ledger, and hold what follows from it."""
        self._known.discard(work.key)
        if self._settled is not None:
            self._settled.add(work.key)
        # What lies beyond the horizon is not held, though there were room: that is for what
        # the ledger has to be done before.
        if following is not None and (self._horizon is None or following.place < self._horizon):
            self.offer(following)
        elif following is not None and self._settled is not None:
            self._lower(following.place)

    def doubt(self) -> None:
        """Believe no longer that everything before the horizon is here."""
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
            if work.key not in self._known and work.key not in settled:
                self._hold(work)
        self._horizon = None if whole else work_of(rows[-1]).place
        if self._fallen is not None:
            self._lower(self._fallen)

    def _hold(self, work: Work) -> None:
        self._known.add(work.key)
        heapq.heappush(self._heap, (work.place, work))

    def _make_room(self) -> None:
        """Leave to the ledger what was put aside, or else the later half of what waits here."""
        left = [work for aside in self._aside.values() for work in aside]
        self._aside.clear()
        if not left:
            self._heap.sort()
            middle = len(self._heap) // 2
            left = [work for _, work in self._heap[middle:]]
            del self._heap[middle:]
        self._known.difference_update(work.key for work in left)
        if left:
            self._lower(min(work.place for work in left))

    def _lower(self, place: DuePlace) -> None:
        if self._horizon is None or place < self._horizon:
            self._horizon = place
        if self._settled is not None and (self._fallen is None or place < self._fallen):
            self._fallen = place

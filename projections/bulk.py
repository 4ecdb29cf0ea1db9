"""
A generation as its builder sees it: begun, written in bulk, advanced, made current.

Each step that claims something asks whether the last one is still there. Redis loses what
was built and how far it was together, so it is there only if all before it is.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

import redis

from projections.fence import KeyChanged, fenced
from projections.keys import BUILDING, GENERATIONS, MARKER, Marker
from projections.scripts import text_of
from projections.transaction import Transaction

_FIRST: Final = 1


class WorkLost(Exception):
    """
    What was being built is gone, or somebody else goes on with it.

    It takes nothing, so that it can be sent from the process that notices to the one that asked.
    """

    def __str__(self) -> str:
        return "What was being built is gone, or another rebuild is under way."


class Bulk:
    """Builds generations for the log *log_id* over *client*, a blocking one."""

    def __init__(self, client: redis.Redis, log_id: str) -> None:
        self._client = client
        self._log_id = log_id
        self._replace = client.register_script(text_of("replace"))
        self._switch = client.register_script(text_of("switch"))

    def marker(self) -> Marker | None:
        """Return what is current."""
        return self._read(MARKER)

    def begin(self, head: int) -> Marker:
        """
        Return the generation to build, and how far it is already.

        One is taken up that was interrupted and holds nothing past *head* of this log.
        """
        found = self._read(BUILDING)
        if found is not None and found.log == self._log_id and found.position <= head:
            return found
        begun = Marker(self._unused(found), self._log_id, 0)
        # In this order: whoever tidies up spares what is being built.
        self._client.set(BUILDING, begun.written())
        self._client.sadd(GENERATIONS, str(begun.generation))
        return begun

    @contextmanager
    def writing(self, begun: Marker) -> Iterator[Callable[[Transaction], None]]:
        """
        Give what does transactions, between which others get a word in.

        All of them have taken place when the block ends. Raise `WorkLost`, before more is
        written, if what is being built is not *begun*.
        """
        try:
            with fenced(self._client, BUILDING, begun.written()) as fence:
                yield fence.do
        except (KeyChanged, redis.ConnectionError) as error:
            # Where a connection was lost, what is there now is asked again on the next one.
            raise WorkLost from error

    def advance(self, begun: Marker, further: Marker) -> Marker:
        """Note that what is built is *further* now. Raise `WorkLost` if it is not *begun*."""
        if not self._replace(keys=[BUILDING], args=[begun.written(), further.written()]):
            raise WorkLost
        return further

    def switch(self, built: Marker) -> None:
        """Make *built* current. Raise `WorkLost` if it is not what is being built."""
        if not self._switch(keys=[BUILDING, MARKER], args=[built.written()]):
            raise WorkLost
        self._client.sadd(GENERATIONS, str(built.generation))

    def _unused(self, found: Marker | None) -> int:
        current = self.marker()
        known = [int(number) for number in self._client.smembers(GENERATIONS)]
        known += [marker.generation for marker in (found, current) if marker is not None]
        return max(known, default=_FIRST - 1) + 1

    def _read(self, key: bytes) -> Marker | None:
        raw = self._client.get(key)
        return Marker.read(raw.encode() if isinstance(raw, str) else raw)

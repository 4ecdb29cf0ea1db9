"""
Connections that are kept for the next request to the same place.

aiohttp's connector only makes them: it has no word of its own for how old a connection is, and
to ask it for one costs a good part of a request.
"""

import asyncio
from collections import defaultdict

from aiohttp.client_reqrep import ConnectionKey

from service.webhooks.connection import Held


class Pool:
    """Keeps connections until the age of *life_s*, however busy they are."""

    def __init__(self, life_s: float) -> None:
        self._life_s = life_s
        self._idle: defaultdict[ConnectionKey, list[Held]] = defaultdict(list)
        self._sweeping: asyncio.TimerHandle | None = None

    def take(self, key: ConnectionKey) -> Held | None:
        """Return a connection that is young, and silent since its last answer; the last used."""
        idle = self._idle.get(key)
        while idle:
            held = idle.pop()
            if self._is_good(held):
                return held
            held.connection.close()
        return None

    def keep(self, key: ConnectionKey, held: Held) -> None:
        """Keep *held*, whose last answer was read to its end."""
        self._idle[key].append(held)
        if self._sweeping is None:
            loop = asyncio.get_running_loop()
            self._sweeping = loop.call_later(self._life_s, self._sweep)

    def close(self) -> None:
        """Let go of all that are kept."""
        if self._sweeping is not None:
            self._sweeping.cancel()
        for idle in self._idle.values():
            for held in idle:
                held.connection.close()
        self._idle.clear()

    def _is_good(self, held: Held) -> bool:
        # What a receiver says unasked, like a 408 before it hangs up, must not be taken for
        # the answer to the next request.
        line = held.line
        return line.is_connected() and not line.should_close and line.age_s < self._life_s

    def _sweep(self) -> None:
        """Let go of those that are of no use any more, and look again while there are others."""
        self._sweeping = None
        for key, idle in list(self._idle.items()):
            del self._idle[key]
            for held in idle:
                if self._is_good(held):
                    self.keep(key, held)
                else:
                    held.connection.close()

"""
Whether what Redis holds may be believed.

Redis may be flushed, killed, or come back with an older dump, at any moment. A view is
therefore believed only over a connection that was there when its generation was last
verified. A new connection is a new acquaintance: it may be made by the runner's recovery
alone, which brings the views up to date before anybody reads them. Everybody else gets
an error in its place, and with it a doubt.
"""

import asyncio
from enum import Enum, auto
from typing import Final

from projections.keys import Marker


class Standing(Enum):
    """How far Redis is believed."""

    DOUBTED = auto()
    """Nothing is read or written."""
    RECOVERING = auto()
    """Written, so that the recovery can come to an end, and not read."""
    TRUSTED = auto()
    """Read and written."""


class Trust:
    """
    What one process believes of Redis.

    *serving* is the generation that is read, *writing* are those that are written.
    """

    def __init__(self, log_id: str) -> None:
        self.log_id: Final = log_id
        self.standing = Standing.DOUBTED
        self.serving: int | None = None
        self.writing: tuple[int, ...] = ()
        self.accepts_connections = False
        self.alarm: Final = asyncio.Event()
        self.believed: Final = asyncio.Event()
        self._doubts = 0

    @property
    def trusted(self) -> bool:
        """Whether views may be read."""
        return self.standing is Standing.TRUSTED

    def doubt(self) -> None:
        """Believe nothing until the runner has recovered the views. Wakes the runner."""
        self._doubts += 1
        self.standing = Standing.DOUBTED
        self.believed.clear()
        self.alarm.set()

    def recover(self) -> int:
        """Begin to write again. Return what `confirm` asks for."""
        self.standing = Standing.RECOVERING
        return self._doubts

    def confirm(self, doubts: int) -> bool:
        """Believe Redis, unless there was another doubt since `recover` returned *doubts*."""
        if doubts == self._doubts:
            self.standing = Standing.TRUSTED
            self.believed.set()
        return self.trusted

    def believes(self, raw_marker: bytes | None, generation: int | None) -> bool:
        """
        Say whether an answer may be believed that came with *raw_marker* from *generation*.

        A marker of a later generation is as good: somebody has built one, and this process
        keeps its own up to date until it moves there, but the runner should know.
        """
        if not self.trusted or generation is None or generation != self.serving:
            return False
        marker = Marker.read(raw_marker)
        if marker is None or marker.log != self.log_id or marker.generation < generation:
            self.doubt()
            return False
        if marker.generation != generation:
            self.alarm.set()
        return True

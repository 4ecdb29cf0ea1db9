"""
Seals the log as it grows: after so many events, or so much time, whatever comes first.

It does so on a thread, so no command waits for it, and goes on from the last seal. Where that
does not agree with the log (an older copy was put back, the sealed past was changed) nothing is
sealed any more, and it is said: a seal is never overwritten, for it may be the only witness.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

import structlog

from service import metrics
from service.store.protocol import StoreUnavailable
from service.store.seals.file import BrokenSeals
from service.store.seals.sealer import Sealer

_BACKOFF_S: Final = 5.0
_SEALS_AT_ONCE: Final = 20

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often there is a seal: after *events*, and after *seconds* if there were any."""

    events: int
    seconds: float


class SealingFollower:
    """
    Has *sealer* seal in a *rhythm*, until it is stopped, and once more then.

    *broken* is why nothing is sealed any more, *delayed* why the last seal could not be made and
    is tried again: None where it is not so.
    """

    def __init__(self, sealer: Sealer, rhythm: Rhythm) -> None:
        self._sealer = sealer
        self._rhythm = rhythm
        self._enough = asyncio.Event()
        self._stopping = False
        self._is_behind = False
        self.broken: str | None = None
        self.delayed: str | None = None

    @property
    def position(self) -> int:
        """The last position that is sealed."""
        return self._sealer.position

    def heard(self, position: int) -> None:
        """Note that the log has grown to *position*. Never waits."""
        if position - self._sealer.position >= self._rhythm.events:
            self._enough.set()

    def wind_up(self) -> None:
        """Say that nothing will be committed any more."""
        self._stopping = True
        self._enough.set()

    async def run(self) -> None:
        """Seal until wound up."""
        metrics.SEALS_BROKEN.set(0)
        while not await self._went_on(self._sealer.resume):
            if self.broken or self._stopping:
                return
        while not self._stopping:
            with suppress(TimeoutError):
                async with asyncio.timeout(self._rhythm.seconds):
                    await self._enough.wait()
            self._enough.clear()
            await self._went_on(self._seal_some)
            if self._is_behind:
                self._enough.set()

    def _seal_some(self) -> None:
        """Seal what there is, but no more than is done in a moment: it may have to stop."""
        for _ in range(_SEALS_AT_ONCE):
            seal = self._sealer.seal(self._rhythm.events)
            self._is_behind = seal is not None
            if seal is None:
                return
            metrics.SEALED.set(seal.position)
            log.info("log.sealed", seal=seal.without_trail())

    async def _went_on(self, step: Callable[[], None]) -> bool:
        try:
            await asyncio.to_thread(step)
        except BrokenSeals as reason:
            self.broken = str(reason)
            metrics.SEALS_BROKEN.set(1)
            log.error("seals.broken", reason=self.broken)  # noqa: TRY400 - a finding, no fault of ours
            return False
        except (OSError, StoreUnavailable) as reason:
            self.delayed = str(reason)
            metrics.SEALS_DELAYED.set(1)
            log.warning("seals.delayed", reason=self.delayed)
            if not self._stopping:
                await asyncio.sleep(_BACKOFF_S)
            return False
        self.delayed = None
        metrics.SEALS_DELAYED.set(0)
        return True

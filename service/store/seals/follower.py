"""
Seals the log as it grows: after so many events, or so much time, whatever comes first.

It reads what is committed, on a thread, and writes to a file of its own, so no command waits
for it. It goes on from the last seal. Where that does not agree with the log (an older copy
was put back, the sealed past was changed) nothing is sealed any more, and it is said: a seal
is never overwritten, for it may be the only witness.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Final, Protocol

import structlog

from service import metrics
from service.domain.values import replace
from service.store.protocol import StoreUnavailable
from service.store.seals.chain import Chain, RawRow, genesis, leaves_of
from service.store.seals.file import BrokenSeals, SealFile
from service.store.seals.seal import NOTHING_BEFORE, Seal, gaps_in, trail_digest, trail_of
from service.store.seals.signing import Signer

_BACKOFF_S: Final = 5.0
_SEALS_AT_ONCE: Final = 20

log = structlog.get_logger()


class Rows(Protocol):
    """The log, as far as it is sealed."""

    @property
    def log_id(self) -> str: ...

    def rows(self, after: int, until: int | None, limit: int) -> list[RawRow]:
        """Return at most *limit* rows as they are stored, past *after* and up to *until*."""
        ...


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often there is a seal: after *events*, and after *seconds* if there were any."""

    events: int
    seconds: float


class Sealer:
    """Makes the next seal of *rows* in *file*. It blocks; one thread at a time uses it."""

    def __init__(
        self, rows: Rows, file: SealFile, signer: Signer | None, clock: Callable[[], float]
    ) -> None:
        self._rows = rows
        self._file = file
        self._signer = signer
        self._clock = clock
        self._last: Seal | None = None
        self.position = 0

    def resume(self) -> None:
        """Go on from the last seal. Raise `BrokenSeals` where it is not one of this log."""
        newest = self._file.newest()
        if newest:
            self._agree(newest[-1], newest[-2] if len(newest) > 1 else None)
            self._last, self.position = newest[-1], newest[-1].position

    def _agree(self, last: Seal, before: Seal | None) -> None:
        if last.log != self._rows.log_id:
            raise BrokenSeals(f"{self._file.path} holds the seals of another log.")
        rows = self._rows.rows(last.after, last.position, last.position - last.after + 1)
        if not rows or rows[-1][0] != last.position:
            raise BrokenSeals(
                f"The log ends before position {last.position}, which is sealed: an older copy "
                "of it was put back, or its end was taken away."
            )
        chain = self._begun(before)
        chain.extend(rows, leaves_of(rows))
        if chain.digest.hex() != last.digest:
            raise BrokenSeals(
                f"The log was changed between positions {last.after + 1} and {last.position}, "
                "which are sealed; `seti verify` tells where."
            )

    def _begun(self, at: Seal | None) -> Chain:
        if at is None:
            return Chain(genesis(self._rows.log_id))
        return Chain(bytes.fromhex(at.digest), at.position, at.count)

    def seal(self, limit: int) -> Seal | None:
        """Seal the next events, at most *limit*; None where there are none."""
        rows = self._rows.rows(self.position, None, limit)
        if not rows:
            return None
        seal = self._sealed(rows)
        self._file.append(seal)
        self._last, self.position = seal, seal.position
        return seal

    def _sealed(self, rows: list[RawRow]) -> Seal:
        last, chain, leaves = self._last, self._begun(self._last), leaves_of(rows)
        chain.extend(rows, leaves)
        trail, gaps = trail_of(leaves), gaps_in(self.position, rows)
        seal = Seal(
            log=self._rows.log_id,
            number=last.number + 1 if last else 1,
            after=self.position,
            position=chain.position,
            count=chain.count,
            digest=chain.digest.hex(),
            at=int(self._clock()),
            previous=last.name() if last else NOTHING_BEFORE,
            trail_digest=trail_digest(trail, gaps),
        )
        signed = self._signer.signed(seal) if self._signer else seal
        return replace(signed, trail=trail, gaps=gaps)


class SealingFollower:
    """Has *sealer* seal in a *rhythm*, until it is stopped, and once more then."""

    def __init__(self, sealer: Sealer, rhythm: Rhythm) -> None:
        self._sealer = sealer
        self._rhythm = rhythm
        self._enough = asyncio.Event()
        self._stopping = False
        self._is_behind = False
        self.broken: str | None = None

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
            log.warning("seals.delayed", reason=str(reason))
            if not self._stopping:
                await asyncio.sleep(_BACKOFF_S)
            return False
        return True

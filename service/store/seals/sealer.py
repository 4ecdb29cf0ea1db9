"""
Makes one seal after another: what is sealed of the log, and how.

It reads what is committed and writes to a file of its own. What that takes of a core, some 4 µs
an event, it takes in small bites: it may share its process with whoever answers calls.
"""

from collections.abc import Callable
from typing import Final, Protocol

from service.domain.values import replace
from service.store.seals.chain import Chain, RawRow, genesis, leaves_of
from service.store.seals.file import BrokenSeals, SealFile
from service.store.seals.seal import NOTHING_BEFORE, Seal, gaps_in, trail_digest, trail_of
from service.store.seals.signing import Signer

# A quarter of a millisecond's work.
_BITE: Final = 100


class Rows(Protocol):
    """The log, as far as it is sealed."""

    @property
    def log_id(self) -> str: ...

    def rows(self, after: int, until: int | None, limit: int) -> list[RawRow]:
        """Return at most *limit* rows as they are stored, past *after* and up to *until*."""
        ...


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
        rows, leaves = self._next(limit)
        if not rows:
            return None
        seal = self._sealed(rows, leaves)
        self._file.append(seal)
        self._last, self.position = seal, seal.position
        return seal

    def _next(self, limit: int) -> tuple[list[RawRow], list[bytes]]:
        """Read at most *limit* rows; whoever answers calls has the interpreter in between."""
        rows: list[RawRow] = []
        leaves: list[bytes] = []
        after = self.position
        while len(rows) < limit and (
            some := self._rows.rows(after, None, min(_BITE, limit - len(rows)))
        ):
            rows += some
            leaves += leaves_of(some)
            after = some[-1][0]
        return rows, leaves

    def _sealed(self, rows: list[RawRow], leaves: list[bytes]) -> Seal:
        last, chain = self._last, self._begun(self._last)
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

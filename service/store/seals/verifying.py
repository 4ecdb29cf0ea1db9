"""
The log against its seals, segment by segment: from one seal to the next.

Where a segment is not what its seal says, the chain is gone on with twice: from what was
found, and from what the seal says. The next seal tells which of the two was changed: if what
was found leads to it, the seal was; if the seal does, the log was, and the trails name where.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from service.store.seals.chain import Chain, RawRow, genesis, leaves_of
from service.store.seals.checking import SealChecker
from service.store.seals.differences import differences
from service.store.seals.findings import Kind, Verified
from service.store.seals.seal import MARK, Seal
from service.store.seals.signing import PublicKeys

# Of a stretch that differs so much is looked at; the rest of it is told as a whole.
_MARKS_MAX: Final = 50_000


@dataclass(slots=True)
class _Broken:
    """Segments in a row that are not what their seals say."""

    seals: list[Seal] = field(default_factory=list)
    sealed: list[tuple[int, bytes]] = field(default_factory=list)
    found: list[tuple[int, bytes]] = field(default_factory=list)
    is_located: bool = True
    # Whether there are events that no seal tells of, because one is missing.
    is_patchy: bool = False

    def add(self, seal: Seal, found: list[tuple[int, bytes]]) -> None:
        self.seals.append(seal)
        if len(self.found) + len(self.sealed) > _MARKS_MAX:
            return
        marks = seal.marks()
        self.is_located = self.is_located and marks is not None
        self.sealed += marks or []
        covered = _under(seal, found)
        self.is_patchy = self.is_patchy or len(covered) < len(found)
        self.found += covered


class Verifier:
    """Verifies the log *log_id*, that ends at *head*, from the seal *start* or from its begin."""

    def __init__(self, log_id: str, keys: PublicKeys, head: int, start: Seal | None = None) -> None:
        self.verified = Verified(after=start.position if start else 0)
        self.checker = SealChecker(log_id, keys, self.verified)
        self.head = head
        self._broken = _Broken()
        self._chains = [Chain(genesis(log_id))]
        if start is not None:
            self.checker.begin_after(start)
            self._chains = [_chain_at(start)]

    def segment(self, seal: Seal, rows: Sequence[RawRow]) -> None:
        """Take the events from the seal before up to *seal*."""
        leaves = self._extend(rows)
        self.verified.sealed = seal.position
        agreeing = next((c for c in self._chains if c.digest.hex() == seal.digest), None)
        if agreeing is None:
            self._broken.add(seal, _marks(rows, leaves))
            self._chains = [self._chains[0], _chain_at(seal)]
            return
        if self._broken.seals:
            self._tell_broken(is_seal=agreeing is self._chains[0])
        self._check_whole(seal, agreeing, (rows, leaves))
        self._chains = [agreeing]

    def unsealed(self, rows: Sequence[RawRow]) -> None:
        """Take events that no seal covers."""
        self._extend(rows)
        self.verified.unsealed += len(rows)

    def end(self) -> Verified:
        """Return what came of it."""
        if self._broken.seals:
            self._tell_broken(is_seal=False)
        self.checker.end()
        return self.verified

    @property
    def is_broken(self) -> bool:
        """Whether the last segments were not what their seals say."""
        return bool(self._broken.seals)

    @property
    def chain(self) -> Chain:
        """Where the chain over what was found stands."""
        return self._chains[0]

    def _extend(self, rows: Sequence[RawRow]) -> list[bytes]:
        leaves = leaves_of(rows)
        for chain in self._chains:
            chain.extend(rows, leaves)
        self.verified.events += len(rows)
        return leaves

    def _check_whole(
        self, seal: Seal, chain: Chain, found: tuple[Sequence[RawRow], list[bytes]]
    ) -> None:
        """The events are what was sealed; look at what else the seal says of them."""
        wrong = None
        if chain.count != seal.count:
            wrong = "tells another number of events"
        elif not seal.is_trail_of(*found) and seal.marks() != _under(seal, _marks(*found)):
            wrong = "has another trail than its events"
        if wrong:
            self._tell_seal(seal, wrong)

    def _tell_broken(self, *, is_seal: bool) -> None:
        broken, self._broken = self._broken, _Broken()
        found = (
            []
            if is_seal or not broken.is_located
            else differences(broken.sealed, broken.found, self.head)
        )
        first, last = broken.seals[0], broken.seals[-1]
        if is_seal or (broken.is_located and not broken.is_patchy and not found):
            for seal in broken.seals:
                self._tell_seal(seal, "does not tell the digest of its events")
        elif not found:
            says = (
                f"positions {first.after + 1} to {last.position} are not what was sealed; "
                "there is no trail to tell which"
            )
            self.verified.found(Kind.ALTERED, (first.after + 1, last.position), says)
        else:
            self.verified.findings += found

    def _tell_seal(self, seal: Seal, what: str) -> None:
        says = f"seal {seal.number}, at position {seal.position}, {what}"
        self.verified.found(Kind.SEAL_ALTERED, (seal.after + 1, seal.position), says)


def _marks(rows: Sequence[RawRow], leaves: list[bytes]) -> list[tuple[int, bytes]]:
    return [(row[0], leaf[:MARK]) for row, leaf in zip(rows, leaves, strict=True)]


def _under(seal: Seal, marks: list[tuple[int, bytes]]) -> list[tuple[int, bytes]]:
    """Return those of *marks* that *seal* tells of: the first one of all that is before it."""
    return [mark for mark in marks if mark[0] > seal.after] if seal.after else marks


def _chain_at(seal: Seal) -> Chain:
    try:
        digest = bytes.fromhex(seal.digest)
    except ValueError:
        digest = b""
    return Chain(digest.ljust(32, b"\0")[:32], seal.position, seal.count)

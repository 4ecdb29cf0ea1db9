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
class Found:
    """Where events were found since the last seal, and their marks, one behind the other."""

    positions: list[int] = field(default_factory=list)
    trail: bytearray = field(default_factory=bytearray)

    def add(self, rows: Sequence[RawRow], leaves: list[bytes]) -> None:
        self.positions += [row[0] for row in rows]
        self.trail += b"".join([leaf[:MARK] for leaf in leaves])

    def under(self, seal: Seal) -> list[tuple[int, bytes]]:
        """Return the marks that *seal* tells of: the first one of all that is before it."""
        return [
            (position, bytes(self.trail[at * MARK : (at + 1) * MARK]))
            for at, position in enumerate(self.positions)
            if position > seal.after or not seal.after
        ]

    def is_of(self, seal: Seal) -> bool:
        """Say whether the trail of *seal* is that of these."""
        places = (self.positions[0], len(self.positions)) if self.positions else None
        if places == (seal.after + 1, seal.position - seal.after) and not seal.gaps:
            return seal.has_trail(bytes(self.trail))
        return seal.marks() == self.under(seal)


@dataclass(slots=True)
class _Broken:
    """Segments in a row that are not what their seals say."""

    seals: list[Seal] = field(default_factory=list)
    sealed: list[tuple[int, bytes]] = field(default_factory=list)
    found: list[tuple[int, bytes]] = field(default_factory=list)
    is_located: bool = True
    # Whether there are events that no seal tells of, because one is missing.
    is_patchy: bool = False
    begins: int = 0

    def add(self, seal: Seal, found: Found) -> None:
        if not self.seals:
            self.begins = min([seal.after + 1, *found.positions[:1]])
        self.seals.append(seal)
        if len(self.found) + len(self.sealed) > _MARKS_MAX:
            return
        marks = seal.marks()
        self.is_located = self.is_located and marks is not None
        self.sealed += marks or []
        covered = found.under(seal)
        self.is_patchy = self.is_patchy or len(covered) < len(found.positions)
        self.found += covered


class Verifier:
    """Verifies the log *log_id*, that ends at *head*, from the seal *start* or from its begin."""

    def __init__(self, log_id: str, keys: PublicKeys, head: int, start: Seal | None = None) -> None:
        self.verified = Verified(after=start.position if start else 0)
        self.checker = SealChecker(log_id, keys, self.verified)
        self.head = head
        self._broken = _Broken()
        self._found = Found()
        self._chains = [Chain(genesis(log_id))]
        if start is not None:
            self.checker.begin_after(start)
            self._chains = [_chain_at(start)]

    def take(self, rows: Sequence[RawRow]) -> None:
        """Take the next events. No more is kept of them than their marks, until a seal comes."""
        leaves = leaves_of(rows)
        for chain in self._chains:
            chain.extend(rows, leaves)
        self._found.add(rows, leaves)
        self.verified.events += len(rows)

    def seal(self, seal: Seal) -> None:
        """Take *seal*, which covers the events that were taken since the one before it."""
        found, self._found = self._found, Found()
        self.verified.sealed = seal.position
        agreeing = next((c for c in self._chains if c.digest.hex() == seal.digest), None)
        if agreeing is None:
            self._broken.add(seal, found)
            self._chains = [self._chains[0], _chain_at(seal)]
            return
        if self._broken.seals:
            self._tell_broken(is_seal=agreeing is self._chains[0])
        self._check_whole(seal, agreeing, found)
        self._chains = [agreeing]

    def end(self) -> Verified:
        """Return what came of it."""
        if self._broken.seals:
            self._tell_broken(is_seal=False)
        self.verified.unsealed = len(self._found.positions)
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

    def _check_whole(self, seal: Seal, chain: Chain, found: Found) -> None:
        """The events are what was sealed; look at what else the seal says of them."""
        wrong = None
        if chain.count != seal.count:
            wrong = "tells another number of events"
        elif not found.is_of(seal):
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
        first, last = broken.begins, broken.seals[-1].position
        if is_seal or (broken.is_located and not broken.is_patchy and not found):
            for seal in broken.seals:
                self._tell_seal(seal, "does not tell the digest of its events")
        elif not found:
            says = (
                f"positions {first} to {last} are not what was sealed; "
                "there is no trail to tell which"
            )
            self.verified.found(Kind.ALTERED, (first, last), says)
        else:
            self.verified.findings += found

    def _tell_seal(self, seal: Seal, what: str) -> None:
        says = f"seal {seal.number}, at position {seal.position}, {what}"
        self.verified.found(Kind.SEAL_ALTERED, (seal.after + 1, seal.position), says)


def _chain_at(seal: Seal) -> Chain:
    try:
        digest = bytes.fromhex(seal.digest)
    except ValueError:
        digest = b""
    return Chain(digest.ljust(32, b"\0")[:32], seal.position, seal.count)

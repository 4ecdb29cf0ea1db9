"""What a verification finds, and what it comes to."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from service.domain.values import Value


class Kind(StrEnum):
    """What was done, to the log and its seeds, and to the seals; the last may follow from those."""

    ALTERED = "altered"
    REMOVED = "removed"
    INSERTED = "inserted"
    REORDERED = "reordered"
    TRUNCATED = "truncated"
    LOST = "lost"
    SEAL_ALTERED = "seal_altered"
    SEAL_REMOVED = "seal_removed"
    SIGNATURE = "signature"
    UNREADABLE = "unreadable"
    UNSEALED = "unsealed"


class Finding(Value, frozen=True):
    """A *kind* of change, from *position* to *until*, as far as can be told, in a sentence."""

    kind: Kind
    position: int
    until: int
    says: str


@dataclass(slots=True)
class Verified:
    """
    What came of a verification.

    *events* were read, past *after*; up to *sealed* they are under *seals* seals, of which
    *signed* carry a signature that was checked. *unsealed* events are under none.
    """

    after: int = 0
    events: int = 0
    seals: int = 0
    signed: int = 0
    sealed: int = 0
    unsealed: int = 0
    seconds: float = 0.0
    findings: list[Finding] = field(default_factory=list)

    def found(self, kind: Kind, place: tuple[int, int], says: str) -> None:
        """Add a finding at *place*: its first and its last position."""
        self.findings.append(Finding(kind, *place, says))

    def in_order(self) -> Sequence[Finding]:
        """Return the findings by their positions, those of the log before those of seals."""
        kinds = list(Kind)
        return sorted(self.findings, key=lambda each: (each.position, kinds.index(each.kind)))

"""One seal: what it says, how it is written, and the trail from the seal before it."""

import base64
import binascii
from hashlib import sha256
from itertools import pairwise
from typing import Final

import msgspec

from service.domain.values import Value, replace
from service.store.seals.chain import RawRow

MARK: Final = 8
NOTHING_BEFORE: Final = "0" * 64
_MARKS_MAX: Final = 1_000_000


class Seal(Value, frozen=True, omit_defaults=True):
    """
    The chain of the log *log* has *digest* at *position*, over *count* events in all.

    It is the seal of a *number*, from 1, made at an instant, and covers the events past *after*.
    *previous* is the digest of the statement before it. *gaps* are positions that held nothing
    then. *key* names the key of *signature*, which is in base64.
    """

    log: str
    number: int
    after: int
    position: int
    count: int
    digest: str
    at: int
    previous: str
    trail_digest: str
    key: str | None = None
    signature: str | None = None
    gaps: tuple[tuple[int, int], ...] = ()
    trail: str = ""

    def statement(self) -> bytes:
        """Return what is signed: a line for each thing that is said."""
        said = {
            "log": self.log,
            "number": self.number,
            "after": self.after,
            "position": self.position,
            "count": self.count,
            "digest": self.digest,
            "at": self.at,
            "previous": self.previous,
            "trail": self.trail_digest,
            "key": self.key or "-",
        }
        return b"seti seal 1\n" + "".join(f"{k} {v}\n" for k, v in said.items()).encode()

    def name(self) -> str:
        """Return the digest of the statement, by which the next seal refers to this one."""
        return sha256(self.statement()).hexdigest()

    def marks(self) -> list[tuple[int, bytes]] | None:
        """Return position and mark of each event since the seal before; None if unknown."""
        if not self.trail or trail_digest(self.trail, self.gaps) != self.trail_digest:
            return None
        try:
            marks = base64.b64decode(self.trail, validate=True)
        except binascii.Error:
            return None
        if self.position - self.after > _MARKS_MAX + sum(b - a + 1 for a, b in self.gaps):
            return None
        missing = {p for first, last in self.gaps for p in range(first, last + 1)}
        places = [p for p in range(self.after + 1, self.position + 1) if p not in missing]
        if len(places) * MARK != len(marks):
            return None
        return [(p, marks[i * MARK : (i + 1) * MARK]) for i, p in enumerate(places)]

    def has_trail(self, marks: bytes) -> bool:
        """Say whether the trail is of *marks*, one behind the other, and without gaps."""
        trail = base64.b64encode(marks).decode()
        return self.trail == trail and trail_digest(trail, ()) == self.trail_digest

    def without_trail(self) -> "Seal":
        """Return the seal as it is told elsewhere."""
        return replace(self, trail="", gaps=())


def trail_of(leaves: list[bytes]) -> str:
    """Return the trail of events with these leaves."""
    return base64.b64encode(b"".join([leaf[:MARK] for leaf in leaves])).decode()


def gaps_in(after: int, rows: list[RawRow]) -> tuple[tuple[int, int], ...]:
    """Return the positions between *after* and the last of *rows* that hold nothing."""
    places = [after, *(row[0] for row in rows)]
    return tuple((a + 1, b - 1) for a, b in pairwise(places) if b > a + 1)


def trail_digest(trail: str, gaps: tuple[tuple[int, int], ...]) -> str:
    """Return the digest of a trail and its gaps: `a-b`, comma-separated, a space, the trail."""
    written = ",".join(f"{first}-{last}" for first, last in gaps)
    return sha256(f"{written} {trail}".encode()).hexdigest()


encode: Final = msgspec.json.Encoder().encode
decode: Final = msgspec.json.Decoder(Seal).decode

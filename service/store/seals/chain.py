"""The chain over the rows of a log. Pure, and nearly all of the price of a verification."""

import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final, TypeAlias

# As they are found: what was put there by hand may be of any type.
RawRow: TypeAlias = "tuple[int, str, int, str, bytes]"

_LEAF: Final = struct.Struct(">BqIII").pack
_LINK: Final = struct.Struct(">Bq32s32s").pack
_NO_EVENT: Final = b"\xff"
_OF_OTHER_TYPES: Final = (AttributeError, TypeError, UnicodeEncodeError, struct.error)


def genesis(log_id: str) -> bytes:
    """Return what the chain of a log begins with."""
    return sha256(f"seti log 1\n{log_id}".encode()).digest()


@dataclass(slots=True)
class Chain:
    """Where a chain stands: *digest* covers all *count* events up to *position*."""

    digest: bytes
    position: int = 0
    count: int = 0

    def extend(self, rows: Sequence[RawRow], leaves: Iterable[bytes]) -> None:
        """Go on over *rows*, whose leaves are *leaves*."""
        digest = self.digest
        for row, leaf in zip(rows, leaves, strict=True):
            digest = sha256(_LINK(1, row[0], digest, leaf)).digest()
        self.digest = digest
        self.count += len(rows)
        if rows:
            self.position = rows[-1][0]


def leaves_of(rows: Sequence[RawRow]) -> list[bytes]:
    """Return the digest of each of *rows*, its position left out."""
    try:
        return _leaves(rows)
    except _OF_OTHER_TYPES:
        return [_leaf_of_anything(row) for row in rows]


def _leaves(rows: Sequence[RawRow]) -> list[bytes]:
    # One loop without calls of our own: this is what a verification does most.
    leaves = []
    for _, stream, version, topic, state in rows:
        name, kind = stream.encode(), topic.encode()
        head = _LEAF(0, version, len(name), len(kind), len(state))
        leaves.append(sha256(head + name + kind + state).digest())
    return leaves


def _leaf_of_anything(row: RawRow) -> bytes:
    """Return a digest also of what no service has written: of other types, or no text."""
    try:
        return _leaves([row])[0]
    except _OF_OTHER_TYPES:
        return sha256(_NO_EVENT + repr(row[1:]).encode("utf-8", "backslashreplace")).digest()

"""
How things are called in Redis.

All that is kept of one generation begins with its number, so that a second generation can
be built beside the first. The marker says which generation is whole, of which log, and up
to which position of it; it lies beside the views, so both are lost or set back together.
"""

from dataclasses import dataclass
from typing import Final, Self

from projections.indexes import DEADLINES, Index
from service.domain.values import NOBODY, Owner

MARKER: Final = b"seti:current"
BUILDING: Final = b"seti:building"
GENERATIONS: Final = b"seti:generations"
TRIMMED: Final = b"seti:trimmed"

# How views are shown and listed. Whoever changes what of them an older log already led to
# raises it, and every installation builds its views anew at its next start. A unit test of
# the layout tells when.
LAYOUT: Final = "3"
_PARTS: Final = 4
_COLONS: Final = 3


@dataclass(frozen=True, slots=True)
class Marker:
    """That *generation*'s views are whole up to *position* of the log called *log*."""

    generation: int
    log: str
    position: int

    @classmethod
    def read(cls, raw: bytes | None) -> Self | None:
        """Return what *raw* says, or None where it is no marker, or of views of another layout."""
        parts = (raw or b"").decode("ascii", "replace").split(" ")
        if len(parts) != _PARTS or not (parts[0].isdecimal() and parts[2].isdecimal()):
            return None
        if parts[3] != LAYOUT:
            return None
        return cls(int(parts[0]), parts[1], int(parts[2]))

    def written(self) -> bytes:
        """Return what is kept in Redis."""
        return f"{self.generation} {self.log} {self.position} {LAYOUT}".encode()


def prefix_of(generation: int) -> str:
    """Return what every key of *generation* begins with."""
    return f"s{generation}:"


def view_key(generation: int, owner: Owner, name: str) -> bytes:
    """Return where *owner*'s object *name* is kept; *name* may be any text at all."""
    return view_at(owned(generation, owner), name)


def index_key(generation: int, owner: Owner, index: Index) -> bytes:
    """Return where a list of *owner* is kept."""
    return list_at(owned(generation, owner), index)


def view_at(prefix: str, name: str) -> bytes:
    """Return `view_key` for what `owned` begins its keys with."""
    return f"{prefix}{name}".encode(errors="backslashreplace")


def list_at(prefix: str, index: Index) -> bytes:
    """Return `index_key` for what `owned` begins its keys with. No id begins with a slash."""
    return f"{prefix}/{index.name}".encode()


def is_list(key: bytes) -> bool:
    """Say whether a list lies at *key* of some generation."""
    return name_at(key).startswith("/")


def is_view(key: bytes) -> bool:
    """Say whether a view lies at *key* of some generation."""
    return key.count(b":") >= _COLONS and not is_list(key)


def name_at(key: bytes) -> str:
    """Return the object's id, or the list's name behind a slash, that *key* ends in."""
    return key.decode().split(":", _COLONS)[-1]


def owners_key(generation: int) -> bytes:
    """Return where the owners of lists of events are kept, for those who trim them."""
    return f"s{generation}:owners".encode()


def deadlines_key(generation: int) -> bytes:
    """Return where is kept what waits for an instant, whosever it is."""
    return index_key(generation, NOBODY, DEADLINES)


def deadline_member(owner: Owner, name: str) -> str:
    """Return what stands for *owner*'s object *name* among those that wait for an instant."""
    return f"{owner_written(owner)}:{name}"


def deadline_of_member(member: str) -> tuple[Owner, str]:
    """Return the owner and the name that `deadline_member` put together."""
    owner, _, name = member.rpartition(":")
    return owner_read(owner), name


def owner_written(owner: Owner) -> str:
    """Return *owner* as it is kept among the owners of a generation."""
    return f"{owner.account}:{'l' if owner.livemode else 't'}"


def owner_read(written: str) -> Owner:
    """Return the owner that `owner_written` wrote."""
    account, _, mode = written.rpartition(":")
    return Owner(account, livemode=mode == "l")


def owned(generation: int, owner: Owner) -> str:
    """Return what every key of *owner* in *generation* begins with."""
    return f"s{generation}:{owner_written(owner)}:"

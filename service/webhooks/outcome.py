"""What came of an attempt, and what was seen on the way. Values only."""

from enum import StrEnum

from msgspec import Struct

from service.domain.values import Value


class Kind(StrEnum):
    """What came of an attempt, in the words that the ledger keeps."""

    DELIVERED = "delivered"
    STATUS = "status"
    REDIRECT = "redirect"
    TIMEOUT = "timeout"
    CONNECT_TIMEOUT = "connect_timeout"
    CONNECT = "connect"
    DNS = "dns"
    TLS = "tls"
    RESET = "reset"
    PROTOCOL = "protocol"
    OVERSIZED = "oversized"
    BLOCKED = "blocked"


class Trip(Struct, kw_only=True):
    """
    What was seen of one request while it was under way.

    *started_at* is in Unix seconds, the phases in milliseconds from there on, None where a
    phase was not reached or, on a reused connection, not needed. *address* is the peer's.
    """

    started_at: float
    took_ms: float = 0
    dns_ms: float | None = None
    connect_ms: float | None = None
    first_byte_ms: float | None = None
    address: str | None = None
    reused: bool = False


class Delivered(Value, frozen=True, kw_only=True):
    """The receiver answered with a 2xx. *excerpt* is the beginning of its body."""

    trip: Trip
    status: int
    excerpt: bytes = b""


class Failed(Value, frozen=True, kw_only=True):
    """
    The receiver did not acknowledge. *kind* says how, *status* is its answer's, if any.

    *pause_s* is how long it asked to be left alone, *detail* what helps its owner to mend it:
    where it tried to redirect to, what was wrong with its certificate.
    """

    trip: Trip
    kind: Kind
    status: int | None = None
    pause_s: float | None = None
    excerpt: bytes = b""
    detail: str | None = None


class Blocked(Value, frozen=True, kw_only=True):
    """The URL led to an *address* that deliveries may not reach. Nothing was sent."""

    trip: Trip
    address: str


Outcome = Delivered | Failed | Blocked

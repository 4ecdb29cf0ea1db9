"""
Deliveries and their attempts, as those look at them who run the service and who own endpoints.

A delivery is one announced event on its way to one endpoint. Its *origin* is `live` where the
event itself led to it, else the id of the replay or the resend that sends the event once more:
what is sent again has attempts, and an end, of its own. Instants are Unix milliseconds.
"""

from typing import Final, NamedTuple, TypeAlias

from service.domain.values import Owner, Value

LIVE: Final = "live"
REPLAY_PREFIX: Final = "rpl"
RESEND_PREFIX: Final = "rsd"
OPEN: Final = "open"
# A state, and the kind of the outcome that leads to it; nothing else does, and it is final.
DELIVERED: Final = "delivered"
STATES: Final = (OPEN, DELIVERED, "exhausted", "parked", "canceled", "blocked")
KINDS: Final = (
    *(DELIVERED, "status", "redirect", "timeout", "connect_timeout", "connect", "dns", "tls"),
    *("reset", "protocol", "oversized", "blocked"),
)

# When a delivery was made, and its number among all: the place of it in every list.
Place: TypeAlias = tuple[int, int]


class EventPlace(NamedTuple):
    """When an event was fanned out, and the first and last numbers of what that led to."""

    created_at: int
    first: int
    last: int


NEWEST: Final = EventPlace(2**63 - 1, 2**63 - 1, 2**63 - 1)
OLDEST: Final = EventPlace(0, 0, 0)


class DeliveryKey(NamedTuple):
    """What names a delivery."""

    event_id: str
    endpoint_id: str
    origin: str = LIVE


class Delivery(Value, frozen=True, kw_only=True):
    """
    One delivery, as it stands.

    *position* is its event's in the log, *type* what subscribers call that: None where the
    delivery is older than this was kept. *attempt* is the number of the attempt that comes
    next, or came last where no other will.
    """

    event_id: str
    endpoint_id: str
    origin: str
    seq: int
    position: int
    type: str | None
    state: str
    attempt: int
    created_at: int
    due_at: int
    subscribers: int
    first_at: int | None
    last_at: int | None
    last_status: int | None
    last_kind: str | None

    @property
    def key(self) -> DeliveryKey:
        return DeliveryKey(self.event_id, self.endpoint_id, self.origin)

    @property
    def place(self) -> Place:
        return self.created_at, self.seq


class DeliveryAttempt(Value, frozen=True, kw_only=True):
    """
    One POST of a delivery. *excerpt* is the beginning of what was answered.

    *seq* is its place among all attempts, which no other is ever given.
    """

    seq: int
    number: int
    started_at: int
    took_ms: float
    dns_ms: float | None
    connect_ms: float | None
    first_byte_ms: float | None
    address: str | None
    kind: str
    status: int | None
    detail: str | None
    excerpt: bytes


class Wanted(Value, frozen=True, kw_only=True):
    """
    Which deliveries of *owner* a list is of; None, or nothing, for any.

    *statuses* are the least and the most that was last answered. They were made from *since*
    on and before *until*.
    """

    owner: Owner
    endpoint: str | None = None
    event: str | None = None
    origin: str | None = None
    states: tuple[str, ...] = STATES
    statuses: tuple[int, int] | None = None
    kind: str | None = None
    type: str | None = None
    since: int | None = None
    until: int | None = None


class Unheard(Value, frozen=True, kw_only=True):
    """
    Which events a list is of that some endpoint has not acknowledged: of *types*, if any.

    They happened to *owner*, of whom the endpoints of *accounts* may hear, within *created*
    (Unix seconds, from and until), and were fanned out from *since* on.
    """

    owner: Owner
    accounts: tuple[str, ...] = ()
    types: tuple[str, ...] | None = None
    created: tuple[int | None, int | None] = (None, None)
    since: int = 0

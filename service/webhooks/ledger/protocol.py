"""
What the rest of the room may ask of the ledger.

The ledger holds what is to be delivered and what came of it. It is written by two hands: the
follower that fans events out, and the recorder of outcomes. Instants are Unix milliseconds.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, Protocol

from service.domain.values import Owner
from service.webhooks.outcome import Kind


class State(StrEnum):
    """Where a delivery stands. Only what is open is ever attempted."""

    OPEN = "open"
    DELIVERED = "delivered"
    EXHAUSTED = "exhausted"
    PARKED = "parked"
    CANCELLED = "cancelled"
    BLOCKED = "blocked"


class LedgerUnavailable(Exception):
    """The ledger could not be opened, written or read now: a full disk, a lock held elsewhere."""


class Overtaken(Exception):
    """Somebody else has fanned these events out. Nothing was written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """A subscribed URL, which sees the events after position *since*."""

    id: str
    owner: Owner
    url: str
    enabled_events: frozenset[str]
    enabled: bool
    api_version: str | None
    since: int


@dataclass(frozen=True, slots=True)
class EndpointChange:
    """What the event at *position* made of an endpoint; None where it deleted it."""

    position: int
    id: str
    endpoint: Endpoint | None


class Due(NamedTuple):
    """
    An open delivery.

    *attempt* is the number of the attempt that comes next, from 1; *subscribers* is how many
    endpoints the event went to.
    """

    event_id: str
    endpoint_id: str
    attempt: int
    due_at: int
    subscribers: int


class DuePlace(NamedTuple):
    """A place in the order in which open deliveries are due."""

    due_at: int
    event_id: str
    endpoint_id: str


START = DuePlace(-1, "", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDelivery:
    """A delivery that the event at *position* led to, open or parked."""

    event_id: str
    endpoint_id: str
    position: int
    state: State
    due_at: int
    subscribers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FanOut:
    """What the events past *after*, up to *upto*, lead to, *changes* in the log's order."""

    after: int
    upto: int
    deliveries: Sequence[NewDelivery] = ()
    changes: Sequence[EndpointChange] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptRow:
    """One attempt, as it is kept for the owner to look at."""

    event_id: str
    endpoint_id: str
    number: int
    started_at: int
    took_ms: float
    dns_ms: float | None
    connect_ms: float | None
    first_byte_ms: float | None
    address: str | None
    kind: Kind
    status: int | None
    detail: str | None
    excerpt: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """
    An attempt, and where its delivery goes from there.

    *next_number* and *due_at* are those of the attempt that follows, if *state* is open.
    """

    attempt: AttemptRow
    state: State
    next_number: int
    due_at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryRow:
    """One delivery, as it stands."""

    event_id: str
    endpoint_id: str
    position: int
    state: State
    attempt: int
    due_at: int
    subscribers: int
    first_at: int | None
    last_at: int | None
    last_status: int | None
    origin: str


class Ledger(Protocol):
    """The deliveries and their attempts. Every method may raise `LedgerUnavailable`."""

    async def position(self) -> int:
        """Return the position up to which events were fanned out."""
        ...

    async def endpoints(self) -> list[Endpoint]:
        """Return the endpoints as they are at `position`."""
        ...

    async def fan_out(self, batch: FanOut) -> None:
        """Write *batch* in one transaction, exactly once, or raise `Overtaken`."""
        ...

    async def record(self, settlements: Sequence[Settlement]) -> None:
        """
        Write *settlements* in one transaction.

        A success is never refused. A failure changes its delivery only while that waits for
        the attempt of this number; the attempt is kept all the same.
        """
        ...

    async def due(self, start: DuePlace, limit: int) -> list[Due]:
        """Return at most *limit* open deliveries from *start* on, in the order of their time."""
        ...

    async def oldest_due(self) -> int | None:
        """Return when the most overdue open delivery is due, None if there is none."""
        ...

    async def counts(self) -> Mapping[State, int]:
        """Return how many deliveries stand where. It reads every one: not for a loop."""
        ...

    async def pending(self, event_ids: Iterable[str]) -> dict[str, int]:
        """Return how many endpoints have not acknowledged each event; all are there, if with 0."""
        ...

    async def deliveries_of_event(self, event_id: str) -> list[DeliveryRow]: ...

    async def deliveries_of_endpoint(
        self, endpoint_id: str, *, before: int | None = None, limit: int = 100
    ) -> list[DeliveryRow]:
        """Return an endpoint's deliveries, newest first, of events before a position."""
        ...

    async def attempts_of(self, event_id: str, endpoint_id: str) -> list[AttemptRow]:
        """Return the attempts of one delivery in their order."""
        ...

    async def last_attempts(self, endpoint_id: str, limit: int) -> list[AttemptRow]:
        """Return an endpoint's last attempts, newest first."""
        ...

    async def purge_attempts(self, before: int) -> int:
        """Delete the attempts that started before an instant and return how many."""
        ...

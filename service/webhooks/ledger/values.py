"""What the ledger holds, as values. Instants are Unix milliseconds."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Final, NamedTuple

from service.domain.signing_secrets import SigningSecret, first_secret
from service.domain.values import Owner, Value, field
from service.webhooks.outcome import Kind

# Where a delivery comes from: what happened, a replay of it, or a single one sent again.
LIVE: Final = "live"
REPLAY_PREFIX: Final = "rpl_"


class State(StrEnum):
    """Where a delivery stands. Only what is open is ever attempted."""

    OPEN = "open"
    DELIVERED = "delivered"
    EXHAUSTED = "exhausted"
    PARKED = "parked"
    CANCELLED = "cancelled"
    BLOCKED = "blocked"


# Callers are told of states in the spelling that everything else of theirs has.
_TOLD: Final[Mapping[str, str]] = {State.CANCELLED: "canceled"}
_KEPT: Final[Mapping[str, str]] = {told: kept for kept, told in _TOLD.items()}


def told_as(state: str) -> str:
    """Return how callers know a *state* that is kept."""
    return _TOLD.get(state, state)


def kept_as(state: str) -> str:
    """Return how a *state* is kept that callers ask for."""
    return _KEPT.get(state, state)


class Endpoint(Value, frozen=True, kw_only=True):
    """
    A subscribed URL, which sees the events after position *since*.

    With *connect*, those of the accounts that its owner is the platform of; else its owner's.
    An *ordered* one hears of one object's events one after another; *headers*, whose values
    are sealed, are sent along, and *secrets* sign. Its failures count from *tried_from* on
    (Unix seconds). What it was to hear of before position *parked_upto* is parked.
    """

    id: str
    owner: Owner
    url: str
    enabled_events: frozenset[str]
    enabled: bool
    api_version: str | None
    since: int
    connect: bool = False
    ordered: bool = False
    headers: Mapping[str, str] = field(default_factory=dict)
    secrets: tuple[SigningSecret, ...] = (first_secret(0),)
    tried_from: int = 0
    parked_upto: int = 0


class EndpointChange(Value, frozen=True):
    """
    What the event at *position* made of an endpoint; None where it deleted it.

    Where it is *tried_anew*, its failures from before count no longer.
    """

    position: int
    id: str
    endpoint: Endpoint | None
    tried_anew: bool = False

    @property
    def ends(self) -> bool:
        """Whether what waits for the endpoint waits no longer."""
        return self.endpoint is None or not self.endpoint.enabled


class Due(NamedTuple):
    """
    An open delivery of the event at *position*.

    *attempt* is the number of the attempt that comes next, from 1; *subscribers* is how many
    endpoints the event went to.
    """

    event_id: str
    endpoint_id: str
    attempt: int
    due_at: int
    subscribers: int
    position: int = 0
    origin: str = LIVE


class DuePlace(NamedTuple):
    """A place in the order in which the open deliveries to one endpoint are due."""

    due_at: int
    event_id: str
    origin: str = LIVE


START: Final = DuePlace(-1, "", "")


class EventOfObject(NamedTuple):
    """An event at *position*, whose object's events have ids between *first* and *last*."""

    endpoint_id: str
    position: int
    first: str
    last: str


class Stretch(NamedTuple):
    """What is open for one endpoint, of a *replay* or not, from *start* on; *limit* at most."""

    endpoint_id: str
    start: DuePlace = START
    limit: int = 500
    replay: bool = False


class NewDelivery(Value, frozen=True, kw_only=True):
    """A delivery that the event at *position*, called *type*, led to: open or parked."""

    event_id: str
    endpoint_id: str
    position: int
    type: str | None
    state: State
    due_at: int
    subscribers: int
    origin: str = LIVE


class FanOut(Value, frozen=True, kw_only=True):
    """What the events past *after*, up to *upto*, lead to, *changes* in the log's order."""

    after: int
    upto: int
    deliveries: Sequence[NewDelivery] = ()
    changes: Sequence[EndpointChange] = ()


class AttemptRow(Value, frozen=True, kw_only=True):
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
    origin: str = LIVE


class Settlement(Value, frozen=True, kw_only=True):
    """
    An attempt, and where its delivery goes from there: that of the event at *position*.

    *next_number* and *due_at* are those of the attempt that follows, if *state* is open.
    """

    attempt: AttemptRow
    state: State
    next_number: int
    due_at: int
    position: int = 0


class DeliveryRow(Value, frozen=True, kw_only=True):
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

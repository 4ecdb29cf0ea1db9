"""A delivery, an attempt of it, and a job that sends many again."""

from typing import Literal, TypeAlias

from service.wire.resources.shape import Resource, Timestamp

DeliveryState: TypeAlias = Literal[
    "blocked", "canceled", "delivered", "exhausted", "open", "parked"
]


class Delivery(Resource, frozen=True, kw_only=True):
    """
    One event on its way to one endpoint.

    *attempt* is the number of the attempt that comes next, or came last where no other will.
    *origin* is `live` where the event itself led to it, else the id of what sends it again.
    """

    id: str
    object: Literal["delivery"]
    attempt: int
    created: Timestamp
    endpoint: str
    event: str
    event_type: str | None
    last_attempt_at: Timestamp | None
    last_outcome: str | None
    last_status: int | None
    livemode: bool
    next_attempt_at: Timestamp | None
    origin: str
    state: DeliveryState


class DeliveryAttempt(Resource, frozen=True, kw_only=True):
    """
    One POST of a delivery, and what came of it. Phases are in milliseconds from its start.

    *excerpt* is the beginning of what was answered, as text.
    """

    id: str
    object: Literal["delivery_attempt"]
    address: str | None
    connect_ms: float | None
    created: Timestamp
    delivery: str
    detail: str | None
    dns_ms: float | None
    excerpt: str
    excerpt_truncated: bool
    first_byte_ms: float | None
    number: int
    outcome: str
    status: int | None
    took_ms: float


class ReplayCounts(Resource, frozen=True, kw_only=True):
    """Of the events that *matched* so far: what was *enqueued*, and what came of that."""

    delivered: int
    enqueued: int
    failed: int
    matched: int


class Replay(Resource, frozen=True, kw_only=True):
    """
    A job that sends the events of a stretch of time again.

    *progress* says how much of the stretch it has looked at, from 0 to 1. *reason* tells why
    it is paused or canceled.
    """

    id: str
    object: Literal["replay"]
    counts: ReplayCounts
    created: Timestamp
    dry_run: bool
    ended_at: Timestamp | None
    endpoint: str
    livemode: bool
    progress: float
    reason: Literal["endpoint_deleted", "endpoint_disabled", "internal_error", "requested"] | None
    since: Timestamp
    states: list[str]
    status: Literal["canceled", "completed", "paused", "running"]
    types: list[str]
    until: Timestamp
    url: str | None

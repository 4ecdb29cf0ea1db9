"""An entry of an object's history: an event, what it changed, and who heard of it."""

from typing import Literal

from service.wire.resources.log_entry import LogActor
from service.wire.resources.shape import Json, Resource, Timestamp


class HistoryAnnounced(Resource, frozen=True, kw_only=True):
    """The Stripe event that the entry was told as."""

    id: str
    type: str


class HistoryAttempt(Resource, frozen=True, kw_only=True):
    """*kind* says what came of it, *status* what was answered, if anything was."""

    address: str | None
    created: Timestamp
    detail: str | None
    kind: str
    number: int
    status: int | None
    took_ms: float


class HistoryDelivery(Resource, frozen=True, kw_only=True):
    """*origin* is `live`, or the id of what sent the event again."""

    attempts: list[HistoryAttempt]
    endpoint: str
    origin: str
    state: str


class HistoryEntry(Resource, frozen=True, kw_only=True):
    """
    *changes* maps each name that changed (`metadata[order]`) to what it was (`old`) and is
    (`new`), either left out where there was, or is, no such name. *event* is what was
    recorded, *topic* its name, *position* its place in the log, *version* that among the
    object's events.
    """

    id: str
    object: Literal["history_entry"]
    actor: LogActor
    announced: HistoryAnnounced | None
    changes: Json
    created: Timestamp
    deliveries: list[HistoryDelivery]
    event: Json
    position: int
    topic: str
    version: int

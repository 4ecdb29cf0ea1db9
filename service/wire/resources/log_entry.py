"""An entry of the log: one event as it was recorded, with its place, for audits."""

from typing import Literal

from service.wire.resources.shape import Json, Resource, Timestamp


class LogActor(Resource, frozen=True, kw_only=True):
    """Who asked for it: the call, its key masked. All null for what Seti did by itself."""

    address: str | None
    idempotency_key: str | None
    key: str | None
    request: str | None


class LogEntry(Resource, frozen=True, kw_only=True):
    """
    *position* is the entry's place in the log, *version* its place among those of *stream*,
    which is the id of the object that it is about. *event* is what was recorded.
    """

    object: Literal["log_entry"]
    account: str
    actor: LogActor
    created: Timestamp
    event: Json
    livemode: bool
    position: int
    stream: str
    topic: str
    version: int

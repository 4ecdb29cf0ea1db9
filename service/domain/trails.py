"""What became of news: to whom each event went, and what came of each attempt."""

from service.domain.values import Value


class Try(Value, frozen=True, kw_only=True):
    """
    One attempt, begun at *started_at* (Unix ms).

    *kind* says what came of it, *status* what was answered, if anything was.
    """

    number: int
    started_at: int
    took_ms: float
    kind: str
    status: int | None
    address: str | None
    detail: str | None


class Trail(Value, frozen=True, kw_only=True):
    """
    The delivery of an event to one endpoint, and where it stands.

    *origin* is `live`, or the id of what sent the event again. Attempts that are older than
    they are kept are no longer told of.
    """

    event_id: str
    endpoint_id: str
    origin: str
    state: str
    attempts: tuple[Try, ...] = ()

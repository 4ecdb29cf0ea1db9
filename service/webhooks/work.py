"""What the rooms of the dispatcher hand each other."""

from typing import TypeAlias

from service.domain.values import Value
from service.webhooks.ledger.values import LIVE, REPLAY_PREFIX, Due, DuePlace

# What names a delivery: its event, its endpoint, its origin; never the attempt, of which two
# may coexist.
Key: TypeAlias = tuple[str, str, str]


class Work(Value, frozen=True, kw_only=True):
    """
    An open delivery of the event at *position*, in memory. *due_at* is in Unix milliseconds.

    *made_at* is when its event was committed (Unix ms), where that is known. *body* is there
    while the delivery is new; a later attempt renders it again.
    """

    event_id: str
    endpoint_id: str
    attempt: int
    due_at: int
    subscribers: int
    position: int = 0
    origin: str = LIVE
    made_at: int | None = None
    body: bytes | None = None

    @property
    def key(self) -> Key:
        return self.event_id, self.endpoint_id, self.origin

    @property
    def replay(self) -> bool:
        """Whether a replay sends this: it gives way to all else."""
        return self.origin != LIVE and self.origin.startswith(REPLAY_PREFIX)

    @property
    def place(self) -> DuePlace:
        return DuePlace(self.due_at, self.event_id, self.origin)


def work_of(due: Due) -> Work:
    """Return *due*, as the ledger gives it, as work."""
    return Work(
        event_id=due.event_id,
        endpoint_id=due.endpoint_id,
        attempt=due.attempt,
        due_at=due.due_at,
        subscribers=due.subscribers,
        position=due.position,
        origin=due.origin,
        made_at=due.due_at if due.attempt == 1 else None,
    )

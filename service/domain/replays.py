"""
Replays: jobs that send a part of the log to an endpoint once more, or to another URL.

A replay looks at every event of a stretch of time, in the order of the log, and sends those
that its *states* and *types* ask for. What an event's state is, is asked when the replay
comes to it. Events from before the endpoint was there are looked at as well: nothing was ever
sent of them, which is what `never_attempted` means. Pings are never sent again.
"""

from typing import Final

from service.domain.announcements import PING, hears_of
from service.domain.values import Owner, Value

ALL: Final = "all"
FAILED: Final = "failed"
PARKED: Final = "parked"
NEVER_ATTEMPTED: Final = "never_attempted"
WHICH: Final = (ALL, FAILED, NEVER_ATTEMPTED, PARKED)

RUNNING: Final = "running"
PAUSED: Final = "paused"
COMPLETED: Final = "completed"
CANCELED: Final = "canceled"

REQUESTED: Final = "requested"
ENDPOINT_DISABLED: Final = "endpoint_disabled"
ENDPOINT_DELETED: Final = "endpoint_deleted"
# What is to be sent cannot be read: whoever runs the service has to look.
INTERNAL_ERROR: Final = "internal_error"


class WantedReplays(Value, frozen=True, kw_only=True):
    """
    Which of *owner*'s replays a list is of; None, or nothing, for any.

    They were started from *since* on and before *until*, in Unix milliseconds.
    """

    owner: Owner
    endpoint: str | None = None
    status: str | None = None
    since: int | None = None
    until: int | None = None


class Stands(Value, frozen=True):
    """How the live delivery of an event stands, and whether it was ever attempted."""

    state: str
    attempted: bool
    subscribers: int


class Replay(Value, frozen=True, kw_only=True):
    """
    One job. *created_at* and *ended_at* are in Unix milliseconds, *since* and *until* seconds.

    *reached* is the position up to which it has looked, of those from *after* to *upto*. With
    *url*, events go there instead. A *dry_run* counts what it matches and sends nothing.
    """

    id: str
    owner: Owner
    endpoint_id: str
    url: str | None
    dry_run: bool
    created_at: int
    since: int
    until: int
    after: int
    upto: int
    types: tuple[str, ...]
    states: tuple[str, ...]
    status: str = RUNNING
    reason: str | None = None
    ended_at: int | None = None
    reached: int
    matched: int = 0
    enqueued: int = 0
    delivered: int = 0
    failed: int = 0

    @property
    def finished(self) -> bool:
        return self.status in (COMPLETED, CANCELED)

    def takes(self, type_: str, at: int) -> bool:
        """Say whether events of *type_* that happened *at* an instant are looked at."""
        return type_ != PING and self.since <= at < self.until and hears_of(self.types, type_)

    def wants(self, live: Stands | None) -> bool:
        """Say whether an event goes out again whose *live* delivery stands like this, if any."""
        if ALL in self.states:
            return True
        if live is None or (live.state == "parked" and not live.attempted):
            return NEVER_ATTEMPTED in self.states or (live is not None and PARKED in self.states)
        if live.state == "parked":
            return PARKED in self.states
        return FAILED in self.states and live.state in ("exhausted", "blocked")

"""What the API asks of those who deliver. Every method may raise `StoreUnavailable`."""

from collections.abc import Collection, Sequence
from typing import Protocol

from service.domain.deliveries import (
    Delivery,
    DeliveryAttempt,
    DeliveryKey,
    EventPlace,
    Place,
    Unheard,
    Wanted,
)
from service.domain.replays import Replay, WantedReplays
from service.domain.values import Owner


class DeliveryRoom(Protocol):
    """Deliveries to look at and to send again, and the jobs that send many."""

    async def page(
        self, wanted: Wanted, place: Place | None, limit: int, *, newer: bool = False
    ) -> list[Delivery]:
        """Return at most *limit* deliveries next to *place*, the newest first: *newer* or older."""
        ...

    async def find(self, owner: Owner, key: DeliveryKey) -> Delivery | None:
        """Return a delivery to an endpoint of *owner*'s, which may be deleted by now."""
        ...

    async def attempts(self, key: DeliveryKey) -> Sequence[DeliveryAttempt]:
        """Return the attempts of a delivery that are still kept, the first first."""
        ...

    @property
    def fanned_out(self) -> int:
        """The position up to which it is decided whom events go to."""
        ...

    async def unacknowledged(self, event_ids: Collection[str]) -> Collection[str]:
        """Return those of the events, all fanned out, that somebody has still to acknowledge."""
        ...

    async def unheard(
        self, wanted: Unheard, place: EventPlace, limit: int, *, newer: bool
    ) -> list[tuple[str, EventPlace]]:
        """Return at most *limit* events next to *place*, newest first: *newer* or older."""
        ...

    async def event_place(self, event_id: str, position: int) -> EventPlace:
        """Return where an event is that was fanned out, or would be."""
        ...

    async def resend(self, delivery: Delivery, origin: str) -> None:
        """Send the event of *delivery* to its endpoint once more, now. Raise `Refused`."""
        ...

    async def start(self, replay: Replay) -> None:
        """Begin a job. Raise `Refused`."""
        ...

    async def replay(self, owner: Owner, replay_id: str) -> Replay | None:
        """Return a job of *owner*'s."""
        ...

    async def replays(
        self, wanted: WantedReplays, cursor: str | None, limit: int, *, newer: bool = False
    ) -> list[Replay]:
        """Return at most *limit* jobs next to *cursor*, the newest first: *newer* or older."""
        ...

    async def turn(self, replay: Replay, status: str) -> None:
        """Pause, resume or cancel a job. Raise `Refused`."""
        ...

"""
What the rest of the room may ask of the ledger.

The ledger holds what is to be delivered and what came of it. It is written by two hands: the
follower that fans events out, and the recorder of outcomes. Instants are Unix milliseconds.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from service.domain.endpoint_health import Health
from service.domain.trails import Trail
from service.webhooks.ledger.values import (
    LIVE,
    AttemptRow,
    DeliveryRow,
    Due,
    Endpoint,
    EventOfObject,
    FanOut,
    Settlement,
    State,
    Stretch,
)


class LedgerUnavailable(Exception):
    """The ledger could not be opened, written or read now: a full disk, a lock held elsewhere."""


class Overtaken(Exception):
    """Somebody else has fanned these events out. Nothing was written."""


class Ledger(Protocol):
    """The deliveries and their attempts. Every method may raise `LedgerUnavailable`."""

    async def position(self) -> int:
        """Return the position up to which events were fanned out."""
        ...

    async def endpoints(self) -> list[Endpoint]:
        """Return the endpoints as they are at `position`."""
        ...

    async def begin(self, at: int) -> None:
        """
        Say that it is *at* now, at a start.

        Where the clock was ahead of that before, all that is open is due earlier by as much:
        waits are as long as they were, and what was due stays so. Where nothing was done for
        long, what waited is kept for longer by as much: see `exhaust`.
        """
        ...

    async def fan_out(self, batch: FanOut) -> None:
        """
        Write *batch* in one transaction, exactly once, or raise `Overtaken`.

        What waits for an endpoint that it disables or deletes is closed with it, if that is
        not very much; the rest is left to `close_some`.
        """
        ...

    async def close_some(self) -> bool:
        """Close some of what is left to be, and say whether there is more."""
        ...

    async def record(self, settlements: Sequence[Settlement]) -> None:
        """
        Write *settlements* in one transaction.

        A success is never refused. A failure changes its delivery only while that waits for
        the attempt of this number; the attempt is kept all the same. What an endpoint itself
        acknowledges, sent again for whatever reason, settles the live delivery as well.
        """
        ...

    async def health(self, endpoint_ids: Iterable[str]) -> dict[str, Health]:
        """Return how endpoints fare, those that were never tried left out."""
        ...

    async def waiting(self, endpoint_ids: Iterable[str]) -> dict[str, dict[State, int]]:
        """Return how many deliveries to each endpoint are open, and parked."""
        ...

    async def due(self, stretches: Sequence[Stretch]) -> list[list[Due]]:
        """Return what is open, for each of *stretches* in the order of its time."""
        ...

    async def earlier_open(self, event: EventOfObject) -> int | None:
        """
        Return when the latest open delivery of an earlier event of the same object is due.

        None where there is none: nothing of it has to go before.
        """
        ...

    async def exhaust(
        self, endpoint_id: str, before: int, now: int, origin: str | None = None
    ) -> int:
        """
        Give up what was made *before* and is due *now* to an endpoint, and return how much.

        With *origin*, only what comes from there. A standstill since then does not count.
        """
        ...

    async def count_open(self) -> int:
        """Return how many deliveries are open. It reads the whole queue: not for a loop."""
        ...

    async def are_open(self, keys: Sequence[Sequence[str]]) -> list[bool]:
        """Say of each delivery (its event, endpoint, origin) whether it has still to be sent."""
        ...

    async def elsewhere(self) -> Mapping[str, str]:
        """Return where unfinished replays, by their ids, send instead of to their endpoint."""
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
        """Return an endpoint's live deliveries, newest first, of events before a position."""
        ...

    async def trails(self, event_ids: Iterable[str]) -> dict[str, list[Trail]]:
        """Return where each of the events went, by its id; those that went nowhere are left out."""
        ...

    async def attempts_of(
        self, event_id: str, endpoint_id: str, origin: str = LIVE
    ) -> list[AttemptRow]:
        """Return the attempts of one delivery in their order."""
        ...

    async def last_attempts(self, endpoint_id: str, limit: int) -> list[AttemptRow]:
        """Return an endpoint's last attempts, newest first."""
        ...

    async def purge_attempts(self, before: int) -> int:
        """Delete the attempts that started before an instant and return how many."""
        ...

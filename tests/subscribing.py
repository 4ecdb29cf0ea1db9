"""A small house around the deliveries: a real log, a real ledger, and endpoints to subscribe."""

import dataclasses
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from service.domain import events as e
from service.domain.endpoint_health import Health, Verdict
from service.domain.values import SYSTEM, Actor, replace
from service.hiding import Hiding
from service.ids import IdMaker
from service.keyring import Keyring
from service.reveal import Reveal
from service.store.protocol import Append
from service.store.sqlite import SqliteLog, open_log
from service.webhooks.ledger import SqliteLedger, open_ledger
from service.webhooks.ledger.values import DeliveryRow, Endpoint, State
from service.webhooks.running import Deliveries, Wiring, delivering
from tests import histories as h
from tests.eventually import eventually
from tests.posting import QUICK
from tests.receivers import Receiver

KEYRING: Final = Keyring(b"m" * 32)
FAST: Final = (0, 0.05, 0.05)


@dataclass(slots=True)
class Clock:
    """Unix seconds, which pass only when a test says so."""

    at: float = field(default_factory=time.time)

    def __call__(self) -> float:
        return self.at


@dataclass(slots=True)
class House:
    """What a test does to the log, and what it sees in the ledger."""

    log: SqliteLog
    ledger: SqliteLedger
    disabled: list[tuple[str, str]] = field(default_factory=list)
    versions: dict[str, int] = field(default_factory=dict)
    new_id: IdMaker = field(default_factory=IdMaker)

    async def happen(self, *events: e.Event, actor: Actor = h.CALLED) -> None:
        """Append *events*, each to its stream."""
        appends = []
        for event in events:
            stream = h.stream_of(event)
            version = self.versions.get(stream, 0)
            appends.append(Append(stream, version, [event]))
            self.versions[stream] = version + 1
        for append in appends:
            await self.log.append([append], actor)

    async def subscribe(self, there: Receiver, **changes: Any) -> str:
        """Subscribe *there* and return the endpoint's id."""
        id_ = self.new_id("we", int(time.time() * 1000))
        created = replace(h.ENDPOINT_CREATED, endpoint_id=id_, url=there.url)
        await self.happen(replace(created, **changes))
        return id_

    async def set_status(self, endpoint_id: str, status: str, at: int = h.AT) -> None:
        changed = {"status": status}
        event = replace(h.ENDPOINT_UPDATED, endpoint_id=endpoint_id, at=at, changed=changed)
        await self.happen(event)

    async def delete(self, endpoint_id: str) -> None:
        await self.happen(replace(h.ENDPOINT_DELETED, endpoint_id=endpoint_id))

    async def disable(self, endpoint: Endpoint, found: Verdict) -> None:
        """Do as the composition root does, without a decider."""
        self.disabled.append((endpoint.id, found.reason))
        event = replace(h.ENDPOINT_DISABLED, endpoint_id=endpoint.id, reason=found.reason)
        await self.happen(event, actor=SYSTEM)

    async def create_customers(self, number: int, **attributes: Any) -> list[str]:
        """Create customers, each of which is news, and return the ids of the events' streams."""
        shown = {**h.CUSTOMER_CREATED.attributes, **attributes}
        created = replace(h.CUSTOMER_CREATED, attributes=shown)
        names = [self.new_id("cus", int(time.time() * 1000)) for _ in range(number)]
        await self.happen(*(replace(created, customer_id=name) for name in names))
        return names

    async def rows(self, endpoint_id: str) -> list[DeliveryRow]:
        """Return an endpoint's deliveries, oldest first."""
        return (await self.ledger.deliveries_of_endpoint(endpoint_id, limit=1000))[::-1]

    async def health(self, endpoint_id: str) -> Health:
        return (await self.ledger.health([endpoint_id])).get(endpoint_id, Health())

    async def caught_up(self, deliveries: Deliveries) -> None:
        """Wait until everything in the log was fanned out."""
        head = await self.log.head()
        await eventually(lambda: deliveries.follower.position >= head)

    async def states(self, endpoint_id: str) -> list[State]:
        return [row.state for row in await self.rows(endpoint_id)]


@asynccontextmanager
async def a_house(directory: Path, hiding: Hiding | None = None) -> AsyncIterator[House]:
    """Open the log and the ledger in *directory*."""
    log = open_log(directory, hiding=hiding)
    ledger = open_ledger(directory / "ledger.sqlite3", log.log_id)
    try:
        yield House(log, ledger)
    finally:
        await ledger.close()
        await log.close()


@asynccontextmanager
async def telling(house: House, **changes: Any) -> AsyncIterator[Deliveries]:
    """Deliver from *house* until the block is left."""
    wiring = Wiring(
        store=house.log,
        ledger=house.ledger,
        keyring=KEYRING,
        reveal=Reveal(KEYRING, "http://127.0.0.1:12111"),
        disable=house.disable,
        clock=time.time,
        retry_schedule=FAST,
        limits=QUICK,
    )
    async with delivering(dataclasses.replace(wiring, **changes)) as deliveries:
        house.log.listen(deliveries.wake)
        yield deliveries

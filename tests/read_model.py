"""A log, a server and the read model between them, as one process has them."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from msgspec.structs import replace

from projections import indexes
from projections.building import builder
from projections.documents import tell
from projections.model import ReadModel
from projections.runner import Runner
from projections.views import Cut, ViewsIncomplete
from service.domain import events as e
from service.domain.values import SYSTEM, Owner
from service.ids import IdMaker
from service.store.protocol import Append
from service.store.sqlite.log import SqliteLog
from service.store.sqlite.opening import open_log
from tests import histories as a
from tests.valkey import Valkey

OWNER = Owner(a.ACCT, livemode=False)
NOW = float(a.AT + 100)


@dataclass(slots=True)
class House:
    """What one process needs to project. *new_id* makes ids that rise."""

    log: SqliteLog
    model: ReadModel
    runner: Runner
    new_id: IdMaker = field(default_factory=IdMaker)

    async def created(self, *, projects: bool = True, customer: str | None = None) -> str:
        """Create a SetupIntent as a request would, and return its id."""
        name = self.new_id("seti", a.AT * 1000)
        event = replace(a.INTENT_CREATED, setup_intent_id=name, customer=customer)
        await self.happens(name, event, projects=projects)
        return name

    async def happens(self, stream: str, *events: e.Event, projects: bool = True) -> None:
        """Append *events* to *stream*, and project them unless the request dies before that."""
        history = await self.log.load(stream)
        last = await self.log.append([Append(stream, len(history), events)], SYSTEM)
        if projects:
            told = tell(await self.log.load(stream))
            assert told is not None
            positions = range(last - len(events) + 1, last + 1)
            news = [one for one in told.news if one.position in positions]
            await self.model.views.write([told.document], news, positions)

    async def expected(self, name: str) -> bytes | None:
        """Return the view of *name* as the log has it."""
        told = tell(await self.log.load(name))
        return None if told is None else told.document.body

    async def is_shown(self, name: str) -> bool:
        """Say whether the views hold *name* just as the log has it."""
        body = await self.model.views.get(OWNER, name)
        return body is not None and body == await self.expected(name)

    async def listed(self, *of: indexes.Index) -> list[str] | None:
        """Return everything in the lists *of*, or None while they are not believed."""
        try:
            return await self.model.views.page(
                OWNER, of or [indexes.SETUP_INTENTS], Cut(limit=1000)
            )
        except ViewsIncomplete:
            return None


@asynccontextmanager
async def house(
    directory: Path, valkey: Valkey, clock: Callable[[], float] = lambda: NOW
) -> AsyncIterator[House]:
    """Open the log in *directory*, its read model in *valkey*, and run until the end."""
    log = open_log(directory)
    model = ReadModel.at(valkey.url, log.log_id)
    runner = Runner(log, model, builder(valkey.url, log, clock), clock)
    log.listen(runner.heard)
    runner.start()
    try:
        yield House(log, model, runner)
    finally:
        await runner.stop()
        await model.close()
        await log.close()


def contents(valkey: Valkey, generation: int) -> dict[bytes, object]:
    """Return everything that *generation* holds, by key without its generation."""
    prefix = b"s%d:" % generation
    with valkey.client() as client:
        read = {
            b"string": client.get,
            b"set": lambda key: sorted(client.smembers(key)),
            b"zset": lambda key: client.zrange(key, 0, -1),
        }
        return {
            key.removeprefix(prefix): read[client.type(key)](key)
            for key in client.scan_iter(match=prefix + b"*")
        }

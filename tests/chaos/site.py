"""
Where everything happens: one server on a small volume, under a clock that can be stepped.

The server is kept up as an operator's machine keeps it up: whoever kills it starts it again.
Its process is waited for on threads, so that subscribers and callers go on meanwhile.
"""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Final

from tests.chaos.clock import Clock
from tests.chaos.ledger import LedgerFile
from tests.e2e.server import Server
from tests.e2e.shell import Shell
from tests.eventually import eventually
from tests.volume import Volume, small_volume

# Many attempts within the time of a run, and the last ones far enough apart to last it.
_RETRIES: Final = "0,0.5,1,2,4,8,15,30,60,120"
_SETTLES_S: Final = 60.0


class Site:
    """The *server*, its *volume* and its *clock*."""

    def __init__(self, server: Server, volume: Volume, clock: Clock) -> None:
        self.server = server
        self.volume = volume
        self.clock = clock
        self.ledger = LedgerFile(server.data_dir / "ledger.sqlite3")

    @property
    def databases(self) -> tuple[Path, Path]:
        """The files of the log and of the ledger."""
        directory = self.server.data_dir
        return directory / "seti.sqlite3", directory / "ledger.sqlite3"

    async def start(self) -> None:
        await asyncio.to_thread(self.server.start)

    async def kill(self) -> None:
        """End the server as a crash would."""
        await asyncio.to_thread(self.server.kill)

    async def is_well(self) -> bool:
        """Whether the server says of each of its parts that it does what it is there for."""
        try:
            health = await asyncio.to_thread(lambda: self.server.health)
        except (OSError, ValueError):
            return False
        parts = ("log", "views", "deliveries")
        return [health[part]["status"] for part in parts] == ["ok", "whole", "ok"]

    async def is_well_again(self) -> None:
        """Wait for a server that was hurt. Raise `TimeoutError` where it stays so."""
        await eventually(self.is_well, within=_SETTLES_S)

    async def complaints(self, *command: str) -> list[str]:
        """Return what a *command* of the house finds wrong, beside the server."""
        shell = Shell(self.server.data_dir, self.server.url)
        ended = await asyncio.to_thread(shell.seti, *command)
        return [] if ended.returncode == 0 else [*ended.stdout.splitlines(), ended.stderr]

    async def sealed(self) -> None:
        """Wait for all of the log to be sealed: its events are of a time that others call past."""
        # What is never sealed is told by whoever verifies the log.
        with suppress(TimeoutError):
            await eventually(lambda: asyncio.to_thread(self._is_sealed), within=_SETTLES_S)

    def _is_sealed(self) -> bool:
        return not self.server.health["seals"]["lag"]

    def errors(self) -> list[str]:
        """Return what the server has told of as an error, by the names of its lines."""
        told = []
        for line in self.server.lines:
            with suppress(ValueError):
                entry = json.loads(line) if '"error"' in line else {}
                told += [str(entry["event"])] if entry.get("level") == "error" else []
        return told


@asynccontextmanager
async def site(place: Path) -> AsyncIterator[Site]:
    """Serve from *place*, an empty directory or none, while the block runs."""
    disk = place / "disk"
    disk.mkdir(parents=True)
    with small_volume(disk) as volume:
        clock = Clock(place / "clock")
        server = Server(disk / "data", SETI_RETRY_SCHEDULE=_RETRIES)
        server.command = ("-m", "tests.chaos.stepped", str(place / "clock"))
        here = Site(server, volume, clock)
        try:
            await here.start()
            yield here
        finally:
            await asyncio.to_thread(server.close)

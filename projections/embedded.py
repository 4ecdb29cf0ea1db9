"""
The Redis that Seti brings along: a server of its own, on a Unix socket, for one process.

It may die at any moment without harm, so it keeps no append-only file: a snapshot now and
then makes a restart quick, and the log knows the rest. It runs in a session of its own, so
that Ctrl-C reaches only Seti, which then stops it when nobody needs it any more.
"""

import asyncio
import contextlib
from asyncio.subprocess import Process
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import structlog

from projections.binary import find_server
from projections.launching import SNAPSHOT, SOCKET, ServerUnusable, launched
from projections.leftover import shut_down_leftover
from projections.snapshot import remove_unfinished
from service.config import REDIS_START_S, REDIS_STOP_S
from service.sockets import socket_in

LOAD_MAX_S: Final = 120.0
RESTART_DELAY_MAX_S: Final = 5.0
RESTART_DELAY_FIRST_S: Final = 0.05
STEADY_AFTER_S: Final = 30.0
_READY: Final = b"Ready to accept connections"

log = structlog.get_logger()


class EmbeddedServer:
    """A server for the views in *directory*, restarted whenever it dies."""

    def __init__(self, directory: Path, binary: Path | None = None) -> None:
        self._directory = directory
        self._binary = binary
        self._process: Process | None = None
        self._starting: asyncio.Task[None] | None = None
        self._keeper: asyncio.Task[None] | None = None
        self._reader: asyncio.Task[None] | None = None
        self._stopping = asyncio.Event()
        self._last_line = ""

    @property
    def url(self) -> str:
        """Where it is reached."""
        return f"unix://{quote(str(socket_in(self._directory, SOCKET)))}"

    @property
    def pid(self) -> int | None:
        """The server's process, while there is one."""
        return self._process.pid if self._process is not None else None

    async def start(self, within_s: float = LOAD_MAX_S) -> None:
        """
        Bring the server up. Raise `CannotStart` where it turns out *within_s* that it cannot be.

        Where it takes longer, since it has a large snapshot to read, or a predecessor's server
        one to write, it comes up in its own time: until then it is as if it had died.
        """
        try:
            self._directory.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ServerUnusable(
                f"The directory of the views, {self._directory}, cannot be made: {error.strerror}."
            ) from error
        starting = self._starting = asyncio.create_task(self._bring_up())
        await asyncio.wait({starting}, timeout=within_s)
        if starting.done():
            starting.result()
        self._keeper = asyncio.create_task(self._keep_up(starting))

    async def stop(self, within_s: float = REDIS_STOP_S) -> None:
        """
        Let the server save its snapshot and end. It is killed if it does not *within_s*.

        One whose start was given up half-way ends as well, and its snapshot stays as it was.
        """
        self._stopping.set()
        if self._keeper is not None:
            await self._keeper
        elif self._starting is not None:
            self._starting.cancel()
            await asyncio.wait({self._starting})
        if self._process is not None:
            await self._end(self._process, within_s)
        remove_unfinished(self._directory)

    async def _bring_up(self) -> None:
        """
        Return with the server ready to be asked. Raise `CannotStart` where it cannot be.

        One that a killed predecessor left behind is shut down first. A snapshot that cannot
        be read is put aside, since nothing in it is missed.
        """
        # It saves what it holds, which may be as much as a start has to read.
        await shut_down_leftover(socket_in(self._directory, SOCKET), LOAD_MAX_S)
        if await self._is_up():
            return
        if not (self._put_snapshot_aside() and await self._is_up()):
            said = self._last_line or "no reason"
            raise ServerUnusable(f"The bundled Redis does not start: {said}.")

    async def _is_up(self) -> bool:
        """Launch the server, and say whether it is ready; it has ended if it is not."""
        remove_unfinished(self._directory)
        self._binary = self._binary or find_server()
        process = self._process = await launched(self._binary, self._directory)
        ready = asyncio.Event()
        self._reader = asyncio.create_task(self._read(process, ready))
        waits = [asyncio.create_task(wait) for wait in (process.wait(), ready.wait())]
        # A large snapshot takes its time; a server that cannot read it ends, and is noticed.
        wait_s = LOAD_MAX_S if (self._directory / SNAPSHOT).exists() else REDIS_START_S
        try:
            await asyncio.wait(waits, timeout=wait_s, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()
        if ready.is_set():
            socket = str(socket_in(self._directory, SOCKET))
            log.info("redis.started", pid=process.pid, socket=socket)
        else:
            await self._end(process, REDIS_STOP_S)
        return ready.is_set()

    async def _read(self, process: Process, ready: asyncio.Event) -> None:
        """Read what the server says, so that it never waits for us, and notice when it is up."""
        assert process.stdout is not None  # noqa: S101 (A pipe was asked for.)
        async for line in process.stdout:
            if _READY in line:
                ready.set()
            self._last_line = line.decode(errors="replace").strip().rstrip(".")

    async def _keep_up(self, starting: asyncio.Task[None]) -> None:
        delay = RESTART_DELAY_FIRST_S
        while True:
            began = asyncio.get_running_loop().time()
            if await self._stopped_before(starting):
                return
            if (reason := starting.exception()) is not None:
                log.warning("redis.unusable", reason=str(reason))
            elif await self._stopped_before(died := asyncio.create_task(self._death())):
                return
            else:
                log.warning("redis.died", pid=self.pid, status=died.result(), said=self._last_line)
            if asyncio.get_running_loop().time() - began > STEADY_AFTER_S:
                delay = RESTART_DELAY_FIRST_S
            if await self._stopped_within(delay):
                return
            delay = min(delay * 2, RESTART_DELAY_MAX_S)
            starting = asyncio.create_task(self._bring_up())

    async def _death(self) -> int:
        """Return the status with which the server that came up has ended."""
        assert self._process is not None  # noqa: S101 (It came up.)
        return await self._process.wait()

    async def _stopped_before(self, other: asyncio.Task[Any]) -> bool:
        stopping = asyncio.create_task(self._stopping.wait())
        await asyncio.wait({other, stopping}, return_when=asyncio.FIRST_COMPLETED)
        for waiting in (other, stopping):
            if not waiting.done():
                waiting.cancel()
        return self._stopping.is_set()

    async def _stopped_within(self, delay_s: float) -> bool:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._stopping.wait(), delay_s)
        return self._stopping.is_set()

    async def _end(self, process: Process, within_s: float) -> None:
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
        try:
            await asyncio.wait_for(process.wait(), within_s)
        except TimeoutError:
            process.kill()
            await process.wait()
        if self._reader is not None:
            await self._reader

    def _put_snapshot_aside(self) -> bool:
        snapshot = self._directory / SNAPSHOT
        if not snapshot.exists():
            return False
        snapshot.replace(snapshot.with_suffix(".unreadable"))
        log.warning("redis.snapshot_put_aside", snapshot=str(snapshot), said=self._last_line)
        return True

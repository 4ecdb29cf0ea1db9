"""
The Redis that Seti brings along: a server of its own, on a Unix socket, for one process.

It may die at any moment without harm, so it keeps no append-only file: a snapshot now and
then makes a restart quick, and the log knows the rest. It runs in a session of its own, so
that Ctrl-C reaches only Seti, which then stops it when nobody needs it any more.
"""

import asyncio
import contextlib
import os
from asyncio.subprocess import DEVNULL, PIPE, STDOUT, Process
from pathlib import Path
from typing import Final
from urllib.parse import quote

import structlog

from projections.binary import find_server
from projections.leftover import shut_down_leftover
from projections.snapshot import remove_unfinished
from service.config import REDIS_START_S, REDIS_STOP_S, CannotStart
from service.sockets import socket_in

SOCKET: Final = "valkey.sock"
LOAD_MAX_S: Final = 120.0
RESTART_DELAY_MAX_S: Final = 5.0
RESTART_DELAY_FIRST_S: Final = 0.05
STEADY_AFTER_S: Final = 30.0
_SNAPSHOT: Final = "views.rdb"
_READY: Final = b"Ready to accept connections"
# The words of a command are freed together. What glibc does not keep at hand it merges and
# splits anew, which without this is a fifth of what the server does while views are written.
_ALLOCATION: Final = {"GLIBC_TUNABLES": "glibc.malloc.tcache_count=1000"}

log = structlog.get_logger()


class ServerUnusable(CannotStart):
    """The bundled server does not come up. The sentence says what it said last."""


class EmbeddedServer:
    """A server for the views in *directory*, restarted whenever it dies."""

    def __init__(self, directory: Path, binary: Path | None = None) -> None:
        self._directory = directory
        self._binary = binary
        self._process: Process | None = None
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

    async def start(self) -> None:
        """
        Bring the server up, ready to be asked. Raise `CannotStart` where it cannot be.

        One that a killed predecessor left behind is shut down first. A snapshot that cannot
        be read is put aside, since nothing in it is missed.
        """
        self._binary = self._binary or find_server()
        try:
            self._directory.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ServerUnusable(
                f"The directory of the views, {self._directory}, cannot be made: {error.strerror}."
            ) from error
        # It saves what it holds, which may be as much as a start has to read.
        await shut_down_leftover(socket_in(self._directory, SOCKET), LOAD_MAX_S)
        try:
            await self._bring_up()
        except ServerUnusable:
            if not self._put_snapshot_aside():
                raise
            await self._bring_up()
        self._keeper = asyncio.create_task(self._keep_up())

    async def stop(self, within_s: float = REDIS_STOP_S) -> None:
        """Let the server save its snapshot and end. It is killed if it does not *within_s*."""
        self._stopping.set()
        if self._keeper is not None:
            await self._keeper
        if self._process is not None:
            await self._end(self._process, within_s)
        remove_unfinished(self._directory)

    async def _bring_up(self) -> None:
        remove_unfinished(self._directory)
        process = self._process = await self._launched()
        ready = asyncio.Event()
        self._reader = asyncio.create_task(self._read(process, ready))
        died = asyncio.create_task(process.wait())
        up = asyncio.create_task(ready.wait())
        # A large snapshot takes its time; a server that cannot read it ends, and is noticed.
        wait_s = LOAD_MAX_S if (self._directory / _SNAPSHOT).exists() else REDIS_START_S
        await asyncio.wait({died, up}, timeout=wait_s, return_when=asyncio.FIRST_COMPLETED)
        up.cancel()
        if ready.is_set():
            socket = str(socket_in(self._directory, SOCKET))
            log.info("redis.started", pid=process.pid, socket=socket)
            return
        await self._end(process, REDIS_STOP_S)
        raise ServerUnusable(f"The bundled Redis does not start: {self._last_line or 'no reason'}.")

    async def _launched(self) -> Process:
        try:
            return await asyncio.create_subprocess_exec(
                str(self._binary),
                *self._options(),
                stdin=DEVNULL,
                stdout=PIPE,
                stderr=STDOUT,
                env={**_ALLOCATION, **os.environ},
                start_new_session=True,
            )
        except OSError as error:
            raise ServerUnusable(f"{self._binary} cannot be run: {error.strerror}.") from error

    def _options(self) -> list[str]:
        return [
            "--port", "0",
            "--unixsocket", str(socket_in(self._directory, SOCKET)),
            "--unixsocketperm", "700",
            "--dir", str(self._directory.resolve()),
            "--dbfilename", _SNAPSHOT,
            "--save", "300", "1", "60", "10000",
            "--appendonly", "no",
            "--stop-writes-on-bgsave-error", "no",
            "--maxmemory-policy", "noeviction",
            "--daemonize", "no",
        ]  # fmt: skip

    async def _read(self, process: Process, ready: asyncio.Event) -> None:
        """Read what the server says, so that it never waits for us, and notice when it is up."""
        assert process.stdout is not None  # noqa: S101 (A pipe was asked for.)
        async for line in process.stdout:
            if _READY in line:
                ready.set()
            self._last_line = line.decode(errors="replace").strip().rstrip(".")

    async def _keep_up(self) -> None:
        delay = RESTART_DELAY_FIRST_S
        while self._process is not None:
            began = asyncio.get_running_loop().time()
            died = asyncio.create_task(self._process.wait())
            if await self._stopped_before(died):
                return
            log.warning("redis.died", pid=self.pid, status=died.result(), said=self._last_line)
            if asyncio.get_running_loop().time() - began > STEADY_AFTER_S:
                delay = RESTART_DELAY_FIRST_S
            if await self._stopped_within(delay):
                return
            delay = min(delay * 2, RESTART_DELAY_MAX_S)
            try:
                await self._bring_up()
            except ServerUnusable as reason:
                log.warning("redis.unusable", reason=str(reason))

    async def _stopped_before(self, died: asyncio.Task[int]) -> bool:
        stopping = asyncio.create_task(self._stopping.wait())
        await asyncio.wait({died, stopping}, return_when=asyncio.FIRST_COMPLETED)
        for waiting in (died, stopping):
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
        snapshot = self._directory / _SNAPSHOT
        if not snapshot.exists():
            return False
        snapshot.replace(snapshot.with_suffix(".unreadable"))
        log.warning("redis.snapshot_put_aside", snapshot=str(snapshot), said=self._last_line)
        return True

"""How a server of the views is launched, and what it is told to be."""

import asyncio
import os
from asyncio.subprocess import DEVNULL, PIPE, STDOUT, Process
from pathlib import Path
from typing import Final

from service.config import CannotStart
from service.sockets import socket_in

SOCKET: Final = "valkey.sock"
SNAPSHOT: Final = "views.rdb"
# The words of a command are freed together. What glibc does not keep at hand it merges and
# splits anew, which without this is a fifth of what the server does while views are written.
_ALLOCATION: Final = {"GLIBC_TUNABLES": "glibc.malloc.tcache_count=1000"}
# After a quarter of an hour, or a minute in which much has changed. A snapshot is of everything,
# however little that is, and while one is written, all else here is slower by a third: for ten
# seconds where views are a gigabyte. What has changed since the last one is caught up with at
# the next start: half a million changes are 125,000 events, which take as long.
_SAVED: Final = ("900", "1", "60", "500000")


class ServerUnusable(CannotStart):
    """The bundled server does not come up. The sentence says what it said last."""


async def launched(binary: Path, directory: Path) -> Process:
    """Run the server *binary* for the views in *directory*. Raise `ServerUnusable`."""
    try:
        return await asyncio.create_subprocess_exec(
            str(binary),
            *_options(directory),
            stdin=DEVNULL,
            stdout=PIPE,
            stderr=STDOUT,
            env={**_ALLOCATION, **os.environ},
            start_new_session=True,
        )
    except OSError as error:
        raise ServerUnusable(f"{binary} cannot be run: {error.strerror}.") from error


def _options(directory: Path) -> list[str]:
    return [
        "--port", "0",
        "--unixsocket", str(socket_in(directory, SOCKET)),
        "--unixsocketperm", "700",
        "--dir", str(directory.resolve()),
        "--dbfilename", SNAPSHOT,
        "--save", *_SAVED,
        "--appendonly", "no",
        "--stop-writes-on-bgsave-error", "no",
        "--maxmemory-policy", "noeviction",
        "--daemonize", "no",
    ]  # fmt: skip

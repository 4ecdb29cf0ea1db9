"""
The socket in the data directory. Its file's mode says who may ask: the user that serves.

One line comes in, one goes out, and that is all of a connection.
"""

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path
from typing import Any, Final

import msgspec
import structlog

from service.operating.desk import Desk
from service.operating.protocol import (
    LINE_BYTES_MAX,
    Accounts,
    Answer,
    Keys,
    Request,
    TurnedDown,
)

_LINE_WITHIN_S: Final = 5.0
_OWNER_ONLY: Final = 0o600

_encode: Final = msgspec.json.Encoder().encode
_decoder: Final = msgspec.json.Decoder(Request)

log = structlog.get_logger()


@asynccontextmanager
async def open_for_operators(path: Path, desk: Desk) -> AsyncIterator[None]:
    """Have *desk* answer on the socket *path* while the block runs."""
    with _bound(path) as bound:
        door = _Door(desk)
        server = await asyncio.start_unix_server(door.answer, sock=bound, limit=LINE_BYTES_MAX)
        try:
            yield
        finally:
            server.close()


@contextmanager
def _bound(path: Path) -> Iterator[socket.socket]:
    """Give a socket at *path*, in the place of one that a dead server left."""
    path.unlink(missing_ok=True)
    bound = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    bound.bind(str(path))
    # Before it listens: until then nobody can connect.
    path.chmod(_OWNER_ONLY)
    try:
        yield bound
    finally:
        path.unlink(missing_ok=True)


class _Door:
    """Reads what is asked, and writes what *desk* answers."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one connection, whatever happens on it."""
        with suppress(OSError):
            try:
                writer.write(_encode(await self._answer(reader)) + b"\n")
                await writer.drain()
            finally:
                writer.close()

    async def _answer(self, reader: asyncio.StreamReader) -> Answer:
        try:
            async with asyncio.timeout(_LINE_WITHIN_S):
                line = await reader.readline()
            asked: Request = _decoder.decode(line)
        except (TimeoutError, ValueError) as reason:
            return TurnedDown(reason=f"This is no request: {reason}")
        try:
            answer = await self._desk.answer(asked)
        except Exception:
            log.exception("operator.failed", asked=asked.__struct_config__.tag)
            return TurnedDown(reason="Something went wrong: the server's log says what.")
        log.info("operator.answered", asked=asked.__struct_config__.tag, **_outcome(answer))
        return answer


def _outcome(answer: Answer) -> dict[str, Any]:
    """Return what the log is told of *answer*: what was made, ended or changed, by its id."""
    match answer:
        case TurnedDown():
            return {"refused": True}
        case Accounts(accounts=(account,)):
            return {"object": account.id}
        case Keys(keys=(first, *others)) if len(others) <= 1:
            return {"object": first.account, "keys": [key.id for key in answer.keys]}
        case _:
            return {}

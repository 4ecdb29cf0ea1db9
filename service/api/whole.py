"""
An answer whose body is at hand: its head and its body leave in one write.

aiohttp's own response is made for bodies that come by and by, are compressed, carry cookies
or are files, and finds out each time which of that it is, for a fifth of all that aiohttp does
with a request. Nothing of it is needed for a short body that is there. What HTTP asks for all
the same stands below.
"""

import time
from email.utils import formatdate
from functools import lru_cache
from typing import Final

from aiohttp import HttpVersion10, HttpVersion11, hdrs, web

_END: Final = "\r\n"


class Whole(web.StreamResponse):
    """A response of *status* with *fields* as its headers and with *body*: no 204, no 304."""

    def __init__(self, status: int, fields: dict[str, str], body: bytes) -> None:
        super().__init__(status=status)
        self.fields: Final = fields
        self.body: Final = body
        self._asked: web.BaseRequest | None = None
        self._stays: bool | None = None

    @property
    def keep_alive(self) -> bool | None:
        return self._stays

    def force_close(self) -> None:
        """Have the connection closed after this."""
        self._stays = False

    async def prepare(self, request: web.BaseRequest) -> None:
        """Be the answer to *request*."""
        self._asked = request
        if self._stays is None:
            self._stays = request.keep_alive

    async def write_eof(self, data: bytes = b"") -> None:  # noqa: ARG002 (It has its body.)
        """Send all of it. Raise `ConnectionError` where nobody is there any more."""
        request = self._asked
        if request is None or (transport := request.transport) is None or transport.is_closing():
            raise ConnectionResetError("Nobody is there to be answered.")
        sent = self._head(request)
        if request.method != hdrs.METH_HEAD:
            sent += self.body
        transport.write(sent)
        request.writer.output_size += len(sent)
        await request.writer.drain()

    def _head(self, request: web.BaseRequest) -> bytes:
        version = request.version
        lines = [f"HTTP/{version[0]}.{version[1]} {self.status} {self.reason}"]
        lines += [f"{name}: {value}" for name, value in self.fields.items()]
        lines += (f"Date: {_date_at(int(time.time()))}", f"Content-Length: {len(self.body)}")
        if not self._stays and version == HttpVersion11:
            lines.append("Connection: close")
        elif self._stays and version == HttpVersion10:
            lines.append("Connection: keep-alive")
        head = _END.join(lines)
        if head.count("\n") != len(lines) - 1:
            raise ValueError("A line of the head would end early.")
        return f"{head}{_END}{_END}".encode()


@lru_cache(maxsize=2)
def _date_at(at: int) -> str:
    """Return the instant *at* (Unix seconds) as HTTP writes it."""
    return formatdate(at, usegmt=True)

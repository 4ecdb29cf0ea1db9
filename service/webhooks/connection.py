"""
Connections to receivers: how they are made, reused, and given up.

Three things that aiohttp leaves open are settled here, in the protocol object that stands
between the socket and the parser: interim responses are counted (a receiver may send them
for ever, and parsing them would keep the loop busy until the timeout), a connection's age is
known (so that a moved name is followed), and so is whether any byte of an answer arrived
(so that a request on a connection which the receiver had already closed may be repeated).
"""

import asyncio
from contextvars import ContextVar
from functools import partial
from time import monotonic
from typing import Any, Final, NamedTuple, Self, cast

import aiohttp
from aiohttp.client_proto import ResponseHandler
from aiohttp.connector import Connection
from aiohttp.http_parser import RawResponseMessage
from aiohttp.streams import StreamReader

from service.webhooks.outcome import Trip

INTERIM_MAX: Final = 8
_SWITCHING_PROTOCOLS: Final = 101


class TooManyInterim(aiohttp.ClientError):
    """The receiver sent interim responses, and no end of them was in sight."""


class Journey:
    """
    What the parts of one request tell each other: *trip* is filled in on the way.

    *fresh* asks for a connection that was never used. *blocked* is an address that the
    guard refused; *permitted* says that there was another which it did not.
    """

    def __init__(self, trip: Trip) -> None:
        self.trip = trip
        self.fresh = False
        self.line: Line | None = None
        self.began = monotonic()
        self.blocked: str | None = None
        self.permitted = False

    def elapsed_ms(self) -> float:
        return (monotonic() - self.began) * 1000

    def set_out(self, line: "Line") -> None:
        """Go on along *line*, which is connected."""
        self.line = line
        self.trip.reused = line.uses > 0
        self.trip.connect_ms = None if line.uses else self.elapsed_ms()
        self.trip.address = line.peer

    def finish(self) -> None:
        """Write down the times that are known at the end."""
        self.trip.took_ms = self.elapsed_ms()
        if self.line is not None and self.line.heard_at is not None:
            self.trip.first_byte_ms = (self.line.heard_at - self.began) * 1000

    @property
    def died_unheard(self) -> bool:
        """Whether a reused connection gave not one byte, so that nothing can have been lost."""
        return self.trip.reused and self.line is not None and self.line.heard_at is None


# One for each task that sends; the connector runs within it, and is given no other way to
# know for whom it connects.
JOURNEY: Final[ContextVar[Journey]] = ContextVar("JOURNEY")


class Line(ResponseHandler):
    """One connection. *heard_at* is when the answer to the request under way began."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(loop)
        self.born_at = monotonic()
        self.uses = 0
        self.heard_at: float | None = None
        self._interim = 0
        self._peer: str | None = None

    @property
    def age_s(self) -> float:
        return monotonic() - self.born_at

    @property
    def unsent(self) -> int:
        """How many bytes of a request the receiver has not taken yet."""
        return self.transport.get_write_buffer_size() if self.transport is not None else 0

    @property
    def peer(self) -> str | None:
        """The address at the other end."""
        if self._peer is None and self.transport is not None:
            place = self.transport.get_extra_info("peername")
            self._peer = place[0] if place else None
        return self._peer

    def begin(self) -> None:
        """Count from zero, for a new request."""
        self.uses += 1
        self.heard_at = None
        self._interim = 0

    def say(self, request: bytes) -> None:
        """Send a whole *request*, or raise what was wrong with what was said before it."""
        told = self.exception()
        if told is not None:
            raise told
        if self.transport is None or self.transport.is_closing():
            raise aiohttp.ClientConnectionResetError("The connection was closed.")
        self.transport.write(request)

    def lose_patience(self) -> None:
        """Have whoever waits for an answer wait no longer."""
        if self.exception() is None:
            self.set_exception(TimeoutError())

    def data_received(self, data: bytes) -> None:
        if self.heard_at is None:
            self.heard_at = monotonic()
        super().data_received(data)

    def feed_data(self, data: tuple[RawResponseMessage, StreamReader], size: int = 0) -> None:
        """Pass final responses on, and drop interim ones: no request of ours waits for any."""
        code = data[0].code
        if code >= 200 or code < 100 or code == _SWITCHING_PROTOCOLS:  # noqa: PLR2004 - 1xx
            super().feed_data(data, size)
            return
        self._interim += 1
        if self._interim > INTERIM_MAX and self.exception() is None:
            self.set_exception(TooManyInterim(f"More than {INTERIM_MAX} interim responses."))
            if self.transport is not None:
                self.transport.abort()


class Connector(aiohttp.TCPConnector):
    """Makes `Line`s. It keeps none: see `pool`."""

    def __init__(self, **options: Any) -> None:
        super().__init__(limit=0, **options)
        self._factory = cast("partial[ResponseHandler]", partial(Line, loop=self._loop))


class Held(NamedTuple):
    """An open *connection*, and the *line* between its socket and the parser."""

    connection: Connection
    line: Line

    @classmethod
    def of(cls, connection: Connection) -> Self:
        """Return *connection*, one of a `Connector`'s, with its line."""
        line = connection.protocol
        if not isinstance(line, Line):
            raise TypeError(line)
        return cls(connection, line)

    def hang_up(self) -> None:
        """Let go of it for good, also where the receiver does not take what was sent."""
        if self.line.unsent:
            self.line.abort()
        self.connection.close()

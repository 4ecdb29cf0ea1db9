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
from typing import Any, Final, cast

import aiohttp
from aiohttp.client_proto import ResponseHandler
from aiohttp.client_reqrep import ClientRequest
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

    def begin(self) -> None:
        """Count from zero, for a new request."""
        self.uses += 1
        self.heard_at = None
        self._interim = 0

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
    """Makes `Line`s and gives each up at the age of *life_s*, however busy it is."""

    def __init__(self, *, life_s: float, **options: Any) -> None:
        super().__init__(limit=0, keepalive_timeout=life_s, **options)
        self._life_s = life_s
        self._factory = cast("partial[ResponseHandler]", partial(Line, loop=self._loop))

    async def connect(
        self,
        req: ClientRequest,
        traces: list[Any],
        timeout: aiohttp.ClientTimeout,  # noqa: ASYNC109 - aiohttp's signature
    ) -> Connection:
        """Return a connection that is new, or young and silent since its last answer."""
        journey = JOURNEY.get()
        while True:
            connection = await super().connect(req, traces, timeout)
            line = connection.protocol
            if not isinstance(line, Line):
                raise TypeError(line)
            if line.uses == 0 or (self._is_good(line) and not journey.fresh):
                break
            connection.close()
        self._note(journey, line)
        return connection

    def _is_good(self, line: Line) -> bool:
        # What a receiver says unasked, like a 408 before it hangs up, must not be taken for
        # the answer to the next request.
        return not line.should_close and monotonic() - line.born_at < self._life_s

    @staticmethod
    def _note(journey: Journey, line: Line) -> None:
        trip = journey.trip
        trip.reused = line.uses > 0
        trip.connect_ms = None if trip.reused else journey.elapsed_ms()
        peer = line.transport and line.transport.get_extra_info("peername")
        trip.address = peer[0] if peer else None
        line.begin()
        journey.line = line

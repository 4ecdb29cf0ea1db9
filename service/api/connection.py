"""
One connection: what aiohttp would say by itself on it is said in our words instead.

That is whatever could not be read as HTTP, and what no route, or no expectation of a client's,
is there for.
"""

import asyncio
from collections.abc import Coroutine
from typing import Any, Final

from aiohttp import web

from service import config
from service.api.one_task import loop_of_connection
from service.api.outside import Outside

_REFUSED: Final = 400
_SERVER_ERROR: Final = 500


class Connection(web.RequestHandler):
    """A connection to *server*. Bodies come as they were sent: nobody unpacks them."""

    def __init__(
        self, server: web.Server, outside: Outside, head_within_s: float = config.HEAD_WAIT_S
    ) -> None:
        super().__init__(
            server,
            loop=loop_of_connection(),
            access_log=None,  # type: ignore[arg-type] # None turns it off, but is not declared.
            keepalive_timeout=config.KEEP_ALIVE_S,
            auto_decompress=False,
        )
        self._outside = outside
        self._head_within_s = head_within_s
        self._deadline: asyncio.TimerHandle | None = None
        self._held_up = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin, and end again soon if no request comes: later ones have the keep-alive's time."""
        super().connection_made(transport)
        loop = asyncio.get_running_loop()
        self._deadline = loop.call_later(self._head_within_s, self._close_unused)

    def connection_lost(self, exc: BaseException | None) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
        super().connection_lost(exc)

    def pause_reading(self) -> None:
        self._held_up = True
        super().pause_reading()

    def resume_reading(self, resume_parser: bool = True) -> None:  # noqa: FBT001, FBT002 - aiohttp's
        """
        Read on where reading was held up.

        Whoever reads a body asks for this after each piece, and aiohttp does it whether anything
        was held up or not: for most bodies, which came with their headers, nothing ever was.
        """
        if self._held_up:
            self._held_up = False
            super().resume_reading(resume_parser)

    def _close_unused(self) -> None:
        if self.transport is not None and not self._request_count:
            self.transport.close()

    def finish_response(
        self, request: web.BaseRequest, resp: web.StreamResponse, start_time: float | None
    ) -> Coroutine[Any, Any, tuple[web.StreamResponse, bool]]:
        """Send *resp*, or what we say where aiohttp itself has refused the request."""
        if isinstance(resp, web.HTTPException) and resp.status >= _REFUSED:
            resp = self._outside.refused(request, resp)
        return super().finish_response(request, resp, start_time)

    def handle_error(
        self,
        request: web.BaseRequest,
        status: int = _SERVER_ERROR,
        exc: BaseException | None = None,
        message: str | None = None,  # noqa: ARG002 (It holds what was sent.)
    ) -> web.StreamResponse:
        """Answer what could not be read, or what has failed before anybody could answer it."""
        if isinstance(exc, ConnectionError) or request.writer.output_size > 0:
            raise ConnectionError("Nobody is there to be answered.") from exc
        return self._outside.broken(request, status, exc)

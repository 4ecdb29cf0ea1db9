"""
One connection, and what is answered on it to whatever is no request.

aiohttp shows what it could not read, to its log and to the caller. A key or a card may
stand there, so nothing of it is shown here.
"""

import asyncio

import structlog
from aiohttp import web

from service import config
from service.api.answers import Answered, json_reply, respond
from service.api.house import House
from service.wire.problems import problem

_SERVER_ERROR = 500

log = structlog.get_logger()


class Connection(web.RequestHandler):
    """A connection to *server*. Bodies come as they were sent: nobody unpacks them."""

    def __init__(self, server: web.Server, house: House) -> None:
        super().__init__(
            server,
            loop=asyncio.get_running_loop(),
            access_log=None,  # type: ignore[arg-type] # None turns it off, but is not declared.
            keepalive_timeout=config.KEEP_ALIVE_S,
            auto_decompress=False,
        )
        self._house = house

    def handle_error(
        self,
        request: web.BaseRequest,
        status: int = _SERVER_ERROR,
        exc: BaseException | None = None,
        message: str | None = None,  # noqa: ARG002 (It holds what was sent.)
    ) -> web.StreamResponse:
        """Answer what could not be read, or what has failed before anybody could answer it."""
        request_id = self._house.new_id("req", int(self._house.clock() * 1000))
        if isinstance(exc, ConnectionError) or request.writer.output_size > 0:
            raise ConnectionError("Nobody is there to be answered.") from exc
        if status < _SERVER_ERROR:
            log.warning("request.malformed", request=request_id, reason=type(exc).__name__)
            body = problem("invalid_request_error", "The request is not valid HTTP.")
        else:
            log.error("request.failed", request=request_id, exc_info=exc)
            text = f"Something went wrong on our side. The request's id is {request_id}."
            body = problem("api_error", text)
        response = respond(Answered(json_reply(body, status)), request_id, self._house.reveal)
        response.force_close()
        return response

"""
What is answered to whoever calls no operation: at an unknown URL, before a call, or in no HTTP.

None of it needs a key, and all of it says the same to everybody. aiohttp shows what it could
not read, to its log and to the caller. A key or a card may stand there, so nothing of it is
shown here.
"""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any, Final

import structlog
from aiohttp import hdrs, web
from aiohttp.http_exceptions import LineTooLong

from service.api.answers import Answered, json_reply, respond
from service.api.house import House
from service.api.not_served import is_stripes_alone
from service.api.telling import Telling
from service.api.whole import Whole
from service.commands.path import Reply
from service.wire.bad_param import shown
from service.wire.problems import problem
from service.wire.versions import DEFAULT_VERSION

_SERVER_ERROR: Final = 500
# What aiohttp reads of a request's first line, and of each header.
_LINE_BYTES_MAX: Final = 8190
_NOT_HERE: Final = frozenset({404, 405})
_WHAT_THERE_IS: Final = "What there is, is at /docs."

# What a page may send, whichever operation it calls. SDKs tell of their last call from the
# second one on.
_HEADERS_TAKEN: Final = (
    "Authorization, Content-Type, Idempotency-Key, Stripe-Account, Stripe-Context, "
    "Stripe-Request-Trigger, Stripe-Version, X-Requested-With, X-Stripe-Client-Telemetry, "
    "X-Stripe-Client-User-Agent"
)
_PREFLIGHT_KEPT_S: Final = "300"

log = structlog.get_logger()


class Outside:
    """Answers what is no call. There is one for all connections."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._tell_unknown = Telling("*", "*")
        self._tell_preflight = Telling("OPTIONS", "GET")

    def preflight(
        self, methods: Iterable[str]
    ) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        """Return what answers a browser that asks whether a page may use *methods* here."""
        allowed = ", ".join(sorted(methods))
        headers = {
            "Allow": allowed,
            "Access-Control-Allow-Origin": "*",
            "Access-Control-Allow-Methods": allowed,
            "Access-Control-Allow-Headers": _HEADERS_TAKEN,
            "Access-Control-Max-Age": _PREFLIGHT_KEPT_S,
        }

        async def preflight(request: web.Request) -> web.StreamResponse:
            return self._told(self._tell_preflight, request, json_reply({}), headers)

        return preflight

    def refused(self, request: web.BaseRequest, reason: web.HTTPException) -> web.StreamResponse:
        """Say in our words why aiohttp has refused *request* before it was a call."""
        if reason.status in _NOT_HERE:
            asked = f"{request.method}: {shown(request.path)}"
            text = f"There is nothing at this URL ({asked}). {_instead(request, reason)}"
            response = self._told(self._tell_unknown, request, _invalid(text, 404))
            if request.method == hdrs.METH_CONNECT:
                # What follows was meant for somebody else.
                response.force_close()
            return response
        text = "What the request expects of the server cannot be met."
        reply = _invalid(text, reason.status)
        response = self._told(self._tell_unknown, request, reply)
        response.force_close()
        return response

    def broken(
        self, request: web.BaseRequest, status: int, reason: BaseException | None
    ) -> web.StreamResponse:
        """Answer what could not be read, or what has failed before anybody could answer it."""
        request_id = self._new_id()
        if status < _SERVER_ERROR:
            log.warning("request.malformed", request=request_id, reason=type(reason).__name__)
            reply = _invalid(_unreadable(reason), status)
        else:
            log.error("request.failed", request=request_id, exc_info=reason)
            text = f"Something went wrong on our side. The request's id is {request_id}."
            reply = json_reply(problem("api_error", text), status)
        response = respond(Answered(reply), request_id, self._house.reveal, request.headers)
        response.force_close()
        return response

    def _told(
        self,
        tell: Telling,
        request: web.BaseRequest,
        reply: Reply,
        headers: Mapping[str, str] | None = None,
    ) -> Whole:
        request_id = self._new_id()
        answered = Answered(reply, version_asked_for(request), headers=headers or {})
        response = respond(answered, request_id, self._house.reveal, request.headers)
        tell(request_id, reply, self._house.clock(), 0.0)  # There was nothing to wait for.
        return response

    def _new_id(self) -> str:
        return self._house.new_id("req", int(self._house.clock() * 1000))


def _instead(request: web.BaseRequest, reason: web.HTTPException) -> str:
    """Return what there is in place of what *request* was sent to."""
    if isinstance(reason, web.HTTPMethodNotAllowed):
        *others, last = sorted(reason.allowed_methods)
        return f"It takes {', '.join(others)} and {last}." if others else f"It takes {last}."
    if request.path.endswith("/"):
        return "No URL here ends with a slash: the name of an object may be missing."
    if is_stripes_alone(request.path):
        return f"It belongs to a part of Stripe's API that Seti does not serve. {_WHAT_THERE_IS}"
    return _WHAT_THERE_IS


def _unreadable(reason: BaseException | None) -> str:
    """Return why a request could not be read, in so far as it can be said without showing it."""
    if isinstance(reason, LineTooLong):
        return f"The URL, or one of the headers, is longer than {_LINE_BYTES_MAX:,} bytes."
    return "The request is not valid HTTP."


def _invalid(text: str, status: int) -> Reply:
    body: dict[str, Any] = problem("invalid_request_error", text)
    return json_reply(body, status)


def version_asked_for(request: web.BaseRequest) -> str:
    """Return the version that *request* asks for, whatever it is, if it can be said at all."""
    version = request.headers.get("Stripe-Version")
    return version if version and version.isprintable() else str(DEFAULT_VERSION)

"""What is told of each call once it is answered: a line in the log, and the metrics."""

from functools import cache, partial
from typing import Final

import msgspec

from service import logs, metrics
from service.commands.path import Reply
from service.logs import Happening

_REFUSED: Final = 400
_ID: Final = b'{"id":"'
# An object's id is within so many bytes of its beginning, and the rest need not be kept.
_LEAST: Final = 100

_decode: Final = msgspec.json.Decoder().decode


class Telling:
    """Tells of the calls of one operation: *name* as it is shown, *method* of HTTP."""

    def __init__(self, name: str, method: str) -> None:
        self._name = name
        # What happened is told; that somebody looked is told to those who debug.
        kind, level = ("query", "debug") if method == "GET" else ("command", "info")
        self._handled = Happening("query.answered" if method == "GET" else "command.handled", level)
        self._refused = Happening(f"{kind}.refused", level)
        self._seconds = metrics.REQUEST_SECONDS.labels(name)
        self._requests = cache(partial(metrics.REQUESTS.labels, name))

    def __call__(self, request_id: str, reply: Reply, at: float, elapsed_s: float) -> None:
        """
        Tell of one call, and of the object it was about or the code it was refused with.

        It came at the instant *at* (Unix seconds), and was answered *elapsed_s* later.
        """
        refused = reply.status >= _REFUSED
        about = reply.body if refused else reply.body[:_LEAST]
        logs.later(partial(self._tell, request_id, reply.status, about, at, elapsed_s))

    def _tell(self, request_id: str, status: int, body: bytes, at: float, elapsed_s: float) -> None:
        self._seconds.observe(elapsed_s)
        self._requests(status).inc()
        refused = status >= _REFUSED
        about = _refusal(body) if refused else _object(body)
        tell = self._refused if refused else self._handled
        tell(
            at + elapsed_s,
            operation=self._name,
            request=request_id,
            status=status,
            ms=round(elapsed_s * 1000, 3),
            **about,
        )


def _object(body: bytes) -> dict[str, str]:
    if not body.startswith(_ID):
        return {}
    name, quote, _ = body[len(_ID) :].partition(b'"')
    return {"object": name.decode()} if quote else {}


def _refusal(body: bytes) -> dict[str, str]:
    """Return why it was refused, in Stripe's words: never the sentence, which quotes callers."""
    error = _decode(body)["error"]
    return {"code": error.get("code") or error["type"]}

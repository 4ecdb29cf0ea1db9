"""What is told of each call once it is answered: a line in the log, and the metrics."""

from functools import cache, partial
from typing import Final

import msgspec

from service import metrics
from service.commands.path import Reply
from service.logs import Happening

_REFUSED: Final = 400
_ID: Final = b'{"id":"'

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

    def __call__(self, request_id: str, reply: Reply, elapsed_s: float) -> None:
        """Tell of one call, and of the object it was about or the code it was refused with."""
        status = reply.status
        self._seconds.observe(elapsed_s)
        self._requests(status).inc()
        refused = status >= _REFUSED
        about = _refusal(reply.body) if refused else _object(reply.body)
        tell = self._refused if refused else self._handled
        tell(
            operation=self._name,
            request=request_id,
            status=status,
            ms=round(elapsed_s * 1000, 3),
            **about,
        )


def _object(body: bytes) -> dict[str, str]:
    if not body.startswith(_ID):
        return {}
    return {"object": body[len(_ID) : body.index(b'"', len(_ID))].decode()}


def _refusal(body: bytes) -> dict[str, str]:
    """Return why it was refused, in Stripe's words: never the sentence, which quotes callers."""
    error = _decode(body)["error"]
    return {"code": error.get("code") or error["type"]}

"""What is told of each call once it is answered: a line in the log, and the metrics."""

from functools import cache, partial
from typing import Final

from service import metrics
from service.logs import Happening

_REFUSED: Final = 400


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

    def __call__(self, request_id: str, status: int, elapsed_s: float) -> None:
        """Tell of one call."""
        self._seconds.observe(elapsed_s)
        self._requests(status).inc()
        tell = self._handled if status < _REFUSED else self._refused
        tell(
            operation=self._name,
            request=request_id,
            status=status,
            ms=round(elapsed_s * 1000, 3),
        )

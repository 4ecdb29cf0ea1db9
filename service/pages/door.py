"""
What happens to every visit: it is named, answered whatever happens, counted and logged.

A person is told what to do next, and of a bug nothing but the request's id.
"""

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

import structlog
from aiohttp import web

from service import metrics
from service.domain.values import Actor
from service.pages.house import Pages
from service.pages.page import of_problem
from service.pages.problem import Problem, not_found, try_again
from service.store.protocol import StoreUnavailable

log = structlog.get_logger()

_SERVER_ERROR: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One request of a person's browser, at an instant in Unix seconds."""

    request: web.Request
    request_id: str
    at: int

    @property
    def actor(self) -> Actor:
        """Who decides here: somebody without a key, at an address."""
        return Actor(request=self.request_id, address=self.request.remote)

    def subject(self, pages: Pages, page: str) -> str:
        """Return what the address is signed for. Raise `Problem` where it is not."""
        subject = self.request.match_info["subject"]
        if not pages.addresses.opens(page, subject, self.request.query.get("signature", "")):
            raise not_found()
        return subject


Handler = Callable[[Visit], Awaitable[web.Response]]


def guard(
    pages: Pages, operation: str, handler: Handler
) -> Callable[[web.Request], Awaitable[web.Response]]:
    """Return *handler* as aiohttp's. *operation* is its name in logs and metrics."""
    seconds = metrics.REQUEST_SECONDS.labels(operation)

    async def visited(request: web.Request) -> web.Response:
        started = time.perf_counter()
        at_ms = int(pages.clock() * 1000)
        request_id = pages.new_id("req", at_ms)
        visit = Visit(request=request, request_id=request_id, at=at_ms // 1000)
        response = await _answer(handler, visit)
        response.headers["Request-Id"] = request_id
        elapsed = time.perf_counter() - started
        seconds.observe(elapsed)
        metrics.REQUESTS.labels(operation, response.status).inc()
        log.info(
            "page.answered",
            operation=operation,
            request=request_id,
            status=response.status,
            ms=round(elapsed * 1000, 3),
        )
        return response

    return visited


async def _answer(handler: Handler, visit: Visit) -> web.Response:
    try:
        return await handler(visit)
    except Exception as reason:  # noqa: BLE001 (The one place where every no is rendered.)
        return of_problem(_problem(reason, visit)).response()


def _problem(reason: Exception, visit: Visit) -> Problem:
    match reason:
        case Problem():
            return reason
        case StoreUnavailable():
            return try_again()
        case _:
            log.error("page.failed", request=visit.request_id, exc_info=reason)
            sentence = f"The fault is on our side. The request's id is {visit.request_id}."
            return Problem(_SERVER_ERROR, "Something went wrong", sentence)

"""
One POST of one delivery.

A receiver's misbehaviour is an outcome, not an exception: only our own bugs raise.
Redirects are not followed, as Stripe does not, and as an open redirect would let a receiver
point us at our own network. The status line decides; the body is read a little, for the
owner to look at, and never waited for.
"""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final

import aiohttp

from service.webhooks.client import EXCERPT_MAX, Client
from service.webhooks.connection import JOURNEY, Journey
from service.webhooks.outcome import Blocked, Delivered, Failed, Kind, Outcome, Trip
from service.webhooks.retry_after import pause_of
from service.webhooks.signature import standard_headers, stripe_signature

BODY_MAX: Final = 256 * 1024
_DETAIL_MAX: Final = 2048
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_PAUSING: Final = frozenset({429, 503})

# The first that fits counts: aiohttp's classes overlap.
_KIND_OF_ERROR: Final[Sequence[tuple[type[BaseException], Kind]]] = (
    (aiohttp.ConnectionTimeoutError, Kind.CONNECT_TIMEOUT),
    (TimeoutError, Kind.TIMEOUT),
    (aiohttp.ClientConnectorDNSError, Kind.DNS),
    (aiohttp.ClientSSLError, Kind.TLS),
    (aiohttp.ClientConnectorError, Kind.CONNECT),
    (aiohttp.ClientOSError, Kind.RESET),
    (aiohttp.ServerDisconnectedError, Kind.RESET),
    (aiohttp.ClientError, Kind.PROTOCOL),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """
    What to send where: *body* is the event *event_id*, signed with each of *secrets*.

    *headers* are the endpoint's own. None of them is named like one of ours.
    """

    event_id: str
    url: str
    body: bytes
    secrets: Sequence[str] = field(repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)


async def attempt(client: Client, posting: Posting, *, at: float) -> Outcome:
    """POST *posting* once, at the instant *at* (Unix seconds), and report what came of it."""
    journey = Journey(Trip(started_at=at))
    if len(posting.body) > BODY_MAX:
        return Failed(trip=journey.trip, kind=Kind.OVERSIZED)
    JOURNEY.set(journey)
    try:
        response = await _post(client, posting, journey)
        excerpt = await _excerpt(response, client.limits.excerpt_s)
    except (aiohttp.ClientError, TimeoutError) as error:
        journey.finish()
        return _outcome_of_error(error, journey)
    journey.finish()
    return _outcome_of_answer(response, excerpt, journey.trip)


async def _post(client: Client, posting: Posting, journey: Journey) -> aiohttp.ClientResponse:
    """Send, and once more where a kept connection turns out to have been closed already."""
    headers = _headers(posting, int(journey.trip.started_at))
    try:
        return await client.post(posting.url, posting.body, headers)
    except (aiohttp.ServerDisconnectedError, aiohttp.ClientOSError):
        if not journey.died_unheard:
            raise
    journey.fresh = True
    return await client.post(posting.url, posting.body, headers)


def _headers(posting: Posting, at: int) -> dict[str, str]:
    return {
        **posting.headers,
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "Seti/1.0",
        "Stripe-Signature": stripe_signature(posting.body, posting.secrets, at),
        **standard_headers(posting.event_id, posting.body, posting.secrets, at),
    }


async def _excerpt(response: aiohttp.ClientResponse, within_s: float) -> bytes:
    """Return the beginning of the body, as far as it comes in time, and let go of the rest."""
    content = response.content
    kept = bytearray()
    try:
        with suppress(TimeoutError, aiohttp.ClientError):
            if content.is_eof():
                # The usual answer came whole with its headers: no timer is needed for it.
                return content.read_nowait(EXCERPT_MAX)
            async with asyncio.timeout(within_s):
                while len(kept) < EXCERPT_MAX and not content.at_eof():
                    kept += await content.readany()
    finally:
        if content.is_eof():
            response.release()
        else:
            response.close()
    return bytes(kept[:EXCERPT_MAX])


def _outcome_of_answer(response: aiohttp.ClientResponse, excerpt: bytes, trip: Trip) -> Outcome:
    status = response.status
    if status in range(200, 300):
        return Delivered(trip=trip, status=status, excerpt=excerpt)
    if status in _REDIRECTS:
        target = _detail(response.headers.get("Location", ""))
        return Failed(trip=trip, kind=Kind.REDIRECT, status=status, excerpt=excerpt, detail=target)
    wish = response.headers.get("Retry-After") if status in _PAUSING else None
    return Failed(
        trip=trip,
        kind=Kind.STATUS,
        status=status,
        excerpt=excerpt,
        pause_s=pause_of(wish, now=trip.started_at + trip.took_ms / 1000),
    )


def _outcome_of_error(error: BaseException, journey: Journey) -> Outcome:
    if journey.blocked is not None and not journey.permitted:
        return Blocked(trip=journey.trip, address=journey.blocked)
    kind = next(kind for class_, kind in _KIND_OF_ERROR if isinstance(error, class_))
    return Failed(trip=journey.trip, kind=kind, detail=_detail(str(error)))


def _detail(text: str) -> str | None:
    """Return as much of *text* as is kept. What was no UTF-8 in a header cannot be written down."""
    return text[:_DETAIL_MAX].encode(errors="replace").decode() or None

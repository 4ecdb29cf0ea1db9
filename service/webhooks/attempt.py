"""
One POST of one delivery.

A receiver's misbehaviour is an outcome, not an exception: only our own bugs raise.
Redirects are not followed, as Stripe does not, and as an open redirect would let a receiver
point us at our own network. The status line decides; the body is read a little, for the
owner to look at, and never waited for.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import aiohttp

from service.webhooks.client import Client
from service.webhooks.connection import Journey
from service.webhooks.exchange import Answer
from service.webhooks.outcome import Blocked, Delivered, Failed, Kind, Outcome, Trip
from service.webhooks.retry_after import pause_of
from service.webhooks.signature import standard_headers, stripe_signature
from service.webhooks.troubles import trouble_of

BODY_MAX: Final = 256 * 1024
_DETAIL_MAX: Final = 2048
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_PAUSING: Final = frozenset({429, 503})


@dataclass(slots=True, kw_only=True)
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
    try:
        answer = await _post(client, posting, journey)
    except (aiohttp.ClientError, TimeoutError) as error:
        journey.finish()
        return _outcome_of_error(error, journey)
    journey.finish()
    return _outcome_of_answer(answer, journey.trip)


async def _post(client: Client, posting: Posting, journey: Journey) -> Answer:
    """Send, and once more where a kept connection turns out to have been closed already."""
    headers = _headers(posting, int(journey.trip.started_at))
    try:
        return await client.post(posting.url, headers, posting.body, journey)
    except (aiohttp.ServerDisconnectedError, aiohttp.ClientOSError):
        if not journey.died_unheard:
            raise
    journey.fresh = True
    return await client.post(posting.url, headers, posting.body, journey)


def _headers(posting: Posting, at: int) -> bytes:
    """Return what is said above this body, as it goes over the wire."""
    headers = {
        **posting.headers,
        "Stripe-Signature": stripe_signature(posting.body, posting.secrets, at),
        **standard_headers(posting.event_id, posting.body, posting.secrets, at),
    }
    text = "".join([f"{name}: {value}\r\n" for name, value in headers.items()])
    if not text.count("\r") == text.count("\n") == len(headers):
        raise ValueError(sorted(headers))
    return text.encode()


def _outcome_of_answer(answer: Answer, trip: Trip) -> Outcome:
    status, excerpt = answer.status, answer.excerpt
    if status in range(200, 300):
        return Delivered(trip=trip, status=status, excerpt=excerpt)
    if status in _REDIRECTS:
        target = _detail(answer.headers.get("Location", ""))
        return Failed(trip=trip, kind=Kind.REDIRECT, status=status, excerpt=excerpt, detail=target)
    wish = answer.headers.get("Retry-After") if status in _PAUSING else None
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
    kind, detail = trouble_of(error)
    return Failed(trip=journey.trip, kind=kind, detail=_detail(detail or ""))


def _detail(text: str) -> str | None:
    """Return as much of *text* as is kept. What was no UTF-8 in a header cannot be written down."""
    return text[:_DETAIL_MAX].encode(errors="replace").decode() or None

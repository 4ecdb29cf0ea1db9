"""
Replies as HTTP: the headers that every answer has, and secrets put in at the last moment.

An answer is indented for people, as Stripe's are. Stripe's own SDKs, which nobody reads over
the shoulder of, get the bytes as they are kept. To a page of whatever origin an answer may be
shown: what opens it is a key that the page has to hold, never a cookie that comes along.
"""

from collections.abc import Mapping
from typing import Any, Final

import msgspec

from service.api.whole import Whole
from service.commands.path import Reply
from service.domain.values import Value, field
from service.reveal import Reveal

_encode = msgspec.json.Encoder().encode

JSON: Final = "application/json"
# How every official SDK's User-Agent begins; its language and its version follow.
_SDKS: Final = "Stripe/v1 "
_INDENT: Final = 2

# What a browser is told with every answer to a page.
_TO_PAGES: Final = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": (
        "Request-Id, Stripe-Version, Stripe-Should-Retry, Retry-After, Idempotency-Key, "
        "Idempotent-Replayed, Original-Request"
    ),
    "Cache-Control": "no-store",
    "Vary": "Origin",
}


class Answered(Value, frozen=True):
    """
    A reply with what its headers tell of the call.

    *replayed* is the id of the request that the reply was first given to, if this is a
    replay.
    """

    reply: Reply
    version: str | None = None
    idempotency_key: str | None = None
    replayed: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


def json_reply(content: Any, status: int = 200) -> Reply:
    """Return *content*, still sealed, as a reply."""
    return Reply(status, _encode(content))


def respond(answered: Answered, request_id: str, reveal: Reveal, asked: Mapping[str, str]) -> Whole:
    """Return the HTTP response to a request with the headers *asked*, secrets in their places."""
    headers = headers_of(answered, request_id, asked)
    reply = answered.reply
    body = reveal(reply.body)
    if not asked.get("User-Agent", "").startswith(_SDKS):
        body = msgspec.json.format(body, indent=_INDENT)
    return Whole(reply.status, headers, body)


def headers_of(
    answered: Answered, request_id: str, asked: Mapping[str, str], kind: str = JSON
) -> dict[str, str]:
    """Return the headers of the response to a request with the headers *asked*."""
    headers = {"Content-Type": kind, "Request-Id": request_id, "Server": "Seti"}
    if answered.version is not None:
        headers["Stripe-Version"] = answered.version
    if answered.idempotency_key is not None:
        headers["Idempotency-Key"] = answered.idempotency_key
    if answered.replayed is not None:
        headers["Idempotent-Replayed"] = "true"
        headers["Original-Request"] = answered.replayed
    if "Origin" in asked:
        headers.update(_TO_PAGES)
    headers.update(answered.headers)
    return headers

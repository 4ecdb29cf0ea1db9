"""Replies as HTTP: the headers that every answer has, and secrets put in at the last moment."""

from collections.abc import Mapping
from typing import Any, Final

import msgspec
from aiohttp import web

from service.commands.path import Reply
from service.domain.values import Value, field
from service.reveal import Reveal

_encode = msgspec.json.Encoder().encode

_JSON: Final = "application/json"


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


def respond(answered: Answered, request_id: str, reveal: Reveal) -> web.Response:
    """Return the HTTP response, with secrets in their places."""
    headers = {"Content-Type": _JSON, "Request-Id": request_id, "Server": "Seti"}
    if answered.version is not None:
        headers["Stripe-Version"] = answered.version
    if answered.idempotency_key is not None:
        headers["Idempotency-Key"] = answered.idempotency_key
    if answered.replayed is not None:
        headers["Idempotent-Replayed"] = "true"
        headers["Original-Request"] = answered.replayed
    headers.update(answered.headers)
    reply = answered.reply
    return web.Response(body=reveal(reply.body), status=reply.status, headers=headers)

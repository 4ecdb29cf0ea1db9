"""A request's parameters, from its body or its query, before they are looked at."""

from typing import Final

from aiohttp import web

from service import config
from service.api.problems import Problem
from service.keyring import Keyring
from service.wire.form import Branch, parse_form

_AS_IT_IS: Final = "identity"
_FORM: Final = "application/x-www-form-urlencoded"


async def tree_of(request: web.Request, keyring: Keyring) -> tuple[Branch, bytes]:
    """
    Return the request's parameters as a tree, and the fingerprint of what it asks for.

    Raise `BadParam` or `Problem`. The fingerprint is keyed, because a body may hold a card's
    number and the fingerprint is stored.
    """
    encoded = await _encoded(request)
    fingerprint = b""
    if request.method == "POST":
        fingerprint = keyring.request_fingerprint(request.path.encode(), encoded)
    return (parse_form(encoded) if encoded else {}), fingerprint


async def _encoded(request: web.Request) -> bytes:
    if request.method != "POST":
        return request.rel_url.raw_query_string.encode()
    if request.content_length is not None and request.content_length > config.BODY_BYTES_MAX:
        raise too_large()
    encoding = request.headers.get("Content-Encoding", _AS_IT_IS)
    if encoding.lower() != _AS_IT_IS:
        raise Problem(400, "The body must not be compressed.")
    try:
        body = await request.read()
    except web.HTTPRequestEntityTooLarge:
        raise too_large() from None
    except (ConnectionError, web.RequestPayloadError):
        raise Problem(400, "The body ended before it was whole.") from None
    if body and request.content_type not in (_FORM, "application/octet-stream"):
        raise Problem(
            400,
            f"The body must be {_FORM}, and this one is {request.content_type[:100]}. "
            "Send parameters as a form, not as JSON.",
        )
    return body


def too_large() -> Problem:
    """Return the problem of a body over the limit."""
    return Problem(413, f"The body is larger than {config.BODY_BYTES_MAX} bytes.")

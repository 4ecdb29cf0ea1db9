"""A request's parameters, from its body or its query, before they are looked at."""

import asyncio
from typing import Final, NamedTuple

import msgspec
from aiohttp import HttpVersion11, web

from service import config
from service.api.problems import Problem
from service.keyring import Keyring
from service.wire.form import Branch, parse_form

_AS_IT_IS: Final = "identity"
_CHUNKED: Final = "chunked"
_FORM: Final = "application/x-www-form-urlencoded"

_in_one_order: Final = msgspec.json.Encoder(order="sorted").encode


class Asked(NamedTuple):
    """A request's parameters as a tree, and the fingerprint of what it asks for, if keyed."""

    tree: Branch
    fingerprint: bytes


def asks_something(request: web.Request) -> bool:
    """Say whether *request* may have any parameters: most that only read have none."""
    return request.method == "POST" or "?" in request.raw_path


async def asked_in(request: web.Request, keyring: Keyring) -> Asked:
    """
    Return what *request* asks for. Raise `BadParam` or `Problem`.

    The fingerprint is keyed, because a body may hold a card's number and the fingerprint is
    stored. It is of the parameters, not of their bytes: in what order a client writes the same
    ones, and what it escapes, may differ from one try to the next.
    """
    encoded = await _encoded(request)
    tree = parse_form(encoded) if encoded else {}
    fingerprint = b""
    if request.method == "POST" and "Idempotency-Key" in request.headers:
        path = request.path.encode()
        fingerprint = keyring.request_fingerprint(path, _in_one_order(tree))
    return Asked(tree, fingerprint)


async def _encoded(request: web.Request) -> bytes:
    """Return the form text: a POST's body, after what its address adds; else the query."""
    if request.method != "POST":
        return _query(request)
    body = await _body(request)
    return _query(request) + b"&" + body if "?" in request.raw_path else body


def _query(request: web.Request) -> bytes:
    return request.rel_url.raw_query_string.encode()


async def _body(request: web.Request) -> bytes:
    length = request.content_length
    if length is None:
        _check_coding(request)
    elif length > config.BODY_BYTES_MAX:
        raise too_large()
    encoding = request.headers.get("Content-Encoding", _AS_IT_IS)
    if encoding.lower() != _AS_IT_IS:
        raise Problem(400, "The body must not be compressed.")
    body = await whole_body(request)
    if body:
        _check_type(request)
    return body


def _check_type(request: web.Request) -> None:
    # Most clients write just this, and there is nothing to be taken apart.
    if request.headers.get("Content-Type") == _FORM:
        return
    sent = request.content_type[:100]
    if sent not in (_FORM, "application/octet-stream"):
        raise Problem(400, f"The body must be {_FORM}, and this one is {sent}.{_hint(sent)}")


async def whole_body(request: web.BaseRequest, within_s: float = config.BODY_WAIT_S) -> bytes:
    """Return the body once all of it is there. Raise `Problem` where it does not come."""
    content = request.content
    try:
        # Most bodies came with their headers, and need no waiting for.
        if content.is_eof() and content.total_bytes <= config.BODY_BYTES_MAX:
            return content.read_nowait()
        async with asyncio.timeout(within_s):
            return await request.read()
    except TimeoutError:
        raise Problem(408, "The body took too long to arrive.") from None
    except web.HTTPRequestEntityTooLarge:
        raise too_large() from None
    except (ConnectionError, web.RequestPayloadError):
        raise Problem(400, "The body ended before it was whole.") from None


def _hint(content_type: str) -> str:
    return " Send parameters as a form, not as JSON." if "json" in content_type else ""


def _check_coding(request: web.Request) -> None:
    """Refuse a body without a length that is not simply chunked: others may read it otherwise."""
    coding = request.headers.get("Transfer-Encoding")
    if coding is not None and (coding.lower() != _CHUNKED or request.version < HttpVersion11):
        raise Problem(400, "Transfer-Encoding must be chunked, over HTTP/1.1.")


def too_large() -> Problem:
    """Return the problem of a body over the limit."""
    return Problem(413, f"The body is larger than {config.BODY_BYTES_MAX} bytes.")

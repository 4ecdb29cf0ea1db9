"""
One request and its answer, on a connection that is there.

The status line and the headers decide, and are waited for; of the body, only what comes soon is
taken along, for the owner to look at. Everything is aiohttp's but the way through it: its
session would work out for every request what is the same for all.
"""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from typing import Final, NamedTuple

import aiohttp
from aiohttp.client_reqrep import ClientRequest
from aiohttp.http_exceptions import HttpProcessingError
from aiohttp.streams import StreamReader

from service.domain.values import Value
from service.webhooks.connection import Line

EXCERPT_MAX: Final = 4096


class Answer(Value, frozen=True):
    """What a receiver said; *excerpt* is the beginning of the body."""

    status: int
    headers: Mapping[str, str]
    excerpt: bytes


class Patience(NamedTuple):
    """How long is waited, in seconds: for the *answer*, and then for the *excerpt*."""

    answer_s: float
    excerpt_s: float


async def exchange(line: Line, request: bytes, asking: ClientRequest, patience: Patience) -> Answer:
    """Send *request*, which is what is *asking*, and return the answer, or raise `ClientError`."""
    line.begin()
    line.set_response_params(read_until_eof=True, auto_decompress=False, read_bufsize=EXCERPT_MAX)
    over = asyncio.get_running_loop().call_later(patience.answer_s, line.lose_patience)
    try:
        line.say(request)
        message, content = await line.read()
    except HttpProcessingError as error:
        raise aiohttp.ClientResponseError(
            asking.request_info,
            (),
            status=error.code,
            message=error.message,
            headers=error.headers,
        ) from error
    finally:
        over.cancel()
    if content.is_eof() and content.exception() is None:
        # The usual answer came whole with its headers: nothing has to be waited for.
        excerpt = content.read_nowait(EXCERPT_MAX)
    else:
        excerpt = await _excerpt(content, patience.excerpt_s)
    return Answer(message.code, message.headers, excerpt)


async def _excerpt(content: StreamReader, within_s: float) -> bytes:
    """Return the beginning of the body, as far as it comes in time."""
    kept = bytearray()
    with suppress(TimeoutError, aiohttp.ClientError):
        async with asyncio.timeout(within_s):
            while len(kept) < EXCERPT_MAX and not content.at_eof():
                kept += await content.readany()
    return bytes(kept[:EXCERPT_MAX])

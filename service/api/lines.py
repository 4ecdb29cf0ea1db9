"""
Answers that are streams: one JSON object a line (NDJSON), for as long as there are any.

What a handler replies with is `Lines`. A slow reader is waited for, and nothing is read ahead
of it: the lines are made as they are taken. What fails on the way can have no status any
more, so it is told by a last line that holds an `error` as any refusal does.
"""

from collections.abc import AsyncGenerator
from contextlib import aclosing, suppress
from functools import partial
from typing import Any, Final, TypeAlias

from aiohttp import hdrs, web

from service.api.answers import Answered, headers_of
from service.api.call import Call
from service.api.growth import Growth
from service.api.refusals import reply_to
from service.commands.path import Reply

KIND: Final = "application/x-ndjson"

# Each chunk is one or more whole lines, with their ends.
Chunks: TypeAlias = AsyncGenerator[bytes, None]


class Lines(Reply, frozen=True):
    """A reply whose body comes in *chunks*, by and by. Its stream is one of *growth*'s."""

    chunks: Any  # Chunks: a generator is nothing that msgspec could check.
    growth: Growth


def lines(call: Call, chunks: Chunks) -> Lines:
    """Return the reply that *chunks* are streamed as. Raise `Problem` where there are too many."""
    growth = call.house.growth
    growth.admit()
    return Lines(200, b"", _while_admitted(call, chunks), growth)


async def _while_admitted(call: Call, chunks: Chunks) -> Chunks:
    """Give *chunks* for as long as the key that they were asked for with opens the account."""
    async with aclosing(chunks):
        async for chunk in chunks:
            call.admit_again()
            yield chunk


async def send(
    reply: Lines, answered: Answered, request: web.Request, request_id: str
) -> web.StreamResponse:
    """Send *reply* to its end, or until nobody reads any more."""
    headers = headers_of(answered, request_id, request.headers, KIND)
    if request.method == hdrs.METH_HEAD:
        return web.Response(headers=headers)
    response = web.StreamResponse(headers=headers)
    with suppress(ConnectionError), reply.growth.streamed(partial(_cut_off, request)):
        await response.prepare(request)
        await _send_all(reply.chunks, response, request_id)
        await response.write_eof()
    return response


def _cut_off(request: web.Request) -> None:
    if request.transport is not None:
        request.transport.abort()


async def _send_all(chunks: Chunks, response: web.StreamResponse, request_id: str) -> None:
    async with aclosing(chunks):
        try:
            async for chunk in chunks:
                await response.write(chunk)
        except ConnectionError:
            raise
        except Exception as reason:  # noqa: BLE001 (What fails is told, as at the door.)
            await response.write(reply_to(reason, None, request_id).reply.body + b"\n")

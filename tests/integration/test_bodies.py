"""Bodies on a real connection: aiohttp holds reading up where too much has come, and goes on."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from aiohttp import web

from service.api.requests import whole_body
from service.config import BODY_BYTES_MAX
from tests.connecting import answered_by
from tests.eventually import eventually

WITHIN_S = 30.0
# More than aiohttp keeps of a body that nobody reads.
HELD_UP_FROM = 1 << 19
# More than it takes apart before the first of them is answered.
PIPELINED = 100


@pytest.fixture
async def port() -> AsyncIterator[int]:
    """
    A listener that answers with its request's body's length.

    What is large is looked at only once reading is held up.
    """

    async def answer(request: web.BaseRequest) -> web.Response:
        if (request.content_length or 0) > HELD_UP_FROM:
            await eventually(lambda: not _is_read(request), within=WITHIN_S)
        return web.Response(text=f"<{len(await whole_body(request))}>")

    async with answered_by(answer) as port:
        yield port


def _is_read(request: web.BaseRequest) -> bool:
    assert isinstance(request.transport, asyncio.ReadTransport)
    return request.transport.is_reading()


def posted(body: bytes) -> bytes:
    return b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body)


class TestBodies:
    async def test_larger_than_what_is_held_are_read_to_their_ends(self, port: int) -> None:
        """What is held up for its size goes on, and so does the next on its connection."""
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for length in (BODY_BYTES_MAX, 3, BODY_BYTES_MAX):
            writer.write(posted(b"a" * length))
            async with asyncio.timeout(WITHIN_S):
                assert (await reader.readuntil(b">")).endswith(b"<%d>" % length)
        writer.close()

    async def test_sent_without_waiting_are_answered_one_after_the_other(self, port: int) -> None:
        """Many requests in one go are held up, and each is answered in its turn."""
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"".join(posted(b"a" * length) for length in range(PIPELINED)))
        for length in range(PIPELINED):
            async with asyncio.timeout(WITHIN_S):
                assert (await reader.readuntil(b">")).endswith(b"<%d>" % length)
        writer.close()

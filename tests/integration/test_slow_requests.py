"""Requests that do not come to their end: nobody waits for them for ever."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from aiohttp import StreamReader, web
from aiohttp.base_protocol import BaseProtocol
from aiohttp.test_utils import make_mocked_request

from service.api.problems import Problem
from service.api.requests import whole_body
from tests.connecting import answered_by

WITHIN_S = 10.0


def stream() -> StreamReader:
    loop = asyncio.get_running_loop()
    protocol = BaseProtocol(loop)
    protocol.connection_made(asyncio.Transport())
    return StreamReader(protocol, limit=2**16, loop=loop)


@pytest.fixture
async def port() -> AsyncIterator[int]:
    """A listener whose connections have hardly any time to ask for something."""

    async def answer(_: web.BaseRequest) -> web.Response:
        return web.Response(text="here")

    async with answered_by(answer, head_within_s=0.05) as port:
        yield port


class TestConnection:
    @pytest.mark.parametrize("sent", [b"", b"GET / HT"], ids=["nothing", "half a head"])
    async def test_ends_where_nothing_is_asked(self, port: int, sent: bytes) -> None:
        """A connection without a whole request is closed."""
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(sent)
        async with asyncio.timeout(WITHIN_S):
            assert await reader.read() == b""
        writer.close()

    async def test_lives_on_once_something_was_asked(self, port: int) -> None:
        """After its first request, a connection is kept for the next."""
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        _, unused = await asyncio.open_connection("127.0.0.1", port)
        for _ in range(2):
            writer.write(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            async with asyncio.timeout(WITHIN_S):
                assert (await reader.readuntil(b"here")).startswith(b"HTTP/1.1 200")
        writer.close()
        unused.close()


class TestBody:
    async def test_that_does_not_come_is_given_up(self) -> None:
        """A body that is announced and not sent is 408."""
        request = make_mocked_request("POST", "/", payload=stream())
        with pytest.raises(Problem) as refused:
            await whole_body(request, within_s=0.01)
        assert refused.value.status == 408

    async def test_that_is_there_is_not_waited_for(self) -> None:
        """A body that has come already is taken, with no time to lose."""
        body = stream()
        body.feed_data(b"a=b")
        body.feed_eof()
        request = make_mocked_request("POST", "/", payload=body)
        assert await whole_body(request, within_s=0.0) == b"a=b"

    async def test_that_comes_late_is_taken(self) -> None:
        """A body that comes within its time is taken."""
        body = stream()
        request = make_mocked_request("POST", "/", payload=body)
        reading = asyncio.ensure_future(whole_body(request, within_s=WITHIN_S))
        body.feed_data(b"a=")
        body.feed_data(b"b")
        body.feed_eof()
        assert await reading == b"a=b"

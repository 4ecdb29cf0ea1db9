"""An answer that leaves in one write is what HTTP asks for, over real connections."""

import asyncio
from collections.abc import AsyncIterator, Callable
from email.utils import parsedate_to_datetime
from typing import Self

import pytest
from aiohttp import web

from service.api.whole import Whole
from tests.connecting import answered_by

WITHIN_S = 10.0
BODY = b'{"a":1}'
# More than sockets take at once.
LONG = b"x" * 2**25


@pytest.fixture
async def port() -> AsyncIterator[int]:
    """A server of answers: by their paths, a plain one and some that are special."""
    answers: dict[str, Callable[[], Whole]] = {
        "/": lambda: Whole(200, {"Request-Id": "req_1", "Content-Type": "text/plain"}, BODY),
        "/last": _last,
        "/long": lambda: Whole(200, {}, LONG),
        "/torn": lambda: Whole(200, {"Idempotency-Key": "a\r\nSet-Cookie: b"}, BODY),
    }

    async def answer(request: web.BaseRequest) -> web.StreamResponse:
        return answers[request.path]()

    async with answered_by(answer) as port:
        yield port


def _last() -> Whole:
    answer = Whole(400, {}, BODY)
    answer.force_close()
    return answer


class Client:
    """One connection to *port*."""

    def __init__(self, port: int) -> None:
        self._port = port

    async def __aenter__(self) -> Self:
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self._port)
        return self

    async def __aexit__(self, *_: object) -> None:
        self.writer.close()

    async def head(
        self, method: str = "GET", path: str = "/", version: str = "1.1", *lines: str
    ) -> tuple[str, dict[str, str]]:
        """Ask, and return the first line and the headers of what is answered."""
        asked = [f"{method} {path} HTTP/{version}", "Host: a", *lines, "", ""]
        self.writer.write("\r\n".join(asked).encode())
        async with asyncio.timeout(WITHIN_S):
            first, *rest = (await self.reader.readuntil(b"\r\n\r\n")).decode().splitlines()[:-1]
        return first, dict(line.split(": ", 1) for line in rest)

    async def body(self, length: int) -> bytes:
        async with asyncio.timeout(WITHIN_S):
            return await self.reader.readexactly(length)

    async def ends(self) -> bool:
        """Say whether nothing comes any more."""
        async with asyncio.timeout(WITHIN_S):
            return await self.reader.read() == b""


class TestWhole:
    async def test_is_told_with_its_fields_its_length_and_its_date(self, port: int) -> None:
        """The head has the fields, the length of the body and an instant; the body follows."""
        async with Client(port) as client:
            first, headers = await client.head()
            assert first == "HTTP/1.1 200 OK"
            date = headers.pop("Date")
            assert parsedate_to_datetime(date).utcoffset() is not None
            assert headers == {
                "Request-Id": "req_1",
                "Content-Type": "text/plain",
                "Content-Length": str(len(BODY)),
            }
            assert await client.body(len(BODY)) == BODY

    async def test_leaves_the_connection_to_the_next(self, port: int) -> None:
        """Over HTTP/1.1 a connection stays, and the next request on it is answered."""
        async with Client(port) as client:
            for _ in range(2):
                assert (await client.head())[0] == "HTTP/1.1 200 OK"
                assert await client.body(len(BODY)) == BODY

    async def test_is_without_its_body_for_a_head(self, port: int) -> None:
        """A HEAD is told how long the body would be, and then the next answer comes."""
        async with Client(port) as client:
            _, headers = await client.head("HEAD")
            assert headers["Content-Length"] == str(len(BODY))
            assert (await client.head())[0] == "HTTP/1.1 200 OK"

    @pytest.mark.parametrize(
        ("path", "version", "lines", "told"),
        [
            pytest.param("/", "1.1", ["Connection: close"], "close", id="where it is asked"),
            pytest.param("/last", "1.1", [], "close", id="where we want no more"),
            pytest.param("/", "1.0", [], None, id="in HTTP/1.0, unasked and untold"),
        ],
    )
    async def test_ends_the_connection(
        self, port: int, path: str, version: str, lines: list[str], told: str | None
    ) -> None:
        """A connection ends after the answer, which says so where that is not understood."""
        async with Client(port) as client:
            first, headers = await client.head("GET", path, version, *lines)
            assert first.startswith(f"HTTP/{version} ")
            assert headers.get("Connection") == told
            assert await client.body(len(BODY)) == BODY
            assert await client.ends()

    async def test_says_that_an_old_connection_stays(self, port: int) -> None:
        """Who asks in HTTP/1.0 for the connection to stay is told that it does."""
        async with Client(port) as client:
            for _ in range(2):
                _, headers = await client.head("GET", "/", "1.0", "Connection: keep-alive")
                assert headers["Connection"] == "keep-alive"
                assert await client.body(len(BODY)) == BODY

    async def test_waits_for_a_slow_reader(self, port: int) -> None:
        """What does not fit into the sockets is sent as it is read, and all of it comes."""
        async with Client(port) as client:
            await client.head("GET", "/long")
            assert await client.body(len(LONG)) == LONG
            assert (await client.head())[0] == "HTTP/1.1 200 OK"

    async def test_is_not_sent_where_a_line_of_its_head_would_end_early(self, port: int) -> None:
        """A field that would become two is never sent: the connection ends instead."""
        async with Client(port) as client:
            client.writer.write(b"GET /torn HTTP/1.1\r\nHost: a\r\n\r\n")
            assert await client.ends()

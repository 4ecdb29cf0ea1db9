"""Following a real log: page by page, at the reader's pace, and until the server ends."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Sequence
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from aiohttp import web

from service import config
from service.api.answers import Answered
from service.api.call import Call
from service.api.growth import Growth
from service.api.house import House
from service.api.lines import lines, send
from service.api.own.following import Page, Span, heartbeat, pages, told
from service.api.problems import Problem
from service.domain.recorded import Recorded
from service.domain.values import SYSTEM
from service.store.protocol import Append
from service.store.sqlite import open_log
from tests import builders as a
from tests.eventually import eventually

MANY = 2 * config.STREAM_PAGE + 1
# Far more than what the kernel keeps between a server and a reader.
PAGES, WIDE = 20, 16_384


class Counted:
    """A log that counts how often it is read."""

    def __init__(self, log: Any) -> None:
        self._log = log
        self.reads = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._log, name)

    async def notifications(self, *given: Any) -> list[Recorded]:
        self.reads += 1
        found: list[Recorded] = await self._log.notifications(*given)
        return found


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    log, growth = open_log(tmp_path), Growth()
    log.listen(growth.grew)
    yield cast("House", SimpleNamespace(store=Counted(log), growth=growth))
    await log.close()


def calling(house: House) -> Call:
    """Return a call of somebody whose key is good for ever."""
    return cast("Call", SimpleNamespace(house=house, admit_again=lambda: None))


async def append(house: House, number: int) -> None:
    """Append as many streams of one event."""
    at = await house.store.head()
    await house.store.append(
        [Append(f"seti_{at + n}", 0, [a.created()]) for n in range(number)], SYSTEM
    )


async def tell(found: Sequence[Recorded]) -> bytes:
    return b"".join(b"%d\n" % recorded.position for recorded in found)


def positions(page: Page) -> list[int]:
    return [recorded.position for recorded in page.events]


async def test_gives_everything_once(house: House) -> None:
    """The pages together are the log up to the position that is asked for, in its order."""
    await append(house, MANY)
    read = [one async for page in pages(house, Span(3, MANY - 2)) for one in positions(page)]
    assert read == list(range(4, MANY - 1))


async def test_gives_one_stream_once(house: House) -> None:
    """The pages of one stream are its events, read no further than each page, and not again."""
    updated = a.updated()
    await house.store.append([Append("seti_0", 0, [a.created(), *[updated] * MANY])], SYSTEM)
    await append(house, 3)
    following = pages(house, Span(1, None, (), "seti_0"))
    first = await anext(following)
    assert (len(first.events), first.position) == (config.STREAM_PAGE, config.STREAM_PAGE + 1)
    rest = [*positions(await anext(following)), *positions(await anext(following))]
    assert [*positions(first), *rest] == list(range(2, MANY + 2))
    await append(house, 1)
    assert positions(await anext(following)) == []
    await house.store.append([Append("seti_0", MANY + 1, [updated])], SYSTEM)
    assert positions(await anext(following)) == [MANY + 6]
    await following.aclose()


async def test_reads_no_further_than_its_reader(house: House) -> None:
    """A page is read when the one before is taken: a reader that stalls costs one page."""
    await append(house, MANY)
    reading = pages(house, Span(0, MANY))
    await anext(reading)
    assert cast("Counted", house.store).reads == 1
    await reading.aclose()


async def test_wakes_with_the_log(house: House) -> None:
    """Who has read everything is given what is appended, when it is."""
    following = pages(house, Span(0))
    await append(house, 1)
    assert positions(await anext(following)) == [1]
    await append(house, 2)
    assert positions(await anext(following)) == [2, 3]
    await following.aclose()


async def test_beats_while_nothing_happens(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is nothing to tell, it is told that there is not, and up to where."""
    monkeypatch.setattr(config, "HEARTBEAT_S", 0.01)
    await append(house, 2)
    chunks = told(house, Span(2), tell)
    assert [await anext(chunks), await anext(chunks)] == [heartbeat(2), heartbeat(2)]
    await chunks.aclose()


async def test_ends_what_is_followed_with_the_server(house: House) -> None:
    """Who follows is at the end when the server is: nothing is missing."""
    following = pages(house, Span(0))
    await append(house, 1)
    await anext(following)
    await house.growth.end()
    assert [page async for page in following] == []


async def test_cuts_off_a_part_with_an_error(house: House) -> None:
    """A part that is not whole when the server ends does not look as if it were."""
    await append(house, MANY)
    reading = pages(house, Span(0, MANY))
    await anext(reading)
    await house.growth.end()
    with pytest.raises(Problem, match=f"after position {config.STREAM_PAGE}"):
        await anext(reading)


async def test_lets_so_many_in_and_no_more(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """There is a bound to how many streams there are, and who leaves makes room."""
    monkeypatch.setattr(config, "STREAMS_MAX", 1)
    with house.growth.streamed(lambda: None):
        with pytest.raises(Problem) as refused:
            lines(calling(house), told(house, Span(0), tell))
        assert refused.value.status == 429
    lines(calling(house), told(house, Span(0), tell))


async def test_cuts_off_whoever_does_not_take_the_end(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server that ends waits for the readers of its streams, but not for long."""
    monkeypatch.setattr(config, "STREAMS_END_S", 0.01)
    aborted: list[str] = []
    with house.growth.streamed(lambda: aborted.append("stalled")):
        await house.growth.end()
    assert aborted == ["stalled"]


class Listener:
    """A server that streams the whole log to whoever connects, each event as a wide line."""

    def __init__(self, house: House) -> None:
        self._house = house

    async def answer(self, request: web.BaseRequest) -> web.StreamResponse:
        reply = lines(calling(self._house), told(self._house, Span(0), self._wide))
        return await send(reply, Answered(reply), cast("web.Request", request), "req_1")

    async def _wide(self, found: Sequence[Recorded]) -> bytes:
        return b"".join(b"%d " % recorded.position + bytes(WIDE) + b"\n" for recorded in found)


class TestOverASocket:
    @pytest.fixture
    async def port(self, house: House) -> AsyncIterator[int]:
        await append(house, PAGES * config.STREAM_PAGE)
        server = web.Server(Listener(house).answer)
        listening = await asyncio.get_running_loop().create_server(server, "127.0.0.1", 0)
        yield listening.sockets[0].getsockname()[1]
        await house.growth.end()
        listening.close()
        await server.shutdown(1)

    @pytest.fixture
    async def reader(self, port: int) -> AsyncIterator[asyncio.StreamReader]:
        """Somebody who has read the beginning, and then nothing."""
        reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=2 * WIDE)
        writer.write(b"GET / HTTP/1.1\r\nHost: seti\r\n\r\n")
        await reader.readuntil(b"heartbeat")
        yield reader
        writer.transport.abort()

    async def test_a_stalled_reader_costs_what_is_on_the_way(
        self, house: House, reader: asyncio.StreamReader, tmp_path: Path
    ) -> None:
        """The log is not read ahead of a reader, nor is its file held; nothing is lost for it."""
        store = cast("Counted", house.store)
        for _ in range(200):
            await store.head()
        assert store.reads < PAGES / 2
        with closing(sqlite3.connect(tmp_path / "seti.sqlite3")) as connection:
            busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        assert not busy
        last = b"%d \0" % (PAGES * config.STREAM_PAGE)
        while last not in await reader.readline():
            pass
        assert store.reads >= PAGES

    async def test_a_reader_that_is_gone_is_forgotten(
        self, house: House, port: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Whoever went away without a word makes room for somebody else."""
        monkeypatch.setattr(config, "HEARTBEAT_S", 0.01)
        monkeypatch.setattr(config, "STREAMS_MAX", 1)
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"GET / HTTP/1.1\r\nHost: seti\r\n\r\n")
        await eventually(lambda: not _has_room(house))
        writer.transport.abort()
        await eventually(lambda: _has_room(house))


def _has_room(house: House) -> bool:
    try:
        house.growth.admit()
    except Problem:
        return False
    return True

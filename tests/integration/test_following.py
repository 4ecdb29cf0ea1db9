"""Following a real log: page by page, at the reader's pace, and until the server ends."""

from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from service import config
from service.api.growth import Growth
from service.api.house import House
from service.api.own.following import Page, Span, heartbeat, pages, told
from service.api.problems import Problem
from service.domain.recorded import Recorded
from service.domain.values import SYSTEM
from service.store.protocol import Append
from service.store.sqlite import open_log
from tests import builders as a

MANY = 2 * config.STREAM_PAGE + 1


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
    """There is a bound to how many follow at once, and who leaves makes room."""
    monkeypatch.setattr(config, "STREAMS_MAX", 1)
    await append(house, 1)
    following = pages(house, Span(0))
    house.growth.admit()
    await anext(following)
    with pytest.raises(Problem) as refused:
        house.growth.admit()
    assert refused.value.status == 429
    await following.aclose()
    house.growth.admit()

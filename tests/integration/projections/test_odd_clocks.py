"""Lists of events, which go back for a month, by a clock that was not always right."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from projections import indexes
from tests.eventually import eventually
from tests.read_model import NOW, House, house
from tests.valkey import Valkey

YEAR: Final = 365 * 24 * 3600


def always(at: float) -> Callable[[], float]:
    return lambda: at


async def heard_of(opened: House) -> int | None:
    listed = await opened.listed(indexes.EVENTS)
    return None if listed is None else len(listed)


async def test_lists_come_back(tmp_path: Path, valkey: Valkey) -> None:
    """What was taken out of them by a clock a year ahead is in them once that is right again."""
    for clock, there_are in ((NOW, 3), (NOW + YEAR, 0), (NOW, 3)):
        async with house(tmp_path, valkey, always(clock)) as opened:
            await opened.runner.until_whole()
            for _ in range(3 - await opened.log.head()):
                await opened.created()

            async def is_right(opened: House = opened, wanted: int = there_are) -> bool:
                return await heard_of(opened) == wanted

            await eventually(is_right)


async def test_small_steps_are_put_up_with(tmp_path: Path, valkey: Valkey) -> None:
    """A clock that is set back by minutes has nothing built anew."""
    generations = set()
    for clock in (NOW, NOW - 600):
        async with house(tmp_path, valkey, always(clock)) as opened:
            await opened.runner.until_whole()
            await opened.created()
            generations.add(opened.runner.state().generation)
    assert len(generations) == 1

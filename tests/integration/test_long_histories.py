"""Histories of very many events: nobody else waits while they are folded."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from service.commands.aside import folded
from service.commands.folds import Folds
from service.commands.loading import Loading
from service.store.sqlite import open_log
from tests.e2e.long_log import fill

LONG, SHORT = 300, 3


class Aside(ThreadPoolExecutor):
    """Threads beside the event loop, which count what they are given to do."""

    given = 0

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        self.given += 1
        return super().submit(fn, *args, **kwargs)


@pytest.fixture(name="aside")
async def _aside() -> Aside:
    aside = Aside(max_workers=1)
    asyncio.get_running_loop().set_default_executor(aside)
    return aside


@pytest.mark.parametrize(("events", "given"), [(SHORT, 0), (LONG, 1)], ids=["short", "long"])
async def test_only_long_ones_are_folded_aside(aside: Aside, events: int, given: int) -> None:
    """A few events are not worth a thread; what comes of them is the same."""
    assert await folded(sum, range(events)) == sum(range(events))
    assert aside.given == given


@pytest.mark.parametrize(("events", "given"), [(SHORT, 0), (LONG, 1)], ids=["short", "long"])
async def test_a_command_has_its_object_folded_so(
    aside: Aside, tmp_path: Path, events: int, given: int
) -> None:
    """What a command decides upon is folded once, beside the loop where it is long, and kept."""
    names = await fill(tmp_path, 1, events)
    log = open_log(tmp_path)
    try:
        loading = Loading(log, Folds(10))
        before = aside.given
        (first,), (again,) = await loading.load(names), await loading.load(names)
        assert (first.version, first is again) == (events, True)
        assert aside.given - before == given
    finally:
        await log.close()

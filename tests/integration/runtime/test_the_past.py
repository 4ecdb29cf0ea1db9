"""Whatever the API has answered, it answers again when asked for that moment, to the byte."""

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import uvloop
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from service import logs
from service.config import Settings
from service.runtime.serving import running
from tests import histories as h
from tests.remembering import MASTER_KEY, SECRET_KEY, STEPS, Shop
from tests.valkey import Valkey
from tests.valkey import running as valkey_running

# A step, which objects it falls on, and how many seconds after the one before it.
scripts = st.lists(
    st.tuples(st.sampled_from(STEPS), st.integers(0, 11), st.sampled_from((0, 1, 1, 3))),
    min_size=20,
    max_size=30,
)


@settings(
    max_examples=4,
    derandomize=True,
    deadline=None,
    report_multiple_bugs=False,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
# One call that changes several objects, some of them after the one that is looked at.
@example([("banked", 0, 1), ("verify", 1, 1), ("method", 0, 1), ("owner", 1, 1), ("detach", 1, 1)])
@given(scripts)
def test_is_answered_as_it_was(script: list[tuple[str, int, int]]) -> None:
    """Every object, in every version, at every second: also after a flush and a restart."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_remember(script))


async def _remember(script: list[tuple[str, int, int]]) -> None:
    with valkey_running() as valkey, tempfile.TemporaryDirectory() as directory:
        clock = [float(h.AT)]
        async with _shop(Path(directory), valkey, clock) as shop:
            for step, choice, later in [("customer", 0, 0), ("intent", 1, 0), *script]:
                clock[0] = shop.now = shop.now + later
                await shop.does(step, choice)
                await shop.look()
            await _compare(shop)
            some = dict(list(shop.then.items())[::5])
            with valkey.client() as client:
                client.flushall()
            shop.then = some
            await _compare(shop)
        async with _shop(Path(directory), valkey, clock) as shop:
            shop.then = some
            await _compare(shop)


async def _compare(shop: Shop) -> None:
    for (way, moment), told in shop.then.items():
        assert await shop.see(way, moment) == told, (way, moment)


@asynccontextmanager
async def _shop(directory: Path, valkey: Valkey, clock: list[float]) -> AsyncIterator[Shop]:
    """Serve *directory* by a *clock* that the test moves, and give whoever calls."""
    chosen = Settings(
        port=0,
        public_url="https://seti.example",
        data_dir=directory,
        redis_url=valkey.url,
        secret_key=SECRET_KEY,
        master_key=bytes.fromhex(MASTER_KEY),
    )
    async with (
        logs.gathered(),
        running(chosen, lambda: clock[0]) as served,
        aiohttp.ClientSession() as session,
    ):
        yield Shop(served, session, clock[0])

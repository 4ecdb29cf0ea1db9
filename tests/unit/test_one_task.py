"""What a connection gets for the event loop before tasks begin at once by themselves."""

import asyncio
from typing import Any

from aiohttp import web

from service.api.one_task import OneTask


async def _something() -> int:
    return 7


async def test_other_tasks_are_tasks() -> None:
    """Whatever handles no request has a task of its own."""
    task = OneTask(asyncio.get_running_loop()).create_task(_something())
    assert isinstance(task, asyncio.Task)
    assert await task == 7


async def test_requests_are_handled_where_they_are_read() -> None:
    """A request that is handled has no task of its own."""
    never_begun: Any = None
    handled: Any = web.RequestHandler._handle_request(never_begun, never_begun, None, never_begun)
    try:
        assert OneTask(asyncio.get_running_loop()).create_task(handled) is handled
    finally:
        handled.close()


async def test_all_else_is_the_loops_own() -> None:
    """Nothing but tasks is different."""
    loop = asyncio.get_running_loop()
    assert OneTask(loop).time() <= loop.time()
    assert OneTask(loop).get_debug() is loop.get_debug()

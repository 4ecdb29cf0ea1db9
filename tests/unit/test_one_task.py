"""What a connection gets for the event loop."""

import asyncio
import sys

import pytest
from aiohttp import web

from service.api.one_task import loop_of_connection


async def _something() -> int:
    return 7


async def test_other_tasks_are_tasks() -> None:
    """Whatever handles no request has a task of its own."""
    task = loop_of_connection().create_task(_something())
    assert isinstance(task, asyncio.Task)
    assert await task == 7


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="tasks begin at once by themselves there")
async def test_requests_are_handled_where_they_are_read() -> None:
    """A request that is handled has no task of its own."""
    handled = web.RequestHandler._handle_request(None, None, None, None)  # type: ignore[arg-type]
    try:
        assert loop_of_connection().create_task(handled) is handled
    finally:
        handled.close()


async def test_all_else_is_the_loops_own() -> None:
    """Nothing but tasks is different."""
    assert loop_of_connection().time() <= asyncio.get_running_loop().time()
    assert not loop_of_connection().get_debug()

"""A process that appends, fans out and delivers, killed over and over."""

import asyncio
import os
import signal
import sys
from pathlib import Path
from typing import Final

from service.ids import event_id
from service.webhooks.ledger.values import State
from tests.eventually import eventually
from tests.receivers import honest, receiver
from tests.subscribing import a_house, telling

ROOT: Final = Path(__file__).parents[3]
# After how many lines each child is killed: at the first delivery, and in full swing.
LIVES: Final = (1, 3, 7, 15, 28)

CHILD: Final = """
import asyncio, sys
from pathlib import Path
from tests.subscribing import a_house, telling

async def main(directory):
    async with a_house(Path(directory)) as house, telling(house):
        while True:
            print(*await house.create_customers(2), flush=True)

asyncio.run(main(sys.argv[1]))
"""


async def live_and_die(directory: Path, lines: int) -> list[str]:
    """Return which customers a child had made durable when it was killed after some *lines*."""
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        CHILD,
        str(directory),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert child.stdout is not None
    made: list[str] = []
    seen = 0
    async for line in child.stdout:
        if not line.startswith(b"cus_"):
            continue
        made += line.decode().split()
        seen += 1
        if seen == lines:
            child.send_signal(signal.SIGKILL)
    await child.wait()
    return made


async def test_nothing_is_lost(tmp_path: Path) -> None:
    """What was durable before a kill reaches the receiver, with one delivery for each event."""
    async with receiver(honest) as there:
        async with a_house(tmp_path) as house:
            endpoint = await house.subscribe(there)
        made = [name for lines in LIVES for name in await live_and_die(tmp_path, lines)]
        async with a_house(tmp_path) as house, telling(house) as deliveries:
            head = await house.log.head()
            await eventually(lambda: deliveries.follower.position == head)

            async def all_delivered() -> bool:
                return set(await house.states(endpoint)) == {State.DELIVERED}

            await eventually(all_delivered)
            rows = await house.rows(endpoint)
    told = {received.headers["webhook-id"] for received in there.received}
    assert {event_id(name, 1) for name in made} <= told
    # Appended, but killed before it could say so: told of as well.
    assert {row.event_id for row in rows} == told
    assert len(rows) == len(told) == head - 1

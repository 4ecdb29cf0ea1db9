"""
A minute of everything breaking under load: nothing is lost, nothing is told twice unasked.

`make chaos` does the same for ten minutes. Here nothing is asserted of time: what deliveries
took is only printed, since the machine has other tests to run.
"""

import os
import random
import sys
from pathlib import Path

from rich.console import Console

from tests.chaos.plan import SHORT
from tests.chaos.report import report
from tests.chaos.run import run


async def test_nothing_is_lost(tmp_path: Path) -> None:
    """Whatever is killed, stopped, locked, flushed, filled or stepped, every promise is kept."""
    seed = int(os.environ.get("CHAOS_SEED") or random.SystemRandom().randrange(2**32))
    sys.stdout.write(f"To break the same things again, set CHAOS_SEED={seed}.\n")
    ran = await run(SHORT, seed, tmp_path)
    Console(file=sys.stdout, width=120).print(report(ran))
    assert [str(check) for check in ran.checks if not check.kept] == []
    assert len(ran.aftermath.calls) >= 1000

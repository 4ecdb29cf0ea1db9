"""
`make chaos`: everything is broken at random, under load, for ten minutes.

Real processes, real sockets, a real disk. The same seed breaks the same things in the same
order. How soon the well hear is measured, so that all of it goes before whatever else the
machine has to do, where that is allowed. Exits with 1 where a promise was broken.
"""

import argparse
import os
import random
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import uvloop
from rich.console import Console

from tests.chaos.plan import FULL
from tests.chaos.report import report
from tests.chaos.run import run


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make chaos", description=__doc__)
    parser.add_argument("--seed", type=int, help="what is broken when; printed where not given")
    parser.add_argument("--seconds", type=float, default=FULL.trouble_s, help="of trouble")
    parser.add_argument("--calm", type=float, default=FULL.calm_s, help="seconds before it, twice")
    return parser.parse_args()


def _go_first() -> str:
    """Go before other processes, with those that are begun from here. Return who goes first."""
    try:
        os.sched_setscheduler(
            0, os.SCHED_RR, os.sched_param(os.sched_get_priority_min(os.SCHED_RR))
        )
    except OSError:
        return "Other processes had their turns meanwhile."
    return "No other process had its turn while this one could go on."


def main() -> None:
    """Run, print, and say whether all is well."""
    options = _options()
    seed = random.SystemRandom().randrange(2**32) if options.seed is None else options.seed
    sys.stdout.write(f"To break the same things again: make chaos SEED={seed}\n")
    plan = replace(FULL, trouble_s=options.seconds, calm_s=options.calm)
    turns = _go_first()
    with tempfile.TemporaryDirectory(prefix="seti-chaos-") as place:
        ran = uvloop.run(run(plan, seed, Path(place)))
    Console().print(report(ran), turns)
    sys.exit(not all(check.kept for check in ran.checks))


if __name__ == "__main__":
    main()

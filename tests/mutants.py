"""
A sample of small faults, put into the deciders and the wire one at a time: do the tests tell?

Run by hand, `make mutants`, with `MUTANTS` for another number of them. It shows each
fault that the unit tests let pass; the same sample comes again until the code changes.
"""

import json
import os
import random
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

SAMPLE: Final = int(os.environ.get("MUTANTS", "400"))
_MADE: Final = Path("mutants")
_NONE: Final = "no_such_mutant"


def main() -> int:
    """Put the faults in, and show what came of them. Return 1 where they were not tried."""
    # Asked for one that there is not, it makes all of them and tries none.
    _mutmut("run", _NONE)
    names = sorted(_verdicts())
    chosen = random.Random(len(names)).sample(names, min(SAMPLE, len(names)))  # noqa: S311 - a sample
    ran = _mutmut("run", *chosen)
    verdicts = _verdicts()
    if any(verdicts[name] is None for name in chosen):
        print(ran.stdout[-2000:], ran.stderr[-2000:])  # noqa: T201 - a script
        return 1
    survived = [name for name in chosen if verdicts[name] == 0]
    for name in survived:
        print(name, *_changed(_mutmut("show", name).stdout.splitlines()), "", sep="\n")  # noqa: T201 - as above
    print(f"{len(chosen)} of {len(names)} faults were put in, and {len(survived)} were let pass.")  # noqa: T201 - as above
    return 0


def _mutmut(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "mutmut", *words]
    return subprocess.run(command, check=False, capture_output=True, text=True)


def _verdicts() -> dict[str, int | None]:
    """Return what the tests ended with, by the names of the faults; None: not tried."""
    return {name: code for found in _metas() for name, code in found.items()}


def _metas() -> Iterator[dict[str, int | None]]:
    for path in _MADE.rglob("*.meta"):
        yield json.loads(path.read_text())["exit_code_by_key"]


def _changed(lines: Sequence[str]) -> Iterator[str]:
    return (one for one in lines if one[:1] in "+-" and one[:3] not in {"+++", "---"} and one)


if __name__ == "__main__":
    sys.exit(main())

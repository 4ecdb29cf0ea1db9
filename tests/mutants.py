"""
A sample of small faults, put into the deciders and the wire one at a time: do the tests tell?

Run by hand, `make mutants`, with `SETI_MUTANTS` for another number of them. It shows each
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

SAMPLE: Final = int(os.environ.get("SETI_MUTANTS", "400"))
_MUTMUT: Final = (sys.executable, "-m", "mutmut")
_MADE: Final = Path("mutants")
_NONE: Final = "no_such_mutant"


def main() -> int:
    """Put the faults in, and show what came of them."""
    # Asked for one that there is not, it makes all of them and tries none.
    subprocess.run([*_MUTMUT, "run", _NONE], check=False, capture_output=True)
    names = sorted(_verdicts())
    chosen = random.Random(len(names)).sample(names, min(SAMPLE, len(names)))  # noqa: S311 - a sample
    subprocess.run([*_MUTMUT, "run", *chosen], check=False, stdout=subprocess.DEVNULL)
    survived = [name for name in chosen if _verdicts()[name] == 0]
    for name in survived:
        _show(name)
    print(f"{len(chosen)} of {len(names)} faults were put in, and {len(survived)} were let pass.")  # noqa: T201 - a script
    return 0


def _verdicts() -> dict[str, int | None]:
    """Return what the tests ended with, by the names of the faults; None: not tried."""
    return {name: code for found in _metas() for name, code in found.items()}


def _metas() -> Iterator[dict[str, int | None]]:
    for path in _MADE.rglob("*.meta"):
        yield json.loads(path.read_text())["exit_code_by_key"]


def _show(name: str) -> None:
    shown = subprocess.run(
        [*_MUTMUT, "show", name], check=False, capture_output=True, text=True
    ).stdout
    print(name, *_changed(shown.splitlines()), "", sep="\n")  # noqa: T201 - a script


def _changed(lines: Sequence[str]) -> Iterator[str]:
    return (one for one in lines if one[:1] in "+-" and one[:3] not in {"+++", "---"} and one)


if __name__ == "__main__":
    sys.exit(main())

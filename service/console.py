"""
How the commands print: tables and bars on a terminal, plain lines where piped.

Everything that is printed about an event comes from its fields; there is nothing here to
change when an event is added.
"""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Final

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from service.reports import Progress as Report
from service.reports import Rebuilt

_PLAIN_INTERVAL_S: Final = 1.0
_PIPED_WIDTH: Final = 160


def rfc3339(at: int) -> str:
    """Write Unix seconds as `2026-01-31T12:00:00Z`."""
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def print_rebuilt(rebuilt: Rebuilt, *, check: bool) -> None:
    rate = rebuilt.events / max(rebuilt.seconds, 1e-9)
    for difference in rebuilt.differences:
        sys.stdout.write(difference + "\n")
    verdict = f"; {len(rebuilt.differences)} differences" if check else ""
    sys.stdout.write(
        f"{rebuilt.events} events, {rebuilt.views} views in {rebuilt.seconds:.1f} s"
        f" ({rate:,.0f} events/s){verdict}\n"
    )


@contextmanager
def progress(doing: str, of: str = "events") -> Iterator[Report]:
    """
    Show how far a long job *doing* ("Rebuilding") is, counted in what it is made *of*.

    That is a bar, or a line a second if piped.
    """
    if not sys.stderr.isatty():
        yield _plain(doing, of)
        return
    columns = (TextColumn(doing), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task(doing, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _plain(doing: str, of: str) -> Report:
    said_at = time.monotonic()

    def report(done: int, total: int) -> None:
        nonlocal said_at
        if time.monotonic() - said_at >= _PLAIN_INTERVAL_S:
            said_at = time.monotonic()
            sys.stderr.write(f"{doing}: {done} of {total} {of}\n")

    return report


def console(*, stderr: bool = False) -> Console:
    """Return where tables are printed: as wide as the terminal, or as a line can be read."""
    stream = sys.stderr if stderr else sys.stdout
    return Console(stderr=stderr, width=None if stream.isatty() else _PIPED_WIDTH)

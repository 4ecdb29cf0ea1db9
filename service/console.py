"""
How the commands print: tables and bars on a terminal, plain lines where piped.

Everything that is printed about an event comes from its fields; there is nothing here to
change when an event is added.

No table is cut off or folded to fit: what is shown is there to be copied, and half an id is
none. Where the terminal is too narrow, each row becomes a list of what is in it. What a
receiver answered is the exception: of that a glimpse is enough.
"""

import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Final

from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Column, Table
from rich.text import Text

from service.reports import Progress as Report
from service.reports import Rebuilt

_PLAIN_INTERVAL_S: Final = 1.0
_PIPED_WIDTH: Final = 160
# What the lines and the spaces around a column take.
_AROUND: Final = 3


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


def printable(text: str) -> str:
    """Return *text*, which anybody may have written, without what a terminal would obey."""
    return "".join(each if each.isprintable() else " " for each in text)


def console(*, stderr: bool = False, piped_width: int = _PIPED_WIDTH) -> Console:
    """Return where tables are printed: as wide as the terminal, or as a line can be read."""
    stream = sys.stderr if stderr else sys.stdout
    return Console(stderr=stderr, width=None if stream.isatty() else piped_width)


def print_table(table: Table, *, stderr: bool = False, empty: str | None = None) -> None:
    """
    Print *table* whole: in lines on a terminal that is wide enough, without where piped.

    One that is *empty* is told of by that sentence alone, which no script reads as a row.
    """
    if empty and not table.row_count:
        sys.stderr.write(f"{empty}\n")
        return
    wanted = sum(map(_take_its_width, table.columns)) + _AROUND * len(table.columns) + 1
    out = console(stderr=stderr, piped_width=max(wanted, _PIPED_WIDTH))
    if not out.is_terminal:
        table.box, table.pad_edge = None, False
    if wanted > out.width and table.show_header:
        for record in _records(table):
            out.print(record, "")
    else:
        out.print(table)


def _take_its_width(column: Column) -> int:
    """Have *column* be as wide as what is in it, and return that; others yield to it."""
    width = max(map(_longest, (column.header, *column.cells)))
    if column.overflow != "fold":
        column.min_width = width
    return width


def _longest(cell: RenderableType) -> int:
    """Return how wide *cell* has to be: as wide as its longest line, unless it may be cut."""
    if isinstance(cell, Text) and cell.overflow == "ellipsis":
        return 0
    return max(map(cell_len, str(cell).splitlines()), default=0)


def _records(table: Table) -> Iterator[Table]:
    """Give each row of *table* as a list of what is in it."""
    heads = [str(column.header) for column in table.columns]
    for row in zip(*(column.cells for column in table.columns), strict=True):
        yield record(heads, row)


def record(heads: Sequence[str], cells: Sequence[RenderableType]) -> Table:
    """Return what is in *cells* below each other, each behind its head; nothing of empty ones."""
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(style="bold", min_width=max(map(cell_len, heads)), no_wrap=True)
    table.add_column(overflow="fold")
    for head, cell in zip(heads, cells, strict=True):
        if cell:
            table.add_row(head, cell)
    return table

"""
How the commands print: tables and bars on a terminal, plain lines where piped.

Everything that is printed about an event comes from its fields; there is nothing here to
change when an event is added.
"""

import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, Final

import msgspec
from msgspec.structs import fields
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from service.domain.events import Event
from service.domain.values import SYSTEM, Actor
from service.reports import History, Rebuilt
from service.reports import Progress as Report

_PLAIN_INTERVAL_S: Final = 1.0
_PIPED_WIDTH: Final = 160


def rfc3339(at: int) -> str:
    """Write Unix seconds as `2026-01-31T12:00:00Z`."""
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def changes(event: Event) -> dict[str, Any]:
    """Return what *event* says beyond its defaults and nothings, its stream's id and its time."""
    _, *rest = fields(event)
    said = {field.name: getattr(event, field.name) for field in rest if field.name != "at"}
    usual = {field.name: field.default for field in rest}
    return {name: value for name, value in said.items() if value not in (None, {}, usual[name])}


def who(actor: Actor) -> str:
    """Return who asked for an event: the call, the key and the address, a line for each."""
    if actor == SYSTEM:
        return "seti"
    return "\n".join(part for part in (actor.request, actor.key, actor.address) if part)


def history_table(history: History) -> Table:
    """Return the events of *history*, a row for each."""
    table = Table("version", "time", "event", "actor", show_lines=True)
    table.add_column("what it says", overflow="fold")
    for recorded in history.events:
        said = changes(recorded.event).items()
        table.add_row(
            str(recorded.version),
            rfc3339(recorded.event.at),
            recorded.topic,
            Text(who(recorded.actor)),
            Text("\n".join(f"{name}={_brief(value)}" for name, value in said)),
        )
    return table


def _brief(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        value = {name: member for name, member in value.items() if member is not None}
    return msgspec.json.encode(value).decode()


def history_json(history: History) -> bytes:
    """Return *history* as one JSON object."""
    events = [
        {
            "version": recorded.version,
            "position": recorded.position,
            "type": recorded.topic,
            "at": rfc3339(recorded.event.at),
            "actor": recorded.actor,
            "event": recorded.event,
        }
        for recorded in history.events
    ]
    return msgspec.json.encode({"id": history.id, "events": events, "object": history.shown})


def print_history(history: History) -> None:
    out = console()
    out.print(history_table(history))
    if history.shown is None:
        out.print(f"{history.id} did not exist any more.")
    else:
        out.print_json(msgspec.json.encode(history.shown).decode())


def print_history_json(history: History) -> None:
    sys.stdout.write(history_json(history).decode() + "\n")


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

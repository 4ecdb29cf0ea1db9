"""Deliveries, attempts and replays as a person reads them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from rich.table import Table
from rich.text import Text

from service.console import print_table, printable, rfc3339

Shown = Mapping[str, Any]

_STYLES: Final = {
    **dict.fromkeys(("delivered", "completed"), "green"),
    **dict.fromkeys(("open", "running"), "cyan"),
    **dict.fromkeys(("parked", "paused"), "yellow"),
    **dict.fromkeys(("exhausted", "blocked", "canceled"), "red"),
}


def print_deliveries(deliveries: Iterable[Shown]) -> None:
    """Print two lines for each."""
    table = Table("delivery, event", "endpoint, type", "state", "last", "made")
    for each in deliveries:
        table.add_row(
            Text(f"{each['id']}\n{each['event']}", overflow="fold"),
            Text(f"{each['endpoint']}\n{each['event_type'] or ''}", overflow="fold"),
            _state(each["state"]),
            _last(each),
            Text(f"{rfc3339(each['created'])}\n{each['origin']}"),
        )
    print_table(table, empty="There are no such deliveries.")


def print_delivery(delivery: Shown, attempts: Sequence[Shown]) -> None:
    """Print all that there is to one, its first attempt first."""
    facts = Table(show_header=False)
    facts.add_column("what", style="bold")
    facts.add_column("is", overflow="fold")
    for name in ("id", "event", "event_type", "endpoint", "origin"):
        facts.add_row(name.replace("_", " "), Text(delivery[name] or ""))
    facts.add_row("state", _state(delivery["state"]))
    facts.add_row("made", rfc3339(delivery["created"]))
    if delivery["next_attempt_at"] is not None:
        facts.add_row("next attempt", rfc3339(delivery["next_attempt_at"]))
    print_table(facts)
    table = Table("attempt", "at", "took", "address", "outcome", "answered")
    for each in reversed(attempts):
        table.add_row(
            str(each["number"]),
            rfc3339(each["created"]),
            f"{each['took_ms']:.0f} ms",
            each["address"] or "",
            _outcome(each["outcome"], each["status"]),
            Text(printable(each["detail"] or each["excerpt"]), overflow="ellipsis", no_wrap=True),
        )
    print_table(table, empty="It was never attempted, or so long ago that no attempt is kept.")


def print_replays(replays: Iterable[Shown]) -> None:
    """Print a line or two for each."""
    table = Table("replay, endpoint", "status", "progress", "counts", "what")
    for each in replays:
        counts = (f"{count} {name}" for name, count in each["counts"].items())
        span = f"{rfc3339(each['since'])} to {rfc3339(each['until'])}"
        where = f"\n{each['url']}" if each["url"] else ""
        dry = "\ndry run" if each["dry_run"] else ""
        table.add_row(
            Text(f"{each['id']}\n{each['endpoint']}", overflow="fold"),
            Text.assemble(_state(each["status"]), f"\n{each['reason']}" if each["reason"] else ""),
            f"{how_far(each):.0%}",
            "\n".join(counts),
            Text(f"{', '.join(each['states'])}\n{span}{where}{dry}", overflow="fold"),
        )
    print_table(table, empty="There are no replays.")


def how_far(replay: Shown) -> float:
    """Return how much of *replay* is done: of what was looked at, what was sent and answered."""
    if replay["status"] == "completed":
        return 1.0
    counts = replay["counts"]
    settled: int = counts["delivered"] + counts["failed"]
    looked: float = replay["progress"]
    return looked * settled / counts["enqueued"] if counts["enqueued"] else looked


def _state(state: str) -> Text:
    return Text(state, style=_STYLES[state])


def _last(delivery: Shown) -> Text:
    if delivery["last_outcome"] is None:
        return Text("never", style="dim")
    return _outcome(delivery["last_outcome"], delivery["last_status"])


def _outcome(outcome: str, status: int | None) -> Text:
    style = "green" if outcome == "delivered" else "red"
    return Text(outcome if status is None else f"{outcome} ({status})", style=style)

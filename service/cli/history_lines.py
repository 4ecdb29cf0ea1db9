"""
A history as an auditor reads it: one paragraph for each event, the oldest first.

Nothing is cut off: what is long goes on in the next line of a terminal, and stays one line
where it is piped, so that `grep` finds it. Everything that is printed comes from the events'
fields and what they changed; there is nothing here to change when an event is added.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import msgspec
from msgspec.structs import fields
from rich.text import Text

from projections.history import Change, Entry, told
from service.cli.printing import tell_json
from service.console import console, printable, rfc3339
from service.domain.events import Event
from service.domain.trails import Trail, Try
from service.domain.values import SYSTEM, Actor
from service.reports import History

_INDENT: Final = "    "
_STATE: Final = {"delivered": "green", "open": "yellow", "parked": "yellow"}
_NOTHING: Final[tuple[Any, ...]] = (None, False, "", {}, [], ())
_MS: Final = 1000


def print_json(history: History) -> None:
    """Print *history* as one JSON object, whose entries are those of the API."""
    entries = [told(entry, history.trails_of(entry)) for entry in history.entries]
    found = {"id": history.id, "entries": entries, "object": history.shown}
    tell_json(found)


def print_lines(history: History) -> None:
    """Print *history* for people, and the object as of its end."""
    out = console()
    for line in lines(history):
        out.print(line, soft_wrap=True)
    if history.shown is not None:
        out.print_json(msgspec.json.encode(history.shown).decode())


def lines(history: History) -> Iterator[Text]:
    """Give the lines that tell of *history*."""
    for entry in history.entries:
        yield from _paragraph(entry, history.trails_of(entry))
        yield Text()
    yield Text.assemble(
        (history.id, "bold"), f" as of v{history.entries[-1].recorded.version}", _left(history)
    )


def _left(history: History) -> str:
    return ": nothing is shown of it." if history.shown is None else ":"


def _paragraph(entry: Entry, trails: tuple[Trail, ...]) -> Iterator[Text]:
    recorded = entry.recorded
    yield Text.assemble(
        (f"v{recorded.version}", "bold yellow"),
        f"  {rfc3339(recorded.event.at)}  ",
        (recorded.topic, "bold"),
        (f"  at position {recorded.position}", "dim"),
    )
    yield Text(f"{_INDENT}by {who(recorded.actor)}", style="dim")
    yield from _changes(entry)
    if entry.announced is not None:
        event_id, type_ = entry.announced
        yield Text.assemble(_INDENT, "announced ", (type_, "cyan"), f" as {event_id}")
    for trail in trails:
        yield from _delivery(trail)


def who(actor: Actor) -> str:
    """Return who asked for an event: the key, the address, the call and its key."""
    if actor == SYSTEM:
        return "seti"
    said = (actor.key, actor.address and f"from {actor.address}", actor.request)
    under = actor.idempotency_key and f"under the key {actor.idempotency_key!r}"
    return ", ".join(part for part in (*said, under) if part)


def _changes(entry: Entry) -> Iterator[Text]:
    """Give what an event changed of what is shown; what it says itself, where that is nothing."""
    changed = entry.changes
    if entry.before is None:
        # What is there from the beginning is most of an object, and most of that is nothing.
        changed = {name: one for name, one in changed.items() if one["new"] not in _NOTHING}
    width = max((len(name) for name in changed), default=0)
    for name, one in changed.items():
        yield Text.assemble(_INDENT, f"{name:{width}}  ", *_change(one))
    if not changed:
        for name, value in says(entry.recorded.event).items():
            yield Text(f"{_INDENT}{name}  {_brief(value)}")


def _change(change: Change) -> Iterator[str | tuple[str, str]]:
    if "old" in change:
        yield (_brief(change["old"]), "red")
        yield " → "
    yield (_brief(change["new"]), "green") if "new" in change else ("gone", "dim")


def says(event: Event) -> dict[str, Any]:
    """Return what *event* says beyond its defaults and nothings, its stream's id and its time."""
    _, *rest = fields(event)
    said = {field.name: getattr(event, field.name) for field in rest if field.name != "at"}
    usual = {field.name: field.default for field in rest}
    return {name: value for name, value in said.items() if value not in (None, {}, usual[name])}


def _delivery(trail: Trail) -> Iterator[Text]:
    origin = "" if trail.origin == "live" else f" again ({trail.origin})"
    yield Text.assemble(
        f"{_INDENT}{_INDENT}to {trail.endpoint_id}{origin}: ",
        (trail.state, _STATE.get(trail.state, "red")),
    )
    for one in trail.attempts:
        yield Text(f"{_INDENT * 3}{_attempt(one)}", style="dim")


def _attempt(one: Try) -> str:
    answered = one.kind if one.status is None else f"{one.kind} {one.status}"
    detail = f" ({printable(one.detail)})" if one.detail else ""
    at = rfc3339(one.started_at // _MS)
    return f"attempt {one.number}  {at}  {answered}{detail}  {one.took_ms:.0f} ms"


def _brief(value: Any) -> str:
    if isinstance(value, str) and value.isprintable():
        return value
    if isinstance(value, Mapping):
        value = {name: member for name, member in value.items() if member is not None}
    return msgspec.json.encode(value).decode()

"""
What became of an object, event by event: pure, and the same whoever asks.

An entry tells what its event changed of the object as it is shown: of names, as parameters
are named (`metadata[order]`), to what they were and what they are. It is derived whenever it
is asked for, in the newest version of the API, and kept nowhere. Secrets are left out.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, NamedTuple, TypeAlias

from projections import account
from projections.announcement import type_of
from projections.fold import Shown, advance, is_shown
from projections.view import View, ordered
from service import ids
from service.domain.account import Account, evolve
from service.domain.events import AccountEvent
from service.domain.recorded import Recorded
from service.domain.trails import Trail, Try
from service.reveal import hidden

# What a name was (`old`) and is (`new`); without one of them where there was, or is, no such.
Change: TypeAlias = dict[str, Any]


KIND: Final = "history_entry"


class Entry(NamedTuple):
    """An event, and what is shown of its object on either side; *before* is None at first."""

    recorded: Recorded
    before: View | None
    after: View | None

    @property
    def changes(self) -> dict[str, Change]:
        return changes(hidden(self.before or {}), hidden(self.after or {}))

    @property
    def announced(self) -> tuple[str, str] | None:
        """The id and the type of the Stripe event that it announced, if it was news."""
        type_ = type_of(self.recorded)
        if type_ is None:
            return None
        return ids.event_id(self.recorded.stream, self.recorded.version), type_


def entries(history: Iterable[Recorded], since: int = 1) -> Iterator[Entry]:
    """Give an entry for each event of *history*, a whole stream, from version *since* on."""
    before: View | None = None
    for recorded, after in _followed(history):
        if recorded.version >= since:
            yield Entry(recorded, before, after)
        before = after


def entry_id(stream: str, version: int) -> str:
    """Return what names the entry of *version* among all."""
    return f"{stream}.v{version}"


def told(entry: Entry, trails: Iterable[Trail]) -> View:
    """Return *entry* as it is shown, with the *trails* of what it announced."""
    recorded, news = entry.recorded, entry.announced
    return ordered(
        {
            "id": entry_id(recorded.stream, recorded.version),
            "object": KIND,
            "announced": None if news is None else {"id": news[0], "type": news[1]},
            "changes": entry.changes,
            "deliveries": [_delivery(trail) for trail in trails],
            **as_recorded(recorded),
        }
    )


def as_recorded(recorded: Recorded) -> View:
    """Return what is told of *recorded* wherever the log is: what, when, where, and by whom."""
    actor = recorded.actor
    return {
        "actor": {name: getattr(actor, name) for name in sorted(actor.__struct_fields__)},
        "created": recorded.event.at,
        "event": recorded.event,
        "position": recorded.position,
        "topic": recorded.topic,
        "version": recorded.version,
    }


def _delivery(trail: Trail) -> View:
    return {
        "attempts": [_attempt(one) for one in trail.attempts],
        "endpoint": trail.endpoint_id,
        "origin": trail.origin,
        "state": trail.state,
    }


def _attempt(one: Try) -> View:
    return {
        "address": one.address,
        "created": one.started_at // 1000,
        "detail": one.detail,
        "kind": one.kind,
        "number": one.number,
        "status": one.status,
        "took_ms": round(one.took_ms, 1),
    }


def as_of(history: Iterable[Recorded]) -> View | None:
    """Return what *history*, a stream up to some moment, is shown as; None if as nothing."""
    view: View | None = None
    for _, after in _followed(history):
        view = after
    return view


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Change]:
    """Return what differs: hashes name by name, all else whole."""
    return dict(_changes("", before, after))


def _changes(
    within: str, before: Mapping[str, Any], after: Mapping[str, Any]
) -> Iterator[tuple[str, Change]]:
    for key in (*before, *(key for key in after if key not in before)):
        name = f"{within}[{key}]" if within else key
        if key not in before:
            yield name, {"new": after[key]}
        elif key not in after:
            yield name, {"old": before[key]}
        elif before[key] != after[key]:
            yield from _differing(name, before[key], after[key])


def _differing(name: str, old: Any, new: Any) -> Iterator[tuple[str, Change]]:
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        yield from _changes(name, old, new)
    else:
        yield name, {"old": old, "new": new}


def _followed(history: Iterable[Recorded]) -> Iterator[tuple[Recorded, View | None]]:
    """Give each event with what is shown after it. An account is shown by other means."""
    shown: Shown | None = None
    state = Account()
    for recorded in history:
        if is_shown(recorded.stream):
            shown = advance(shown, recorded)
            yield recorded, shown.view
        elif isinstance(recorded.event, AccountEvent):
            state = evolve(state, recorded.event)
            yield recorded, account.view(state)
        else:
            yield recorded, None

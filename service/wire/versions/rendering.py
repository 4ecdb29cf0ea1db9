"""
An object as a version knew it: without the fields, and the values, that came later.

Most objects name nothing that came after the version they are shown in. That can be seen in
their bytes, so that they are sent as they are kept, without being read.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final

import msgspec

from service.wire.versions.changes import ERROR, GAINED, Gained
from service.wire.versions.releases import KNOWN, Version

# Whose changes are to be seen in an object, for the kinds that are read most; else all.
_HELD: Final = {
    "customer": frozenset({"customer"}),
    "payment_method": frozenset({"payment_method"}),
    "setup_attempt": frozenset({"setup_attempt", "payment_method", ERROR}),
    "setup_intent": frozenset({"setup_intent", "payment_method", ERROR}),
    "webhook_endpoint": frozenset(),
}
_ERROR_FIELDS: Final = frozenset({"error", "last_setup_error", "setup_error"})


# A kind that may hold any other: an event, an error.
_MIXED: Final = "mixed"

_encode: Final = msgspec.json.Encoder().encode
_decode: Final = msgspec.json.Decoder().decode


@dataclass(frozen=True, slots=True)
class _Unknown:
    """What a version did not know of a hash: *fields*, *values* of others, and more *below*."""

    fields: set[str] = field(default_factory=set)
    values: dict[str, set[str | None]] = field(default_factory=dict)
    below: dict[str, "_Unknown"] = field(default_factory=dict)

    def add(self, row: Gained) -> None:
        *way, last = row.field.split(".")
        at = self
        for name in way:
            at = at.below.setdefault(name, _Unknown())
        if row.values:
            at.values.setdefault(last, set()).update(row.values)
        else:
            at.fields.add(last)


_NOTHING: Final = _Unknown()


def hides(version: Version, kind: str, body: bytes) -> bool:
    """
    Tell whether *body*, the compact JSON of an object of *kind* with nothing expanded, may
    hold something that *version* did not know.
    """
    traces = _traces(version.place, kind)
    return traces is not None and traces(body) is not None


def render(version: Version, shown_now: Mapping[str, Any]) -> dict[str, Any]:
    """Return an object, with all that it holds, as *version* knew it. The original is kept."""
    kinds = _unknown(version.place)
    return _hash(kinds, _of_object(kinds, shown_now), shown_now)


def encoded(version: Version, shown_now: Mapping[str, Any]) -> bytes:
    """Return the JSON of an object as *version* knew it."""
    body = _encode(shown_now)
    if not hides(version, _MIXED, body):
        return body
    return _encode(render(version, _decode(body)))


def _later(place: int) -> list[Gained]:
    later = frozenset(KNOWN[place + 1 :])
    return [row for row in GAINED if row.release in later]


@cache
def _traces(place: int, kind: str) -> Callable[[bytes], object] | None:
    """Return what finds, in an object of *kind*, a trace of what came after a version."""
    held = _HELD.get(kind)
    rows = [row for row in _later(place) if held is None or row.kind in held]
    traces = {re.escape(trace) for row in rows for trace in _traces_of(row)}
    return re.compile(b'"(?:%b)' % b"|".join(sorted(traces))).search if traces else None


def _traces_of(row: Gained) -> Iterator[bytes]:
    """Give what stands right after a quote wherever *row* is to be seen."""
    name = b'%b":' % row.field.rpartition(".")[2].encode()
    if not row.values:
        yield name
    for value in row.values:
        yield name + b"null" if value is None else b'%b"' % value.encode()


@cache
def _unknown(place: int) -> Mapping[str, _Unknown]:
    """Return, by kind of object, what the version at *place* did not know."""
    kinds: dict[str, _Unknown] = {}
    for row in _later(place):
        kinds.setdefault(row.kind, _Unknown()).add(row)
    return kinds


def _hash(
    kinds: Mapping[str, _Unknown], unknown: _Unknown, current: Mapping[str, Any]
) -> dict[str, Any]:
    shown = {}
    for name, value in current.items():
        if name in unknown.fields:
            continue
        later = unknown.values.get(name)
        earlier = value if later is None else _earlier(value, later)
        if earlier is None and later is not None and None in later:
            continue
        # Metadata is the caller's own: whatever it holds, it is no object of ours.
        shown[name] = (
            value if name == "metadata" else _below(kinds, unknown, name, earlier, current)
        )
    return shown


def _earlier(value: Any, later: set[str | None]) -> Any:
    """Return *value* without what came *later*."""
    if isinstance(value, list):
        return [one for one in value if one not in later]
    return None if value in later else value


def _below(
    kinds: Mapping[str, _Unknown],
    unknown: _Unknown,
    name: str,
    value: Any,
    around: Mapping[str, Any],
) -> Any:
    if isinstance(value, list):
        return [_below(kinds, _NOTHING, "", one, around) for one in value]
    if not isinstance(value, Mapping):
        return value
    if name in _ERROR_FIELDS:
        unknown = kinds.get(ERROR, _NOTHING)
    elif name == "previous_attributes":
        unknown = _of_object(kinds, around["object"])
    elif "object" in value:
        unknown = _of_object(kinds, value)
    else:
        unknown = unknown.below.get(name, _NOTHING)
    return _hash(kinds, unknown, value)


def _of_object(kinds: Mapping[str, _Unknown], shown: Mapping[str, Any]) -> _Unknown:
    return kinds.get(str(shown.get("object")), _NOTHING)

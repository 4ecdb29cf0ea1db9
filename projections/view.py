"""
What a view is, and how its keys are ordered.

Every resource is shown as `id` and `object` first, then its other keys by name: one order,
whatever events led to it, so that two folds of one history are equal byte for byte.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final, TypeAlias

View: TypeAlias = dict[str, Any]

_FIRST: Final = ("id", "object")


def ordered(view: Mapping[str, Any]) -> View:
    """Return *view* as it is shown: its name first, the rest by name."""
    return {key: view[key] for key in _order(tuple(view))}


@lru_cache(256)
def _order(keys: tuple[str, ...]) -> tuple[str, ...]:
    """Return *keys* in their order. Views of one kind have the same few sets of keys."""
    return (*_FIRST, *sorted(set(keys).difference(_FIRST)))


def merged(view: View, changed: Mapping[str, Any]) -> View:
    """Return a new view: *view*, whose keys are in order, with *changed* laid over it."""
    after = {**view, **changed}
    # A first event brings its keys in order already; sorting them is most of a fold's cost.
    return after if len(after) == len(view) or not view else ordered(after)


def deleted(view: Mapping[str, Any]) -> View:
    """Return what is shown in place of *view* once its object is gone."""
    return {"id": view["id"], "object": view["object"], "deleted": True}


def listed(values: tuple[str, ...] | list[str] | None) -> list[str] | None:
    """Return *values* as JSON shows them: a log read back holds lists where we put tuples."""
    return None if values is None else list(values)


def without_nulls(fields: Mapping[str, Any]) -> View:
    """Return *fields* without those that are null, as errors are shown, ordered by name."""
    return {key: fields[key] for key in sorted(fields) if fields[key] is not None}

"""Holds what is shown against its declaration, to the order of its keys."""

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from service.wire.resources import conform


def assert_shaped(shown: Mapping[str, Any]) -> None:
    """Assert that *shown*, and each object embedded in it, is what its resource declares."""
    keys = list(flat(shown))
    declared = list(flat(msgspec.to_builtins(conform(shown))))
    assert keys == declared, [pair for pair in zip(keys, declared, strict=True) if len({*pair}) > 1]
    for value in shown.values():
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, Mapping) and isinstance(one.get("object"), str):
                assert_shaped(one)


def flat(shown: Any, way: str = "") -> Iterator[str]:
    """Tell the way to every key, in order. Metadata is in the caller's own order."""
    if isinstance(shown, Mapping) and not way.endswith(".metadata"):
        for key, value in shown.items():
            yield f"{way}.{key}"
            yield from flat(value, f"{way}.{key}")
    elif isinstance(shown, list):
        for at, one in enumerate(shown):
            yield from flat(one, f"{way}[{at}]")

"""What is sent, as a form: hashes in brackets, lists numbered."""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlencode


def encoded(sent: Mapping[str, Any]) -> str:
    """Return *sent* as form text. What is None is left out."""
    return urlencode([pair for name, value in sent.items() for pair in _pairs(name, value)])


def _pairs(name: str, value: Any) -> Iterator[tuple[str, str]]:
    match value:
        case None:
            return
        case Mapping():
            for key, below in value.items():
                yield from _pairs(f"{name}[{key}]", below)
        case list() | tuple():
            for at, below in enumerate(value):
                yield from _pairs(f"{name}[{at}]", below)
        case bool():
            yield name, str(value).lower()
        case _:
            yield name, str(value)

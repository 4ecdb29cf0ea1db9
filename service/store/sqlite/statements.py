"""
The SQL of this room: named queries from `queries.sql`, and statements of many rows.

A statement of many rows has one text for each number of rows, so that sqlite3's statement
cache finds it again; larger numbers are cut into chunks.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Final, TypeVar

T = TypeVar("T")

_CHUNK: Final = 64
_LARGE_CHUNK: Final = 256
# One text for each size up to _CHUNK, of each of three statements, and the named queries.
CACHED_STATEMENTS: Final = 256


def _text(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


def _named(text: str) -> Mapping[str, str]:
    parts = re.split(r"^-- :(\w+)\n", text, flags=re.MULTILINE)[1:]
    return dict(zip(parts[::2], map(str.strip, parts[1::2]), strict=True))


NAMED: Final = _named(_text("queries.sql"))
SCHEMA: Final = _text("schema.sql")
UPGRADE: Final = _text("upgrade.sql")


@cache
def of_many(query: str, rows: int) -> str:
    """Return the named *query*, which ends with the places of one row, for *rows* of them."""
    text = NAMED[query].rstrip(";")
    places = text[text.rindex("(") :]
    return text + ("," + places) * (rows - 1)


@cache
def select_answers(query: str, keys: int) -> str:
    """Return the named *query*, which asks for one key, for this many."""
    return NAMED[query].replace("(?)", f"({','.join('?' * keys)})")


def chunks(rows: Sequence[T]) -> Iterator[Sequence[T]]:
    """Cut *rows* into as few parts as the statement cache can remember the sizes of."""
    start = 0
    while (left := len(rows) - start) > 0:
        size = _LARGE_CHUNK if left >= _LARGE_CHUNK else min(left, _CHUNK)
        yield rows[start : start + size]
        start += size

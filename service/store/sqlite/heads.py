"""At which versions streams stand, asked of many at once."""

import sqlite3
from collections.abc import Iterable
from typing import Final, TypeAlias

import msgspec

from service.store.sqlite.statements import NAMED

# None: no such stream.
Heads: TypeAlias = dict[str, int | None]

_decode: Final = msgspec.json.Decoder(Heads).decode


def heads(cursor: sqlite3.Cursor, streams: Iterable[str]) -> Heads:
    """Return the version at which each of *streams* stands."""
    (found,) = cursor.execute(NAMED["heads"], (_listed(streams),)).fetchone()
    return _decode(found)


def heads_at(connection: sqlite3.Connection, streams: Iterable[str], position: int) -> Heads:
    """Return the version at which each of *streams* stood at *position*."""
    (found,) = connection.execute(NAMED["heads_at"], (_listed(streams), position)).fetchone()
    return _decode(found)


def _listed(streams: Iterable[str]) -> str:
    return msgspec.json.encode(list(streams)).decode()

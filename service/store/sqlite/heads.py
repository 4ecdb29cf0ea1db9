"""At which versions streams stand, asked of many at once."""

import sqlite3
from collections.abc import Iterable
from typing import Final

import msgspec

from service.store.sqlite.statements import NAMED

_decode: Final = msgspec.json.Decoder(dict[str, int | None]).decode


def heads(
    cursor: sqlite3.Cursor | sqlite3.Connection, streams: Iterable[str]
) -> dict[str, int | None]:
    """Return the version at which each of *streams* stands; None where there is none."""
    names = msgspec.json.encode(list(streams)).decode()
    (found,) = cursor.execute(NAMED["heads"], (names,)).fetchone()
    return _decode(found)

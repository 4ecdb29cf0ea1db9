"""How much of the disk a write-ahead log keeps that somebody's long reading has let grow."""

import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing
from pathlib import Path

import pytest
from msgspec.structs import replace

from service.domain.values import SYSTEM
from service.store.protocol import Append
from service.store.sqlite import open_log
from service.webhooks.ledger import open_ledger
from tests import histories as a

_KEPT = 100_000
_WRITES = 60


async def _falls_back(file: Path, write: Callable[[int], Awaitable[object]]) -> bool:
    """Let the write-ahead log of *file* grow while it is read, and say if it shrinks after."""
    wal = file.with_name(f"{file.name}-wal")
    with closing(sqlite3.connect(file)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        for number in range(_WRITES):
            await write(number)
        grown = wal.stat().st_size
        reader.execute("COMMIT")
        reader.execute("PRAGMA wal_checkpoint")
    await write(_WRITES)
    return grown > _KEPT >= wal.stat().st_size


async def test_that_of_the_log_is_given_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once nobody reads any more, the log's is cut back to what it usually is."""
    monkeypatch.setattr("service.store.sqlite.connecting.WAL_KEPT_BYTES", _KEPT)
    log = open_log(tmp_path)

    async def write(number: int) -> None:
        name = f"seti_{number:022d}"
        await log.append(
            [Append(name, 0, [replace(a.INTENT_CREATED, setup_intent_id=name)])], SYSTEM
        )

    assert await _falls_back(tmp_path / "seti.sqlite3", write)
    await log.close()


async def test_that_of_the_ledger_is_given_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once nobody reads any more, the ledger's is cut back to what it usually is."""
    monkeypatch.setattr("service.webhooks.ledger.opening.WAL_KEPT_BYTES", _KEPT)
    ledger = open_ledger(tmp_path / "ledger.sqlite3", "log")

    def written(connection: sqlite3.Connection, number: int) -> None:
        connection.execute("INSERT INTO owners VALUES (?, 'acct_1', 0)", (f"we_{number}",))

    async def write(number: int) -> None:
        await ledger.change(lambda connection: written(connection, number))

    assert await _falls_back(tmp_path / "ledger.sqlite3", write)
    await ledger.close()

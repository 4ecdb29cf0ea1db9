"""
How many commands a second the log takes, durably: `python -m tests.bench.bench_store`.

64 commands are in flight at any time, each with one event of a common size, and, in the
second figure, with the answer kept under its Idempotency-Key. The floor is what one
thread reaches with the same rows and nothing around them, 64 in a transaction.
"""

import asyncio
import hashlib
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import Final

from service.domain.events import SetupIntentCreated
from service.domain.values import Actor, Status
from service.ids import IdMaker
from service.store.protocol import Answer, Append
from service.store.sqlite import SqliteLog, open_log
from service.store.sqlite.connecting import connect_for_writing

IN_FLIGHT: Final = 64
BODY: Final = b"x" * 960


def created(stream: str) -> SetupIntentCreated:
    return SetupIntentCreated(
        setup_intent_id=stream,
        at=1_790_000_000,
        account="acct_0000000000000000000001",
        livemode=False,
        status=Status.REQUIRES_CONFIRMATION,
        usage="off_session",
        payment_method_types=("card",),
        customer="cus_0000000000000000000001",
        metadata={"order": "6735"},
    )


def answer_to(stream: str) -> Answer:
    digest = hashlib.sha256(stream.encode()).digest()
    return Answer(digest[:16], digest[16:], "req_1", 200, BODY, 1_790_000_000)


async def commands_per_s(log: SqliteLog, commands: int, *, keyed: bool) -> float:
    make = IdMaker()
    streams = [make("seti", time.time_ns() // 1_000_000) for _ in range(commands)]
    actor = Actor(request="req_0000000000000000000001", address="127.0.0.1")
    left = iter(
        [
            ([Append(stream, 0, [created(stream)])], answer_to(stream) if keyed else None)
            for stream in streams
        ]
    )

    async def caller() -> None:
        for appends, answer in left:
            await log.append(appends, actor, answer)

    start = time.perf_counter()
    await asyncio.gather(*(caller() for _ in range(IN_FLIGHT)))
    return commands / (time.perf_counter() - start)


def floor_per_s(file: Path, commands: int) -> float:
    make, numbers = IdMaker(), count()
    state = BODY[:500]
    with closing(connect_for_writing(file)) as connection:
        connection.execute("CREATE TABLE e (s TEXT, v INT, t TEXT, d BLOB, PRIMARY KEY (s, v))")
        start = time.perf_counter()
        while next(numbers) < commands // IN_FLIGHT:
            write_floor(connection, lambda: make("seti", time.time_ns() // 1_000_000), state)
        return commands / (time.perf_counter() - start)


def write_floor(connection: sqlite3.Connection, name: Callable[[], str], state: bytes) -> None:
    connection.execute("BEGIN IMMEDIATE")
    rows = [(name(), 1, "SetupIntentCreated", state) for _ in range(IN_FLIGHT)]
    connection.executemany("INSERT INTO e VALUES (?, ?, ?, ?)", rows)
    connection.execute("COMMIT")


async def figures(directory: Path, commands: int) -> dict[str, float]:
    log = open_log(directory)
    try:
        return {
            "floor": floor_per_s(directory / "floor.sqlite3", commands),
            "append": await commands_per_s(log, commands, keyed=False),
            "append, keyed": await commands_per_s(log, commands, keyed=True),
        }
    finally:
        await log.close()


def main() -> None:
    commands = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000
    with tempfile.TemporaryDirectory() as directory:
        for name, figure in asyncio.run(figures(Path(directory), commands)).items():
            sys.stdout.write(f"{name:<16}{figure:>10,.0f} commands/s\n")


if __name__ == "__main__":
    main()

"""A process that writes the log is killed, as by `kill -9`; the next one finds only wholes."""

import subprocess
import sys
from itertools import islice
from pathlib import Path

import pytest

from service.store.sqlite import SqliteLog, open_log
from tests.logs import command

# Appends for ever, each command over two streams and with an answer; prints what is durable.
WRITER = """
import asyncio, os, signal, sys
from pathlib import Path
from service.domain.values import SYSTEM
from service.store.sqlite import open_log
from tests.logs import command

def die_at(text):
    return lambda statement: text in statement and os.kill(os.getpid(), signal.SIGKILL)

async def write(log, caller):
    for number in range(10**9):
        if [caller, number] == [0, 20] and sys.argv[2]:
            log._writer._recorder.writing.set_trace_callback(die_at(sys.argv[2]))
        appends, answer = command(caller, number)
        await log.append(appends, SYSTEM, answer)
        print(caller, number, flush=True)

async def main():
    log = open_log(Path(sys.argv[1]))
    log._answers._generation = 64
    await asyncio.gather(*(write(log, caller) for caller in range(16)))

asyncio.run(main())
"""


def killed(directory: Path, *, at_statement: str = "", after_lines: int = 10**9) -> set[str]:
    """Run the writer until it dies of itself, or is killed; return what it said was durable."""
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(directory), at_statement],
        stdout=subprocess.PIPE,
        text=True,
    ) as writer:
        assert writer.stdout is not None
        said = list(islice(writer.stdout, after_lines))
        writer.kill()
        said += writer.stdout.readlines()
    return {line for line in said if line.endswith("\n")}


async def whole(log: SqliteLog, caller: int, number: int) -> bool:
    """Say whether a command is in the log, and assert that it is not there by half."""
    appends, answer = command(caller, number)
    histories = await log.load_many([(append.stream, None) for append in appends])
    wanted = {append.stream: len(append.events) + append.expected_version for append in appends}
    there = [
        len(history) >= wanted[append.stream]
        for append, history in zip(appends, histories, strict=True)
    ]
    there.append(await log.answer(answer.digest) is not None)
    assert len(set(there)) == 1
    return there[0]


async def assert_wholes(directory: Path, said: set[str]) -> None:
    log = open_log(directory)
    for caller in range(16):
        numbers = [int(line.split()[1]) for line in said if line.startswith(f"{caller} ")]
        last = max(numbers, default=-1)
        assert all([await whole(log, caller, number) for number in range(last + 1)])
        # What was not said may be there or not, but whole either way.
        await whole(log, caller, last + 1)
    positions = [event.position for batch in log.scan(0, None, 1000) for event in batch]
    assert positions == list(range(1, len(positions) + 1))
    await log.close()


class TestKilledWriter:
    @pytest.mark.parametrize(
        "statement",
        ["json_group", "INTO stored_events", "INTO answers", "INTO settled", "UPDATE", "COMMIT"],
    )
    async def test_inside_a_transaction_leaves_wholes(self, tmp_path: Path, statement: str) -> None:
        """Killed as it runs a statement, it leaves all of a command or nothing of it."""
        said = killed(tmp_path, at_statement=statement)
        assert len(said) >= 20
        await assert_wholes(tmp_path, said)

    async def test_at_any_instant_leaves_wholes(self, tmp_path: Path) -> None:
        """Killed again and again under load, it loses nothing that it said was durable."""
        for lines in (1, 57, 400):
            directory = tmp_path / str(lines)
            await assert_wholes(directory, killed(directory, after_lines=lines))

"""How answers are found by digests of chance: in memory first, later in a table."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest

from service.domain.values import SYSTEM
from service.store.protocol import Answer, KeyUsed
from service.store.sqlite import SqliteLog, open_log
from tests.logs import AT, DAY_S, answer, settled

GENERATION = 600


def small_generations(directory: Path) -> SqliteLog:
    log = open_log(directory)
    log._answers._generation = GENERATION
    return log


@pytest.fixture
async def log(tmp_path: Path) -> AsyncIterator[SqliteLog]:
    opened = small_generations(tmp_path)
    yield opened
    await opened.close()


def answers(numbers: range, at: int = AT) -> list[Answer]:
    # An odd factor scatters the digests, and gives none twice.
    return [
        answer(digest=(n * 40503 % 65536).to_bytes(2, "big") * 8, request=f"req_{n}", at=at)
        for n in numbers
    ]


async def keep(log: SqliteLog, kept: Sequence[Answer]) -> list[int | BaseException]:
    return await settled(log.append([], SYSTEM, one) for one in kept)


async def settle_all(log: SqliteLog) -> None:
    while log._answers._queue:
        await log.append([], SYSTEM)


def rows_settled(log: SqliteLog) -> int:
    (rows,) = log._writer._recorder.writing.execute("SELECT count(*) FROM settled").fetchone()
    return int(rows)


async def found(log: SqliteLog, kept: Sequence[Answer]) -> list[Answer | None]:
    return await asyncio.gather(*(log.answer(one.digest) for one in kept))


class TestAnswerTable:
    async def test_finds_what_is_young_settling_and_settled(self, log: SqliteLog) -> None:
        """At every moment of its life an answer is found, by readers and by the writer."""
        kept = answers(range(GENERATION + 100))
        await keep(log, kept[:GENERATION])
        await keep(log, kept[GENERATION:])
        assert rows_settled(log) in range(1, GENERATION)
        assert await found(log, kept) == kept
        results = await keep(log, kept)
        assert {type(result) for result in results} == {KeyUsed}
        await settle_all(log)
        assert rows_settled(log) >= GENERATION
        assert await found(log, kept) == kept

    async def test_remembers_through_a_restart(self, tmp_path: Path) -> None:
        """Whether or not its generation was settled when the process ended, an answer is found."""
        kept = answers(range(2 * GENERATION + 100))
        for start in range(0, len(kept), 350):
            log = small_generations(tmp_path)
            await keep(log, kept[start : start + 350])
            await log.close()
        log = small_generations(tmp_path)
        assert await found(log, kept) == kept
        results = await keep(log, kept)
        assert {type(result) for result in results} == {KeyUsed}
        await log.close()

    async def test_prefers_the_newer_of_two(self, log: SqliteLog) -> None:
        """An answer that took the place of one that had outlived its day is the one found."""
        await keep(log, answers(range(GENERATION)))
        await settle_all(log)
        newer = answers(range(GENERATION), at=AT + DAY_S)
        await keep(log, newer)
        assert await found(log, newer) == newer
        await settle_all(log)
        assert await found(log, newer) == newer
        assert rows_settled(log) == GENERATION

    async def test_forgets_what_is_purged(self, log: SqliteLog) -> None:
        """A purge empties both tables of old answers; their digests may be used again."""
        old, young = answers(range(GENERATION)), answers(range(GENERATION, GENERATION + 9), AT + 9)
        await keep(log, old)
        await settle_all(log)
        await keep(log, young)
        assert await log.purge_answers(AT + 9) == GENERATION
        assert rows_settled(log) == 0
        assert await found(log, old) == [None] * GENERATION
        assert await found(log, young) == young
        assert await keep(log, old) == [0] * GENERATION

    async def test_starts_again_after_everything_was_purged(self, tmp_path: Path) -> None:
        """Numbers rise for ever, so nothing new is taken for something that was settled."""
        log = small_generations(tmp_path)
        await keep(log, answers(range(GENERATION)))
        await settle_all(log)
        await log.purge_answers(AT + 1)
        again = answers(range(9))
        await keep(log, again)
        await log.close()
        log = small_generations(tmp_path)
        assert await found(log, again) == again
        await log.close()

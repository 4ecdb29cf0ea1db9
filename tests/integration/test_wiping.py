"""What is said of somebody elsewhere than in the log is wiped out when they are forgotten."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Final

import pytest

from service import ids
from service.domain.values import SYSTEM, replace
from service.store.sqlite import SqliteLog, open_log
from service.webhooks.ledger import SqliteLedger, open_ledger
from service.webhooks.ledger.values import Settlement
from tests import deliveries as a
from tests.logs import ANSWER, AT, after, answer

CUS, OTHER = (f"cus_0Uq1eC4I002{letter * 13}" for letter in "cd")
SAID: Final = b"Thank you, Zaphodine"
OTHERS: Final = answer(digest=b"another digest..", body=b'{"id":"cus_10"}')


def said(event_id: str, number: int = 1) -> Settlement:
    there = f"https://example.com/?said={SAID.decode()}"
    attempt = replace(a.ATTEMPT, event_id=event_id, number=number, excerpt=SAID, detail=there)
    return replace(a.SUCCESS, attempt=attempt)


def files(directory: Path) -> bytes:
    return b"".join(file.read_bytes() for file in directory.iterdir())


class TestAnswers:
    @pytest.fixture(name="log")
    async def _log(self, tmp_path: Path) -> AsyncIterator[SqliteLog]:
        opened = open_log(tmp_path)
        yield opened
        await opened.close()

    async def test_that_speak_of_a_stream_are_overwritten(
        self, log: SqliteLog, tmp_path: Path
    ) -> None:
        """No file holds them, and those that speak of another, however called, are kept."""
        told = answer(body=b'{"id":"cus_1","name":"Zaphodine"}')
        await log.append([after(0, "cus_1")], SYSTEM, told)
        await log.append([after(0, "cus_10")], SYSTEM, OTHERS)
        assert await log.wipe_answers(["cus_1"]) == 1
        assert await log.scrub()
        assert b"Zaphodine" not in files(tmp_path)
        assert await log.answer(OTHERS.digest) == OTHERS

    async def test_leave_their_keys_free(self, log: SqliteLog) -> None:
        """A key whose answer was wiped out is as if it had not been used."""
        await log.append([after(0, "cus_1")], SYSTEM, ANSWER)
        await log.wipe_answers(["cus_1"])
        kept = await log.answer(ANSWER.digest)
        assert kept is None or kept.outlived(AT)
        assert await log.append([after(0, "cus_2")], SYSTEM, ANSWER) == 2
        assert await log.answer(ANSWER.digest) == ANSWER


class TestExcerpts:
    @pytest.fixture(name="ledger")
    async def _ledger(self, tmp_path: Path) -> AsyncIterator[SqliteLedger]:
        opened = open_ledger(tmp_path / "ledger.sqlite3", "log-1")
        yield opened
        await opened.close()

    async def test_are_wiped_out_before_and_after(
        self, ledger: SqliteLedger, tmp_path: Path
    ) -> None:
        """What was said is gone, what is said of it from then on is not kept, all else is."""
        event, other = ids.event_id(CUS, 1), ids.event_id(OTHER, 1)
        for event_id in (event, other):
            await ledger.record([said(event_id)])
        await ledger.wipe_excerpts({CUS: 1})
        await ledger.record([said(event, number=2)])
        assert await ledger.scrub()
        told = await ledger.attempts_of(event, "we_1")
        assert [(attempt.excerpt, attempt.detail) for attempt in told] == [(b"", None)] * 2
        assert (await ledger.attempts_of(other, "we_1"))[0].excerpt == SAID
        assert files(tmp_path).count(SAID) == 2

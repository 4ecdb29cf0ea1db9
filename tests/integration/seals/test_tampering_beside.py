"""What is done by hand beside the rows: to seeds, to answers, to whole files. And what is legal."""

import sqlite3
from contextlib import closing
from pathlib import Path
from shutil import copy
from typing import Final

import pytest

from service.config import CannotStart, Settings
from service.domain.events import PersonalDataForgotten
from service.domain.values import SYSTEM, replace
from service.hiding import Hiding
from service.keyring import Keyring
from service.runtime.auditing import Audit, export_log, verify, verify_file
from service.runtime.auditing import Place as Anywhere
from service.store.codec import UnreadableEvent
from service.store.protocol import Append
from service.store.seals.findings import Kind, Verified
from service.store.sqlite import open_log
from tests import histories as h
from tests.logs import ANSWER, after
from tests.sealed_logs import EVENTS, SealedLog

HIDING: Final = Hiding(Keyring(b"m" * 32).personal_key)
# Where the events stand that tell of people: past the others.
FIRST, SECOND, THIRD = 31, 32, 33
NAMES: Final = [f"cus_told{number}" for number in range(3)]


@pytest.fixture(name="told")
async def _told(sealed: SealedLog) -> SealedLog:
    """A sealed log that tells of three people."""
    log = open_log(sealed.directory, hiding=HIDING)
    for name in NAMES:
        created = replace(h.CUSTOMER_CREATED, customer_id=name)
        await log.append([Append(name, 0, [created])], SYSTEM)
    await log.close()
    sealed.seal()
    return sealed


async def forget(log: SealedLog, name: str) -> None:
    opened = open_log(log.directory, hiding=HIDING)
    gone = PersonalDataForgotten(subject_id=name, at=h.AT, customer=name)
    await opened.append([Append(name, 1, [gone])], SYSTEM)
    await opened.close()


def settings_of(log: SealedLog) -> Settings:
    return Settings(data_dir=log.directory)


def verified(log: SealedLog, *against: Path) -> Verified:
    """Verify as `seti verify` does, which has no master key here."""
    return verify(settings_of(log), Audit(against=against), lambda _done, _of: None)


class TestForgetting:
    async def test_leaves_the_log_whole(self, told: SealedLog) -> None:
        """Before it is sealed, and after, and also beside a copy of the seals from before."""
        kept = told.seals
        await forget(told, NAMES[1])
        assert told.verify().findings == []
        told.seal()
        assert told.verify(kept=kept).findings == []
        assert told.verify().sealed == THIRD + 1

    async def test_leaves_exports_whole(self, told: SealedLog, tmp_path: Path) -> None:
        """One from before is still what was sealed, and one made afterwards is the same so far."""
        exports = [tmp_path / "before.ndjson", tmp_path / "after.ndjson"]
        for file in exports:
            with file.open("wb") as out:
                export_log(settings_of(told), Anywhere(), Anywhere(position=THIRD), out.write)
            await forget(told, NAMES[exports.index(file)])
        for file in exports:
            assert verify_file(settings_of(told), file, Audit()).findings == []
        assert exports[0].read_bytes() == exports[1].read_bytes()
        assert not [word for word in (b"Jenny", b"jenny") if word in exports[0].read_bytes()]


OF_THE_SEEDS: Final = {
    "one destroyed": ("UPDATE seeds SET seed = zeroblob(16) WHERE position = 32", SECOND),
    "one deleted": ("DELETE FROM seeds WHERE position = 33", THIRD),
    "all deleted": ("DELETE FROM seeds", FIRST),
    "all destroyed": ("UPDATE seeds SET seed = zeroblob(length(seed))", FIRST),
    "one moved": ("UPDATE seeds SET position = 1 WHERE position = 31", FIRST),
}


class TestSeeds:
    @pytest.mark.parametrize("how", OF_THE_SEEDS)
    def test_are_not_destroyed_without_a_word(self, told: SealedLog, how: str) -> None:
        """What can be shown no more, and was not forgotten, is told from its first position on."""
        statement, position = OF_THE_SEEDS[how]
        told.sql(statement)
        (found,) = told.verify().findings
        assert (found.kind, found.position) == (Kind.LOST, position)

    async def test_of_somebody_who_was_forgotten_before(self, told: SealedLog) -> None:
        """A forgetting accounts for what came before it, and for nothing that came later."""
        await forget(told, NAMES[0])
        log = open_log(told.directory, hiding=HIDING)
        again = replace(h.CUSTOMER_UPDATED, customer_id=NAMES[0])
        await log.append([Append(NAMES[0], 2, [again])], SYSTEM)
        await log.close()
        told.sql("UPDATE seeds SET seed = zeroblob(16)")
        (found,) = told.verify(start=THIRD).findings
        assert (found.kind, found.position, found.until) == (Kind.LOST, THIRD + 2, THIRD + 2)

    async def test_that_were_exchanged_open_nothing(self, told: SealedLog) -> None:
        """Nobody is shown for somebody else: the event cannot be read, and the error names it."""
        told.sql(
            "UPDATE seeds SET seed = (SELECT seed FROM seeds WHERE position = 32) "
            "WHERE position = 31"
        )
        log = open_log(told.directory, hiding=HIDING)
        with pytest.raises(UnreadableEvent, match=f"at position {FIRST}"):
            await log.load(NAMES[0])
        assert (await log.load(NAMES[1]))[0].event
        await log.close()


class TestAnswers:
    async def test_are_no_part_of_the_history(self, sealed: SealedLog) -> None:
        """What is kept for a day under an Idempotency-Key is not sealed: it proves nothing."""
        log = open_log(sealed.directory)
        await log.append([after(0, "cus_asked")], SYSTEM, ANSWER)
        await log.close()
        sealed.seal()
        sealed.sql("UPDATE answers SET body = x'7b7d', status = 500", "DELETE FROM settled")
        assert sealed.verify().findings == []


def first(found: Verified) -> tuple[Kind, int, int]:
    """Return what is told first, and where it begins and ends."""
    each = found.in_order()[0]
    return each.kind, each.position, each.until


class TestFiles:
    @pytest.fixture(name="kept")
    def _kept(self, sealed: SealedLog, tmp_path: Path) -> Path:
        """A copy of the seals that nobody here can reach."""
        return Path(copy(sealed.seals_file, tmp_path / "kept.ndjson"))

    @pytest.mark.parametrize("left", [None, b""], ids=["missing", "empty"])
    def test_seals_are_gone(self, sealed: SealedLog, kept: Path, left: bytes | None) -> None:
        """That there are none is noticed by itself, and seal by seal beside a copy."""
        sealed.seals_file.unlink()
        if left is not None:
            sealed.seals_file.write_bytes(left)
        assert first(verified(sealed)) == (Kind.UNSEALED, 1, EVENTS)
        assert first(verified(sealed, kept)) == (Kind.SEAL_REMOVED, 1, 5)

    @pytest.mark.parametrize("cut", [1, 40, 400], ids=str)
    def test_seals_are_cut_off(self, sealed: SealedLog, kept: Path, cut: int) -> None:
        """Where the file of seals ends too early, what it covered last is told."""
        sealed.seals_file.write_bytes(sealed.seals_file.read_bytes()[:-cut])
        assert first(verified(sealed)) == (Kind.UNSEALED, 26, EVENTS)
        assert first(verified(sealed, kept)) == (Kind.SEAL_REMOVED, 26, EVENTS)

    def test_seals_are_overwritten(self, sealed: SealedLog) -> None:
        """A line that is no seal any more is told with the first position it covered."""
        lines = sealed.seals_file.read_bytes().splitlines(keepends=True)
        lines[2] = lines[2].replace(b'"position":', b'"position":"')
        sealed.seals_file.write_bytes(b"".join(lines))
        assert first(verified(sealed))[:2] == (Kind.SEAL_ALTERED, 11)

    async def test_seals_are_of_another_log(self, sealed: SealedLog, tmp_path: Path) -> None:
        """The seals of another store say nothing of this one, and are told apart."""
        other = SealedLog(tmp_path / "other")
        await other.grow()
        other.seal()
        copy(other.seals_file, sealed.seals_file)
        found = verified(sealed)
        assert first(found)[:2] == (Kind.SEAL_ALTERED, 1)
        assert "of another log" in found.in_order()[0].says

    def test_log_has_another_name(self, sealed: SealedLog) -> None:
        """A log that was renamed to pass for another is not what its seals are of."""
        sealed.sql("UPDATE meta SET value = 'another' WHERE name = 'log_id'")
        assert first(verified(sealed))[:2] == (Kind.SEAL_ALTERED, 1)

    @pytest.mark.parametrize("left", [0, 100, 8192 * 2], ids=str)
    def test_log_is_cut_off(self, sealed: SealedLog, left: int) -> None:
        """A database that is no whole one any more is one sentence, and nothing is said of it."""
        sealed.file.write_bytes(sealed.file.read_bytes()[:left])
        with pytest.raises(CannotStart, match=r"^[^\n]+\.$"):
            verified(sealed)

    def test_an_older_file_was_put_back(self, sealed: SealedLog, tmp_path: Path) -> None:
        """Rows that an older file did not hold are told to be missing from the first on."""
        old = Path(copy(sealed.file, tmp_path / "old.sqlite3"))
        with closing(sqlite3.connect(old)) as connection, connection:
            connection.execute("DELETE FROM stored_events WHERE rowid > 21")
        copy(old, sealed.file)
        assert first(verified(sealed)) == (Kind.TRUNCATED, 22, EVENTS)


class TestPlaces:
    def test_nothing_is_whole_that_is_not_there(self, sealed: SealedLog) -> None:
        """There is nothing to verify past the end of a log that was not cut off."""
        with pytest.raises(CannotStart, match=f"^--from: the log ends at position {EVENTS}"):
            verify(settings_of(sealed), Audit(after=EVENTS + 1), lambda _done, _of: None)

    def test_nothing_is_exported_backwards(self, sealed: SealedLog) -> None:
        """An export that would end before it begins is refused, and nothing of it is written."""
        written: list[bytes] = []
        for since, until in ((10, 2), (EVENTS + 2, None)):
            places = (Anywhere(position=since), Anywhere(position=until))
            with pytest.raises(CannotStart, match=r"^--since: expected a place up to "):
                export_log(settings_of(sealed), *places, written.append)
        assert written == []

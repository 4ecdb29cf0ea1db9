"""The follower that seals: its rhythm, its resumption, and what it will not touch."""

import asyncio
import errno
from pathlib import Path

import pytest
from prometheus_client import REGISTRY

from service.domain.values import SYSTEM
from service.store.seals.auditing import tell_standstill, verify_log
from service.store.seals.file import BrokenSeals, SealFile, read_seals
from service.store.seals.findings import Kind, Verified
from service.store.seals.follower import Rhythm, SealingFollower
from service.store.seals.sealer import Sealer
from service.store.seals.signing import BadKey, make_pair, read_public_keys, read_signer
from service.store.sqlite import RawLog, open_log
from tests.eventually import eventually
from tests.logs import AT, after
from tests.sealed_logs import SealedLog


async def followed(directory: Path, rhythm: Rhythm) -> tuple[SealingFollower, RawLog]:
    raw = RawLog(SealedLog(directory).file)
    sealer = Sealer(raw, SealFile(SealedLog(directory).seals_file), None, lambda: AT)
    return SealingFollower(sealer, rhythm), raw


class TestFollower:
    async def test_seals_in_its_rhythm(self, tmp_path: Path) -> None:
        """After so many events there is a seal; what is left is sealed as it winds up."""
        log = open_log(tmp_path)
        follower, raw = await followed(tmp_path, Rhythm(4, 3600))
        log.listen(follower.heard)
        running = asyncio.create_task(follower.run())
        await log.append([after(0, "cus_1", 4)], SYSTEM)
        await eventually(lambda: follower.position == 4)
        await log.append([after(0, "cus_2", 2)], SYSTEM)
        follower.wind_up()
        await running
        assert [(s.after, s.position) for s in SealedLog(tmp_path).seals] == [(0, 4), (4, 6)]
        raw.close()
        await log.close()

    async def test_says_that_it_cannot_write(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """While a seal cannot be written that is told; once it can, nothing is missing."""
        monkeypatch.setattr("service.store.seals.follower._BACKOFF_S", 0.01)
        log = open_log(tmp_path)
        await log.append([after(0, "cus_1", 4)], SYSTEM)
        follower, raw = await followed(tmp_path, Rhythm(4, 0.01))
        SealedLog(tmp_path).seals_file.mkdir()
        running = asyncio.create_task(follower.run())
        await eventually(lambda: REGISTRY.get_sample_value("seti_seals_delayed") == 1)
        assert str(SealedLog(tmp_path).seals_file) in (follower.delayed or "")
        SealedLog(tmp_path).seals_file.rmdir()
        await eventually(lambda: REGISTRY.get_sample_value("seti_seals_delayed") == 0)
        assert follower.delayed is None
        follower.wind_up()
        await running
        assert [(s.after, s.position) for s in SealedLog(tmp_path).seals] == [(0, 4)]
        raw.close()
        await log.close()

    async def test_stops_where_the_past_is_another(self, sealed: SealedLog) -> None:
        """A log that is not what was sealed is told of, and no seal is touched."""
        before = sealed.seals_file.read_bytes()
        sealed.sql("UPDATE stored_events SET topic = 'x' WHERE rowid = 28")
        follower, raw = await followed(sealed.directory, Rhythm(4, 3600))
        await follower.run()
        assert follower.broken is not None
        assert "28" not in follower.broken
        assert sealed.seals_file.read_bytes() == before
        raw.close()


class TestSealer:
    async def test_goes_on_with_the_same_chain(self, sealed: SealedLog) -> None:
        """However the log is cut into seals, its digest at a position is one."""
        await sealed.grow(30, first=100)
        sealed.seal(every=7)
        digests = {seal.position: seal.digest for seal in sealed.seals}
        sealed.seals_file.unlink()
        sealed.seal(every=60)
        assert sealed.seals[-1].digest == digests[60]

    async def test_takes_away_what_a_crash_has_cut_off(self, sealed: SealedLog) -> None:
        """A line that was not written to its end was never told, and is made again."""
        whole = sealed.seals_file.read_bytes()
        sealed.seals_file.write_bytes(whole[:-100])
        sealed.seal()
        assert sealed.seals_file.read_bytes().count(b"\n") == whole.count(b"\n")
        assert sealed.verify().findings == []

    async def test_refuses_an_older_log(self, sealed: SealedLog) -> None:
        """A seal beyond the log's end is never overwritten."""
        sealed.sql("DELETE FROM stored_events WHERE rowid > 27")
        with pytest.raises(BrokenSeals, match="ends before position 30"):
            sealed.seal()

    async def test_refuses_another_log(self, sealed: SealedLog) -> None:
        """The seals of another log are left alone."""
        sealed.sql("UPDATE meta SET value = 'another' WHERE name = 'log_id'")
        with pytest.raises(BrokenSeals, match="another log"):
            sealed.seal()

    async def test_notes_gaps(self, sealed: SealedLog) -> None:
        """Positions that held nothing when they were sealed are no finding."""
        await sealed.grow(6, first=100)
        sealed.sql("DELETE FROM stored_events WHERE rowid = 33")
        sealed.seal()
        assert sealed.seals[6].gaps == ((33, 33),)
        assert sealed.verify().findings == []

    async def test_goes_on_where_a_seal_was_not_durable(
        self, sealed: SealedLog, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A seal that was written and could not be made durable is made again, in its place."""
        await sealed.grow(6, first=100)
        raw = RawLog(sealed.file)
        sealer = Sealer(raw, SealFile(sealed.seals_file), sealed.signer, lambda: AT)
        sealer.resume()
        with monkeypatch.context() as patched:
            patched.setattr("service.store.seals.file.os.fsync", failing)
            with pytest.raises(OSError, match="disk"):
                sealer.seal(3)
        sealer.seal(3)
        raw.close()
        assert not sealed.verify().findings


def failing(_descriptor: int) -> None:
    raise OSError("the disk does not answer")


class TestVerification:
    async def test_of_an_empty_log(self, tmp_path: Path) -> None:
        """There is nothing to find."""
        log = SealedLog(tmp_path)
        await log.grow(0)
        result = log.verify()
        assert (result.events, result.findings) == (0, [])

    async def test_beside_a_writer(self, tmp_path: Path) -> None:
        """What is appended and sealed while it reads is no finding."""
        sealed = SealedLog(tmp_path)
        await sealed.grow()
        raw = RawLog(sealed.file)
        sealer = Sealer(raw, SealFile(sealed.seals_file), sealed.signer, lambda: AT)
        log = open_log(tmp_path)
        sealer.seal(5)
        seals = read_seals(sealed.seals_file)
        reading = RawLog(sealed.file)
        task = asyncio.create_task(asyncio.to_thread(verify_log, reading, seals, {}))
        for number in range(100, 110):
            await log.append([after(0, f"cus_{number}", 2)], SYSTEM)
            await asyncio.to_thread(sealer.seal, 5)
        result = (await task).end()
        assert (result.findings, result.events >= 30) == ([], True)
        reading.close()
        await log.close()
        raw.close()

    async def test_holds_no_more_than_a_segment(self, sealed: SealedLog) -> None:
        """However many events no seal covers, no more is kept of each than its mark."""
        await sealed.grow(3000, first=1000)
        raw = RawLog(sealed.file)
        verifier = verify_log(raw, sealed.seals, {})
        assert len(verifier._found.trail) == 3000 * 8
        assert verifier.end().unsealed == 3000
        raw.close()

    async def test_from_a_position(self, sealed: SealedLog) -> None:
        """It begins at the seal before it, and looks at nothing earlier."""
        sealed.sql("UPDATE stored_events SET topic = 'x' WHERE rowid = 3")
        result = sealed.verify(start=12)
        assert (result.after, result.events, result.findings) == (10, 20, [])

    async def test_tells_what_is_not_sealed(self, sealed: SealedLog) -> None:
        """Events under no seal are counted, and found where that has lasted too long."""
        await sealed.grow(3, first=100)
        raw = RawLog(sealed.file)
        result = verify_log(raw, sealed.seals, {}).end()
        tell_standstill(raw, result, AT + 30, 60)
        assert (result.unsealed, result.findings) == (3, [])
        tell_standstill(raw, result, AT + 3600, 60)
        assert [(f.kind, f.position, f.until) for f in result.findings] == [(Kind.UNSEALED, 31, 33)]
        raw.close()

    async def test_where_all_seals_are_gone(self, sealed: SealedLog) -> None:
        """A log that should have been sealed and is not is a finding."""
        sealed.seals_file.unlink()
        raw, result = RawLog(sealed.file), Verified()
        tell_standstill(raw, result, AT + 3600, 60)
        assert [(f.kind, f.position) for f in result.findings] == [(Kind.UNSEALED, 1)]
        raw.close()


class TestKeys:
    def test_are_made_for_their_owner(self, tmp_path: Path) -> None:
        """The private key is for its owner's eyes; the public one verifies."""
        public, name = make_pair(tmp_path / "key.pem")
        assert (tmp_path / "key.pem").stat().st_mode & 0o777 == 0o600
        assert read_signer(tmp_path / "key.pem").name == name
        assert list(read_public_keys([public])) == [name]

    def test_are_never_overwritten(self, tmp_path: Path) -> None:
        """A key that is there stays."""
        make_pair(tmp_path / "key.pem")
        with pytest.raises(BadKey, match="exists"):
            make_pair(tmp_path / "key.pem")

    def test_are_a_pair_or_none_at_all(self, tmp_path: Path) -> None:
        """Where one of the two cannot be written, the other is not left behind."""
        (tmp_path / "key.pem.pub").touch()
        with pytest.raises(BadKey, match=r"key\.pem\.pub cannot be written: File exists"):
            make_pair(tmp_path / "key.pem")
        assert [file.name for file in tmp_path.iterdir()] == ["key.pem.pub"]

    def test_are_named_where_the_disk_is_full(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A write that fails names no file by itself: the one that was asked for is told."""

        def full(_: int) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr("os.fsync", full)
        with pytest.raises(BadKey, match=r"key\.pem cannot be written: No space left"):
            make_pair(tmp_path / "key.pem")
        assert not list(tmp_path.iterdir())

    def test_that_are_none(self, tmp_path: Path) -> None:
        """A file that holds no key is told in a sentence."""
        (tmp_path / "key.pem").write_text("no key")
        with pytest.raises(BadKey, match="private key"):
            read_signer(tmp_path / "key.pem")

"""What is done to a log or to its seals by hand, and what a verification tells of it."""

from collections.abc import Callable
from dataclasses import replace as replaced
from pathlib import Path
from shutil import copy
from typing import Final

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from service.domain.values import replace
from service.store.seals.findings import Kind
from service.store.seals.signing import Signer
from tests.sealed_logs import EVENTS, SealedLog

SWAP: Final = (
    "UPDATE stored_events SET rowid = 1000 WHERE rowid = {a}",
    "UPDATE stored_events SET rowid = {a} WHERE rowid = {b}",
    "UPDATE stored_events SET rowid = {b} WHERE rowid = 1000",
)
EXCHANGE: Final = (
    "CREATE TEMP TABLE t AS SELECT rowid AS r, * FROM stored_events WHERE rowid IN ({a}, {b})",
    "UPDATE stored_events SET originator_id = 'x' || rowid WHERE rowid IN ({a}, {b})",
    (
        "UPDATE stored_events SET (originator_id, originator_version, topic, state) = (SELECT "
        "originator_id, originator_version, topic, state FROM t "
        "WHERE r = {a} + {b} - stored_events.rowid) WHERE rowid IN ({a}, {b})"
    ),
)
INSERT: Final = (
    "INSERT INTO stored_events (rowid, originator_id, originator_version, topic, state) "
    "VALUES ({p}, 'cus_forged', {p}, 'CustomerDeleted', x'7b7d')"
)
# Two steps, as the positions are unique.
SHIFT_UP: Final = (
    "UPDATE stored_events SET rowid = rowid + 1000 WHERE rowid >= {p}",
    "UPDATE stored_events SET rowid = rowid - 999 WHERE rowid > 1000",
)
SHIFT_DOWN: Final = (
    "UPDATE stored_events SET rowid = rowid + 1000 WHERE rowid > {p}",
    "UPDATE stored_events SET rowid = rowid - 1001 WHERE rowid > 1000",
)


def at(statements: tuple[str, ...], **places: int) -> tuple[str, ...]:
    return tuple(statement.format(**places) for statement in statements)


def change(what: str, position: int) -> tuple[str, ...]:
    return (f"UPDATE stored_events SET {what} WHERE rowid = {position}",)  # noqa: S608 - by hand


def delete(places: str) -> tuple[str, ...]:
    return (f"DELETE FROM stored_events WHERE rowid {places}",)  # noqa: S608 - by hand


ACTOR: Final = "state = CAST(replace(state, 'req_1', 'req_2') AS BLOB)"
BY_HAND: Final = {
    "state edited": (change("state = CAST(state || ' ' AS BLOB)", 7), Kind.ALTERED, 7),
    "first state edited": (change("state = x'7b7d'", 1), Kind.ALTERED, 1),
    "state of another type": (change("state = CAST(state AS TEXT)", 12), Kind.ALTERED, 12),
    "topic edited": (change("topic = 'CustomerCreated'", 8), Kind.ALTERED, 8),
    "topic of no characters": (change("topic = CAST(x'ff' AS TEXT)", 8), Kind.ALTERED, 8),
    "stream edited": (change("originator_id = 'cus_9'", 9), Kind.ALTERED, 9),
    "version edited": (change("originator_version = 9", 11), Kind.ALTERED, 11),
    "actor changed": (change(ACTOR, 13), Kind.ALTERED, 13),
    "first deleted": (delete("= 1"), Kind.REMOVED, 1),
    "middle deleted": (delete("= 13"), Kind.REMOVED, 13),
    "last of a segment deleted": (delete("= 15"), Kind.REMOVED, 15),
    "last deleted": (delete("= 30"), Kind.TRUNCATED, 30),
    "segment deleted": (delete("BETWEEN 11 AND 15"), Kind.REMOVED, 11),
    "deleted and renumbered": (
        (*delete("= 13"), *at(SHIFT_DOWN, p=13)),
        Kind.REMOVED,
        13,
    ),
    "last of a segment deleted, renumbered": (
        (*delete("= 15"), *at(SHIFT_DOWN, p=15)),
        Kind.REMOVED,
        15,
    ),
    "inserted between, renumbered": (
        (*at(SHIFT_UP, p=13), INSERT.format(p=13)),
        Kind.INSERTED,
        13,
    ),
    "inserted before all": ((INSERT.format(p=0),), Kind.INSERTED, 0),
    "inserted in place of the last": (
        (*delete("= 30"), INSERT.format(p=30)),
        Kind.ALTERED,
        30,
    ),
    "neighbours swapped": (at(SWAP, a=7, b=8), Kind.REORDERED, 7),
    "swapped far apart": (at(SWAP, a=2, b=4), Kind.REORDERED, 2),
    "contents exchanged": (at(EXCHANGE, a=11, b=14), Kind.REORDERED, 11),
    "swapped over segments": (at(SWAP, a=15, b=16), Kind.REORDERED, 15),
    "cut off": (delete("> 17"), Kind.TRUNCATED, 18),
    "all deleted": (delete("> 0"), Kind.TRUNCATED, 1),
    "cut off, others appended": (
        (*delete("> 28"), INSERT.format(p=29), INSERT.format(p=30)),
        Kind.ALTERED,
        29,
    ),
}


class TestLog:
    @pytest.mark.parametrize("how", BY_HAND)
    def test_names_the_first_position(self, sealed: SealedLog, how: str) -> None:
        """What was done to the log is told, and where it begins."""
        statements, kind, position = BY_HAND[how]
        assert sealed.verify().findings == []
        sealed.sql(*statements)
        first = sealed.first_finding()
        assert (first.kind, first.position) == (kind, position), sealed.verify().findings

    def test_tells_of_each_place(self, sealed: SealedLog) -> None:
        """Changes in segments side by side are told one by one."""
        sealed.sql(*change("topic = 'x'", 4), *change("topic = 'y'", 7), *delete("= 23"))
        found = [(each.kind, each.position) for each in sealed.verify().in_order()]
        assert found == [(Kind.ALTERED, 4), (Kind.ALTERED, 7), (Kind.REMOVED, 23)]

    @pytest.mark.parametrize("start", [12, 20, EVENTS, EVENTS + 1])
    def test_that_was_cut_off_before_the_start(self, sealed: SealedLog, start: int) -> None:
        """Who begins where they were whole the last time is told that there is less by now."""
        sealed.sql(*delete("> 12"))
        (found,) = sealed.verify(start=start).findings
        assert (found.kind, found.position, found.until) == (Kind.TRUNCATED, 13, EVENTS)

    async def test_notices_an_old_copy(self, sealed: SealedLog, tmp_path: Path) -> None:
        """Where an older copy of the log is put back, what is missing is told from there on."""
        copy(sealed.file, tmp_path / "old")
        await sealed.grow(6, first=100)
        sealed.seal()
        copy(tmp_path / "old", sealed.file)
        first = sealed.first_finding()
        assert (first.kind, first.position, first.until) == (Kind.TRUNCATED, 31, 36)


def other_digest(log: SealedLog) -> None:
    seals = log.seals
    seals[2] = replace(seals[2], digest="00" * 32)
    log.write_seals(seals)


def signed_by_another(log: SealedLog) -> None:
    seals = log.seals
    seals[2] = Signer(Ed25519PrivateKey.generate()).signed(replace(seals[2], digest="00" * 32))
    log.write_seals(seals)


def without_signature(log: SealedLog) -> None:
    seals = log.seals
    seals[-1] = replace(seals[-1], key=None, signature=None)
    log.write_seals(seals)


def other_time(log: SealedLog) -> None:
    seals = log.seals
    seals[2] = replace(seals[2], at=1)
    log.write_seals(seals)


def one_missing(log: SealedLog) -> None:
    log.write_seals(log.seals[:2] + log.seals[3:])


def first_missing(log: SealedLog) -> None:
    log.write_seals(log.seals[1:])


def other_trail(log: SealedLog) -> None:
    seals = log.seals
    seals[2] = replace(seals[2], trail="A" + seals[2].trail[1:])
    log.write_seals(seals)


def out_of_order(log: SealedLog) -> None:
    seals = log.seals
    log.write_seals([seals[0], seals[2], seals[1], *seals[3:]])


OF_THE_SEALS: Final[dict[str, tuple[Callable[[SealedLog], None], set[Kind], int]]] = {
    "digest replaced": (other_digest, {Kind.SEAL_ALTERED, Kind.SIGNATURE}, 11),
    "signed by another key": (signed_by_another, {Kind.SEAL_ALTERED, Kind.SIGNATURE}, 11),
    "signature taken away": (without_signature, {Kind.SIGNATURE}, 26),
    "time replaced": (other_time, {Kind.SEAL_ALTERED, Kind.SIGNATURE}, 11),
    "one removed": (one_missing, {Kind.SEAL_REMOVED}, 11),
    "the first removed": (first_missing, {Kind.SEAL_REMOVED}, 1),
    "trail changed": (other_trail, {Kind.SEAL_ALTERED}, 11),
    "order changed": (out_of_order, {Kind.SEAL_REMOVED, Kind.SEAL_ALTERED}, 6),
}


class TestManySealsMissing:
    def test_names_where_nothing_tells_more(self, sealed: SealedLog) -> None:
        """Where seals are gone, a change under them is told to lie between the others."""
        sealed.sql(*change("topic = 'x'", 8))
        sealed.write_seals([sealed.seals[0], *sealed.seals[3:]])
        found = sealed.verify().in_order()
        assert [(each.kind, each.position, each.until) for each in found] == [
            (Kind.ALTERED, 6, 20),
            (Kind.SEAL_REMOVED, 6, 20),
        ]


class TestSeals:
    @pytest.mark.parametrize("how", OF_THE_SEALS)
    def test_are_told_from_the_log(self, sealed: SealedLog, how: str) -> None:
        """What was done to the seals is told of them, and not of the log."""
        tamper, kinds, position = OF_THE_SEALS[how]
        tamper(sealed)
        found = sealed.verify().in_order()
        assert {each.kind for each in found} == kinds, found
        assert found[0].position == position

    def test_rewritten_with_the_log(self, sealed: SealedLog) -> None:
        """Who changes the log and seals it all anew with another key is told by the key."""
        sealed.sql(*change("topic = 'x'", 3))
        sealed.seals_file.unlink()
        forger = replaced(sealed, signer=Signer(Ed25519PrivateKey.generate()))
        forger.seal()
        assert sealed.first_finding().kind is Kind.SIGNATURE

    def test_rewritten_with_the_log_and_the_key(self, sealed: SealedLog) -> None:
        """Who has the key as well is told by a copy that was kept elsewhere."""
        kept = sealed.seals
        sealed.sql(*change("topic = 'x'", 3))
        sealed.seals_file.unlink()
        sealed.seal()
        assert sealed.verify().findings == []
        found = sealed.verify(kept=kept).in_order()
        assert {each.kind for each in found} == {Kind.SEAL_ALTERED, Kind.ALTERED}
        assert [each.position for each in found if each.kind is Kind.ALTERED] == [3]

    async def test_put_back_with_the_log(self, sealed: SealedLog, tmp_path: Path) -> None:
        """An old log with its old seals is told by a later seal that was kept elsewhere."""
        for file in (sealed.file, sealed.seals_file):
            copy(file, tmp_path / f"old-{file.name}")
        await sealed.grow(6, first=100)
        sealed.seal()
        kept = [seal.without_trail() for seal in sealed.seals]
        for file in (sealed.file, sealed.seals_file):
            copy(tmp_path / f"old-{file.name}", file)
        assert sealed.verify().findings == []
        kinds = {each.kind for each in sealed.verify(kept=kept).findings}
        assert Kind.SEAL_REMOVED in kinds
        assert sealed.verify(kept=kept).in_order()[0].position == EVENTS + 1

    def test_kept_without_trails(self, sealed: SealedLog) -> None:
        """A kept copy without trails borrows those that are there."""
        kept = [seal.without_trail() for seal in sealed.seals]
        sealed.sql(*change("topic = 'x'", 8))
        first = sealed.first_finding(kept=kept)
        assert (first.kind, first.position) == (Kind.ALTERED, 8)

    def test_rotated(self, sealed: SealedLog) -> None:
        """Seals of an earlier and of a later key are verified with both."""
        later = replaced(sealed, signer=Signer(Ed25519PrivateKey.generate()))
        sealed.write_seals(sealed.seals[:3])
        later.seal()
        assert sealed.verify(keys=[sealed.signer, later.signer]).findings == []
        assert sealed.first_finding(keys=[sealed.signer]).kind is Kind.SIGNATURE

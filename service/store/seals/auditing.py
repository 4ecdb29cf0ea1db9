"""A log in its database verified from end to end, beside whoever writes to it."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final, Protocol

from service.domain.values import replace
from service.store.seals.chain import RawRow
from service.store.seals.findings import Kind, Verified
from service.store.seals.losses import Losses, Seeds
from service.store.seals.seal import Seal
from service.store.seals.signing import PublicKeys
from service.store.seals.verifying import Verifier

_BATCH: Final = 2000
_BEFORE_ALL: Final = -(2**63)
_AT: Final = re.compile(rb'"at":(\d{1,12})')


class Log(Protocol):
    """What is read of the log's rows."""

    @property
    def log_id(self) -> str: ...

    def rows(self, after: int, until: int | None, limit: int) -> list[RawRow]: ...

    def head(self) -> int: ...


class SeededLog(Log, Seeds, Protocol):
    """What is read of the log, and of what is kept beside it."""


def rows_between(log: Log, after: int, until: int) -> Iterator[list[RawRow]]:
    """Give the rows past *after* up to *until*, in lists."""
    while rows := log.rows(after, until, _BATCH):
        yield rows
        after = rows[-1][0]


def verify_log(
    log: SeededLog,
    seals: Iterable[Seal],
    keys: PublicKeys,
    *,
    after: int = 0,
    progress: Callable[[int, int], None] = lambda _done, _of: None,
) -> Verifier:
    """
    Verify *log* against *seals*, from the last seal at or before the position *after* on.

    What is committed while it runs is left alone. Call `end` for what came of it: a finding
    for each change, also where what is personal was lost without being forgotten. A log that
    ends before *after* may have been cut off, and is verified from its last seal on.
    """
    head = log.head()
    start, rest = _from(iter(seals), min(after, head))
    verifier = Verifier(log.log_id, keys, head, start)
    at, losses = start.position if start else _BEFORE_ALL, Losses(log)
    for seal in rest:
        if seal.position > head:
            # It may be newer than the look at the log. What it covers was there before it.
            head = verifier.head = log.head()
        if verifier.checker.check(seal):
            for rows in rows_between(log, at, seal.position):
                verifier.take(rows)
                losses.look(rows)
            verifier.seal(seal)
            at = seal.position
            progress(min(at, head), head)
    for rows in rows_between(log, at, head):
        verifier.take(rows)
        losses.look(rows)
        progress(rows[-1][0], head)
    losses.tell(verifier.verified)
    return verifier


def _from(seals: Iterator[Seal], after: int) -> tuple[Seal | None, Iterator[Seal]]:
    """Return the last seal at or before *after*, and those that follow it."""
    start: Seal | None = None
    for seal in seals:
        if seal.position > after:
            return start, _chained(seal, seals)
        start = seal
    return start, iter(())


def _chained(first: Seal, rest: Iterator[Seal]) -> Iterator[Seal]:
    yield first
    yield from rest


def told_elsewhere(
    own: Iterable[Seal], kept: Iterable[Seal], verified: Callable[[], Verified]
) -> Iterator[Seal]:
    """
    Give the *own* seals, in the place of each the one that was *kept* elsewhere, if there is one.

    What was kept is believed. That the two differ, or that an own one is missing, is told.
    """
    copies = {seal.number: seal for seal in kept}
    for seal in own:
        copy = copies.pop(seal.number, seal)
        for missing in sorted(n for n in copies if n < seal.number):
            yield _told_missing(copies.pop(missing), verified())
        if copy.name() != seal.name():
            says = f"seal {seal.number}, at position {seal.position}, is not the one that was kept"
            place = (seal.after + 1, seal.position)
            verified().found(Kind.SEAL_ALTERED, place, says)
        # A copy in the service's output has no trail; the own one's digest is in its statement.
        yield copy if copy.trail else replace(copy, trail=seal.trail, gaps=seal.gaps)
    for number in sorted(copies):
        yield _told_missing(copies[number], verified())


def _told_missing(copy: Seal, verified: Verified) -> Seal:
    says = (
        f"seal {copy.number}, at position {copy.position}, was kept elsewhere and is missing here"
    )
    verified.found(Kind.SEAL_REMOVED, (copy.after + 1, copy.position), says)
    return copy


def tell_standstill(log: Log, verified: Verified, now: float, patience_s: float) -> None:
    """Tell of events that should have been sealed for long, were seals made and kept."""
    rows = log.rows(max(verified.sealed, verified.after), None, 1)
    at = instant_of(rows[0]) if rows else None
    if at is None or now - at <= patience_s:
        return
    says = (
        f"no seal covers position {rows[0][0]} and what follows, though the event is "
        f"{int(now) - at} s old: seals were removed, or none are made"
    )
    verified.found(Kind.UNSEALED, (rows[0][0], log.head()), says)


def instant_of(row: RawRow) -> int | None:
    """Return when the event of *row* happened, where it says so."""
    told = _AT.search(row[4]) if isinstance(row[4], bytes) else None
    return int(told[1]) if told else None

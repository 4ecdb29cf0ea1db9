"""`seti verify` and `seti export`: beside the process that owns the log, or without one."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from projections.collecting import collector_paused
from service.config import CannotStart, Settings
from service.runtime.sealing import the_signer
from service.store.protocol import LogUnavailable
from service.store.seals.auditing import (
    instant_of,
    rows_between,
    tell_standstill,
    told_elsewhere,
    verify_log,
)
from service.store.seals.export_reading import NoExport, verify_export
from service.store.seals.exporting import export
from service.store.seals.file import BrokenSeals, read_seals
from service.store.seals.findings import Kind, Verified
from service.store.seals.seal import Seal
from service.store.seals.signing import BadKey, PublicKeys, make_pair, name_of, read_public_keys
from service.store.sqlite import RawLog, open_log_for_reading

_PATIENCE: Final = 6
_PATIENCE_S_MIN: Final = 60.0

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Audit:
    """What is asked for: from *after* on, with these public keys, believing these copies."""

    after: int = 0
    public_keys: Sequence[Path] = ()
    against: Sequence[Path] = ()


def verify(settings: Settings, audit: Audit, progress: Progress) -> Verified:
    """Verify the log. Raise `CannotStart` where there is none, or a file cannot be read."""
    keys, began = _keys(settings, audit.public_keys), time.monotonic()
    with _sentences(), _raw(settings) as log, collector_paused():
        said = Verified()
        seals = _effective(settings, audit.against, said)
        verifier = verify_log(log, seals, keys, after=audit.after, progress=progress)
        verified = verifier.end()
        verified.findings += said.findings
        patience_s = max(_PATIENCE * settings.seal_seconds, _PATIENCE_S_MIN)
        tell_standstill(log, verified, time.time(), patience_s)
        if audit.after > (head := log.head()) and not verified.findings:
            raise CannotStart(f"--from: the log ends at position {head}.")
    verified.seconds = time.monotonic() - began
    return verified


def verify_file(settings: Settings, file: Path, audit: Audit) -> Verified:
    """Verify an export. Raise `CannotStart` where it is none."""
    keys, began = _keys(settings, audit.public_keys), time.monotonic()
    try:
        with file.open("rb") as lines:
            verified = verify_export(lines, keys)
    except OSError as error:
        raise CannotStart(f"{file} cannot be read: {error.strerror}.") from error
    except NoExport as reason:
        raise CannotStart(f"{file} is no export of Seti's: {reason}.") from reason
    verified.seconds = time.monotonic() - began
    return verified


def export_log(
    settings: Settings, since: "Place", until: "Place", write: Callable[[bytes], object]
) -> int:
    """Write the log as lines; return how many events. Raise `CannotStart` as `verify` does."""
    with _sentences(), _raw(settings) as log:
        after, last = since.before(log), until.last(log)
        if after > last:
            raise CannotStart(f"--since: expected a place up to {last}, where the export ends.")
        return export(log, read_own(settings), after, last, write)


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the log: a *position*, or the instant *at*; neither is the one end of it."""

    position: int | None = None
    at: int | None = None

    def before(self, log: RawLog) -> int:
        """Return the position before the first event that is not before this place."""
        if self.position is not None:
            return max(self.position - 1, 0)
        return 0 if self.at is None else _before(log, self.at)

    def last(self, log: RawLog) -> int:
        """Return the last position that is not after this place."""
        if self.position is not None:
            return min(self.position, log.head())
        return log.head() if self.at is None else _before(log, self.at + 1)


def _before(log: RawLog, at: int) -> int:
    """Return the position before the first event at the instant *at* or later."""
    for rows in rows_between(log, 0, log.head()):
        for row in rows:
            told = instant_of(row)
            if told is not None and told >= at:
                return row[0] - 1
    return log.head()


def read_own(settings: Settings) -> Iterator[Seal]:
    """Give the seals beside the log, none where there is no file."""
    if settings.seals_path.exists():
        yield from read_seals(settings.seals_path)


def make_seal_key(file: Path) -> tuple[Path, str]:
    """Make a key pair; return where the public key is, and the key's name."""
    try:
        return make_pair(file)
    except BadKey as reason:
        raise CannotStart(str(reason)) from reason


def _effective(settings: Settings, copies: Sequence[Path], said: Verified) -> Iterator[Seal]:
    """Give the seals to verify against; what cannot be read of our own ends them."""
    own = _readable(read_own(settings), said)
    if not copies:
        yield from own
        return
    kept: Iterable[Seal] = [seal for copy in copies for seal in read_seals(copy)]
    yield from told_elsewhere(own, kept, lambda: said)


def _readable(seals: Iterator[Seal], said: Verified) -> Iterator[Seal]:
    last = 0
    try:
        for seal in seals:
            last = seal.position
            yield seal
    except BrokenSeals as reason:
        said.found(Kind.SEAL_ALTERED, (last + 1, last + 1), str(reason).rstrip("."))


def _keys(settings: Settings, files: Sequence[Path]) -> PublicKeys:
    try:
        keys = read_public_keys(files)
    except BadKey as reason:
        raise CannotStart(f"--public-key: {reason}") from reason
    signer = None if files else the_signer(settings)
    return keys if signer is None else {name_of(signer.public): signer.public}


@contextmanager
def _raw(settings: Settings) -> Iterator[RawLog]:
    """Give the log as it is stored. Nothing in it is shown, so no master key is needed."""
    path = settings.database_path
    open_log_for_reading(path.parent, name=path.name)
    log = RawLog(path)
    try:
        yield log
    finally:
        log.close()


@contextmanager
def _sentences() -> Iterator[None]:
    try:
        yield
    except (LogUnavailable, BrokenSeals) as reason:
        raise CannotStart(str(reason)) from reason

"""
`seti backup` and `seti restore`: the log, its ledger and its seals in a directory, and back.

The ledger is copied first. One that is a little older than its log delivers some events again,
under the same ids; one that was newer might not deliver some. The seals are copied before the
log as well, since they must not tell of what it does not hold. A backup's manifest names its
files with their digests; all of it is written under another name, which is exchanged for the
right one when all is whole. So a backup is there, or it is not.

The master key is a secret of another kind than what it opens, and is put in only when asked.
"""

import hashlib
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from shutil import rmtree
from typing import Final

import msgspec

from service.config import CannotStart, Settings
from service.reports import BackedUp, Progress
from service.runtime.ending import end_as_by_ctrl_c
from service.runtime.files import copied, have_on_disk, write_privately
from service.runtime.master_key import FILE as MASTER_KEY
from service.runtime.master_key import found_master_key
from service.runtime.parts import require_log
from service.store.protocol import LogUnavailable
from service.store.sqlite.copying import CopyFailed, copy_database, pages_of
from service.store.sqlite.locking import LOCK_FILE, DirectoryLock
from service.store.sqlite.opening import place_of

MANIFEST: Final = "backup.json"
LOG: Final = "seti.sqlite3"
LEDGER: Final = "ledger.sqlite3"
SEALS: Final = "seals.ndjson"
_ALLOWED_BEFORE: Final = frozenset({MASTER_KEY, LOCK_FILE})


class _Manifest(msgspec.Struct, frozen=True):
    """What a backup holds: digests of its files, and where the log named *log_id* stands."""

    made_at: int
    log_id: str
    position: int
    sha256: dict[str, str]


def backup(
    settings: Settings, directory: Path, progress: Progress, *, with_master_key: bool
) -> BackedUp:
    """Copy log and ledger to the new *directory*, while a server runs or not."""
    if directory.exists():
        raise CannotStart(f"{directory} is there already: a backup is never written over.")
    require_log(settings)
    end_as_by_ctrl_c()
    with _in_a_sentence("The backup"), _draft_of(directory) as draft:
        _copy_all(settings, draft, progress)
        if with_master_key:
            write_privately(draft / MASTER_KEY, _key(settings).hex().encode() + b"\n")
        manifest = _manifest_of(draft)
        write_privately(draft / MANIFEST, msgspec.json.format(msgspec.json.encode(manifest)))
        have_on_disk(draft)
        draft.rename(directory)
        have_on_disk(directory.absolute().parent)
    return _told(manifest)


def restore(settings: Settings, directory: Path, progress: Progress) -> BackedUp:
    """Bring a backup back to a data directory that holds nothing yet."""
    end_as_by_ctrl_c()
    with _in_a_sentence("The restore"):
        manifest = _read_manifest(directory)
        _check(directory, manifest, progress)
        with _unoccupied(settings):
            # The log last: nothing starts from half of a backup.
            copied(directory / LEDGER, settings.ledger_path)
            key_file = settings.data_dir / MASTER_KEY
            if MASTER_KEY in manifest.sha256 and not key_file.exists():
                copied(directory / MASTER_KEY, key_file)
            if SEALS in manifest.sha256:
                copied(directory / SEALS, settings.seals_path)
            copied(directory / LOG, settings.database_path)
    return _told(manifest)


def _copy_all(settings: Settings, draft: Path, progress: Progress) -> None:
    _copy_seals(settings.seals_path, draft / SEALS)
    sources = {LEDGER: settings.ledger_path, LOG: settings.database_path}
    total, before = sum(map(pages_of, sources.values())), 0
    for name, source in sources.items():
        done = before

        def report(pages: int, _: int, done: int = done) -> None:
            progress(min(done + pages, total), total)

        copy_database(source, draft / name, report)
        have_on_disk(draft / name)
        before += pages_of(draft / name)


def _copy_seals(source: Path, target: Path) -> None:
    if source.exists():
        copied(source, target)
    else:
        write_privately(target, b"")


def _key(settings: Settings) -> bytes:
    key = found_master_key(settings)
    if key is None:
        raise CannotStart("--with-master-key: expected SETI_MASTER_KEY, or the key's own file.")
    return key


def _manifest_of(draft: Path) -> _Manifest:
    log_id, position = place_of(draft / LOG)
    digests = {file.name: _digest(file) for file in sorted(draft.iterdir())}
    return _Manifest(int(time.time()), log_id, position, digests)


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _read_manifest(directory: Path) -> _Manifest:
    try:
        return msgspec.json.decode((directory / MANIFEST).read_bytes(), type=_Manifest)
    except (OSError, msgspec.DecodeError) as error:
        raise CannotStart(f"{directory} is no backup: it has no {MANIFEST} to read.") from error


def _check(directory: Path, manifest: _Manifest, progress: Progress) -> None:
    for done, (name, digest) in enumerate(sorted(manifest.sha256.items()), 1):
        if _digest(directory / name) != digest:
            raise CannotStart(f"{directory / name} is not what was backed up: it was altered.")
        progress(done, len(manifest.sha256))
    if place_of(directory / LOG) != (manifest.log_id, manifest.position):
        raise CannotStart(f"{directory / LOG} is not the log that was backed up.")


@contextmanager
def _unoccupied(settings: Settings) -> Iterator[None]:
    """
    Hold the places where the databases go. Raise `CannotStart` where something is there.

    Where the block fails, nothing is left there that was not there before.
    """
    places = sorted({settings.data_dir, settings.database_path.parent})
    with ExitStack() as locks:
        for place in places:
            place.mkdir(mode=0o700, parents=True, exist_ok=True)
            locks.callback(DirectoryLock(place).release)
            found = {file.name for file in place.iterdir()} - _ALLOWED_BEFORE
            if found:
                raise CannotStart(
                    f"{place} holds something already ({min(found)}): restore to an empty one."
                )
        before = {file for place in places for file in place.iterdir()}
        try:
            yield
        except BaseException:
            for file in {file for place in places for file in place.iterdir()} - before:
                file.unlink(missing_ok=True)
            raise


@contextmanager
def _draft_of(directory: Path) -> Iterator[Path]:
    """Give a new directory beside *directory*, and leave nothing of it where the block fails."""
    parent = directory.absolute().parent
    parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=f".{directory.name}.", suffix=".partial", dir=parent))
    try:
        yield draft
    except BaseException:
        with suppress(OSError):
            rmtree(draft)
        raise


@contextmanager
def _in_a_sentence(doing: str) -> Iterator[None]:
    try:
        yield
    except (OSError, CopyFailed, LogUnavailable) as error:
        raise CannotStart(f"{doing} did not succeed: {str(error).rstrip('.')}.") from error


def _told(manifest: _Manifest) -> BackedUp:
    return BackedUp(manifest.log_id, manifest.position, MASTER_KEY in manifest.sha256)

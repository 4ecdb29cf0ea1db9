"""
What is built of what. Each part is a context: entered in this order, left in reverse.

The API is opened last, when everything behind it is there, and closed first, so that what
it has accepted is answered before anything it needs goes away.
"""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Final

from projections.building import builder
from projections.embedded import EmbeddedServer
from projections.model import ReadModel
from projections.runner import Runner
from service.config import CannotStart, Settings
from service.hiding import Hiding
from service.keyring import Keyring
from service.runtime.master_key import found_master_key, master_key
from service.store.codec import UnreadableEvent
from service.store.protocol import LogUnavailable
from service.store.sqlite import SqliteLog, SqliteReads, open_log, open_log_for_reading
from service.store.sqlite.locking import LOCK_FILE, DirectoryLock

VALKEY: Final = "valkey"
# The embedded server may have much to read: what needs no views is answered meanwhile.
REDIS_AWAITED_S: Final = 1.0

Clock = Callable[[], float]

_GIVE_IT_BACK: Final = (
    "under which this log was written. Set SETI_MASTER_KEY to it, or put its master.key back in "
    "the data directory."
)


@asynccontextmanager
async def the_log(settings: Settings) -> AsyncIterator[SqliteLog]:
    """The log, for this process alone."""
    with data_directory(settings):
        try:
            log = open_log(
                settings.database_path.parent,
                name=settings.database_path.name,
                hiding=_hiding_once_locked(settings),
            )
        except LogUnavailable as reason:
            raise CannotStart(str(reason)) from reason
        try:
            yield log
        finally:
            await log.close()


def _hiding_once_locked(settings: Settings) -> Hiding:
    """Return what hides in a log whose directory may have to be made, and the master key in it."""
    keyring = cache(lambda: the_keyring(settings))
    return Hiding(lambda seed: keyring().personal_key(seed))


@contextmanager
def data_directory(settings: Settings) -> Iterator[None]:
    """The data directory, for this process alone, also where the log is somewhere else."""
    if settings.data_dir.absolute() == settings.database_path.parent.absolute():
        yield
        return
    try:
        settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = DirectoryLock(settings.data_dir)
    except OSError as error:
        raise CannotStart(
            f"The data directory {settings.data_dir} cannot be written to: {error.strerror}."
        ) from error
    except LogUnavailable as reason:
        raise CannotStart(str(reason)) from reason
    try:
        yield
    finally:
        lock.release()


def refuse_in_use(settings: Settings) -> None:
    """Raise `CannotStart` where another process has the log's directory. Make nothing there."""
    directory = settings.database_path.parent
    if not (directory / LOCK_FILE).exists():
        return
    try:
        with suppress(OSError):
            DirectoryLock(directory).release()
    except LogUnavailable as reason:
        raise CannotStart(str(reason)) from reason


def directory_of_views(settings: Settings) -> Path | None:
    """Return where a Redis of our own keeps its files; None where it is the operator's."""
    return settings.data_dir / VALKEY if settings.redis_url is None else None


@asynccontextmanager
async def redis_url(settings: Settings) -> AsyncIterator[str]:
    """Where the views are kept: a Redis of the operator's, or one of our own."""
    if settings.redis_url is not None:
        yield settings.redis_url
        return
    server = EmbeddedServer(settings.data_dir / VALKEY)
    try:
        await server.start(within_s=REDIS_AWAITED_S)
        yield server.url
    finally:
        await server.stop()


@asynccontextmanager
async def read_model(
    url: str, log: SqliteLog, clock: Clock
) -> AsyncIterator[tuple[ReadModel, Runner]]:
    """The views, and the runner that keeps them whole."""
    model = ReadModel.at(url, log.log_id)
    runner = Runner(log, model, builder(url, log, clock), clock)
    log.listen(runner.heard)
    runner.start()
    try:
        yield model, runner
    finally:
        await runner.stop()
        await model.close()


async def keyring_of(settings: Settings, log: SqliteLog) -> Keyring:
    """
    Return what derives every secret of *log*. Raise `CannotStart` where the master key is not its.

    The first account's id is derived from the key, so that another one shows: before anything
    is sealed, or secrets are given out that nobody has. A key is made for an empty log alone.
    """
    if not await log.head():
        return the_keyring(settings)
    found = found_master_key(settings)
    if found is None:
        raise CannotStart(f"There is no master key in {settings.data_dir}: the one {_GIVE_IT_BACK}")
    keyring = Keyring(found)
    if not await log.load(keyring.first_account(), until=1):
        raise CannotStart(f"The master key is another than the one {_GIVE_IT_BACK}")
    return keyring


def the_keyring(settings: Settings) -> Keyring:
    """What derives every secret."""
    return Keyring(master_key(settings))


def _hiding_found(settings: Settings) -> Hiding:
    """Return what shows personal data. Raise `CannotStart` where there is no master key yet."""
    key = found_master_key(settings)
    if key is None:
        raise CannotStart(
            f"There is no master key in {settings.data_dir}: set SETI_MASTER_KEY as Seti has it."
        )
    return Hiding(Keyring(key).personal_key)


@contextmanager
def whole_events() -> Iterator[None]:
    """Say in one sentence why an event of the log cannot be read."""
    try:
        yield
    except UnreadableEvent as reason:
        raise CannotStart(f"{reason}. Is the master key that of this log?") from reason


def require_log(settings: Settings) -> None:
    """Raise `CannotStart` where no server has been yet."""
    if not settings.database_path.exists():
        raise CannotStart(f"There is no log at {settings.database_path} yet: start Seti once.")


def log_for_reading(settings: Settings) -> SqliteReads:
    """Return the log, beside the process that owns it. Raise `CannotStart`."""
    require_log(settings)
    path = settings.database_path
    try:
        return open_log_for_reading(path.parent, name=path.name, hiding=_hiding_found(settings))
    except LogUnavailable as reason:
        raise CannotStart(str(reason)) from reason

"""
`seti rebuild`: all views anew, beside a running server or without one; or only compared.

Where a server runs, its own Redis is used, and it moves to the new views by itself. Where
none runs, the embedded Redis is started for as long as the rebuild takes.
"""

import asyncio
import os
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from typing import Final

from projections import compare
from projections import rebuild as building
from projections.bulk import WorkLost
from projections.connection import UNREACHABLE
from projections.crew import Crew, crew
from projections.embedded import LOAD_MAX_S, EmbeddedServer
from projections.generations import forget_old
from service import logs
from service.config import CannotStart, Settings
from service.reports import Progress, Rebuilt
from service.runtime.ending import end_as_by_ctrl_c
from service.runtime.files import for_owner_alone
from service.runtime.parts import VALKEY, log_for_reading, whole_events
from service.store.protocol import LogUnavailable
from service.store.sqlite import SqliteReads
from service.store.sqlite.locking import DirectoryLock

# Redis itself is busy with what four of them write.
_BUILDERS_MAX: Final = 4


def builders(settings: Settings) -> AbstractContextManager[Crew]:
    """Return who builds: one process for each core that this one may use."""
    return crew(partial(log_for_reading, settings), min(_cores(), _BUILDERS_MAX))


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def rebuild(settings: Settings, builders: Crew, progress: Progress) -> Rebuilt:
    """Make all views anew. Raise `CannotStart` where the log or Redis is not there."""
    with _parts(settings) as (url, log):
        started = time.monotonic()
        built = building.rebuild(url, log, at=int(time.time()), crew=builders, progress=progress)
        return Rebuilt(built.events, built.documents, time.monotonic() - started)


def check(settings: Settings, progress: Progress) -> Rebuilt:
    """Compare the views with the log. Raise `CannotStart` as `rebuild` does."""
    with _parts(settings) as (url, log):
        started = time.monotonic()
        compared = compare.compare(url, log, at=int(time.time()), progress=progress)
        seconds = time.monotonic() - started
        return Rebuilt(compared.events, compared.views, seconds, compared.differences)


@contextmanager
def _parts(settings: Settings) -> Iterator[tuple[str, SqliteReads]]:
    """Give the address of Redis, and the log."""
    log = log_for_reading(settings)
    # The process is ours from here on; one that found no log is left as it was.
    for_owner_alone()
    logs.set_up("warning")
    end_as_by_ctrl_c()
    with asyncio.Runner() as runner:
        try:
            with whole_events(), _views_at(settings, runner) as url:
                yield url, log
        except WorkLost as reason:
            raise CannotStart(
                "What was built went missing again and again: Redis is being flushed, customers "
                "are being forgotten, or another rebuild runs. Try again."
            ) from reason
        except UNREACHABLE as reason:
            raise CannotStart(f"Redis does not answer: {str(reason).rstrip('.')}.") from reason
        finally:
            runner.run(log.close())


@contextmanager
def _views_at(settings: Settings, runner: asyncio.Runner) -> Iterator[str]:
    """Give the address of the Redis that the views are in, which is there meanwhile."""
    if settings.redis_url is not None:
        yield settings.redis_url
        return
    server = EmbeddedServer(settings.data_dir / VALKEY)
    try:
        lock = DirectoryLock(settings.data_dir)
    except LogUnavailable:
        # Somebody serves from this directory, and has brought the server along.
        yield server.url
        return
    try:
        try:
            runner.run(server.start())
            yield server.url
            runner.run(forget_old(server.url))
        finally:
            # What was built is what this was for, so it is saved however long that takes.
            runner.run(server.stop(within_s=LOAD_MAX_S))
    finally:
        lock.release()

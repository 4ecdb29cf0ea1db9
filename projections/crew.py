"""
Builders in processes of their own, since one interpreter folds on one core.

They are forked, so they are there at once with all that is imported; have a crew before the
process has threads. Each opens the log for itself, when it is given something to do.
"""

import gc
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any, Final, NamedTuple

import redis

from projections.bulk import Bulk, WorkLost
from projections.share import Builder, Done, Share, Source, Stretch

WAIT_MAX_S: Final = 30.0
_FORK: Final = get_context("fork")


class Work(NamedTuple):
    """A *stretch* to build in the Redis at *url*, without news from before *listed_since*."""

    url: str
    listed_since: int
    stretch: Stretch


class Crew:
    """The builders at the other ends of *connections*, who have the shares from 1 on."""

    def __init__(self, connections: Sequence[Connection] = ()) -> None:
        self._connections = connections

    @property
    def share(self) -> Share:
        """What is left for whoever has this crew."""
        return Share(0, 1 + len(self._connections))

    def begin(self, work: Work) -> None:
        """Let everybody do their share of *work*. Raise `WorkLost` if one has died."""
        for connection in self._connections:
            with _alive():
                connection.send(work)

    def finish(self) -> list[Done]:
        """Return what each has done, or raise what one of them has met."""
        results: list[Done | Exception] = []
        for connection in self._connections:
            with _alive():
                results.append(connection.recv())
        for result in results:
            if isinstance(result, Exception):
                raise result
        return [result for result in results if isinstance(result, Done)]


ALONE: Final = Crew()


@contextmanager
def crew(open_source: Callable[[], Source], size: int) -> Iterator[Crew]:
    """Give a crew of *size*, its owner included, which ends with the block."""
    pipes = [_FORK.Pipe() for _ in range(1, size)]
    ours = [end for end, _ in pipes]
    builders = [
        _FORK.Process(
            target=_work, args=(ours, theirs, open_source, Share(number, size)), daemon=True
        )
        for number, (_, theirs) in enumerate(pipes, 1)
    ]
    for builder in builders:
        builder.start()
    for _, theirs in pipes:
        theirs.close()
    try:
        yield Crew(ours)
    finally:
        for builder in builders:
            builder.terminate()
            builder.join()


@contextmanager
def _alive() -> Iterator[None]:
    try:
        yield
    except (EOFError, OSError) as error:
        raise WorkLost from error


def _work(
    inherited: Sequence[Connection],
    connection: Connection,
    open_source: Callable[[], Source],
    share: Share,
) -> None:
    """Do *share* of all the work that *connection* brings, until it is closed."""
    # Only so does a pipe end when the process at its other end does.
    for end in inherited:
        end.close()
    # Ctrl-C goes to all of us. Whoever has the crew decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.disable()
    builder: Builder | None = None
    # The other end is gone, with whoever wanted to know.
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):
        while True:
            work: Work = connection.recv()
            try:
                if builder is None:
                    builder = _builder(work, open_source(), share)
                done: Any = builder.build(work.stretch)
            except Exception as reason:  # noqa: BLE001 - it is raised at the other end
                done = reason
            connection.send(done)


def _builder(work: Work, source: Source, share: Share) -> Builder:
    client = redis.Redis.from_url(work.url, socket_timeout=WAIT_MAX_S)
    return Builder(Bulk(client, source.log_id), source, share, work.listed_since)

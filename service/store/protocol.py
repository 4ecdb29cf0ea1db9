"""
What the rest of the house may ask of the log.

A stream is named by its aggregate's id. A version is a place in a stream, from 1; a
position is a place in the notification log, from 1, rising in commit order, with gaps.
"""

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Final, NamedTuple, Protocol

from service.domain.events import Event
from service.domain.recorded import Recorded
from service.domain.values import Actor, Value

ANSWERS_KEPT_S: Final = 86_400


class Append(Value, frozen=True):
    """New *events* for one *stream*, after *expected_version* (0: the stream is new)."""

    stream: str
    expected_version: int
    events: Sequence[Event]


class Answer(Value, frozen=True):
    """
    What was answered under an Idempotency-Key.

    *digest* names (account, mode, key), *fingerprint* the path and parameters. *body* is
    the answer without its secrets (`service.reveal`). *at* is in Unix seconds.
    """

    digest: bytes
    fingerprint: bytes
    request: str
    status: int
    body: bytes
    at: int

    def outlived(self, at: int) -> bool:
        """Say whether this answer no longer counts *at* an instant, purged or not."""
        return self.at <= at - ANSWERS_KEPT_S


__all__ = [
    "ANSWERS_KEPT_S",
    "Answer",
    "Append",
    "Commit",
    "EventStore",
    "KeyUsed",
    "LogUnavailable",
    "Recorded",
    "StoreUnavailable",
    "WrongExpectedVersion",
]


class LogUnavailable(Exception):
    """The log cannot be opened. The message is one sentence for whoever starts the service."""


class StoreUnavailable(Exception):
    """
    The log could not be written or read now: a full disk, a lock held elsewhere, a closed log.

    A write may, rarely, have become durable all the same, though never by half. The same
    Idempotency-Key tells which. *file* is what could not be read, for operators alone.
    """

    def __init__(self, reason: str = "", file: Path | None = None) -> None:
        super().__init__(reason)
        self.file = file


class WrongExpectedVersion(Exception):
    """Another command came first, on *stream*. Nothing of this one was appended."""

    def __init__(self, stream: str, head: int, expected: int) -> None:
        super().__init__(f"{stream} is at {head}, not {expected}")
        self.stream = stream


class KeyUsed(Exception):
    """The Idempotency-Key already has an answer. Nothing was appended."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.request)
        self.answer = answer


class Commit(NamedTuple):
    """What one command wants written: all of it, or nothing."""

    appends: Sequence[Append]
    actor: Actor
    answer: Answer | None = None


class EventStore(Protocol):
    """The append-only log, and the answers kept beside it."""

    async def append_all(self, commits: Sequence[Commit]) -> Sequence[int | Exception]:
        """
        Do for each of *commits* what `append` does for one, all in one transaction.

        Return for each what `append` would return or raise: one that is refused leaves the
        others alone. The positions of all that are written follow each other.
        """
        ...

    async def append(
        self, appends: Sequence[Append], actor: Actor, answer: Answer | None = None
    ) -> int:
        """
        Append all of *appends* and keep *answer*, in one durable transaction.

        Return the position of the last event, or 0 where there were no events. The events
        of one call stand at consecutive positions, in the order given. With a
        `PersonalDataForgotten` all seeds of its stream are destroyed. Raise
        `WrongExpectedVersion` (also where an expected version would leave a hole) or
        `KeyUsed`, in which case nothing was written; `StoreUnavailable` where the disk fails.
        """
        ...

    async def load(self, stream: str, *, until: int | None = None) -> list[Recorded]:
        """Return *stream*'s events in order, up to version *until*. Empty if there is none."""
        ...

    async def load_many(self, places: Sequence[tuple[str, int | None]]) -> list[list[Recorded]]:
        """Return `load(stream, until=until)` for each of *places*, in one visit."""
        ...

    async def streams(self, prefix: str) -> list[str]:
        """Return the names of the streams that begin with *prefix*, in their order."""
        ...

    async def notifications(
        self, after: int, limit: int, topics: Sequence[str] = ()
    ) -> list[Recorded]:
        """Return at most *limit* events past position *after*, of *topics* if any are named."""
        ...

    async def notifications_in(self, stream: str, after: int, limit: int) -> list[Recorded]:
        """Return at most *limit* of *stream*'s events past position *after*, in their order."""
        ...

    async def belonging(self, owners: Collection[str]) -> list[str]:
        """Return the streams that were noted to belong to one of *owners*."""
        ...

    async def hidden(self, streams: Collection[str]) -> list[str]:
        """Return those of *streams* in which something is hidden that can still be shown."""
        ...

    async def head(self) -> int:
        """Return the last position of the log, 0 when it is empty."""
        ...

    async def answer(self, digest: bytes) -> Answer | None:
        """
        Return the answer kept under an Idempotency-Key, if it is there.

        It may have outlived its day without being purged yet: see `Answer.outlived`.
        """
        ...

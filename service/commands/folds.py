"""
Streams, folded, kept for the next command.

A fold in here may be out of date where another process writes too. A decision made on it is
safe all the same: its append names the version it was made on, and loses its race.

Of a short stream the events are kept and folded anew: they take a fifth of a fold's memory,
and most streams are never asked for again. Measured, keeping the folds cost a creation more
time, in memory that was cold, than folding two events costs a confirmation.
"""

from collections import OrderedDict
from collections.abc import Iterable
from typing import Any, Final

from projections.fold import Shown, advance, is_shown
from service.commands.deciders import decider_of
from service.domain.recorded import Recorded

_SHORT: Final = 8

History = tuple[Recorded, ...]


class Loaded:
    """
    One stream at *version*: folded for deciding (`state`) and for showing (*shown*).

    A value, never changed. Its state is folded when somebody asks for it: the last event of
    most streams is never decided upon again. *history* are its events, None once they are
    no longer few.
    """

    __slots__ = ("_before", "_state", "history", "shown", "stream", "version")

    def __init__(
        self, stream: str, shown: Shown | None, history: History | None, before: "Loaded | None"
    ) -> None:
        self.stream: Final = stream
        self.version: Final[int] = 0 if before is None else before.version + 1
        self.shown: Final = shown
        self.history: Final = history
        self._before: tuple[Loaded, Recorded] | None = None
        self._state: Any = None

    @classmethod
    def empty(cls, stream: str) -> "Loaded":
        """Return what a stream without events folds to."""
        return cls(stream, None, (), None)

    @property
    def state(self) -> Any:
        """What the stream folds to for deciding."""
        if self._state is None:
            decider = decider_of(self.stream)
            if self._before is None:
                self._state = decider.fold(())
            else:
                before, recorded = self._before
                self._state = decider.evolve(before.state, recorded.event)
                self._before = None
        return self._state

    def after(self, recorded: Recorded) -> "Loaded":
        """Return the fold with one more event."""
        shown = advance(self.shown, recorded) if is_shown(self.stream) else None
        history = self.history
        if history is not None:
            history = (*history, recorded) if len(history) < _SHORT else None
        following = Loaded(self.stream, shown, history, self)
        following._before = (self, recorded)
        return following


def folded(stream: str, history: Iterable[Recorded]) -> Loaded:
    """Fold the whole of *history*, which is *stream*'s."""
    loaded = Loaded.empty(stream)
    for recorded in history:
        loaded = loaded.after(recorded)
        if loaded.history is None:
            _ = loaded.state  # Now, one event at a time: not as deep as the history is long.
    return loaded


class Folds:
    """The *limit* streams that were used last."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._kept: OrderedDict[str, Loaded | History] = OrderedDict()

    def get(self, stream: str) -> Loaded | None:
        kept = self._kept.get(stream)
        if kept is None:
            return None
        self._kept.move_to_end(stream)
        return kept if isinstance(kept, Loaded) else folded(stream, kept)

    def put(self, loaded: Loaded) -> None:
        """Keep *loaded*, unless a later version is here already."""
        kept = self._kept.get(loaded.stream)
        if kept is not None:
            if _version(kept) > loaded.version:
                return
            self._kept.move_to_end(loaded.stream)
        self._kept[loaded.stream] = loaded if loaded.history is None else loaded.history
        if len(self._kept) > self._limit:
            self._kept.popitem(last=False)

    def evict(self, streams: Iterable[str]) -> None:
        for stream in streams:
            self._kept.pop(stream, None)


def _version(kept: Loaded | History) -> int:
    return kept.version if isinstance(kept, Loaded) else len(kept)

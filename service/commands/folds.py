"""
Streams, folded, kept for the next command.

A fold in here may be out of date where another process writes too. A decision made on it is
safe all the same: its append names the version it was made on, and loses its race.
"""

from collections import OrderedDict
from collections.abc import Iterable
from typing import Any, Final

from projections.fold import Shown, advance, is_shown
from service.commands.deciders import decider_of
from service.domain.recorded import Recorded


class Loaded:
    """
    One stream at *version*: folded for deciding (`state`) and for showing (*shown*).

    A value, never changed. Its state is folded when somebody asks for it: the last event of
    most streams is never decided upon again.
    """

    __slots__ = ("_before", "_event", "_state", "shown", "stream", "version")

    def __init__(
        self, stream: str, version: int, shown: Shown | None, before: "Loaded | None", event: Any
    ) -> None:
        self.stream: Final = stream
        self.version: Final = version
        self.shown: Final = shown
        self._before = before
        self._event = event
        self._state: Any = None

    @classmethod
    def empty(cls, stream: str) -> "Loaded":
        """Return what a stream without events folds to."""
        return cls(stream, 0, None, None, None)

    @property
    def state(self) -> Any:
        """What the stream folds to for deciding."""
        if self._state is None:
            decider = decider_of(self.stream)
            if self._before is None:
                self._state = decider.fold(())
            else:
                self._state = decider.evolve(self._before.state, self._event)
                self._before = self._event = None
        return self._state

    def after(self, recorded: Recorded) -> "Loaded":
        """Return the fold with one more event."""
        shown = advance(self.shown, recorded) if is_shown(self.stream) else None
        return Loaded(self.stream, recorded.version, shown, self, recorded.event)


def folded(stream: str, history: Iterable[Recorded]) -> Loaded:
    """Fold the whole of *history*, which is *stream*'s."""
    loaded = Loaded.empty(stream)
    for recorded in history:
        loaded = loaded.after(recorded)
        _ = loaded.state  # Now, one event at a time: not as deep as the history is long.
    return loaded


class Folds:
    """
    The *limit* streams that were used last, of some 3.5 KB each.

    An intent and its payment method are two. Whoever confirms many in the order in which they
    were made finds all of them, or none: each that is loaded from the log costs a quarter more,
    and drives out the one that is asked for soonest.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._kept: OrderedDict[str, Loaded] = OrderedDict()

    def get(self, stream: str) -> Loaded | None:
        loaded = self._kept.get(stream)
        if loaded is not None:
            self._kept.move_to_end(stream)
        return loaded

    def put(self, loaded: Loaded) -> None:
        """Keep *loaded*, unless a later version is here already."""
        kept = self._kept.get(loaded.stream)
        if kept is not None and kept.version > loaded.version:
            return
        self._kept[loaded.stream] = loaded
        self._kept.move_to_end(loaded.stream)
        if len(self._kept) > self._limit:
            self._kept.popitem(last=False)

    def evict(self, streams: Iterable[str]) -> None:
        for stream in streams:
            self._kept.pop(stream, None)

"""
What one command loads and decides, before anything is written.

Decisions may touch several streams (a confirmation creates a payment method, sets it up and
attaches it). Each sees what the earlier ones decided, and all of them are appended
together, in the order they were made, or not at all.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from projections.documents import render
from projections.fold import Shown
from service.commands.deciders import decider_of, is_stream
from service.commands.folds import Loaded
from service.commands.loading import Loading
from service.domain.events import Event
from service.domain.recorded import Recorded
from service.domain.values import Actor, Owner, Value
from service.store.protocol import Append


class Change(Value, frozen=True):
    """
    What became of one stream.

    *passed* are the versions it was shown in before and on the way; *body* is what *after*
    renders to, if that is known already.
    """

    after: Loaded
    passed: Sequence[Shown]
    body: bytes | None


class Unit:
    """The work of one command, for *owner*, asked for by *actor*."""

    def __init__(self, loading: Loading, owner: Owner, actor: Actor) -> None:
        self.owner = owner
        self.decided: list[Recorded] = []
        self._actor = actor
        self._loading = loading
        self._now: dict[str, Loaded] = {}
        self._loaded: dict[str, Loaded] = {}
        self._passed: dict[str, list[Shown]] = {}
        self._bodies: dict[str, bytes] = {}

    @property
    def streams(self) -> Iterable[str]:
        """The streams that were loaded or made."""
        return self._now.keys()

    async def load(self, *streams: str) -> None:
        """Have *streams* at hand. One that does not exist is at hand, empty."""
        wanted = [s for s in streams if s not in self._now and is_stream(s)]
        if wanted:
            loaded = await self._loading.load(wanted)
            self._loaded.update(zip(wanted, loaded, strict=True))
            self._now.update(zip(wanted, loaded, strict=True))

    def state(self, stream: str) -> Any:
        """Return what *stream* folds to for deciding, this unit's decisions included."""
        return self._now[stream].state

    def shown(self, stream: str) -> Shown | None:
        """
        Return what *stream* folds to for showing; None if it is absent or somebody else's.

        *stream* may be any text at all.
        """
        loaded = self._now.get(stream)
        shown = loaded.shown if loaded else None
        return shown if shown is not None and shown.owner == self.owner else None

    def decide(self, stream: str, command: Any) -> list[Event]:
        """Decide *command* on *stream* and keep what follows. Raise `Refused` if it may not."""
        loaded = self._now.get(stream) or Loaded.empty(stream)
        events = decider_of(stream).decide(command, loaded.state)
        self._keep(loaded, events)
        return events

    def note(self, stream: str, event: Event) -> None:
        """Keep an *event* that happens to streams of every kind alike, and nobody decides."""
        self._keep(self._now[stream], [event])

    def _keep(self, loaded: Loaded, events: Iterable[Event]) -> None:
        stream = loaded.stream
        for event in events:
            recorded = Recorded(
                stream, loaded.version + 1, 0, type(event).__name__, event, self._actor
            )
            if loaded.shown is not None:
                self._passed.setdefault(stream, []).append(loaded.shown)
            loaded = loaded.after(recorded)
            self.decided.append(recorded)
        self._now[stream] = loaded
        self._bodies.pop(stream, None)

    def body(self, stream: str) -> bytes:
        """Return *stream*'s view as sealed JSON, rendered once for the answer and for Redis."""
        body = self._bodies.get(stream)
        if body is None:
            shown = self._now[stream].shown
            body = self._bodies[stream] = render(shown.view if shown else None)
        return body

    def forget(self) -> None:
        """Decide nothing after all: everything is again as it was loaded."""
        self.decided.clear()
        self._bodies.clear()
        self._now = dict(self._loaded)

    def changes(self) -> Iterator[Change]:
        """Give what became of each stream that something was decided on."""
        for stream in dict.fromkeys(recorded.stream for recorded in self.decided):
            yield Change(self._now[stream], self._passed.get(stream, ()), self._bodies.get(stream))

    def appends(self) -> list[Append]:
        """Return what was decided, in order; runs of one stream are one append."""
        appends: list[Append] = []
        for recorded in self.decided:
            if appends and appends[-1].stream == recorded.stream:
                last = appends[-1]
                appends[-1] = Append(
                    last.stream, last.expected_version, [*last.events, recorded.event]
                )
            else:
                appends.append(Append(recorded.stream, recorded.version - 1, [recorded.event]))
        return appends

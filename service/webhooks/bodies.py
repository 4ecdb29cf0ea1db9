"""
What is sent: announced events, rendered from the history up to their version.

A follower that reads every event keeps the folds of the streams it has seen lately, so that
in steady state nothing is loaded. A later attempt renders again from the log and comes to
the same bytes: nothing but the history goes into them.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from projections.announcement import announce_step, type_of
from projections.batching import Batches
from projections.fold import Shown, advance, is_shown, show
from service import ids
from service.commands.aside import folded
from service.domain.recorded import Recorded
from service.domain.values import Owner
from service.store.codec import UnreadableEvent
from service.store.protocol import EventStore
from service.webhooks.registry import Wording
from service.webhooks.rendered import Rendered
from service.wire import versions

# Streams that are loaded in one go, where several bodies are rendered again.
_LOADED_MAX: Final = 64
_FOLDS_MAX: Final = 20_000

Reveal: TypeAlias = Callable[[bytes], bytes]


@dataclass(frozen=True, slots=True)
class News:
    """An announced event, with what is shown on either side of it."""

    recorded: Recorded
    type: str
    before: Shown | None
    after: Shown

    @property
    def event_id(self) -> str:
        return ids.event_id(self.recorded.stream, self.recorded.version)

    @property
    def owner(self) -> Owner:
        return self.after.owner


class Bodies:
    """
    Renders what endpoints are sent. *reveal* puts the secrets in that belong there.

    What was rendered again lately is *kept*.
    """

    def __init__(self, store: EventStore, reveal: Reveal, folds_max: int = _FOLDS_MAX) -> None:
        self._store = store
        self._histories = Batches(store.load_many, _LOADED_MAX)
        self._reveal = reveal
        # By event, who is told, in which version, and how many are.
        self.kept: Final[Rendered[tuple[str, Owner, str | None, int]]] = Rendered()
        self._folds: dict[str, Shown] = {}
        self._folds_max = folds_max

    async def follow(self, batch: Sequence[Recorded]) -> list[News]:
        """Return what is news in *batch*, which continues what was followed before."""
        batch = [recorded for recorded in batch if is_shown(recorded.stream)]
        await self._have_at_hand(batch)
        news = []
        for recorded in batch:
            before = self._folds.pop(recorded.stream, None)
            after = self._folds[recorded.stream] = advance(before, recorded)
            type_ = type_of(recorded)
            if type_ is not None:
                news.append(News(recorded, type_, before, after))
        self._forget_some()
        return news

    async def again(self, event_id: str) -> News | None:
        """Return what *event_id* announces, from the log; None where it holds no such event."""
        place = ids.place_of_event(event_id)
        if place is None:
            return None
        history = await self._history(place)
        if len(history) != place[1]:
            return None
        before, recorded = await folded(show, history[:-1]), history[-1]
        type_ = type_of(recorded)
        if type_ is None:
            return None
        return News(recorded, type_, before, advance(before, recorded))

    async def _history(self, place: tuple[str, int]) -> Sequence[Recorded]:
        try:
            return await self._histories.ask(place)
        except UnreadableEvent:
            # It may be another's that cannot be read: that is no reason to hold this one up.
            return await self._store.load(place[0], until=place[1])

    def render(self, news: News, wording: Wording, subscribers: int) -> bytes:
        """Return the body in *wording*, told to as many *subscribers*."""
        version = versions.named_or_default(wording.api_version)
        event = announce_step(
            news.before,
            news.recorded,
            news.after,
            account=wording.account,
            api_version=str(version),
            pending_webhooks=subscribers,
        )
        assert event is not None  # noqa: S101 (It is news: it has a type.)
        return self._reveal(versions.encoded(version, event))

    async def _have_at_hand(self, batch: Iterable[Recorded]) -> None:
        """Load the streams whose fold does not stand right before their first event here."""
        first: dict[str, Recorded] = {}
        for recorded in batch:
            first.setdefault(recorded.stream, recorded)
        for recorded in first.values():
            known = self._folds.get(recorded.stream)
            if known is not None and known.version != recorded.version - 1:
                del self._folds[recorded.stream]
        missing = [
            (stream, recorded.version - 1)
            for stream, recorded in first.items()
            if recorded.version > 1 and stream not in self._folds
        ]
        if not missing:
            return
        histories = await self._store.load_many(missing)
        for (stream, _), history in zip(missing, histories, strict=True):
            shown = await folded(show, history)
            if shown is not None:
                self._folds[stream] = shown

    def _forget_some(self) -> None:
        # A stream is put last whenever it is followed, so the first ones are the quietest.
        while len(self._folds) > self._folds_max:
            del self._folds[next(iter(self._folds))]

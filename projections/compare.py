"""
Compares what Redis holds with what the log leads to, and changes nothing.

The log may grow meanwhile, so a difference is looked at again, with its stream as it is then,
before it is told: what is only new, or only late, is no difference.
"""

import threading
from array import array
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby
from typing import Final

import redis

from projections.bulk import Bulk
from projections.collecting import collector_paused
from projections.crew import WAIT_MAX_S
from projections.documents import tell
from projections.expecting import expected, places_of_news, stream_of
from projections.folding import Folds, fold_batch
from projections.held import Held, name_of
from projections.keys import is_list, is_view, name_at
from projections.rebuild import Progress
from projections.share import EVENTS_AT_ONCE, FOLDS_MAX, Source
from service.config import EVENTS_LISTED_S

_LOOKS: Final = 4
_BETWEEN_LOOKS_S: Final = 0.1


@dataclass(slots=True)
class Compared:
    """What a comparison came to. *differences* are sentences."""

    events: int = 0
    views: int = 0
    differences: list[str] = field(default_factory=list)


def compare(
    url: str, source: Source, *, at: int, progress: Progress = lambda _done, _of: None
) -> Compared:
    """Compare the Redis at *url* with *source*. *at* is now, in Unix seconds."""
    with redis.Redis.from_url(url, socket_timeout=WAIT_MAX_S) as client, collector_paused():
        marker = Bulk(client, source.log_id).marker()
        if marker is None or marker.log != source.log_id:
            return Compared(differences=["No views are marked as whole for this log."])
        comparison = _Comparison(
            Held(client, marker.generation), source, marker.generation, at - EVENTS_LISTED_S
        )
        return comparison.run(progress)


class _Comparison:
    """One comparison: first of everything in bulk, then closely of what seemed to differ."""

    def __init__(self, held: Held, source: Source, generation: int, listed_since: int) -> None:
        self._held = held
        self._source = source
        self._generation = generation
        self._listed_since = listed_since
        # Of each list the hashes of what it should hold: they are many.
        self._members: defaultdict[bytes, array[int]] = defaultdict(partial(array, "q"))
        self._keys: set[bytes] = set()
        self._compared = Compared()

    def run(self, progress: Progress) -> Compared:
        suspects = sorted(set(self._suspects(self._source.end(), progress)))
        for stream in suspects:
            self._compared.differences.extend(self._lasting(stream))
        for key in set(self._held.keys()):
            self._compared.differences.extend(self._extras(key))
        return self._compared

    def _suspects(self, head: int, progress: Progress) -> Iterator[str]:
        """Return the streams that are not shown or listed as the log up to *head* has them."""
        folds = Folds(self._source, FOLDS_MAX)
        for events in self._source.scan(0, head, EVENTS_AT_ONCE):
            batch = fold_batch(folds, events, head, self._listed_since)
            final = [expected(self._generation, document) for document in batch.documents]
            places = [place for each in final for place in each.places]
            places += places_of_news(self._generation, batch.news)
            self._keys.update(each.key for each in final)
            for _, key, member in places:
                self._members[key].append(hash(member))
            self._compared.events += len(events)
            self._compared.views += len(final)
            yield from (stream for stream, _ in self._held.faults(final))
            yield from (stream for stream, _ in self._held.absences(places))
            progress(events[-1].position, head)

    def _lasting(self, stream: str) -> list[str]:
        """Return what is wrong with *stream* as it is now, look after look."""
        faults: list[str] = []
        for _ in range(_LOOKS):
            told = tell(self._source.history(stream))
            if told is None:
                return []
            wanted = expected(self._generation, told.document)
            news = [one for one in told.news if one.at >= self._listed_since]
            places = [*wanted.places, *places_of_news(self._generation, news)]
            found = [*self._held.faults([wanted]), *self._held.absences(places)]
            faults = [sentence for _, sentence in found]
            if not faults:
                return []
            threading.Event().wait(_BETWEEN_LOOKS_S)
        return faults

    def _extras(self, key: bytes) -> Iterator[str]:
        """Return what the log does not lead to at *key*."""
        if is_list(key):
            if self._held.size(key) > len(self._members[key]):
                yield from self._strangers(key)
        elif key not in self._keys and is_view(key) and key not in self._of(name_at(key)):
            yield f"{name_of(key)} is shown, and the log does not lead to it."

    def _strangers(self, key: bytes) -> Iterator[str]:
        """Return what does not belong in the list at *key*, where it may only be new."""
        known = set(self._members[key])
        others = {member for member in self._held.members(key) if hash(member) not in known}
        for stream, members in groupby(sorted(others, key=stream_of), stream_of):
            places = self._of(stream)
            for member in sorted(members):
                if (key, member) not in places:
                    yield f"{name_of(key)} lists {member}, which does not belong there."

    def _of(self, stream: str) -> set[bytes | tuple[bytes, str]]:
        """Return the key of *stream*'s view, and everything that stands for it in a list."""
        told = tell(self._source.history(stream))
        if told is None:
            return set()
        wanted = expected(self._generation, told.document)
        places = [*wanted.places, *places_of_news(self._generation, told.news)]
        return {wanted.key, *((key, member) for _, key, member in places)}

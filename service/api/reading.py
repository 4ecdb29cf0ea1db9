"""
Objects as they are now: from the views, or where those do not know, from the log.

A miss costs a fold and is then written back, so a flushed Redis fills again by being read.
"""

from collections.abc import Sequence
from typing import Any

import msgspec

from projections.documents import document
from projections.fold import Shown, show
from projections.views import Views
from service.commands.aside import folded
from service.commands.deciders import is_stream
from service.domain.values import Owner, replace
from service.store.protocol import EventStore

_decode = msgspec.json.Decoder().decode


class Reader:
    """Reads single objects of one owner at a time. Bodies and views are sealed."""

    def __init__(self, store: EventStore, views: Views) -> None:
        self._store = store
        self._views = views

    async def body(self, owner: Owner, name: str) -> bytes | None:
        """Return the JSON of the object *name*, or None if *owner* has no such object."""
        (body,) = await self.bodies(owner, [name])
        return body

    async def bodies(self, owner: Owner, names: Sequence[str]) -> list[bytes | None]:
        """Return the JSON of each of *names*, in their order."""
        found = await self._views.get_many(owner, names)
        absent = [i for i, body in enumerate(found) if body is None and is_stream(names[i])]
        if absent:
            bodies = await self._fold(owner, [names[i] for i in absent])
            for i, body in zip(absent, bodies, strict=True):
                found[i] = body
        return found

    async def view(self, owner: Owner, name: str) -> dict[str, Any] | None:
        """Return the object *name* as a dict that the caller may change."""
        body = await self.body(owner, name)
        return None if body is None else _decode(body)

    async def is_in_other_mode(self, owner: Owner, name: str) -> bool:
        """Say whether the same account has *name* in the other mode."""
        shown = await self._show(name) if is_stream(name) else None
        return shown is not None and shown.owner == replace(owner, livemode=not owner.livemode)

    async def _show(self, name: str) -> Shown | None:
        return await folded(show, await self._store.load(name))

    async def _fold(self, owner: Owner, names: Sequence[str]) -> list[bytes | None]:
        histories = await self._store.load_many([(name, None) for name in names])
        shown = [await folded(show, history) for history in histories]
        documents = [
            document(one) if one is not None and one.owner == owner else None for one in shown
        ]
        kept = [one for one in documents if one is not None]
        if kept:
            await self._views.write(kept)
        return [one.body if one else None for one in documents]

"""
The bytes of one state: an event's fields as JSON, who asked for it, and what is hidden of it.

The actor stands first, under the key `_`, where there was one. What is hidden stands before
even that, under `~`; so both can be told from the first bytes, which nothing that a caller
wrote can forge. In the place of what is hidden stands what is left of it once it is forgotten:
a state whose seed is destroyed reads as it stands. What is hidden are whole fields, as JSON,
which are laid behind the others to be shown: of two members with one name the last one counts.
"""

from collections.abc import Mapping
from typing import Any, Final

import msgspec

from service.domain.events import Event
from service.domain.personal import left_of_actor
from service.domain.values import SYSTEM, Actor, replace
from service.hiding import DESTROYED, Hiding

ACTOR_FIRST: Final = b'{"_":'
HIDDEN_FIRST: Final = b'{"~":"'
_HIDDEN_ENDS: Final = b'",'

encode: Final = msgspec.json.Encoder().encode


class _StoredActor(msgspec.Struct, omit_defaults=True):
    request: str | None = None
    idempotency_key: str | None = None
    key: str | None = None
    address: str | None = None


class _WithActor(msgspec.Struct):
    actor: Actor = msgspec.field(name="_", default=SYSTEM)


_actor: Final = msgspec.json.Decoder(_WithActor)


class NotToBeShown(Exception):
    """What is hidden cannot be shown: there is no key, or it is damaged."""


def head_of(actor: Actor) -> bytes:
    """Return how a state begins that *actor* has asked for."""
    known = encode(_stored(actor))
    return ACTOR_FIRST + known + b"," if len(known) > len(b"{}") else b""


def actor_in(state: bytes) -> Actor:
    """Return who asked for the event in *state*. Raise `msgspec.DecodeError`."""
    return _actor.decode(state).actor if state.startswith(ACTOR_FIRST) else SYSTEM


def concealed(
    hiding: Hiding, event: Event, left: Mapping[str, Any], actor: Actor, place: str
) -> tuple[bytes, bytes]:
    """
    Return the seed and the state of *event*, of which all is hidden but what is *left*.

    *place* is where it will stand, and the only one where it can be shown.
    """
    said = left_of_actor(actor)
    personal: dict[str, Any] = {name: getattr(event, name) for name in left}
    if said is not actor:
        personal["_"] = _stored(actor)
    seed, hidden = hiding.hide(encode(personal), place)
    fields = encode(replace(event, **left) if left else event)
    head = head_of(said)
    rest = head[1:] + fields[1:] if head else fields[1:]
    return seed, HIDDEN_FIRST + hidden + _HIDDEN_ENDS + rest


def shown(hiding: Hiding | None, state: bytes, seed: bytes, place: str) -> bytes:
    """Return *state* as if nothing had been hidden in it, or what is left of it."""
    end = state.index(_HIDDEN_ENDS, len(HIDDEN_FIRST))
    left = b"{" + state[end + len(_HIDDEN_ENDS) :]
    if seed == DESTROYED:
        return left
    if hiding is None or not seed:
        raise NotToBeShown(f"there is no key to what is hidden at {place}")
    fields = hiding.show(state[len(HIDDEN_FIRST) : end], seed, place)
    return left[:-1] + b"," + fields[1:]


def _stored(actor: Actor) -> _StoredActor:
    return _StoredActor(actor.request, actor.idempotency_key, actor.key, actor.address)

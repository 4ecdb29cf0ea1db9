"""
An object as one caller is shown it: expanded, in the caller's version of the API, and
reduced where a publishable key asks.

The common case, an object as it is kept, goes through here untouched: its bytes are those
that are in Redis.
"""

from collections.abc import Mapping
from typing import Any, Final

import msgspec

from service.api import sight
from service.api.answers import json_reply
from service.api.authentication import secret_key_required
from service.api.call import Call
from service.api.on_request import unfold
from service.api.sight import NOT_TO_BE_EXPANDED, Object, Sight
from service.commands.path import Reply
from service.commands.unit import Unit
from service.wire import versions
from service.wire.expand import Expansion
from service.wire.resources.setup_intent import PublicSetupIntent

_decode = msgspec.json.Decoder().decode

# What of a SetupIntent a publishable key is shown.
_PUBLIC: Final = frozenset(PublicSetupIntent.__struct_fields__)


def as_kept(call: Call, body: bytes, kind: str, expansion: Expansion) -> bool:
    """Say whether *call* is shown *body*, of *kind*, byte for byte as it is kept."""
    if kind == "event":
        # It was told in the version of its account, and says the same to everybody for ever.
        return True
    if expansion or (call.is_publishable and kind == "setup_intent"):
        return False
    return not versions.hides(call.version, kind, body)


async def of_body(
    call: Call, body: bytes, kind: str, expansion: Expansion, seen: Sight | None = None
) -> Reply:
    """Return a kept *body* as *call* is shown it; *seen* is what is expanded, if not now's."""
    if as_kept(call, body, kind, expansion):
        return Reply(200, body)
    return json_reply(await present(call, _decode(body), expansion, seen or sight.now(call)))


async def of_bodies(
    call: Call, bodies: list[bytes], kind: str, expansion: Expansion
) -> list[bytes]:
    """Return each of *bodies* as *call* is shown it."""
    if as_kept(call, b"".join(bodies), kind, expansion):
        return bodies
    return [(await of_body(call, body, kind, expansion)).body for body in bodies]


async def of_unit(call: Call, unit: Unit, name: str, expansion: Expansion) -> Reply:
    """Return what *unit* has made of its object *name*, as *call* is shown it."""
    return Reply(200, await body_of_unit(call, unit, name, expansion))


async def body_of_unit(call: Call, unit: Unit, name: str, expansion: Expansion) -> bytes:
    """Return the JSON of `of_unit`."""
    body = unit.body(name)
    shown = unit.shown(name)
    if shown is None or as_kept(call, body, shown.view["object"], expansion):
        return body
    return json_reply(await present(call, _decode(body), expansion, sight.within(call, unit))).body


def of_error(call: Call, error: Mapping[str, Any], status: int) -> Reply:
    """Return the *error*, with what stands beside it, as *call* is shown it."""
    return Reply(status, versions.encoded(call.version, error))


async def present(call: Call, view: Object, expansion: Expansion, seen: Sight) -> Object:
    """Return *view*, which may be changed, as *call* is shown it."""
    if call.is_publishable and view.get("object") == "setup_intent":
        if not _PUBLIC.issuperset(expansion):
            # Whatever is there: that an intent has a customer is not to be found out, either.
            raise secret_key_required(NOT_TO_BE_EXPANDED)
        view = {key: value for key, value in view.items() if key in _PUBLIC}
    await _expand(view, expansion, seen)
    return versions.render(call.version, view)


async def _expand(view: Object, expansion: Expansion, seen: Sight) -> None:
    if expansion and view.get("object") == "customer":
        await unfold(view, expansion, seen.history)
    for field, below in expansion.items():
        value = view.get(field)
        if isinstance(value, str):
            value = await seen.of(value)
            if value is not None:
                view[field] = value
        for within in value if isinstance(value, list) else [value]:
            if isinstance(within, dict):
                await _expand(within, below, seen)

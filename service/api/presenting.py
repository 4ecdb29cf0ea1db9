"""
An object as one caller is shown it: expanded, in the caller's version of the API, and
reduced where a publishable key asks.

The common case, an object as it is kept, goes through here untouched: its bytes are those
that are in Redis.
"""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any, Final, cast

import msgspec

from projections.setup_attempt import attempts
from service.api.answers import json_reply
from service.api.authentication import require, secret_key_required
from service.api.call import Call
from service.api.on_request import unfold
from service.commands.path import Reply
from service.commands.unit import Unit
from service.domain.events import SetupIntentEvent
from service.domain.recorded import Recorded
from service.ids import intent_of_attempt
from service.wire import versions
from service.wire.expand import Expansion
from service.wire.resources.setup_intent import PublicSetupIntent

Object = dict[str, Any]
Fetch = Callable[[str], Awaitable[Object | None]]

# Accounts, and the applications of platforms, are in no view.
OF_ACCOUNTS: Final = ("acct_", "ca_")
# What a restricted key has to be allowed to read for an expansion, by the prefix of the id.
_RESOURCE_OF_PREFIX: Final = {
    "acct": "accounts",
    "cus": "customers",
    "mandate": "mandates",
    "pm": "payment_methods",
    "setatt": "setup_intents",
    "seti": "setup_intents",
}
# What a publishable key may see whole, beside the intent that it has the client secret of.
_SEEN_BY_BROWSERS: Final = "payment_methods"

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
    call: Call, body: bytes, kind: str, expansion: Expansion, fetch: Fetch | None = None
) -> Reply:
    """Return a kept *body* as *call* is shown it; *fetch* reads what is expanded, if not now's."""
    if as_kept(call, body, kind, expansion):
        return Reply(200, body)
    return json_reply(await present(call, _decode(body), expansion, fetch or from_views(call)))


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
    return json_reply(await present(call, _decode(body), expansion, _from_unit(call, unit))).body


def of_error(call: Call, error: Mapping[str, Any], status: int) -> Reply:
    """Return the *error*, with what stands beside it, as *call* is shown it."""
    return Reply(status, versions.encoded(call.version, error))


async def present(call: Call, view: Object, expansion: Expansion, fetch: Fetch) -> Object:
    """Return *view*, which may be changed, as *call* is shown it."""
    await _expand(view, expansion, fetch)
    if call.is_publishable and view.get("object") == "setup_intent":
        view = {key: value for key, value in view.items() if key in _PUBLIC}
    return versions.render(call.version, view)


async def _expand(view: Object, expansion: Expansion, fetch: Fetch) -> None:
    if expansion and view.get("object") == "customer":
        unfold(view, expansion)
    for field, below in expansion.items():
        value = view.get(field)
        if isinstance(value, str):
            value = await fetch(value)
            if value is not None:
                view[field] = value
        if isinstance(value, dict):
            await _expand(value, below, fetch)


def from_views(call: Call) -> Fetch:
    """Return what reads the objects to put in an expansion's places."""

    async def fetch(name: str) -> Object | None:
        require_read(call, name)
        if name.startswith(OF_ACCOUNTS):
            return call.accounts.view(name, call.owner.account)
        intent = intent_of_attempt(name)
        if intent is not None:
            return attempt_in(await call.house.store.load(intent), name)
        return await call.house.reader.view(call.owner, name)

    return fetch


def _from_unit(call: Call, unit: Unit) -> Fetch:
    read = from_views(call)

    async def fetch(name: str) -> Object | None:
        require_read(call, name)
        intent = intent_of_attempt(name)
        if intent is not None:
            kept = await call.house.store.load(intent)
            made = [recorded for recorded in unit.decided if recorded.stream == intent]
            return attempt_in([*kept, *made], name)
        if unit.shown(name) is not None:
            kept_view: Object = _decode(unit.body(name))
            return kept_view
        return await read(name)

    return fetch


def require_read(call: Call, name: str) -> None:
    """Refuse to show a restricted or publishable key what it is not to see."""
    resource = _RESOURCE_OF_PREFIX.get(name.partition("_")[0])
    if call.is_publishable and resource != _SEEN_BY_BROWSERS:
        raise secret_key_required()
    if resource is not None:
        require(call.principal, (resource, "read"))


def attempt_in(history: Iterable[Recorded], name: str) -> Object | None:
    """Return the attempt *name* of the intent with this *history*, if it was made."""
    events = cast("Iterable[SetupIntentEvent]", (recorded.event for recorded in history))
    return next((one for one in attempts(events) if one["id"] == name), None)

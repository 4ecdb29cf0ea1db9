"""
Where that is read from which stands in an expansion's places: what is there now, what one
command has just made of it, or (`own.past`) what was there once.
"""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, cast

import msgspec

from projections.setup_attempt import attempts
from service.api.authentication import require, secret_key_required
from service.api.call import Call
from service.commands.aside import folded
from service.commands.unit import Unit
from service.domain.events import SetupIntentEvent
from service.domain.recorded import Recorded
from service.ids import intent_of_attempt

Object = dict[str, Any]

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
# What a browser is told that asks for more.
NOT_TO_BE_EXPANDED: Final = "expand anything but payment methods"

_decode: Final = msgspec.json.Decoder().decode


@dataclass(frozen=True, slots=True)
class Sight:
    """What *call* may see: *kept* returns an object as it is kept, *history* a whole stream."""

    call: Call
    kept: Callable[[str], Awaitable[Object | None]]
    history: Callable[[str], Awaitable[Sequence[Recorded]]]

    async def of(self, name: str) -> Object | None:
        """Return the object *name*, if it is there; refuse to show what is not to be seen."""
        self._require_read(name)
        intent = intent_of_attempt(name)
        if intent is not None:
            return await folded(partial(_attempt_in, name), await self.history(intent))
        return await self.kept(name)

    def _require_read(self, name: str) -> None:
        resource = _RESOURCE_OF_PREFIX.get(name.partition("_")[0])
        if self.call.is_publishable and resource != _SEEN_BY_BROWSERS:
            raise secret_key_required(NOT_TO_BE_EXPANDED)
        if resource is not None:
            require(self.call.principal, (resource, "read"))


def now(call: Call) -> Sight:
    """Return the sight of what is there now."""

    async def kept(name: str) -> Object | None:
        if name.startswith(OF_ACCOUNTS):
            return call.accounts.view(name, call.owner.account)
        return await call.house.reader.view(call.owner, name)

    return Sight(call, kept, call.house.store.load)


def within(call: Call, unit: Unit) -> Sight:
    """Return the sight of what *unit* has made, and of all else as it is there now."""
    around = now(call)

    async def kept(name: str) -> Object | None:
        if unit.shown(name) is not None:
            made: Object = _decode(unit.body(name))
            return made
        return await around.kept(name)

    async def history(stream: str) -> Sequence[Recorded]:
        made = [recorded for recorded in unit.decided if recorded.stream == stream]
        return [*await around.history(stream), *made]

    return Sight(call, kept, history)


def _attempt_in(name: str, history: Iterable[Recorded]) -> Object | None:
    """Return the attempt *name* of the intent with this *history*, if it was made."""
    events = cast("Iterable[SetupIntentEvent]", (recorded.event for recorded in history))
    return next((one for one in attempts(events) if one["id"] == name), None)

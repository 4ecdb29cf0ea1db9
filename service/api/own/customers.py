"""
Forgetting a customer for good.

It is deleted first, if it is not yet, as any deletion is: its payment methods are detached,
and subscribers hear of it by `customer.deleted`. What they are told of it from then on is
rendered from what is left, so an attempt that comes later tells less than one that was sent
before. Then all that is personal in what is theirs is forgotten, stream by stream. Last, what
was copied of it elsewhere is wiped out.

Each step may be done again: whoever is interrupted, or refused because something does not
answer, asks once more. The answer is given, and kept under an Idempotency-Key, at the end.
"""

from collections.abc import Sequence
from functools import partial
from typing import Final

from service.api.answers import json_reply
from service.api.call import Call
from service.api.carrying import carry_out, look_elsewhere
from service.commands import customers, forgetting
from service.commands.accounts import raised
from service.commands.forgetting import FORGOTTEN_AT_ONCE, Theirs
from service.commands.path import Decided, Reply
from service.commands.unit import Unit
from service.domain.errors import ResourceMissing
from service.domain.values import replace
from service.wire.params import customers as params

KIND: Final = "forgotten_customer"

_NOTHING: Final = Reply(200, b"")


async def forget(call: Call) -> Decided:
    """Delete a customer, and destroy all that is personal in what was theirs."""
    call.params(params.CustomerForgetParams)
    name = call.named("customer")
    await _carry_out(call, partial(_delete, call, name))
    forgotten = 0
    theirs = await forgetting.all_of(call.house.store, name)
    while theirs.telling:
        forgotten += len(theirs.telling)
        await _forget(call, name, theirs)
        # Somebody may have added to it meanwhile.
        theirs = await forgetting.all_of(call.house.store, name)
    call.house.path.let_go(theirs.versions)
    await call.house.wipe(theirs.versions)
    return await carry_out(call, _decide_nothing, partial(_answer, call, name, forgotten))


async def _forget(call: Call, name: str, theirs: Theirs) -> None:
    for first in range(0, len(theirs.telling), FORGOTTEN_AT_ONCE):
        some = theirs.telling[first : first + FORGOTTEN_AT_ONCE]
        await _carry_out(call, partial(_note, call, name, some))


async def _carry_out(call: Call, work: forgetting.Work) -> None:
    """Do a part of the work, which has no answer of its own."""
    caller = replace(call.caller, keyed=None)

    async def whole(unit: Unit) -> Reply:
        await work(unit)
        return _NOTHING

    await call.house.path.carry_out(caller, whole, raised)


async def _delete(call: Call, name: str, unit: Unit) -> None:
    await unit.load(name)
    if not name.startswith("cus_") or unit.shown(name) is None:
        missing = ResourceMissing("customer", name, param="customer", absent=True)
        await look_elsewhere(call, missing)
        raise missing
    if customers.is_there(unit, name):
        await customers.delete(unit, name, call.at)


async def _note(call: Call, name: str, streams: Sequence[str], unit: Unit) -> None:
    await forgetting.forget(unit, streams, call.at, name)


async def _decide_nothing(_: Unit) -> None:
    """All that there was to decide is decided already."""


async def _answer(call: Call, name: str, forgotten: int, _: Unit) -> Reply:
    return json_reply(
        {
            "id": name,
            "object": KIND,
            "forgotten": forgotten,
            "livemode": call.owner.livemode,
        }
    )

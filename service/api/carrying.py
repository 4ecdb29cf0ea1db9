"""How a handler has a command carried out, and what a refusal of the domain looks like."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

import msgspec

from service.api.call import Call
from service.api.presenting import body_of_unit, of_error, of_unit
from service.api.refusals import error_of, status_of
from service.commands.path import Decided, Reply
from service.commands.unit import Unit
from service.domain.errors import Refused, ResourceMissing
from service.store.protocol import KeyUsed
from service.wire.expand import Expansion

Decisions = Callable[[Unit], Awaitable[None]]
Answer = Callable[[Unit], Awaitable[Reply]]

_MODES: Final = {True: "live", False: "test"}


def carry_out(
    call: Call, decisions: Decisions, answer: Answer, *, intent: str | None = None
) -> Awaitable[Decided]:
    """
    Have *decisions* made and handed over to be appended, with what *answer* says of them.

    It may be done again, where a race is lost.

    *intent* is the SetupIntent that a refusal shows beside it, if it is there.
    """

    async def work(unit: Unit) -> Reply:
        await decisions(unit)
        return await answer(unit)

    def refused(refusal: Refused, unit: Unit) -> Awaitable[Reply]:
        return _refused(call, refusal, unit, intent)

    return call.house.path.decide(call.caller, work, refused)


async def carry_out_beside(call: Call, act: Callable[[], Awaitable[Reply]]) -> Decided:
    """
    Have *act* do what is in no stream, and say what came of it.

    Where the caller's key has an answer already, nothing is done. (For what is in a stream the
    log itself sees to that.)
    """
    earlier = call.keyed and await call.house.store.answer(call.keyed.digest)
    if earlier and not earlier.outlived(call.at):
        raise KeyUsed(earlier)

    async def decisions(_: Unit) -> None:
        """Nothing is to be appended but the answer."""

    async def answer(_: Unit) -> Reply:
        return await act()

    return await carry_out(call, decisions, answer)


def the_object(call: Call, name: str, expansion: Expansion) -> Answer:
    """Return the answer that shows the object *name*."""

    def answer(unit: Unit) -> Awaitable[Reply]:
        return of_unit(call, unit, name, expansion)

    return answer


async def _refused(call: Call, refusal: Refused, unit: Unit, intent: str | None) -> Reply:
    beside: Mapping[str, Any] = {}
    if refusal.shows_intent and intent is not None and unit.shown(intent) is not None:
        beside = {"setup_intent": msgspec.Raw(await body_of_unit(call, unit, intent, {}))}
    if isinstance(refusal, ResourceMissing):
        await look_elsewhere(call, refusal)
    return of_error(call, error_of(refusal, **beside), status_of(refusal))


async def look_elsewhere(call: Call, refusal: ResourceMissing) -> None:
    """Let *refusal* say so where the other mode has such an object."""
    if not await call.house.reader.is_in_other_mode(call.owner, refusal.missing):
        return
    here = call.owner.livemode
    refusal.hint = (
        f"; a similar object exists in {_MODES[not here]} mode, and this request was made "
        f"with a {_MODES[here]} mode key."
    )

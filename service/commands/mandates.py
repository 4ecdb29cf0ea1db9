"""
What becomes of mandates while payment methods are set up and given up.

Nothing here is asked for by a request of its own: a mandate is made by a setup, holds once
that has succeeded, and ends when it fails or when its payment method is detached.
"""

from collections.abc import Iterable

from service.commands.unit import Unit
from service.domain.acceptance import acceptance
from service.domain.attempt_state import Attempt
from service.domain.commands import mandate as mn
from service.domain.facts import PaymentMethodFacts
from service.domain.method_types import TYPES
from service.domain.setup_intent import SetupIntent
from service.domain.values import JsonObject, MandateStatus, Value


class Made(Value, frozen=True, kw_only=True):
    """
    A mandate *name*, for the payment method *of*, which shows *details* of that.

    It *holds* once that is set up.
    """

    name: str
    of: str
    details: JsonObject
    holds: bool


def make(unit: Unit, made: Made, intent: SetupIntent, attempt: Attempt, at: int) -> None:
    """Decide that *attempt* of *intent* has *made* a mandate, which its customer accepted."""
    if attempt.mandate_data is None:
        raise ValueError(attempt.id)
    command = mn.Create(
        mandate_id=made.name,
        at=at,
        owner=unit.owner,
        status=MandateStatus.ACTIVE if made.holds else MandateStatus.PENDING,
        payment_method=made.of,
        payment_method_details=made.details,
        customer_acceptance=acceptance(attempt.mandate_data, attempt.at),
        single_use=intent.single_use,
        on_behalf_of=intent.on_behalf_of,
    )
    unit.decide(made.name, command)


async def holding(
    unit: Unit, payment_method: PaymentMethodFacts, intent: SetupIntent
) -> str | None:
    """
    Return a mandate of *payment_method* that holds as *intent* wants it, if there is one.

    A card's mandate is for the terms that it was made under, and for no other setup.
    """
    is_for_its_setup = not TYPES[payment_method.type].mandate
    if is_for_its_setup or not payment_method.mandates or intent.single_use is not None:
        return None
    await unit.load(*payment_method.mandates)
    for name in reversed(payment_method.mandates):
        mandate = unit.state(name)
        if mandate.status is MandateStatus.ACTIVE and not mandate.single_use:
            return name
    return None


async def settle(unit: Unit, name: str, at: int, *, holds: bool) -> None:
    """Let the pending mandate *name* hold, or end it. One that is not pending stays as it is."""
    await unit.load(name)
    if unit.state(name).status is not MandateStatus.PENDING:
        return
    unit.decide(
        name,
        mn.Activate(mandate_id=name, at=at) if holds else mn.Deactivate(mandate_id=name, at=at),
    )


async def give_up(unit: Unit, intent: str, before: Attempt | None, at: int) -> None:
    """End the mandate of the attempt that *intent* had *before*, if nobody waits for it now."""
    if before is None or before.mandate is None:
        return
    now: Attempt | None = unit.state(intent).attempt
    if now is None or now.id != before.id or now.status is not before.status:
        await settle(unit, before.mandate, at, holds=False)


async def end(unit: Unit, names: Iterable[str], at: int) -> None:
    """End the mandates *names*, whether they hold or not."""
    names = tuple(names)
    await unit.load(*names)
    for name in names:
        unit.decide(name, mn.Deactivate(mandate_id=name, at=at))

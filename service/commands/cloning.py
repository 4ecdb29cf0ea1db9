"""
A platform's payment method, made anew in an account that is connected to it.

The clone is of the same instrument, belongs to nobody yet, and shares nothing with the
original from then on.
"""

from service.commands.instruments import Instruments
from service.commands.unit import Unit
from service.domain import errors
from service.domain.instrument import Instrument
from service.domain.payment_method_state import TAKEN_BY_NO_INTENT, PaymentMethod
from service.domain.values import JsonObject, Owner, Value


class Original(Value, frozen=True):
    """What is to be cloned: *named*, of *platform*, and of its *customer* if it has one."""

    platform: Owner
    named: str
    customer: str | None


async def clone(
    unit: Unit, instruments: Instruments, original: Original, said: JsonObject, at: int
) -> str:
    """
    Decide that a clone of *original* is made, and return its id.

    *said* may hold `metadata` and `allow_redisplay` of its own. Raise `Refused` where the
    platform has no such payment method, or may not use it any more.
    """
    instrument = instruments.published(unit, original.named, at)
    if instrument is not None:
        return instruments.keep(unit, instrument, at)
    method = await _usable(unit, original)
    return instruments.keep(
        unit,
        Instrument(
            type=method.type,
            details=method.details,
            scenario=method.scenario,
            billing_details=method.billing_details,
            metadata=said.get("metadata") or {},
            allow_redisplay=said.get("allow_redisplay", "unspecified"),
        ),
        at,
    )


async def _usable(unit: Unit, original: Original) -> PaymentMethod:
    """Return the original, if it is the platform's and good for something."""
    name, customer = original.named, original.customer
    method = await _of_platform(unit, original)
    if method.standing in TAKEN_BY_NO_INTENT:
        raise errors.PaymentMethodUsedUp(name)
    if method.customer != customer:
        raise errors.ClonedFromAnotherCustomer(name, method.customer)
    return method


async def _of_platform(unit: Unit, original: Original) -> PaymentMethod:
    name = original.named
    if name.startswith("pm_"):
        await unit.load(name)
        method: PaymentMethod = unit.state(name)
        if method.id and method.owner == original.platform:
            return method
    raise errors.ResourceMissing("PaymentMethod", name, param="payment_method")

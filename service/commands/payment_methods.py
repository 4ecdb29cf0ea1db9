"""What a request on a PaymentMethod leads to."""

from collections.abc import Mapping
from typing import Any

from service.commands import mandates
from service.commands.customers import require_customer
from service.commands.instrument_changes import with_details
from service.commands.unit import Unit
from service.domain.commands import customer as cus
from service.domain.commands import payment_method as pm
from service.domain.errors import ResourceMissing
from service.domain.facts import PaymentMethodFacts
from service.domain.payment_method import facts
from service.domain.verdicts import Verdict
from service.gateways.port import Gateway


def facts_of(unit: Unit, name: str) -> PaymentMethodFacts:
    """Return what others must know of the payment method *name*, which is loaded."""
    shown = unit.shown(name)
    assert shown is not None  # noqa: S101 (Callers have looked.)
    return facts(unit.state(name), shown.view)


def attach(unit: Unit, name: str, customer: str, at: int, verdict: Verdict) -> None:
    """Decide that *name* belongs to *customer*; both are loaded."""
    decided = unit.decide(
        name, pm.Attach(payment_method_id=name, at=at, customer=customer, verdict=verdict)
    )
    if decided:
        unit.decide(
            customer, cus.AddPaymentMethod(customer_id=customer, at=at, payment_method=name)
        )


async def require_payment_method(
    unit: Unit, name: str, *, param: str = "payment_method", absent: bool = True
) -> None:
    """Load the payment method *name*. Raise `ResourceMissing` where it is not there."""
    await unit.load(name)
    if not name.startswith("pm_") or unit.shown(name) is None:
        raise ResourceMissing("PaymentMethod", name, param=param, absent=absent)


async def update(
    unit: Unit, gateway: Gateway, name: str, at: int, changes: Mapping[str, Any]
) -> None:
    """Decide the *changes*, among them the hash of one type (`card`)."""
    await require_payment_method(unit, name)
    changes = with_details(changes, unit.state(name), gateway, at)
    unit.decide(name, pm.Update(payment_method_id=name, at=at, changes=changes))


async def detach(unit: Unit, name: str, at: int) -> None:
    """
    Take the payment method from its customer, which notes it in the same append.

    Nobody may debit it any more: its mandates end.
    """
    await require_payment_method(unit, name)
    payment_method = unit.state(name)
    customer = payment_method.customer
    unit.decide(name, pm.Detach(payment_method_id=name, at=at))
    await unit.load(customer)
    unit.decide(customer, cus.RemovePaymentMethod(customer_id=customer, at=at, payment_method=name))
    await mandates.end(unit, payment_method.mandates, at)


async def attach_to(unit: Unit, gateway: Gateway, name: str, customer: str, at: int) -> None:
    """Give the payment method to *customer*, once the gateway has checked it."""
    await require_payment_method(unit, name)
    await require_customer(unit, customer)
    attach(unit, name, customer, at, gateway.check(facts_of(unit, name)))

"""Payment methods of any type but a card, and attempts to set them up, as a gateway is asked."""

from typing import Any

from service.domain.facts import PaymentMethodFacts
from service.gateways.port import Attempt, Described, Published
from tests import builders as a
from tests.described import BILLING, form
from tests.simulated import AT, SIMULATOR


def method(type_: str, customer: str | None = None, **given: Any) -> PaymentMethodFacts:
    sent = form(type_, **given)
    return _facts(Described(type=type_, given=sent.get(type_, {})), customer)


def _facts(instrument: Described | Published, customer: str | None = None) -> PaymentMethodFacts:
    made = SIMULATOR.tokenize(instrument, owner=a.OWNER, billing_details=BILLING, at=AT)
    return a.method(
        type=made.type,
        details=made.details,
        scenario=made.scenario,
        billing_details=BILLING,
        customer=customer,
    )


def attempt(payment_method: PaymentMethodFacts | str, tries: int = 0, **options: Any) -> Attempt:
    if isinstance(payment_method, str):
        published = payment_method.startswith("pm_")
        payment_method = _facts(Published(payment_method)) if published else method(payment_method)
    return Attempt(
        id=a.ATTEMPT,
        payment_method=payment_method,
        options={payment_method.type: options},
        usage="off_session",
        at=AT,
        owner=a.OWNER,
        tries=tries,
    )

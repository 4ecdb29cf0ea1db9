"""One example of each message about a Mandate, and of what waits for a bank, imported `as m`."""

from typing import Any, Final

from msgspec.structs import replace

from service.domain import events as e
from service.domain.commands import mandate as c
from service.domain.values import MandateStatus
from tests.builders import AT, MANDATE, METHOD, OWNER

ACCEPTANCE: Final[dict[str, Any]] = {
    "accepted_at": AT,
    "online": {"ip_address": "203.0.113.7", "user_agent": "Browser/1.0"},
    "type": "online",
}
SEPA: Final[dict[str, Any]] = {
    "sepa_debit": {"reference": "ABCD1234"},
    "type": "sepa_debit",
}
SINGLE_USE: Final[dict[str, Any]] = {"amount": 1999, "currency": "eur"}


SHOWN: Final[dict[str, Any]] = {
    "sepa_debit": {"reference": "ABCD1234", "url": {"reveal": MANDATE}},
    "type": "sepa_debit",
}


def create(**changes: Any) -> c.Create:
    command = c.Create(
        mandate_id=MANDATE,
        at=AT,
        owner=OWNER,
        status=MandateStatus.ACTIVE,
        payment_method=METHOD,
        payment_method_details=SEPA,
        customer_acceptance=ACCEPTANCE,
    )
    return replace(command, **changes)


def activate() -> c.Activate:
    return c.Activate(mandate_id=MANDATE, at=AT)


def deactivate() -> c.Deactivate:
    return c.Deactivate(mandate_id=MANDATE, at=AT)


def created(**changes: Any) -> e.MandateCreated:
    event = e.MandateCreated(
        mandate_id=MANDATE,
        at=AT,
        account=OWNER.account,
        livemode=OWNER.livemode,
        status=MandateStatus.ACTIVE,
        payment_method=METHOD,
        payment_method_details=SEPA,
        customer_acceptance=ACCEPTANCE,
    )
    return replace(event, **changes)


def updated(status: MandateStatus) -> e.MandateUpdated:
    return e.MandateUpdated(mandate_id=MANDATE, at=AT, status=status)

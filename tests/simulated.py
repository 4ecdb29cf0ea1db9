"""The simulator as tests ask it: instruments made, and attempts to set them up."""

from typing import Any, Final

from service.domain.facts import PaymentMethodFacts
from service.domain.values import Owner
from service.gateways.port import Attempt, CardNumber, Published, Token, Tokenized
from service.gateways.simulator import Simulator
from tests import builders as a

# September 2026.
AT: Final = 1_790_000_000
NO_BILLING: Final[dict[str, Any]] = {"address": {"line1": None, "postal_code": None}}
BILLING: Final = {"address": {"line1": "Main Street 1", "postal_code": "94105"}}

SIMULATOR: Final = Simulator(lambda account, number: f"{account}:{hash(number)}")


def card(number: str = "4242424242424242", **changes: Any) -> CardNumber:
    return CardNumber(
        **{"number": number, "exp_month": 12, "exp_year": 2034, "cvc": "123", **changes}
    )


def tokenize(
    instrument: CardNumber | Token | Published,
    billing_details: Any = None,
    *,
    livemode: bool = False,
) -> Tokenized:
    return SIMULATOR.tokenize(
        instrument,
        owner=Owner(a.OWNER.account, livemode=livemode),
        billing_details=billing_details or NO_BILLING,
        at=AT,
    )


def method(
    instrument: CardNumber | Token | Published, billing_details: Any = None
) -> PaymentMethodFacts:
    made = tokenize(instrument, billing_details)
    return a.method(
        details=made.details,
        scenario=made.scenario,
        billing_details=billing_details or NO_BILLING,
    )


def attempt(
    instrument: CardNumber | Token | Published, billing_details: Any = None, **options: Any
) -> Attempt:
    return Attempt(
        id=a.ATTEMPT,
        payment_method=method(instrument, billing_details),
        options={"card": options},
        usage="off_session",
        at=AT,
    )

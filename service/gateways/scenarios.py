"""
How test instruments behave, by the name that a PaymentMethod keeps of it.

The names are those that Stripe publishes for its test cards, and a brand's for the cards
that simply work. A name is for ever: payment methods in the log speak of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from service.domain.verdicts import Reason
from service.gateways import declines


class Challenge(StrEnum):
    """When the customer has to authenticate."""

    NEVER = "never"
    WHEN_ASKED = "when_asked"
    ALWAYS = "always"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """
    How one kind of test card behaves.

    *decline* comes after the authentication, where there is one. *lookup_fails* says that
    an authentication cannot even begin. The last three are what the checks come to where
    there was something to check.
    """

    challenge: Challenge = Challenge.NEVER
    decline: Reason | None = None
    lookup_fails: bool = False
    cvc_check: str = "pass"
    address_line1_check: str = "pass"
    address_postal_code_check: str = "pass"


_PLAIN: Final = Scenario()
_CHALLENGED: Final = Scenario(challenge=Challenge.ALWAYS)

_BRANDS: Final = ("visa", "mastercard", "amex", "discover", "diners", "jcb", "unionpay")

SCENARIOS: Final[Mapping[str, Scenario]] = {
    **dict.fromkeys(_BRANDS, _PLAIN),
    # Later charges fail; setting up does not.
    "chargeCustomerFail": _PLAIN,
    "riskLevelHighest": _PLAIN,
    "riskLevelElevated": _PLAIN,
    "authenticationRequiredOnSetup": _CHALLENGED,
    "authenticationRequired": _CHALLENGED,
    "authenticationRequiredSetupForOffSession": _CHALLENGED,
    "authenticationRequiredChargeDeclinedInsufficientFunds": _CHALLENGED,
    "threeDSecure2Required": _CHALLENGED,
    "threeDSecureRequired": _CHALLENGED,
    "threeDSecureRequiredChargeDeclined": Scenario(
        challenge=Challenge.ALWAYS, decline=declines.GENERIC
    ),
    "threeDSecureRequiredProcessingError": Scenario(challenge=Challenge.ALWAYS, lookup_fails=True),
    "threeDSecureOptional": Scenario(challenge=Challenge.WHEN_ASKED),
    "threeDSecureOptionalProcessingError": Scenario(
        challenge=Challenge.WHEN_ASKED, lookup_fails=True
    ),
    "chargeDeclined": Scenario(decline=declines.GENERIC),
    "chargeDeclinedInsufficientFunds": Scenario(decline=declines.INSUFFICIENT_FUNDS),
    "chargeDeclinedLostCard": Scenario(decline=declines.LOST_CARD),
    "chargeDeclinedStolenCard": Scenario(decline=declines.STOLEN_CARD),
    "chargeDeclinedExpiredCard": Scenario(decline=declines.EXPIRED_CARD),
    "chargeDeclinedIncorrectCvc": Scenario(decline=declines.INCORRECT_CVC, cvc_check="fail"),
    "chargeDeclinedProcessingError": Scenario(decline=declines.PROCESSING_ERROR),
    "chargeDeclinedVelocityLimitExceeded": Scenario(decline=declines.VELOCITY_EXCEEDED),
    "radarBlock": Scenario(decline=declines.FRAUDULENT),
    "cvcCheckFail": Scenario(cvc_check="fail"),
    "avsZipFail": Scenario(address_postal_code_check="fail"),
    "avsLine1Fail": Scenario(address_line1_check="fail"),
    "avsFail": Scenario(address_line1_check="fail", address_postal_code_check="fail"),
    "avsUnchecked": Scenario(
        address_line1_check="unavailable", address_postal_code_check="unavailable"
    ),
}

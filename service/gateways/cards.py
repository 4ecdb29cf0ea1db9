"""
The test cards: every number that is taken in test mode, and the names it is published under.

A card published as `visa` is taken as token `tok_visa` and as payment method
`pm_card_visa`. The numbers, names and countries are Stripe's.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from service.gateways.country_cards import COUNTRY_CARDS, OTHER_COUNTRY_CARDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A test card. *networks* are those it can run on, *scenario* is how it behaves."""

    number: str
    names: tuple[str, ...]
    brand: str
    country: str
    funding: str
    scenario: str
    networks: tuple[str, ...]
    three_d_secure: bool = True


# Number, names, brand, funding, country: cards that work.
_BY_BRAND: Final = (
    ("4242424242424242", "visa us", "visa", "credit", "US"),
    ("4000056655665556", "visa_debit", "visa", "debit", "US"),
    ("5555555555554444", "mastercard", "mastercard", "credit", "US"),
    ("2223003122003222", "", "mastercard", "credit", "US"),
    ("5200828282828210", "mastercard_debit", "mastercard", "debit", "US"),
    ("5105105105105100", "mastercard_prepaid", "mastercard", "prepaid", "US"),
    ("6011111111111117", "discover", "discover", "credit", "US"),
    ("6011000990139424", "", "discover", "credit", "US"),
    ("6011981111111113", "", "discover", "debit", "US"),
    ("6555900000604105", "", "discover", "credit", "KR"),
    ("3056930009020004", "diners", "diners", "credit", "US"),
    ("36227206271667", "", "diners", "credit", "US"),
    ("3566002020360505", "jcb", "jcb", "credit", "JP"),
    ("6200000000000005", "unionpay", "unionpay", "credit", "CN"),
    ("6200000000000047", "", "unionpay", "debit", "CN"),
    ("6205500000000000004", "", "unionpay", "debit", "CN"),
    # What these do, they do to charges, refunds and balances.
    ("4000000000000077", "bypassPending", "visa", "credit", "US"),
    ("4000003720000278", "bypassPendingInternational", "visa", "credit", "IE"),
    ("4000000000000259", "createDispute", "visa", "credit", "US"),
    ("4000000000002685", "createDisputeProductNotReceived", "visa", "credit", "US"),
    ("4000000000001976", "createDisputeInquiry", "visa", "credit", "US"),
    ("4000000404000079", "createMultipleDisputes", "visa", "credit", "US"),
    ("4000000404000038", "createCe3EligibleDispute", "visa", "credit", "US"),
    ("4000000000005423", "createIssuerFraudRecord", "visa", "credit", "US"),
    ("4000000000007726", "pendingRefund", "visa", "credit", "US"),
    ("4000000000005126", "refundFail", "visa", "credit", "US"),
)

# Number, name, brand, other network, funding, country.
_CO_BRANDED: Final = (
    ("4000002500001001", "visa_cartesBancaires", "visa", "cartes_bancaires", "credit", "FR"),
    (
        "5555552500001001",
        "mastercard_cartesBancaires",
        "mastercard",
        "cartes_bancaires",
        "credit",
        "FR",
    ),
    ("4000050360000001", "visa_debit_eftposAuCoBranded", "visa", "eftpos_au", "debit", "AU"),
    (
        "5555050360000080",
        "mastercard_debit_eftposAuCoBranded",
        "mastercard",
        "eftpos_au",
        "debit",
        "AU",
    ),
)

# American Express cards do not authenticate.
_AMEX: Final = (("378282246310005", "amex"), ("371449635398431", ""))

# Number, scenario, country: Visa cards that are published under their scenario's name.
_BY_SCENARIO: Final = (
    ("4000002500003155", "authenticationRequiredOnSetup", "FR"),
    ("4000002760003184", "authenticationRequired", "DE"),
    ("4000003800000446", "authenticationRequiredSetupForOffSession", "IT"),
    ("4000008260003178", "authenticationRequiredChargeDeclinedInsufficientFunds", "GB"),
    ("4000000000003220", "threeDSecure2Required", "US"),
    ("4000000000003063", "threeDSecureRequired", "US"),
    ("4000008400001629", "threeDSecureRequiredChargeDeclined", "US"),
    ("4000008400001280", "threeDSecureRequiredProcessingError", "US"),
    ("4000000000003055", "threeDSecureOptional", "US"),
    ("4000000000003097", "threeDSecureOptionalProcessingError", "US"),
    ("4000000000000002", "chargeDeclined", "US"),
    ("4000000000009995", "chargeDeclinedInsufficientFunds", "US"),
    ("4000000000009987", "chargeDeclinedLostCard", "US"),
    ("4000000000009979", "chargeDeclinedStolenCard", "US"),
    ("4000000000006975", "chargeDeclinedVelocityLimitExceeded", "US"),
    ("4000000000000069", "chargeDeclinedExpiredCard", "US"),
    ("4000000000000127", "chargeDeclinedIncorrectCvc", "US"),
    ("4000000000000119", "chargeDeclinedProcessingError", "US"),
    ("4000000000000341", "chargeCustomerFail", "US"),
    ("4000000000000101", "cvcCheckFail", "US"),
    ("4000000000000036", "avsZipFail", "US"),
    ("4000000000000028", "avsLine1Fail", "US"),
    ("4000000000000010", "avsFail", "US"),
    ("4000000000000044", "avsUnchecked", "US"),
    ("4100000000000019", "radarBlock", "US"),
    ("4000000000004954", "riskLevelHighest", "US"),
    ("4000000000009235", "riskLevelElevated", "US"),
)

# The challenges of mobile SDKs, which are not published under names.
_MOBILE_CHALLENGES: Final = ("4000000000003238", "4000000000003246", "4000000000003253")


def _works(number: str, names: str, brand: str, funding: str, country: str) -> Card:
    return Card(
        number=number,
        names=tuple(names.split()),
        brand=brand,
        country=country,
        funding=funding,
        scenario=brand,
        networks=(brand,),
        three_d_secure=brand != "amex",
    )


def _behaves(number: str, names: tuple[str, ...], scenario: str, country: str) -> Card:
    return Card(
        number=number,
        names=names,
        brand="visa",
        country=country,
        funding="credit",
        scenario=scenario,
        networks=("visa",),
    )


def _co_branded(row: tuple[str, str, str, str, str, str]) -> Card:
    number, name, brand, other, funding, country = row
    return Card(
        number=number,
        names=(name,),
        brand=brand,
        country=country,
        funding=funding,
        scenario=brand,
        networks=(other, brand),
    )


def _published_as(scenario: str) -> tuple[str, ...]:
    """Declines are published with the brand before the name, and without."""
    with_brand = scenario.startswith("chargeDeclined")
    return (scenario, f"visa_{scenario}") if with_brand else (scenario,)


def _all() -> Iterable[Card]:
    yield from (_works(*row) for row in (*_BY_BRAND, *OTHER_COUNTRY_CARDS))
    yield from (_works(number, names, "amex", "credit", "US") for number, names in _AMEX)
    yield from (
        _works(number, country.lower(), "visa", "credit", country)
        for country, number in COUNTRY_CARDS.items()
    )
    yield from (_co_branded(row) for row in _CO_BRANDED)
    yield from (_behaves(n, _published_as(s), s, country) for n, s, country in _BY_SCENARIO)
    yield from (_behaves(n, (), "threeDSecure2Required", "US") for n in _MOBILE_CHALLENGES)


BY_NUMBER: Final[Mapping[str, Card]] = {card.number: card for card in _all()}
BY_NAME: Final[Mapping[str, Card]] = {
    name: card for card in BY_NUMBER.values() for name in card.names
}

"""Every test card that is published: by number, by token, by payment method."""

from typing import Final, NamedTuple

import pytest

from service.domain.verdicts import ActionRequired, Declined, Processing, Succeeded, Verdict
from service.gateways import cards, country_cards
from service.gateways.card_form import passes_luhn
from service.gateways.port import Published, Token
from service.gateways.scenarios import SCENARIOS
from tests import simulated as s

SUCCEEDED: Final = "succeeded"
ACTION: Final = "requires_action"


class Row(NamedTuple):
    """A card, what confirming it comes to, and what authenticating it comes to."""

    number: str
    name: str
    confirmed: str
    authenticated: str


PUBLISHED: Final = [
    Row("4242424242424242", "visa", SUCCEEDED, ""),
    Row("4000056655665556", "visa_debit", SUCCEEDED, ""),
    Row("5555555555554444", "mastercard", SUCCEEDED, ""),
    Row("2223003122003222", "", SUCCEEDED, ""),
    Row("5200828282828210", "mastercard_debit", SUCCEEDED, ""),
    Row("5105105105105100", "mastercard_prepaid", SUCCEEDED, ""),
    Row("378282246310005", "amex", SUCCEEDED, ""),
    Row("371449635398431", "", SUCCEEDED, ""),
    Row("6011111111111117", "discover", SUCCEEDED, ""),
    Row("3056930009020004", "diners", SUCCEEDED, ""),
    Row("36227206271667", "", SUCCEEDED, ""),
    Row("3566002020360505", "jcb", SUCCEEDED, ""),
    Row("6200000000000005", "unionpay", SUCCEEDED, ""),
    Row("4000002500001001", "visa_cartesBancaires", SUCCEEDED, ""),
    Row("5555552500001001", "mastercard_cartesBancaires", SUCCEEDED, ""),
    Row("4000000360000006", "au", SUCCEEDED, ""),
    Row("4000001240000000", "ca", SUCCEEDED, ""),
    Row("4000000760000002", "br", SUCCEEDED, ""),
    Row("4000002500000003", "fr", SUCCEEDED, ""),
    Row("4000002760000016", "de", SUCCEEDED, ""),
    Row("4000008260000000", "gb", SUCCEEDED, ""),
    Row("4000003560000008", "in", SUCCEEDED, ""),
    Row("4000003920000003", "jp", SUCCEEDED, ""),
    Row("4000002500003155", "authenticationRequiredOnSetup", ACTION, SUCCEEDED),
    Row("4000002760003184", "authenticationRequired", ACTION, SUCCEEDED),
    Row("4000003800000446", "authenticationRequiredSetupForOffSession", ACTION, SUCCEEDED),
    Row(
        "4000008260003178",
        "authenticationRequiredChargeDeclinedInsufficientFunds",
        ACTION,
        SUCCEEDED,
    ),
    Row("4000000000003220", "threeDSecure2Required", ACTION, SUCCEEDED),
    Row("4000000000003063", "threeDSecureRequired", ACTION, SUCCEEDED),
    Row(
        "4000008400001629",
        "threeDSecureRequiredChargeDeclined",
        ACTION,
        "card_declined generic_decline",
    ),
    Row(
        "4000008400001280",
        "threeDSecureRequiredProcessingError",
        "card_declined generic_decline",
        "",
    ),
    Row("4000000000003055", "threeDSecureOptional", SUCCEEDED, ""),
    Row("4000000000003097", "threeDSecureOptionalProcessingError", SUCCEEDED, ""),
    Row("4000000000000002", "visa_chargeDeclined", "card_declined generic_decline", ""),
    Row("4000000000000002", "chargeDeclined", "card_declined generic_decline", ""),
    Row(
        "4000000000009995",
        "visa_chargeDeclinedInsufficientFunds",
        "card_declined insufficient_funds",
        "",
    ),
    Row("4000000000009987", "visa_chargeDeclinedLostCard", "card_declined lost_card", ""),
    Row("4000000000009979", "visa_chargeDeclinedStolenCard", "card_declined stolen_card", ""),
    Row("4000000000000069", "chargeDeclinedExpiredCard", "expired_card expired_card", ""),
    Row("4000000000000127", "chargeDeclinedIncorrectCvc", "incorrect_cvc incorrect_cvc", ""),
    Row(
        "4000000000000119",
        "chargeDeclinedProcessingError",
        "processing_error processing_error",
        "",
    ),
    Row(
        "4000000000006975",
        "visa_chargeDeclinedVelocityLimitExceeded",
        "card_declined card_velocity_exceeded",
        "",
    ),
    Row("4000000000000341", "chargeCustomerFail", SUCCEEDED, ""),
    Row("4000000000000101", "cvcCheckFail", SUCCEEDED, ""),
    Row("4000000000000036", "avsZipFail", SUCCEEDED, ""),
    Row("4000000000000028", "avsLine1Fail", SUCCEEDED, ""),
    Row("4000000000000010", "avsFail", SUCCEEDED, ""),
    Row("4000000000000044", "avsUnchecked", SUCCEEDED, ""),
    Row("4100000000000019", "radarBlock", "card_declined fraudulent", ""),
    Row("4000000000004954", "riskLevelHighest", SUCCEEDED, ""),
    Row("4000000000009235", "riskLevelElevated", SUCCEEDED, ""),
]
NAMED: Final = [row for row in PUBLISHED if row.name]


def summary(verdict: Verdict) -> str:
    match verdict:
        case Succeeded():
            return SUCCEEDED
        case ActionRequired():
            return ACTION
        case Processing():
            return "processing"
        case Declined(reason=reason):
            return f"{reason.code} {reason.decline_code}"


@pytest.mark.parametrize("row", PUBLISHED, ids=lambda row: row.name or row.number)
def test_a_card_behaves_as_published(row: Row) -> None:
    """Confirming the number comes to what is published, and so does authenticating."""
    attempt = s.attempt(s.card(row.number))
    assert summary(s.SIMULATOR.set_up(attempt)) == row.confirmed
    if row.authenticated:
        again = s.SIMULATOR.authenticate(attempt, completed=True)
        assert summary(again) == row.authenticated


@pytest.mark.parametrize("row", NAMED, ids=lambda row: row.name)
def test_a_name_stands_for_its_number(row: Row) -> None:
    """The token and the payment method of a card are the same card as its number."""
    typed = s.tokenize(s.card(row.number))
    for instrument in (Token(f"tok_{row.name}"), Published(f"pm_card_{row.name}")):
        made = s.tokenize(instrument)
        assert made.scenario == typed.scenario
        assert made.details["fingerprint"] == typed.details["fingerprint"]
        assert summary(s.SIMULATOR.set_up(s.attempt(instrument))) == row.confirmed


def test_every_card_is_whole() -> None:
    """Each number has its check digit, a behaviour, and its brand among its networks."""
    for card in cards.BY_NUMBER.values():
        assert passes_luhn(card.number), card
        assert card.scenario in SCENARIOS, card
        assert card.brand in card.networks, card


def test_no_card_hides_another() -> None:
    """No number and no name stands twice in the tables."""
    listed = list(cards._all())
    assert len(listed) == len(cards.BY_NUMBER)
    assert sum(len(card.names) for card in listed) == len(cards.BY_NAME)


def test_every_scenario_has_a_card() -> None:
    """No behaviour is left that no card shows."""
    assert {card.scenario for card in cards.BY_NUMBER.values()} == set(SCENARIOS)


def test_every_country_card_is_of_its_country() -> None:
    """`pm_card_fr` is a card issued in France."""
    for country in country_cards.COUNTRY_CARDS:
        made = s.tokenize(Published(f"pm_card_{country.lower()}"))
        assert made.details["country"] == country

"""
The test cards, from their numbers to what comes of setting them up.

No number is held here: how a card behaves is the scenario that its PaymentMethod keeps the
name of.
"""

from datetime import UTC, datetime
from typing import Final

from service.domain.errors import CardRefused, InvalidToken, ResourceMissing
from service.domain.facts import PaymentMethodFacts
from service.domain.values import JsonObject, Owner
from service.domain.verdicts import ActionRequired, Declined, Succeeded, Verdict
from service.gateways import card_details, declines, three_d_secure
from service.gateways.card_form import checked_number, full_year
from service.gateways.cards import BY_NAME, BY_NUMBER, Card
from service.gateways.mandates import mandate_of
from service.gateways.port import (
    Attempt,
    CardNumber,
    Fingerprint,
    Published,
    Token,
    Tokenized,
)
from service.gateways.scenarios import SCENARIOS, Challenge, Scenario

PUBLISHED_PREFIX: Final = "pm_card_"


def tokenize(
    instrument: CardNumber | Token | Published,
    fingerprint: Fingerprint,
    owner: Owner,
    billing_details: JsonObject,
    at: int,
) -> Tokenized:
    """Return the card as it is kept; published ones expire in twelve months."""
    if isinstance(instrument, CardNumber):
        card = _numbered(checked_number(instrument, at), owner)
        expiry = instrument.exp_month, full_year(instrument.exp_year, at)
    else:
        card = _named(instrument, owner)
        now = datetime.fromtimestamp(at, UTC)
        expiry = now.month, now.year + 1
    with_cvc = not isinstance(instrument, CardNumber) or instrument.cvc is not None
    details = card_details.details(
        card,
        expiry=expiry,
        fingerprint=fingerprint(owner.account, card.number),
        checks=card_details.unchecked(billing_details, with_cvc=with_cvc),
    )
    return Tokenized(type="card", details=details, scenario=card.scenario)


def check(payment_method: PaymentMethodFacts) -> Verdict:
    """Decline what would be declined without authentication; nobody authenticates here."""
    scenario, details = _looked_at(payment_method)
    if scenario.challenge is Challenge.NEVER and _is_declined(scenario, details):
        return _declined(scenario, details)
    return Succeeded(details=details)


def set_up(attempt: Attempt) -> Verdict:
    """
    Set the card up, or ask for authentication, or decline, as its scenario says.

    Nobody is asked to authenticate who has done so elsewhere, or is not there.
    """
    scenario, details = _looked_at(attempt.payment_method)
    elsewhere = three_d_secure.elsewhere(attempt)
    if elsewhere is not None or three_d_secure.is_left_out(attempt):
        if _is_declined(scenario, details):
            return _declined(scenario, details, elsewhere)
        return _succeeded(attempt, details, elsewhere)
    asked = three_d_secure.was_asked_for(attempt)
    if scenario.challenge is Challenge.ALWAYS:
        return _challenge(attempt, scenario, details)
    if scenario.challenge is Challenge.WHEN_ASKED and asked:
        return _challenge(attempt, scenario, details)
    if _is_declined(scenario, details):
        return _declined(scenario, details)
    if asked and three_d_secure.is_supported(attempt):
        return _succeeded(attempt, details, three_d_secure.acknowledged(attempt))
    return _succeeded(attempt, details)


def authenticate(attempt: Attempt, *, completed: bool) -> Verdict:
    """Go on where the customer has *completed* the authentication, or failed it."""
    scenario, details = _looked_at(attempt.payment_method)
    if not completed:
        return Declined(
            details=details,
            reason=declines.NOT_AUTHENTICATED,
            three_d_secure=three_d_secure.rejected(attempt),
        )
    shown = three_d_secure.authenticated(attempt)
    if _is_declined(scenario, details):
        return _declined(scenario, details, shown)
    return _succeeded(attempt, details, shown)


def expire(attempt: Attempt) -> Declined:
    """Say that the customer did not authenticate in time."""
    _, details = _looked_at(attempt.payment_method)
    return Declined(
        details=details,
        reason=declines.EXPIRED,
        three_d_secure=three_d_secure.abandoned(attempt),
    )


def _succeeded(
    attempt: Attempt, details: JsonObject, three_d_secure: JsonObject | None = None
) -> Succeeded:
    return Succeeded(details=details, three_d_secure=three_d_secure, mandate=mandate_of(attempt))


def _numbered(number: str, owner: Owner) -> Card:
    card = BY_NUMBER.get(number)
    if owner.livemode:
        raise CardRefused(declines.TEST_CARD if card else declines.NO_PROCESSOR)
    if card is None:
        raise CardRefused(declines.REAL_CARD)
    return card


def _named(instrument: Token | Published, owner: Owner) -> Card:
    prefix = "tok_" if isinstance(instrument, Token) else PUBLISHED_PREFIX
    name = instrument.id.removeprefix(prefix)
    card = BY_NAME.get(name) if name != instrument.id else None
    if card is not None and owner.livemode:
        raise CardRefused(declines.TEST_CARD)
    if card is not None:
        return card
    if isinstance(instrument, Published):
        raise ResourceMissing("PaymentMethod", instrument.id, param="payment_method")
    if name == instrument.id:
        raise InvalidToken(instrument.id)
    raise ResourceMissing("token", instrument.id, param="token")


def _looked_at(payment_method: PaymentMethodFacts) -> tuple[Scenario, JsonObject]:
    scenario = SCENARIOS[payment_method.scenario]
    details = payment_method.details
    return scenario, card_details.looked_at(details, payment_method.billing_details, scenario)


def _is_declined(scenario: Scenario, details: JsonObject) -> bool:
    """A security code that was not given cannot be wrong."""
    if scenario.decline is declines.INCORRECT_CVC:
        return bool(details["checks"]["cvc_check"] == "fail")
    return scenario.decline is not None


def _declined(scenario: Scenario, details: JsonObject, shown: JsonObject | None = None) -> Declined:
    reason = scenario.decline or declines.GENERIC
    return Declined(details=details, reason=reason, three_d_secure=shown)


def _challenge(attempt: Attempt, scenario: Scenario, details: JsonObject) -> Verdict:
    if scenario.lookup_fails:
        return _declined(scenario, details, three_d_secure.unreachable(attempt))
    return ActionRequired(details=details)

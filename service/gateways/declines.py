"""Why a card is not taken, in Stripe's codes and our words. The first two are not only a card's."""

from typing import Final

from service.domain.verdicts import Reason

NOT_AUTHENTICATED: Final = Reason(
    code="setup_intent_authentication_failure",
    type="invalid_request_error",
    message="The customer did not authenticate. Ask for another payment method, or try again.",
)
EXPIRED: Final = Reason(
    code="setup_intent_setup_attempt_expired",
    type="invalid_request_error",
    message="The customer did not approve it in time. Try again, or ask for another method.",
)

_DECLINED: Final = "The card was declined by its issuer."

GENERIC: Final = Reason(
    code="card_declined",
    decline_code="generic_decline",
    advice_code="try_again_later",
    network_decline_code="01",
    message=_DECLINED,
)
INSUFFICIENT_FUNDS: Final = Reason(
    code="card_declined",
    decline_code="insufficient_funds",
    message="The card was declined: its account does not hold enough money.",
)
# Who stole or found a card is not to learn that this is known: one sentence for all three.
LOST_CARD: Final = Reason(code="card_declined", decline_code="lost_card", message=_DECLINED)
STOLEN_CARD: Final = Reason(code="card_declined", decline_code="stolen_card", message=_DECLINED)
FRAUDULENT: Final = Reason(code="card_declined", decline_code="fraudulent", message=_DECLINED)
VELOCITY_EXCEEDED: Final = Reason(
    code="card_declined", decline_code="card_velocity_exceeded", message=_DECLINED
)
EXPIRED_CARD: Final = Reason(
    code="expired_card",
    decline_code="expired_card",
    param="exp_month",
    advice_code="confirm_card_data",
    network_advice_code="03",
    network_decline_code="54",
    message="The card was declined: it has expired.",
)
INCORRECT_CVC: Final = Reason(
    code="incorrect_cvc",
    decline_code="incorrect_cvc",
    param="cvc",
    message="The card was declined: its security code is not right.",
)
PROCESSING_ERROR: Final = Reason(
    code="processing_error",
    decline_code="processing_error",
    message="The card could not be processed this time. Try again in a while.",
)

INCORRECT_NUMBER: Final = Reason(
    code="incorrect_number",
    param="number",
    message="The card's number is not right: its check digit does not match.",
)
INVALID_NUMBER: Final = Reason(
    code="invalid_number",
    param="number",
    message="The card's number is not one: it takes 12 to 19 digits.",
)
INVALID_MONTH: Final = Reason(
    code="invalid_expiry_month",
    param="exp_month",
    message="The card's expiry month is not one that it could expire in.",
)
INVALID_YEAR: Final = Reason(
    code="invalid_expiry_year",
    param="exp_year",
    message="The card's expiry year is not one that it could expire in.",
)
INVALID_CVC: Final = Reason(
    code="invalid_cvc",
    param="cvc",
    message="The card's security code is not one: it takes 3 digits, or 4 for American Express.",
)
TEST_CARD: Final = Reason(
    code="card_declined",
    decline_code="testmode_decline",
    message="The card was declined: it is a test card, and this is live mode.",
)
REAL_CARD: Final = Reason(
    code="card_declined",
    decline_code="test_mode_live_card",
    message="The card was declined: it is not a test card, and this is test mode.",
)
NO_PROCESSOR: Final = Reason(
    code="card_declined",
    decline_code="service_not_allowed",
    message="The card was declined: no processor for live cards is connected.",
)

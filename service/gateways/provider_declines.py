"""Why something other than a card is not set up, in Stripe's codes and our words."""

from typing import Final

from service.domain.verdicts import Reason

_NO_CARD_ERROR: Final = "invalid_request_error"

CUSTOMER_DECLINED: Final = Reason(
    code="payment_method_customer_decline",
    message="The customer did not approve it. Ask for another payment method, or try again.",
)
MANDATE_REFUSED: Final = Reason(
    code="payment_method_provider_decline",
    message="The customer's bank refused the mandate. Ask for another payment method.",
)
NOT_VERIFIED: Final = Reason(
    code="bank_account_unverified",
    type=_NO_CARD_ERROR,
    message="The account cannot be verified instantly: link it, or allow microdeposits.",
)
DEPOSITS_NOT_SENT: Final = Reason(
    code="payment_method_microdeposit_failed",
    type=_NO_CARD_ERROR,
    message="The microdeposits could not be sent: the account's numbers may be wrong.",
)
DEPOSITS_LATE: Final = Reason(
    code="payment_method_microdeposit_verification_timeout",
    type=_NO_CARD_ERROR,
    message="The microdeposits were not verified in time. Ask for the account again.",
)
TRIES_EXCEEDED: Final = Reason(
    code="payment_method_microdeposit_verification_attempts_exceeded",
    type=_NO_CARD_ERROR,
    message="The microdeposits were told wrongly too often. Ask for another account.",
)


def wrong_amounts(left: int) -> Reason:
    """Return that the amounts are not those of the deposits; *left* tries are left."""
    return Reason(
        code="payment_method_microdeposit_verification_amounts_mismatch",
        type=_NO_CARD_ERROR,
        message=f"These are not the amounts of the microdeposits. Tries left: {left}.",
    )


def wrong_code(left: int) -> Reason:
    """Return that the code is not that of the deposit; *left* tries are left."""
    return Reason(
        code="payment_method_microdeposit_verification_descriptor_code_mismatch",
        type=_NO_CARD_ERROR,
        message=f"This is not the code of the microdeposit. Tries left: {left}.",
    )

"""
What a gateway answers when it is asked to set a payment method up.

*details* are always the payment method's own hash as the processor left it (a CVC check
that passed); *three_d_secure* is what the attempt shows of an authentication.
"""

from typing import TypeAlias

from service.domain.values import JsonObject, Value

DOC_URL = "https://stripe.com/docs/error-codes/"


class Reason(Value, frozen=True, kw_only=True):
    """Why it was not set up, in Stripe's codes. A member that is None is not shown."""

    code: str
    message: str
    type: str = "card_error"
    decline_code: str | None = None
    param: str | None = None
    advice_code: str | None = None
    network_advice_code: str | None = None
    network_decline_code: str | None = None

    def as_error(self) -> dict[str, str]:
        """Return the reason as a `last_setup_error` shows it, without the payment method."""
        members = {
            "advice_code": self.advice_code,
            "code": self.code,
            "decline_code": self.decline_code,
            "doc_url": DOC_URL + self.code.replace("_", "-"),
            "message": self.message,
            "network_advice_code": self.network_advice_code,
            "network_decline_code": self.network_decline_code,
            "param": self.param,
            "type": self.type,
        }
        return {name: value for name, value in members.items() if value is not None}


class Succeeded(Value, frozen=True, kw_only=True):
    """It is set up, or its check passed."""

    details: JsonObject
    three_d_secure: JsonObject | None = None


class Declined(Value, frozen=True, kw_only=True):
    """The processor said no, or the customer did not authenticate."""

    details: JsonObject
    reason: Reason
    three_d_secure: JsonObject | None = None


class ActionRequired(Value, frozen=True, kw_only=True):
    """The customer has to authenticate first."""

    details: JsonObject


Verdict: TypeAlias = Succeeded | Declined | ActionRequired

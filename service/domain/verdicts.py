"""
What a gateway answers when it is asked to set a payment method up.

*details* are always the payment method's own hash as the processor left it (a CVC check
that passed); *three_d_secure* is what the attempt shows of an authentication, and *attempt*
what it shows of another payment method than a card. *mandate* are the
`payment_method_details` of the mandate that the setup makes, where it makes one.
"""

from typing import Final, TypeAlias

from service.domain.values import JsonObject, Value, field

# What an action asks for that is not taken on a page of the provider's, but by `verify`.
MICRODEPOSITS: Final = "verify_with_microdeposits"
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


class Generated(Value, frozen=True, kw_only=True):
    """A payment method that the setup of another one makes: `sepa_debit` of an iDEAL account."""

    type: str
    details: JsonObject
    scenario: str


class Succeeded(Value, frozen=True, kw_only=True):
    """It is set up, or its check passed."""

    details: JsonObject
    three_d_secure: JsonObject | None = None
    attempt: JsonObject | None = None
    mandate: JsonObject | None = None
    generated: Generated | None = None


class Declined(Value, frozen=True, kw_only=True):
    """The processor or the provider said no, or the customer did, or nobody in time."""

    details: JsonObject
    reason: Reason
    three_d_secure: JsonObject | None = None
    attempt: JsonObject | None = None


class ActionRequired(Value, frozen=True, kw_only=True):
    """
    The customer has to do something first.

    *action* is `authenticate` (3-D Secure) or the type of a `next_action`. *shown* is what
    that tells beside addresses. After *expires_at* (Unix seconds) it is too late.
    """

    details: JsonObject
    action: str = "authenticate"
    shown: JsonObject = field(default_factory=dict)
    expires_at: int | None = None
    mandate: JsonObject | None = None


class Processing(Value, frozen=True, kw_only=True):
    """
    The provider has taken it on, and answers at *settles_at* (Unix seconds).

    None where it never does.
    """

    details: JsonObject
    attempt: JsonObject | None = None
    mandate: JsonObject | None = None
    settles_at: int | None = None


class Mismatch(Value, frozen=True, kw_only=True):
    """
    Amounts or a code that are not those of the microdeposits.

    *final* says that this was the last try.
    """

    reason: Reason
    final: bool = False


Verdict: TypeAlias = Succeeded | Declined | ActionRequired | Processing

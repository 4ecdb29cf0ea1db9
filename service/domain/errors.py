"""
How a command is refused. One class for each reason a client can act on.

The sentences are built where the reason is known, and name the ids they speak of.
"""

from collections.abc import Collection
from typing import ClassVar, Final

from service.domain.values import Status
from service.domain.verdicts import Reason

# What `No such ...` calls each kind of object; by prefix of its id.
NOUNS: Final = {
    "seti": "setupintent",
    "pm": "PaymentMethod",
    "cus": "customer",
    "we": "webhook endpoint",
    "evt": "event",
    "acct": "account",
}


class Refused(Exception):
    """
    A command was understood and turned down. Nothing was appended.

    *code* is Stripe's published error code, *param* the parameter at fault, where there is
    one. *declined* is true for what Stripe calls a card error (402). *absent* is true where
    the address itself names nothing (404). *shows_intent* asks that the SetupIntent, where
    one is stored, be shown beside the error.
    """

    type: ClassVar[str] = "invalid_request_error"
    declined: ClassVar[bool] = False
    shows_intent: ClassVar[bool] = False
    code: str | None = None
    param: str | None = None
    absent: bool = False

    @property
    def message(self) -> str:
        """The sentence for the caller."""
        return str(self)


class ResourceMissing(Refused):
    """No object of the owner has this id. *absent* where the path named it, not a parameter."""

    code = "resource_missing"

    def __init__(self, noun: str, missing: str, *, param: str, absent: bool = False) -> None:
        super().__init__(f"No such {noun}: '{missing}'")
        self.param = param
        self.absent = absent


class CardRefused(Refused):
    """The card is not taken: its number or date is wrong, or its issuer declined."""

    type = "card_error"
    declined = True

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.message)
        self.reason = reason
        self.code = reason.code
        self.param = reason.param


class UnexpectedState(Refused):
    """The SetupIntent's status does not allow the operation."""

    code = "setup_intent_unexpected_state"
    shows_intent = True

    def __init__(self, operation: str, status: Status | None, allowed: Collection[str]) -> None:
        wanted = ", ".join(f"`{one}`" for one in sorted(allowed))
        super().__init__(
            f"This SetupIntent is {status or 'not created yet'}, and {operation} is possible "
            f"only while it is one of {wanted}."
        )


class PaymentMethodMissing(Refused):
    """There is no payment method to confirm, neither on the intent nor in the request."""

    code = "setup_intent_unexpected_state"
    shows_intent = True

    def __init__(self, setup_intent: str) -> None:
        super().__init__(
            f"SetupIntent {setup_intent} has no payment method to confirm. Name one in this "
            "request, or update the SetupIntent with one first."
        )


class AttemptUnanswered(Refused):
    """The gateway has not answered an earlier attempt yet."""

    code = "setup_intent_unexpected_state"
    shows_intent = True

    def __init__(self, attempt: str) -> None:
        super().__init__(f"The setup attempt {attempt} has not been answered yet. Try again later.")


class AttemptNotWaiting(Refused):
    """The attempt named is not the one that waits for the customer, or for the gateway."""

    code = "setup_intent_unexpected_state"
    shows_intent = True

    def __init__(self, attempt: str) -> None:
        super().__init__(f"The setup attempt {attempt} is not waiting for an outcome.")


class BelongsToAnotherCustomer(Refused):
    """The payment method is attached to a customer that is not the intent's."""

    param = "payment_method"
    shows_intent = True

    def __init__(self, payment_method: str, customer: str) -> None:
        super().__init__(
            f"PaymentMethod {payment_method} is not attached to customer {customer}, but to "
            "another one. Use it with the customer that it is attached to."
        )


class CustomerNotNamed(Refused):
    """The payment method is attached to a customer, and the intent has none."""

    param = "payment_method"
    shows_intent = True

    def __init__(self, payment_method: str, customer: str) -> None:
        super().__init__(
            f"PaymentMethod {payment_method} is attached to customer {customer}. Set the "
            "SetupIntent's `customer` to that customer to use it."
        )


class PaymentMethodUsedUp(Refused):
    """The payment method was set up without a customer, or detached from one, before."""

    code = "payment_method_unexpected_state"
    shows_intent = True

    def __init__(self, payment_method: str) -> None:
        super().__init__(
            f"PaymentMethod {payment_method} was set up without a customer or detached from one, "
            "and may not be used again. To use one several times, attach it to a customer first."
        )


class TypeNotAllowed(Refused):
    """The SetupIntent does not take payment methods of this type."""

    code = "setup_intent_invalid_parameter"
    param = "payment_method"
    shows_intent = True

    def __init__(self, type_: str, allowed: Collection[str]) -> None:
        super().__init__(
            f"This SetupIntent takes no payment method of type {type_}, only of: "
            f"{', '.join(allowed)}."
        )


class NoTypeLeft(Refused):
    """Of the payment method types that the request allows, none can be set up here."""

    code = "setup_intent_invalid_parameter"
    shows_intent = True

    def __init__(self, param: str, enabled: Collection[str]) -> None:
        super().__init__(
            f"No payment method type is left by `{param}`. Types that can be set up: "
            f"{', '.join(enabled)}."
        )
        self.param = param


class ReturnUrlMissing(Refused):
    """The customer might be sent away from the page, and there is no way back."""

    shows_intent = True

    def __init__(self) -> None:
        super().__init__(
            "This SetupIntent takes all enabled payment methods, and some of them send the "
            "customer to another page. Name a `return_url` to come back to, or create the "
            "SetupIntent with `automatic_payment_methods[allow_redirects]` set to `never`."
        )


class CustomerBesideSelf(Refused):
    """A payment method is attached to the account itself or to a customer, never to both."""

    code = "parameters_exclusive"
    param = "attach_to_self"
    shows_intent = True

    def __init__(self) -> None:
        super().__init__("A SetupIntent with `attach_to_self` can have no customer.")


class AttachedElsewhere(Refused):
    """The payment method belongs to another customer already."""

    def __init__(self, payment_method: str, customer: str) -> None:
        super().__init__(f"PaymentMethod {payment_method} is attached to {customer} already.")


class NotAttached(Refused):
    """The payment method belongs to nobody, and the operation needs a customer's."""

    def __init__(self, payment_method: str, operation: str) -> None:
        super().__init__(
            f"PaymentMethod {payment_method} is not attached to a customer, so it cannot be "
            f"{operation}."
        )


class TooManyPaymentMethods(Refused):
    """The customer has as many payment methods as one may have."""

    code = "customer_max_payment_methods"

    def __init__(self, customer: str, limit: int) -> None:
        super().__init__(f"Customer {customer} has {limit} payment methods, and may have no more.")


class UnknownKey(Refused):
    """The account has no such key, or it was revoked."""

    def __init__(self, account: str) -> None:
        super().__init__(f"Account {account} has no such key.")

"""How a payment method is refused: by a SetupIntent, or by itself."""

from collections.abc import Collection
from typing import Self

from service.domain.errors.refused import Refused


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
            "and may not be used again. One that was set up can be attached to a customer first; "
            "one that was detached cannot."
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


class AttachedElsewhere(Refused):
    """The payment method belongs to another customer already."""

    def __init__(self, payment_method: str, customer: str) -> None:
        super().__init__(f"PaymentMethod {payment_method} is attached to {customer} already.")


class TypeNotAttachable(Refused):
    """Payment methods of this type are used once, and no customer can have one."""

    code = "payment_method_unsupported_type"

    def __init__(self, type_: str) -> None:
        super().__init__(
            f"A payment method of type {type_} cannot be attached to a customer. Where its setup "
            "makes another one for later, that is attached in its place."
        )


class NotVerified(Refused):
    """The bank account was not shown to be its owner's."""

    code = "payment_method_unexpected_state"

    def __init__(self, payment_method: str) -> None:
        super().__init__(
            f"PaymentMethod {payment_method} has to be verified before it can be attached to a "
            "customer. Set it up with a SetupIntent first."
        )


class NotAttached(Refused):
    """The payment method belongs to nobody, and the operation needs a customer's."""

    def __init__(self, payment_method: str, operation: str) -> None:
        super().__init__(
            f"PaymentMethod {payment_method} is not attached to a customer, so it cannot be "
            f"{operation}."
        )


class NotTheCustomers(Refused):
    """A customer's default payment method has to be one that is attached to the customer."""

    code = "resource_missing"
    param = "invoice_settings[default_payment_method]"

    def __init__(self, payment_method: str) -> None:
        super().__init__(
            f"The customer has no payment method '{payment_method}'. Attach it to the customer "
            "before it is made the default."
        )


class ClonedFromAnotherCustomer(Refused):
    """The payment method to clone is not the named customer's on the platform."""

    param = "customer"

    def __init__(self, payment_method: str, customer: str | None) -> None:
        instead = f"name {customer} as" if customer else "leave out"
        super().__init__(
            f"PaymentMethod {payment_method} belongs to {customer or 'no customer'} on the "
            f"platform: {instead} `customer` to clone it."
        )


class InvalidToken(Refused):
    """What stands in a token's place is none."""

    param = "token"

    def __init__(self, given: str) -> None:
        super().__init__(f"{given} is not a token: the id of one begins with `tok_`.")


class InstrumentRefused(Refused):
    """
    The bank account, or what else was described, is not taken, for the reason of *code*.

    *param* is named as if the instrument were all of the request.
    """

    def __init__(self, message: str, *, code: str, param: str) -> None:
        super().__init__(message)
        self.code = code
        self.param: str = param

    def within(self, name: str) -> Self:
        """Return the refusal where the instrument was described inside the parameter *name*."""
        outer, bracket, inner = self.param.partition("[")
        self.param = f"{name}[{outer}]{bracket}{inner}"
        return self


class TypeNotOffered(InstrumentRefused):
    """Payment methods of this type cannot be made here, or not without its own hash."""

    def __init__(self, type_: str, param: str = "type") -> None:
        super().__init__(
            f"A payment method of type {type_} cannot be made of these parameters.",
            code="payment_method_unsupported_type",
            param=param,
        )

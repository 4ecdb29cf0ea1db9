"""How a SetupIntent refuses for its own sake: its status, its attempts, its types."""

from collections.abc import Collection

from service.domain.errors.refused import Refused
from service.domain.values import Status


class UnexpectedState(Refused):
    """The SetupIntent's status does not allow the operation."""

    code = "setup_intent_unexpected_state"
    shows_intent = True

    def __init__(
        self, operation: str, status: Status | None, accepted: Collection[Status | None]
    ) -> None:
        *others, last = sorted(f"`{one}`" for one in accepted if one)
        wanted = f"{', '.join(others)} or {last}" if others else last
        super().__init__(
            f"You cannot {operation} this SetupIntent because its status is "
            f"{status or 'not there yet'}; it would have to be {wanted}."
        )


class PaymentMethodMissing(Refused):
    """There is no payment method to confirm, neither on the intent nor in the request."""

    code = "setup_intent_unexpected_state"
    shows_intent = True

    def __init__(self) -> None:
        # Without its id: an intent that was to be made and confirmed at once never was.
        super().__init__(
            "This SetupIntent has no payment method to confirm. Name one in the request, or "
            "update the SetupIntent with one first."
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


class TypeNotSetUp(Refused):
    """Payment methods of a type that the request names cannot be set up at all."""

    code = "setup_intent_invalid_parameter"
    param = "payment_method_types"
    shows_intent = True

    def __init__(self, type_: str) -> None:
        super().__init__(
            f"Payment methods of type {type_} are paid with at once, and cannot be set up for "
            "later."
        )


class SingleUseNotOffered(Refused):
    """A mandate for one payment was asked for, and there is none for this type."""

    code = "setup_intent_invalid_parameter"
    param = "single_use"
    shows_intent = True

    def __init__(self, type_: str) -> None:
        super().__init__(
            f"Payment methods of type {type_} have no mandate for a single payment, so "
            "`single_use` cannot be asked for."
        )


class NotVerifiable(Refused):
    """No microdeposits of this SetupIntent wait to be verified."""

    code = "intent_invalid_state"
    shows_intent = True

    def __init__(self, status: Status | None, accepted: Collection[Status]) -> None:
        wanted = ", ".join(f'"{one}"' for one in accepted)
        super().__init__(
            f"There are no microdeposits to verify: the SetupIntent's status is {status}. They "
            f"can be verified while it is one of [{wanted}] and its next action asks for it."
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


class MandateInvalid(Refused):
    """The mandate does not hold, and never will."""

    code = "setup_intent_mandate_invalid"

    def __init__(self, mandate: str) -> None:
        super().__init__(f"Mandate {mandate} does not hold, and cannot be used.")


class ReturnUrlNeeded(Refused):
    """The payment method sends the customer away, and there is no way back."""

    code = "parameter_missing"
    param = "return_url"
    shows_intent = True

    def __init__(self, type_: str) -> None:
        super().__init__(
            f"Setting up a payment method of type {type_} sends the customer to another page. "
            "Name a `return_url` to come back to."
        )


class MandateDataMissing(Refused):
    """The setup makes a mandate, and nobody says that the customer has agreed to one."""

    param = "mandate_data"
    shows_intent = True

    def __init__(self, type_: str) -> None:
        super().__init__(
            f"Setting up a payment method of type {type_} needs a mandate, and there is none yet. "
            "Say in `mandate_data` how the customer has accepted it."
        )


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

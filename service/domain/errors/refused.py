"""What every refusal is, and those that no single aggregate owns."""

from typing import ClassVar

from service.domain.verdicts import Reason


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
    """
    No object of the owner has this id. *absent* where the path named it, not a parameter.

    *hint* says where there is such an object, for whoever finds one elsewhere.
    """

    code = "resource_missing"
    hint: str = ""

    def __init__(self, noun: str, missing: str, *, param: str, absent: bool = False) -> None:
        super().__init__(f"No such {noun}: '{missing}'")
        self.missing = missing
        self.param = param
        self.absent = absent

    @property
    def message(self) -> str:
        return f"{self}{self.hint}"


class ResourceExists(Refused):
    """The id is taken. Ids are made to be new, so this is told to nobody in practice."""

    code = "resource_already_exists"

    def __init__(self, existing: str) -> None:
        super().__init__(f"{existing} exists already.")


class CardRefused(Refused):
    """The card is not taken: its number or date is wrong, or its issuer declined."""

    type = "card_error"
    declined = True

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.message)
        self.reason = reason
        self.code = reason.code
        self.param = reason.param


class TooManyPaymentMethods(Refused):
    """The customer has as many payment methods as one may have."""

    code = "customer_max_payment_methods"

    def __init__(self, customer: str, limit: int) -> None:
        super().__init__(f"Customer {customer} has {limit} payment methods, and may have no more.")


class TooMuchMetadata(Refused):
    """With what is already there, the metadata would have more keys than an object may have."""

    param = "metadata"

    def __init__(self, keys: int, limit: int) -> None:
        super().__init__(
            f"The metadata would have {keys} keys, and may have {limit}. Unset some first."
        )


class UnknownKey(Refused):
    """The account has no such key, or it was revoked."""

    def __init__(self, account: str) -> None:
        super().__init__(f"Account {account} has no such key.")


class OwnPlatform(Refused):
    """An account cannot be connected to itself."""

    param = "platform"

    def __init__(self, account: str) -> None:
        super().__init__(f"Account {account} cannot be its own platform.")

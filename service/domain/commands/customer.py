"""What may be asked of a Customer."""

from dataclasses import dataclass

from service.domain.values import JsonObject, Owner


@dataclass(frozen=True, slots=True, kw_only=True)
class Create:
    """Begin. *attributes* holds every attribute that is shown."""

    customer_id: str
    at: int
    owner: Owner
    attributes: JsonObject


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """
    Change attributes.

    *changes* holds whole new values, but for `metadata`, which is a merge patch (`""` for
    a key removes it, `""` for the whole clears it), and `invoice_settings`, whose members
    are laid over the old ones.
    """

    customer_id: str
    at: int
    changes: JsonObject


@dataclass(frozen=True, slots=True, kw_only=True)
class Delete:
    """
    Remove the customer for good.

    Detach each of the state's `payment_methods` in the same append.
    """

    customer_id: str
    at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AddPaymentMethod:
    """Note that *payment_method* is attached; in one append with `PaymentMethodAttached`."""

    customer_id: str
    at: int
    payment_method: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovePaymentMethod:
    """Note that *payment_method* is detached; in one append with `PaymentMethodDetached`."""

    customer_id: str
    at: int
    payment_method: str


Command = Create | Update | Delete | AddPaymentMethod | RemovePaymentMethod

"""What may be asked of a Customer."""

from service.domain.values import JsonObject, Owner, Value


class Create(Value, frozen=True, kw_only=True):
    """
    Begin. *attributes* holds every attribute that is shown.

    *payment_method* is attached right after, and is the only one that may be the default.
    """

    customer_id: str
    at: int
    owner: Owner
    attributes: JsonObject
    payment_method: str | None = None


class Update(Value, frozen=True, kw_only=True):
    """
    Change attributes.

    *changes* holds whole new values, but for `metadata`, which is a merge patch (`""` for
    a key removes it, `""` for the whole clears it), and `invoice_settings`, whose members
    are laid over the old ones.
    """

    customer_id: str
    at: int
    changes: JsonObject


class Delete(Value, frozen=True, kw_only=True):
    """
    Remove the customer for good.

    Detach each of the state's `payment_methods` in the same append.
    """

    customer_id: str
    at: int


class AddPaymentMethod(Value, frozen=True, kw_only=True):
    """Note that *payment_method* is attached; in one append with `PaymentMethodAttached`."""

    customer_id: str
    at: int
    payment_method: str


class RemovePaymentMethod(Value, frozen=True, kw_only=True):
    """Note that *payment_method* is detached; in one append with `PaymentMethodDetached`."""

    customer_id: str
    at: int
    payment_method: str


Command = Create | Update | Delete | AddPaymentMethod | RemovePaymentMethod

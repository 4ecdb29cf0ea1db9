"""What may be asked of a Customer."""

from service.domain.values import JsonObject, Owner, Value


class TaxId(Value, frozen=True):
    """A *value* that a customer is taxed by, of Stripe's *type* (`"eu_vat"`), called *id*."""

    id: str
    type: str
    value: str


class Create(Value, frozen=True, kw_only=True):
    """
    Begin. *attributes* holds every attribute that is shown.

    *payment_method* is attached right after, and is the only one that may be the default.
    With *located*, refuse where the addresses do not tell where the customer is taxed.
    """

    customer_id: str
    at: int
    owner: Owner
    attributes: JsonObject
    payment_method: str | None = None
    tax_ids: tuple[TaxId, ...] = ()
    located: bool = False


class Update(Value, frozen=True, kw_only=True):
    """
    Change attributes.

    *changes* holds whole new values, but for `metadata`, which is a merge patch (`""` for
    a key removes it, `""` for the whole clears it), and `invoice_settings`, whose members
    are laid over the old ones. *located* is as in `Create`.
    """

    customer_id: str
    at: int
    changes: JsonObject
    located: bool = False


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

"""What may be asked of a Mandate."""

from service.domain.values import JsonObject, MandateStatus, Owner, Value


class Create(Value, frozen=True, kw_only=True):
    """Put down that a customer agreed. *status* is `pending` until the agreement holds."""

    mandate_id: str
    at: int
    owner: Owner
    status: MandateStatus
    payment_method: str
    payment_method_details: JsonObject
    customer_acceptance: JsonObject
    single_use: JsonObject | None = None
    on_behalf_of: str | None = None


class Activate(Value, frozen=True, kw_only=True):
    """Let it hold from now on."""

    mandate_id: str
    at: int


class Deactivate(Value, frozen=True, kw_only=True):
    """End it, for good. One that has ended already is left as it is."""

    mandate_id: str
    at: int


Command = Create | Activate | Deactivate

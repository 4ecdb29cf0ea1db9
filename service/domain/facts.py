"""What one aggregate's decision must know of another aggregate."""

from service.domain.values import JsonObject, Value, field


class PaymentMethodFacts(Value, frozen=True, kw_only=True):
    """
    What a SetupIntent and the gateway must know of a payment method.

    *details* is the hash named like *type*. *snapshot* is the view of the payment method,
    which a declined setup shows for ever. *spent* means that it was set up without a
    customer, *detached* that a customer gave it up; neither may be used again. *mandates*
    are those that were made for it, whether they hold or not.
    """

    id: str
    type: str
    details: JsonObject
    scenario: str
    snapshot: JsonObject
    billing_details: JsonObject = field(default_factory=dict)
    customer: str | None = None
    spent: bool = False
    detached: bool = False
    mandates: tuple[str, ...] = ()

"""What a request to confirm a SetupIntent asks for, whichever operation it came by."""

from service.domain.instrument import Instrument
from service.domain.values import JsonObject, Value, field


class Confirmation(Value, frozen=True, kw_only=True):
    """
    What a confirmation asks for. *named* is a payment method's id, *inline* one to make.

    *allowed_types* filter the intent's types anew, before its payment method is looked at.
    *token* is a confirmation token that says whatever is not said here; *instrument* is what
    it brings along. *inferred_mandate_data* tell who asks, where a customer asks in person.
    """

    named: str | None = None
    inline: JsonObject | None = None
    instrument: Instrument | None = None
    token: str | None = None
    payment_method_options: JsonObject = field(default_factory=dict)
    return_url: str | None = None
    use_stripe_sdk: bool | None = None
    mandate_data: JsonObject | None = None
    inferred_mandate_data: JsonObject | None = None
    allowed_types: tuple[str, ...] | None = None

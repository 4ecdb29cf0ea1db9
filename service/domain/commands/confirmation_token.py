"""What may be asked of a confirmation token."""

from service.domain.instrument import Instrument
from service.domain.values import JsonObject, Owner, Value


class Create(Value, frozen=True, kw_only=True):
    """Put a confirmation together. The fields are those of `ConfirmationTokenCreated`."""

    confirmation_token_id: str
    at: int
    owner: Owner
    instrument: Instrument | None = None
    payment_method: str | None = None
    customer: str | None = None
    payment_method_options: JsonObject | None = None
    return_url: str | None = None
    setup_future_usage: str | None = None
    shipping: JsonObject | None = None
    mandate_data: JsonObject | None = None


class Use(Value, frozen=True, kw_only=True):
    """Confirm *setup_intent*, whose usage is *usage*, with it, in the same append."""

    confirmation_token_id: str
    at: int
    setup_intent: str
    usage: str


Command = Create | Use

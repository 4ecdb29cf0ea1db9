"""What has happened to a confirmation token."""

from service.domain.events.forgetting import PersonalDataForgotten
from service.domain.instrument import Instrument
from service.domain.values import JsonObject, Value


class ConfirmationTokenCreated(Value, frozen=True, kw_only=True):
    """
    What a page collected for a confirmation was put together under one name.

    *instrument* is what the payment method is made of when the token is used. Where
    *payment_method* is there already, it is that one as it was shown then, of *customer*.
    """

    confirmation_token_id: str
    at: int
    account: str
    livemode: bool
    instrument: Instrument | None = None
    payment_method: str | None = None
    customer: str | None = None
    payment_method_options: JsonObject | None = None
    return_url: str | None = None
    setup_future_usage: str | None = None
    shipping: JsonObject | None = None
    mandate_data: JsonObject | None = None
    use_stripe_sdk: bool = True


class ConfirmationTokenUsed(Value, frozen=True, kw_only=True):
    """*setup_intent* was confirmed with the token, which is good for nothing any more."""

    confirmation_token_id: str
    at: int
    setup_intent: str


ConfirmationTokenEvent = ConfirmationTokenCreated | ConfirmationTokenUsed | PersonalDataForgotten

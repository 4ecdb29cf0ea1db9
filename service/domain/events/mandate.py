"""What has happened to a Mandate: that a customer agreed to be debited, and until when it holds."""

from service.domain.events.forgetting import PersonalDataForgotten
from service.domain.values import JsonObject, MandateStatus, Value


class MandateCreated(Value, frozen=True, kw_only=True):
    """
    A customer's agreement was put down, for *payment_method*.

    *payment_method_details* and *customer_acceptance* are what the mandate shows of both for
    ever. *single_use* are the amount and currency that it is for; None for any number of
    payments.
    """

    mandate_id: str
    at: int
    account: str
    livemode: bool
    status: MandateStatus
    payment_method: str
    payment_method_details: JsonObject
    customer_acceptance: JsonObject
    single_use: JsonObject | None = None
    on_behalf_of: str | None = None


class MandateUpdated(Value, frozen=True, kw_only=True):
    """The agreement holds from now on, or does no longer."""

    mandate_id: str
    at: int
    status: MandateStatus


MandateEvent = MandateCreated | MandateUpdated | PersonalDataForgotten

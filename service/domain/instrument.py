"""An instrument before there is a payment method: all that one is made of, later."""

from collections.abc import Mapping

from service.domain.values import JsonObject, Value, field


class Instrument(Value, frozen=True, kw_only=True):
    """
    What the gateway keeps of an instrument, and what its owner said beside it.

    *details*, *scenario* and *billing_details* are as in `PaymentMethodCreated`.
    """

    type: str
    details: JsonObject
    scenario: str
    billing_details: JsonObject
    metadata: Mapping[str, str] = field(default_factory=dict)
    allow_redisplay: str = "unspecified"
    radar_options: JsonObject = field(default_factory=dict)

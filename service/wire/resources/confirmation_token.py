"""The confirmation_token object, and the payment method that it previews."""

from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from msgspec import UNSET, defstruct
from msgspec.structs import fields

from service.wire.resources.customer import Shipping
from service.wire.resources.payment_method import PaymentMethod
from service.wire.resources.shape import Maybe, Metadata, Resource, Timestamp, Usage


class OnlineAcceptance(Resource, frozen=True, kw_only=True):
    ip_address: str | None
    user_agent: str | None


class CustomerAcceptance(Resource, frozen=True, kw_only=True):
    online: OnlineAcceptance | None
    type: str


class MandateData(Resource, frozen=True, kw_only=True):
    customer_acceptance: CustomerAcceptance


class InstallmentPlan(Resource, frozen=True, kw_only=True):
    count: int | None
    interval: Literal["month"] | None
    type: Literal["bonus", "fixed_count", "revolving"]


class Installments(Resource, frozen=True, kw_only=True):
    plan: InstallmentPlan


class CardConfirmation(Resource, frozen=True, kw_only=True):
    cvc_token: str | None
    installments: Maybe[Installments] = UNSET


class ConfirmationOptions(Resource, frozen=True, kw_only=True):
    card: CardConfirmation | None


# What a payment method has and its preview has not.
_NOT_PREVIEWED: Final = frozenset(
    {
        "id",
        "object",
        "created",
        "custom",
        "livemode",
        "metadata",
        "radar_options",
        "shared_payment_granted_token",
    }
)

if TYPE_CHECKING:
    PaymentMethodPreview: TypeAlias = Resource
else:
    # Taken from the payment method itself, so that the two are never told differently.
    PaymentMethodPreview = defstruct(
        "PaymentMethodPreview",
        [
            (each.name, each.type) if each.required else (each.name, each.type, each.default)
            for each in fields(PaymentMethod)
            if each.name not in _NOT_PREVIEWED
        ],
        bases=(Resource,),
        module=__name__,
        frozen=True,
        kw_only=True,
        forbid_unknown_fields=True,
    )


class ConfirmationToken(Resource, frozen=True, kw_only=True):
    id: str
    object: Literal["confirmation_token"]
    created: Timestamp
    expires_at: Timestamp | None
    livemode: bool
    mandate_data: MandateData | None
    metadata: Metadata | None
    payment_intent: str | None
    payment_method_options: ConfirmationOptions | None
    payment_method_preview: PaymentMethodPreview | None
    return_url: str | None
    setup_future_usage: Usage | None
    setup_intent: str | None
    shipping: Shipping | None
    use_stripe_sdk: bool

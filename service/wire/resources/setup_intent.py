"""The setup_intent object."""

from typing import Literal, TypeAlias

from msgspec import UNSET

from service.wire.params.enumerations import AllowedMethod, ExcludedMethod
from service.wire.resources.error import ApiError
from service.wire.resources.next_action import NextAction
from service.wire.resources.payment_method_options import PaymentMethodOptions
from service.wire.resources.shape import (
    ACustomer,
    AMandate,
    AnAccount,
    AnApplication,
    APaymentMethod,
    ASetupAttempt,
    FlowDirection,
    Maybe,
    Metadata,
    Resource,
    Timestamp,
    Usage,
)

CancellationReason: TypeAlias = Literal["abandoned", "duplicate", "requested_by_customer"]
Status: TypeAlias = Literal[
    "canceled",
    "processing",
    "requires_action",
    "requires_confirmation",
    "requires_payment_method",
    "succeeded",
]


class AutomaticPaymentMethods(Resource, frozen=True, kw_only=True):
    allow_redirects: Maybe[Literal["always", "never"]] = UNSET
    enabled: bool | None


class ManagedPayments(Resource, frozen=True, kw_only=True):
    enabled: bool


class ConfigurationDetails(Resource, frozen=True, kw_only=True):
    id: str
    parent: str | None


class SetupIntent(Resource, frozen=True, kw_only=True):
    id: str
    object: Literal["setup_intent"]
    allowed_payment_method_types: list[AllowedMethod] | None
    application: AnApplication | None
    attach_to_self: Maybe[bool] = UNSET
    automatic_payment_methods: AutomaticPaymentMethods | None
    cancellation_reason: CancellationReason | None
    client_secret: str | None
    created: Timestamp
    customer: ACustomer | None
    customer_account: str | None
    description: str | None
    excluded_payment_method_types: list[ExcludedMethod] | None
    flow_directions: list[FlowDirection] | None
    last_setup_error: ApiError | None
    latest_attempt: ASetupAttempt | None
    livemode: bool
    managed_payments: ManagedPayments | None
    mandate: AMandate | None
    metadata: Metadata
    next_action: NextAction | None
    on_behalf_of: AnAccount | None
    payment_method: APaymentMethod | None
    payment_method_configuration_details: ConfigurationDetails | None
    payment_method_options: PaymentMethodOptions | None
    payment_method_types: list[str]
    single_use_mandate: AMandate | None
    status: Status
    usage: Usage


class PublicSetupIntent(Resource, frozen=True, kw_only=True):
    """What of a SetupIntent a publishable key is shown."""

    id: str
    object: Literal["setup_intent"]
    cancellation_reason: CancellationReason | None
    client_secret: str | None
    created: Timestamp
    description: str | None
    last_setup_error: ApiError | None
    livemode: bool
    next_action: NextAction | None
    payment_method: APaymentMethod | None
    payment_method_types: list[str]
    status: Status
    usage: Usage

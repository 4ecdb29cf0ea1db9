"""What the operations on SetupIntents take, and their attempts' list."""

from typing import Annotated, Literal, TypeAlias

from msgspec import UNSET, Meta

from service.wire.hashes import (
    Amount,
    Clearable,
    ClearableText,
    Ignored,
    Maybe,
    Metadata,
    ReturnUrl,
    Text,
)
from service.wire.params import exclusions
from service.wire.params.browser import BrowserCall
from service.wire.params.details import AutomaticPaymentMethods, SingleUse
from service.wire.params.enumerations import AllowedMethod, ExcludedMethod, MethodType
from service.wire.params.lists import Created, Expandable, ListParams
from service.wire.params.mandate_data import BrowserMandateData, MandateData
from service.wire.params.payment_method_data import PaymentMethodData
from service.wire.params.payment_method_options import PaymentMethodOptions

AllowedMethods: TypeAlias = tuple[AllowedMethod, ...]
ExcludedMethods: TypeAlias = tuple[ExcludedMethod, ...]
FlowDirections: TypeAlias = tuple[Literal["inbound", "outbound"], ...]
# In cents. More than a cent or two under a dollar is never sent, and never matches.
Amounts: TypeAlias = tuple[Amount, ...]
Description: TypeAlias = Annotated[str, Meta(min_length=1, max_length=1000)]
ClearableDescription: TypeAlias = Annotated[str, Meta(max_length=1000)]
Configuration: TypeAlias = Annotated[str, Meta(min_length=1, max_length=100)]


class SetupIntentCreateParams(Expandable, frozen=True, kw_only=True):
    allowed_payment_method_types: Maybe[AllowedMethods] = UNSET
    attach_to_self: Maybe[bool] = UNSET
    automatic_payment_methods: Maybe[AutomaticPaymentMethods] = UNSET
    confirm: bool = False
    confirmation_token: Maybe[Text] = UNSET
    customer: Maybe[Text] = UNSET
    customer_account: Maybe[Text] = UNSET
    description: Maybe[Description] = UNSET
    excluded_payment_method_types: Maybe[ExcludedMethods] = UNSET
    flow_directions: Maybe[FlowDirections] = UNSET
    mandate_data: Maybe[Clearable[MandateData]] = UNSET
    metadata: Maybe[Clearable[Metadata]] = UNSET
    on_behalf_of: Maybe[Text] = UNSET
    payment_method: Maybe[Text] = UNSET
    payment_method_configuration: Maybe[Configuration] = UNSET
    payment_method_data: Maybe[PaymentMethodData] = UNSET
    payment_method_options: Maybe[PaymentMethodOptions] = UNSET
    payment_method_types: Maybe[tuple[MethodType, ...]] = UNSET
    return_url: Maybe[ReturnUrl] = UNSET
    single_use: Maybe[SingleUse] = UNSET
    usage: Literal["off_session", "on_session"] = "off_session"
    use_stripe_sdk: Maybe[bool] = UNSET

    def check(self, name: str) -> None:  # noqa: ARG002 (It always stands at the top.)
        exclusions.of_create(self)


class SetupIntentUpdateParams(Expandable, frozen=True, kw_only=True):
    allowed_payment_method_types: Maybe[Clearable[AllowedMethods]] = UNSET
    attach_to_self: Maybe[bool] = UNSET
    customer: Maybe[Text] = UNSET
    customer_account: Maybe[Text] = UNSET
    description: Maybe[ClearableDescription] = UNSET
    excluded_payment_method_types: Maybe[Clearable[ExcludedMethods]] = UNSET
    flow_directions: Maybe[FlowDirections] = UNSET
    metadata: Maybe[Clearable[Metadata]] = UNSET
    payment_method: Maybe[ClearableText] = UNSET
    payment_method_configuration: Maybe[Configuration] = UNSET
    payment_method_data: Maybe[PaymentMethodData] = UNSET
    payment_method_options: Maybe[PaymentMethodOptions] = UNSET
    payment_method_types: Maybe[tuple[MethodType, ...]] = UNSET

    def check(self, name: str) -> None:  # noqa: ARG002 (It always stands at the top.)
        exclusions.of_update(self)


class Confirmation(BrowserCall, frozen=True, kw_only=True):
    """What a confirmation takes, whoever sends it."""

    allowed_payment_method_types: Maybe[AllowedMethods] = UNSET
    client_secret: Maybe[Text] = UNSET
    confirmation_token: Maybe[Text] = UNSET
    payment_method: Maybe[Text] = UNSET
    payment_method_data: Maybe[PaymentMethodData] = UNSET
    payment_method_options: Maybe[PaymentMethodOptions] = UNSET
    return_url: Maybe[ReturnUrl] = UNSET
    use_stripe_sdk: Maybe[bool] = UNSET

    def check(self, name: str) -> None:  # noqa: ARG002 (It always stands at the top.)
        exclusions.of_confirmation(self)


class SetupIntentConfirmParams(Confirmation, frozen=True, kw_only=True):
    """A confirmation with a secret key."""

    mandate_data: Maybe[Clearable[MandateData]] = UNSET


class SetupIntentBrowserConfirmParams(Confirmation, frozen=True, kw_only=True):
    """A confirmation with a publishable key."""

    mandate_data: Maybe[Clearable[BrowserMandateData]] = UNSET


class SetupIntentCancelParams(Expandable, frozen=True, kw_only=True):
    cancellation_reason: Maybe[Literal["abandoned", "duplicate", "requested_by_customer"]] = UNSET


class SetupIntentVerifyMicrodepositsParams(BrowserCall, frozen=True, kw_only=True):
    """What the deposits were: their amounts, or the code in their descriptor."""

    amounts: Maybe[Amounts] = UNSET
    client_secret: Maybe[Text] = UNSET
    descriptor_code: Maybe[Text] = UNSET

    def check(self, name: str) -> None:  # noqa: ARG002 (It always stands at the top.)
        exclusions.of_verification(self)


class SetupIntentRetrieveParams(BrowserCall, frozen=True, kw_only=True):
    client_secret: Maybe[Text] = UNSET
    is_stripe_sdk: Ignored = UNSET


class SetupIntentListParams(ListParams, frozen=True, kw_only=True):
    attach_to_self: Maybe[bool] = UNSET
    created: Maybe[Created] = UNSET
    customer: Maybe[Text] = UNSET
    customer_account: Maybe[Text] = UNSET
    payment_method: Maybe[Text] = UNSET


class SetupAttemptListParams(ListParams, frozen=True, kw_only=True):
    created: Maybe[Created] = UNSET
    setup_intent: Text

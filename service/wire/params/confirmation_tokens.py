"""What the operations on confirmation tokens take."""

from typing import Annotated, Literal

from msgspec import UNSET, Meta

from service.wire import bad_param
from service.wire.hashes import Hash, Ignored, Maybe, ReturnUrl, Text
from service.wire.params.browser import BrowserCall
from service.wire.params.details import Shipping
from service.wire.params.lists import Expandable
from service.wire.params.mandate_data import BrowserMandateData
from service.wire.params.payment_method_data import PaymentMethodData


class InstallmentPlan(Hash, frozen=True, kw_only=True):
    count: Maybe[Annotated[int, Meta(ge=1, le=99)]] = UNSET
    interval: Maybe[Literal["month"]] = UNSET
    type: Literal["bonus", "fixed_count", "revolving"]


class Installments(Hash, frozen=True, kw_only=True):
    plan: InstallmentPlan


class CardConfirmation(Hash, frozen=True, kw_only=True):
    installments: Maybe[Installments] = UNSET


class ConfirmationOptions(Hash, frozen=True, kw_only=True):
    card: Maybe[CardConfirmation] = UNSET


class ConfirmationTokenCreateParams(Expandable, frozen=True, kw_only=True):
    """A token that a test makes, in the place of a page."""

    payment_method: Maybe[Text] = UNSET
    payment_method_data: Maybe[PaymentMethodData] = UNSET
    payment_method_options: Maybe[ConfirmationOptions] = UNSET
    return_url: Maybe[ReturnUrl] = UNSET
    setup_future_usage: Maybe[Literal["off_session", "on_session"]] = UNSET
    shipping: Maybe[Shipping] = UNSET

    def check(self, name: str) -> None:  # noqa: ARG002 (It always stands at the top.)
        check_source(self)


class ConfirmationTokenBrowserCreateParams(BrowserCall, frozen=True, kw_only=True):
    """A token that a page makes. What the page was set up with is told, and taken as it is."""

    client_context: Ignored = UNSET
    mandate_data: Maybe[BrowserMandateData] = UNSET
    payment_method: Maybe[Text] = UNSET
    payment_method_data: Maybe[PaymentMethodData] = UNSET
    payment_method_options: Maybe[ConfirmationOptions] = UNSET
    return_url: Maybe[ReturnUrl] = UNSET
    set_as_default_payment_method: Ignored = UNSET
    setup_future_usage: Maybe[Literal["off_session", "on_session"]] = UNSET
    shipping: Maybe[Shipping] = UNSET

    def check(self, name: str) -> None:  # noqa: ARG002 (It always stands at the top.)
        check_source(self)


def check_source(
    params: ConfirmationTokenCreateParams | ConfirmationTokenBrowserCreateParams,
) -> None:
    """Raise `BadParam` where two payment methods are named."""
    if params.payment_method is not UNSET and params.payment_method_data is not UNSET:
        raise bad_param.exclusive("payment_method", "payment_method_data")


class ConfirmationTokenRetrieveParams(Expandable, frozen=True, kw_only=True):
    pass

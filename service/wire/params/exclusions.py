"""Which of a SetupIntent's parameters exclude each other. The types cannot say it; this does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from msgspec import UNSET

from service.wire import bad_param
from service.wire.bad_param import BadParam

if TYPE_CHECKING:
    from service.wire.params.setup_intents import (
        Confirmation,
        SetupIntentCreateParams,
        SetupIntentUpdateParams,
        SetupIntentVerifyMicrodepositsParams,
    )

# What `allowed_payment_method_types` replaces.
_OTHER_CHOICES_OF_TYPES: Final = (
    "payment_method_types",
    "excluded_payment_method_types",
    "automatic_payment_methods",
    "payment_method_configuration",
)
_DEPOSITS: Final = 2
_ONLY_WITH_CONFIRM: Final = ("confirmation_token", "mandate_data", "return_url")


def of_create(params: SetupIntentCreateParams) -> None:
    """Raise `BadParam` where a create contradicts itself."""
    _check_whom(params)
    _check_what(params)
    _check_types(params)
    automatic = params.automatic_payment_methods
    if automatic is not UNSET and automatic.enabled and params.payment_method_types is not UNSET:
        raise bad_param.exclusive("automatic_payment_methods[enabled]", "payment_method_types")
    if not params.confirm:
        _check_without_confirm(params)


def of_update(params: SetupIntentUpdateParams) -> None:
    """Raise `BadParam` where an update contradicts itself."""
    _check_whom(params)
    _refuse_both(params, "payment_method", "payment_method_data")
    _check_types(params)


def of_confirmation(params: Confirmation) -> None:
    """Raise `BadParam` where a confirmation contradicts itself."""
    _check_what(params)


def of_verification(params: SetupIntentVerifyMicrodepositsParams) -> None:
    """Raise `BadParam` where the deposits are named twice, in part or not at all."""
    _refuse_both(params, "amounts", "descriptor_code")
    if params.amounts is UNSET and params.descriptor_code is UNSET:
        raise BadParam(
            "Say what the deposits were: send 'amounts' or 'descriptor_code'.",
            code="parameter_missing",
            param="amounts",
        )
    if params.amounts is not UNSET and len(params.amounts) != _DEPOSITS:
        raise BadParam(
            f"There were {_DEPOSITS} deposits; name the amount of each.",
            code="payment_method_microdeposit_verification_amounts_invalid",
            param="amounts",
        )


def _check_whom(params: SetupIntentCreateParams | SetupIntentUpdateParams) -> None:
    _refuse_both(params, "customer", "customer_account")
    if params.attach_to_self is True:
        _refuse_both(params, "customer", "attach_to_self")
        _refuse_both(params, "customer_account", "attach_to_self")


def _check_what(params: SetupIntentCreateParams | Confirmation) -> None:
    _refuse_both(params, "payment_method", "payment_method_data")


def _check_types(params: SetupIntentCreateParams | SetupIntentUpdateParams) -> None:
    if _is_sent(params, "allowed_payment_method_types"):
        for name in _OTHER_CHOICES_OF_TYPES:
            _refuse_both(params, "allowed_payment_method_types", name)


def _check_without_confirm(params: SetupIntentCreateParams) -> None:
    for name in _ONLY_WITH_CONFIRM:
        if _is_sent(params, name):
            raise BadParam(f"'{name}' is taken only together with confirm=true.", param=name)


def _refuse_both(params: Any, first: str, second: str) -> None:
    # The second is the one that is seldom sent.
    if _is_sent(params, second) and _is_sent(params, first):
        raise bad_param.exclusive(first, second)


def _is_sent(params: Any, name: str) -> bool:
    """Tell whether *name* holds something: what is unset contradicts nothing."""
    value = getattr(params, name, UNSET)
    return value is not UNSET and value != ""

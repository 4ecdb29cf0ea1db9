"""From the parameters of a SetupIntent's operations to what the command path is asked."""

from typing import Any, Final, Literal, TypeAlias, TypeVar

import msgspec
from msgspec import UNSET, Struct, UnsetType

from service.api.call import Call
from service.commands.confirmation import Confirmation
from service.domain.commands import setup_intent as si
from service.gateways.port import Deposits
from service.wire.bad_param import BadParam, shown
from service.wire.params import setup_intents as params
from service.wire.versions import AUTOMATIC_METHODS_BY_DEFAULT

Given = TypeVar("Given")

_WithOptions: TypeAlias = (
    params.SetupIntentCreateParams | params.SetupIntentUpdateParams | params.Confirmation
)

# What `payment_method` becomes is decided from the confirmation; the rest is shown as given.
_NOT_CHANGES: Final = frozenset(
    {"expand", "payment_method", "payment_method_data", "payment_method_options"}
)
_UNSET_BY_EMPTY: Final = frozenset(
    {"allowed_payment_method_types", "description", "excluded_payment_method_types"}
)


def given_or_none(value: Given | Literal[""] | UnsetType) -> Given | None:
    """Return *value*, or None where it was not sent or sent empty to unset it."""
    return None if value is UNSET or value == "" else value


def plain(value: Any) -> Any:
    """Return a declared hash as a dict without what was not sent; None for nothing."""
    return msgspec.to_builtins(value) if isinstance(value, Struct) else None


def options_of(given: _WithOptions) -> dict[str, Any]:
    """
    Return `payment_method_options` as they are kept.

    A cryptogram is authentication data that nobody may keep once it was used, and so is the
    code from a BLIK app; they go no further than this. UPI's terms may also be told with the
    payment method, which does not show them.
    """
    options: dict[str, Any] = plain(given.payment_method_options) or {}
    options.get("card", {}).get("three_d_secure", {}).pop("cryptogram", None)
    options.get("blik", {}).pop("code", None)
    data = given.payment_method_data
    if data is not UNSET and data.upi is not UNSET:
        options["upi"] = {**plain(data.upi), **options.get("upi", {})}
    return options


def creation_of(call: Call, given: params.SetupIntentCreateParams) -> si.Create:
    """Return the command that makes the intent, still without its payment method."""
    types, automatic = given_or_none(given.payment_method_types), given.automatic_payment_methods
    dynamic = types is None and given.allowed_payment_method_types is UNSET
    if automatic is not UNSET:
        dynamic = dynamic and automatic.enabled
    elif dynamic and not call.version.is_since(AUTOMATIC_METHODS_BY_DEFAULT):
        dynamic, types = False, ("card",)
    configuration = given_or_none(given.payment_method_configuration)
    if dynamic and configuration is None:
        configuration = call.house.configurations.default_of(call.owner)
    _check_names(given)
    _check_connected(call, given.on_behalf_of)
    return si.Create(
        setup_intent_id=call.new_id("seti"),
        at=call.at,
        owner=call.owner,
        usage=given.usage,
        payment_method_types=types,
        customer=given_or_none(given.customer),
        description=given_or_none(given.description),
        metadata=given_or_none(given.metadata) or {},
        allowed_payment_method_types=given_or_none(given.allowed_payment_method_types),
        excluded_payment_method_types=given_or_none(given.excluded_payment_method_types),
        automatic_payment_methods=plain(given.automatic_payment_methods),
        payment_method_configuration=configuration,
        payment_method_options=options_of(given),
        flow_directions=given_or_none(given.flow_directions),
        attach_to_self=given_or_none(given.attach_to_self),
        on_behalf_of=given_or_none(given.on_behalf_of),
        application=call.principal.application,
        single_use=plain(given.single_use),
    )


def changes_of(given: params.SetupIntentUpdateParams) -> dict[str, Any]:
    """Return the changes that the command is given; its payment method comes apart."""
    _check_names(given)
    changes: dict[str, Any] = {}
    for name in given.__struct_fields__:
        value = getattr(given, name)
        if value is UNSET or name in _NOT_CHANGES:
            continue
        if isinstance(value, Struct):
            changes[name] = plain(value)
        else:
            changes[name] = None if value == "" and name in _UNSET_BY_EMPTY else value
    options = options_of(given)
    if options:
        changes["payment_method_options"] = options
    if given.payment_method == "":
        changes["payment_method"] = None
    return changes


def confirmation_of(given: _WithOptions) -> Confirmation:
    """Return what a confirmation is asked; of an update, only the payment method counts."""
    named = given_or_none(given.payment_method)
    inline = plain(given.payment_method_data)
    if isinstance(given, params.SetupIntentUpdateParams):
        return Confirmation(named=named, inline=inline)
    options: Any = {}
    allowed: tuple[str, ...] | None = None
    if isinstance(given, params.Confirmation):
        options = options_of(given)
        allowed = given_or_none(given.allowed_payment_method_types)
    return Confirmation(
        named=named,
        inline=inline,
        payment_method_options=options,
        return_url=given_or_none(given.return_url),
        use_stripe_sdk=given_or_none(given.use_stripe_sdk),
        token=given_or_none(given.confirmation_token),
        mandate_data=plain(getattr(given, "mandate_data", None)),
        allowed_types=allowed,
    )


def deposits_of(given: params.SetupIntentVerifyMicrodepositsParams) -> Deposits:
    """Return what a customer says that the microdeposits were."""
    if given.amounts is UNSET:
        return Deposits(descriptor_code=given_or_none(given.descriptor_code))
    first, second = given.amounts
    return Deposits(amounts=(first, second))


def _check_names(given: params.SetupIntentCreateParams | params.SetupIntentUpdateParams) -> None:
    """Refuse names of things that cannot be here."""
    if given.customer_account is not UNSET:
        raise BadParam(
            f"No such account: '{given.customer_account}'. Customers of this service are named "
            "by `customer`.",
            code="resource_missing",
            param="customer_account",
        )


def _check_connected(call: Call, account: str | UnsetType) -> None:
    """Refuse to set something up for an account that is not connected to the caller's."""
    if account is UNSET or call.accounts.is_connected(account, call.owner.account):
        return
    raise BadParam(
        f"No such account: '{shown(account)}'. It has to be connected to the account "
        f"{call.owner.account}.",
        code="resource_missing",
        param="on_behalf_of",
    )

"""From the parameters of a Customer's operations to what the command path is asked."""

from collections.abc import Mapping
from typing import Any, Final

from msgspec import UNSET, Struct

from projections.customer import FRESH
from service.api.call import Call
from service.api.setup_intent_requests import plain
from service.commands.instruments import full_address, full_shipping
from service.domain.commands import customer as cus
from service.wire.params import customers as params

_NOT_ATTRIBUTES: Final = frozenset({"expand", "payment_method", "tax_id_data"})
# What an attribute becomes when it is unset, where that is not null.
_WHEN_UNSET: Final[dict[str, Any]] = {
    "metadata": "",
    "preferred_locales": [],
    "tax_exempt": "none",
}
_PREFIX_LENGTH: Final = 8
_TAX_ID: Final = "txi"


def creation_of(
    call: Call, given: params.CustomerCreateParams, name: str, taken: Mapping[str, str]
) -> cus.Create:
    """
    Return the command that makes the customer *name*, with every attribute that is shown.

    *taken* maps the payment method that it begins with, as it was named, to its id.
    """
    changes = changes_of(given)
    settings = {**FRESH["invoice_settings"], **changes.pop("invoice_settings", {})}
    default = settings["default_payment_method"]
    settings["default_payment_method"] = taken.get(default, default)
    metadata = changes.pop("metadata", None) or {}
    attributes = {
        **FRESH,
        "invoice_prefix": name[-_PREFIX_LENGTH:].upper(),
        **changes,
        "invoice_settings": settings,
        "metadata": metadata,
    }
    (payment_method,) = taken.values() or (None,)
    told: Any = given.tax_id_data or ()
    return cus.Create(
        customer_id=name,
        at=call.at,
        owner=call.owner,
        attributes=attributes,
        payment_method=payment_method,
        tax_ids=tuple(cus.TaxId(call.new_id(_TAX_ID), one.type, one.value) for one in told),
        located=is_to_be_located(given),
    )


def is_to_be_located(given: params.CustomerUpdateParams) -> bool:
    """Say whether *given* asks that the addresses tell where the customer is taxed."""
    return given.tax is not UNSET and given.tax.validate_location == "immediately"


def changes_of(given: params.CustomerUpdateParams) -> dict[str, Any]:
    """Return the attributes that *given* names, with their whole new values."""
    changes: dict[str, Any] = {}
    for name in given.__struct_fields__:
        value = getattr(given, name)
        if value is UNSET or name in _NOT_ATTRIBUTES:
            continue
        if value == "":
            changes[name] = _WHEN_UNSET.get(name)
        elif isinstance(value, Struct):
            changes |= _hash(name, plain(value))
        else:
            changes[name] = list(value) if isinstance(value, tuple) else value
    return changes


def _hash(name: str, value: dict[str, Any]) -> dict[str, Any]:
    """Return the attribute that the hash *name* changes; none where it says nothing to keep."""
    match name:
        case "address":
            return {name: full_address(value)}
        case "shipping":
            return {name: full_shipping(value)}
        case "tax":
            return (
                {name: {"ip_address": value["ip_address"] or None}} if "ip_address" in value else {}
            )
        case "cash_balance":
            return {name: value} if value.get("settings") else {}
        case _:
            return {name: _unset(value)}


def _unset(value: Any) -> Any:
    """Return *value* with None wherever an empty text asks for something to be unset."""
    if isinstance(value, dict):
        return {key: _unset(each) for key, each in value.items()}
    return None if value == "" else value

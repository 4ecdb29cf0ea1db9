"""
What is left of a value once the personal data in it is gone.

Each function returns a value of the same shape, with null or an empty hash where something of
a person was, and the very value that it was given where nothing was: so `is` tells whether
there was anything personal. A card's and an account's last digits, bank and fingerprint are
the instrument's own and stay: without a name beside them they tell of nobody.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final, TypeAlias

from service.domain.values import Json, replace

Blank: TypeAlias = Callable[[Any], Any]

# What an instrument's hash, or a wallet in it, tells of the person who owns it.
_OF_ITS_OWNER: Final = frozenset(
    {
        "account_holder_name",
        "billing_address",
        "buyer_id",
        "cashtag",
        "dob",
        "email",
        "name",
        "pay_id",
        "payer_email",
        "payer_id",
        "payer_name",
        "shipping_address",
        "tax_id",
        "verified_address",
        "verified_email",
        "verified_name",
        "vpa",
    }
)


def gone(_: Json) -> None:
    """Leave null."""
    return


def emptied(value: Any) -> Any:
    """Leave an empty hash of a hash, and an empty text of a text that is never null."""
    return type(value)() if value else value


def nulled(value: Json) -> Json:
    """Leave a hash whole, with null for each of its leaves."""
    if _is_null(value):
        return value
    if not isinstance(value, dict):
        return None
    return {name: nulled(each) for name, each in value.items()}


def _is_null(value: Json) -> bool:
    """Say whether a hash has no leaf but nulls, as most billing details do."""
    if value is None:
        return True
    if not isinstance(value, dict):
        return False
    return all(map(_is_null, value.values()))


def members(blanks: Mapping[str, Blank], value: Json) -> Json:
    """Leave of the members of a hash that have one in *blanks* what that leaves of them."""
    if not value:
        return value
    left = {
        name: blank(value[name])
        for name, blank in blanks.items()
        if name in value and value[name] is not None
    }
    if all(each is value[name] for name, each in left.items()):
        return value
    return {**value, **left}


def instrument(value: Json) -> Json:
    """Leave of an instrument's hash what is not its owner's."""
    wallet = value.get("wallet")
    if wallet is None and _OF_ITS_OWNER.isdisjoint(value):
        return value
    left = {name: None if name in _OF_ITS_OWNER else each for name, each in value.items()}
    if wallet is not None:
        left["wallet"] = _wallet(wallet)
    return value if left == value else left


def _wallet(value: Json) -> Json:
    if not isinstance(value, Mapping):
        return value
    return {n: None if n in _OF_ITS_OWNER else _wallet(each) for n, each in value.items()}


def typed(value: Json) -> Json:
    """Leave of `{"type": "card", "card": {...}}` what `instrument` leaves of the inner hash."""
    type_ = value.get("type")
    inner = value.get(type_)
    if not inner:
        return value
    left = instrument(inner)
    return value if left is inner else {**value, type_: left}


# Who accepted a mandate: from where, and with what.
acceptance: Final[Blank] = partial(members, {"online": nulled, "offline": nulled})
mandate_data: Final[Blank] = partial(members, {"customer_acceptance": acceptance})

_OF_A_METHOD: Final[Mapping[str, Blank]] = {"billing_details": nulled, "metadata": emptied}
method_changes: Final[Blank] = partial(members, {**_OF_A_METHOD, "details": instrument})


def method(value: Json) -> Json:
    """Leave of a payment method, as it is shown, what is not its owner's."""
    return members(_OF_A_METHOD, typed(value))


def kept_instrument(value: Any) -> Any:
    """Do as `instrument` with an `Instrument` that is there before its payment method."""
    if value is None:
        return None
    left = method_changes(
        {
            "billing_details": value.billing_details,
            "details": value.details,
            "metadata": value.metadata,
        }
    )
    if all(left[name] is getattr(value, name) for name in left):
        return value
    return replace(value, **left)


# What a customer is known by. All else (balances, counters, tax exemption) is the business's.
customer: Final[Blank] = partial(
    members,
    {
        "address": gone,
        "business_name": gone,
        "description": gone,
        "email": gone,
        "individual_name": gone,
        "invoice_settings": partial(members, {"custom_fields": gone, "footer": gone}),
        "metadata": emptied,
        "name": gone,
        "phone": gone,
        "shipping": gone,
        "tax": partial(members, {"ip_address": gone}),
    },
)

# What a merchant writes on a SetupIntent, which may be about its customer.
words: Final[Blank] = partial(members, {"description": gone, "metadata": emptied})

# What a token shows of the holder of its card or account.
_OF_A_HOLDER: Final = (
    "account_holder_name",
    "address_city",
    "address_country",
    "address_line1",
    "address_line2",
    "address_state",
    "address_zip",
    "name",
)
holder: Final[Blank] = partial(members, dict.fromkeys(_OF_A_HOLDER, gone))

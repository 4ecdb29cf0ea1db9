"""
A SetupIntent's payment_method_options as they are shown.

Each type that the intent takes and that has options is shown whole, with nulls and defaults,
whatever was given. What only steers one confirmation (an authentication done elsewhere, a
mail order, a code from an app) is not shown, nor what an empty value has unset. Link's
persistent token has no function any more, and is null whatever was given.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

from projections.view import View

# What is shown where nobody gave anything. A hash in a hash is laid over member by member.
_DEFAULTS: Final[Mapping[str, View]] = {
    "acss_debit": {
        "currency": None,
        "mandate_options": {
            "interval_description": None,
            "payment_schedule": None,
            "transaction_type": None,
        },
        "verification_method": "automatic",
    },
    "amazon_pay": {},
    "bacs_debit": {"mandate_options": {}},
    "bizum": {},
    "blik": {"mandate_options": {"expires_at": None, "type": "off_session"}},
    "card": {"mandate_options": None, "network": None, "request_three_d_secure": "automatic"},
    "klarna": {"currency": None, "preferred_locale": None},
    "link": {"persistent_token": None},
    "paypal": {"billing_agreement_id": None},
    "payto": {
        "mandate_options": {
            "amount": None,
            "amount_type": None,
            "end_date": None,
            "payment_schedule": None,
            "payments_per_period": None,
            "purpose": None,
            "start_date": None,
        }
    },
    "pix": {"mandate_options": {}},
    "sepa_debit": {"mandate_options": {}},
    "upi": {
        "mandate_options": {
            "amount": None,
            "amount_type": None,
            "description": None,
            "end_date": None,
        }
    },
    "us_bank_account": {"mandate_options": {}, "verification_method": "automatic"},
}
# What a hash shows beside what was given of it, once anything was.
_ONCE_GIVEN: Final[Mapping[tuple[str, str], View]] = {
    ("card", "mandate_options"): {
        "description": None,
        "end_date": None,
        "interval_count": None,
        "supported_types": None,
    },
    ("us_bank_account", "financial_connections"): {"prefetch": None},
}
_NOT_SHOWN: Final[Mapping[str, frozenset[str]]] = {
    "card": frozenset({"moto", "three_d_secure"}),
    "klarna": frozenset({"on_demand", "subscriptions"}),
    "link": frozenset({"persistent_token"}),
    "upi": frozenset({"setup_future_usage"}),
    "us_bank_account": frozenset({"networks"}),
}
_NOTHING: Final[frozenset[str]] = frozenset()


def shown_options(given: Mapping[str, Any], types: Sequence[str]) -> View:
    """
    Return *given* options, which may have been shown before, for an intent that takes *types*.

    Defaults of a type that is no longer among the types go with it; what was given stays.
    """
    usual = _usual(tuple(types))
    if not given:
        return usual
    kept = {
        kind: _shown(kind, options)
        for kind, options in given.items()
        if kind in _DEFAULTS and (kind in usual or options != _DEFAULTS[kind])
    }
    return dict(sorted({**usual, **kept}.items()))


@lru_cache(maxsize=1024)
def _usual(types: tuple[str, ...]) -> View:
    """Return the defaults of *types*: intents of one account mostly take the same ones."""
    return {kind: dict(_DEFAULTS[kind]) for kind in sorted(types) if kind in _DEFAULTS}


def _shown(kind: str, given: Mapping[str, Any]) -> View:
    hidden = _NOT_SHOWN.get(kind, _NOTHING)
    defaults = _DEFAULTS[kind]
    shown = dict(defaults)
    for name, value in given.items():
        if name not in hidden and value != "":
            shown[name] = _laid(kind, name, defaults.get(name), value)
    return dict(sorted(shown.items()))


def _laid(kind: str, name: str, default: Any, value: Any) -> Any:
    """Return *value*, a hash with the members that are always shown of it."""
    if not isinstance(value, Mapping):
        return value
    always = default or _ONCE_GIVEN.get((kind, name)) or {}
    set_ = {key: one for key, one in value.items() if one != ""}
    return dict(sorted({**always, **set_}.items()))

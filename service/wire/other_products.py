"""
Where paths lead in objects of Stripe's that are never here: those of other products.

A customer's `sources` and `subscriptions` are always empty, and may be expanded all the same,
with what is below them, as far as a path of four levels gets: code that was written for Stripe
asks for `subscriptions.data.latest_invoice.payment_intent`. Nothing stands at the end of such
a path, so only what can be an id is named here, in every version of the API, and what leads
there. What Seti has itself is declared with the resources.
"""

from collections.abc import Mapping
from typing import Final

_TEST_CLOCK: Final = "test_helpers.test_clock"
_BILLED: Final = {
    "application": "application",
    "automatic_tax": "automatic_tax",
    "customer": "customer",
    "default_payment_method": "payment_method",
    "default_source": "source",
    "default_tax_rates": "tax_rate",
    "discount": "discount",
    "discounts": "discount",
    "on_behalf_of": "account",
    "test_clock": _TEST_CLOCK,
    "transfer_data": "transfer_data",
}

# By the kind of an object or a hash: which of its fields lead on, each to what kind.
LEADS: Final[Mapping[str, Mapping[str, str]]] = {
    "subscription": {
        **_BILLED,
        "invoice_settings": "subscription_invoice_settings",
        "items": "page",
        "latest_invoice": "invoice",
        "pending_setup_intent": "setup_intent",
        "plan": "plan",
        "schedule": "subscription_schedule",
    },
    "subscription_invoice_settings": {"account_tax_ids": "tax_id", "issuer": "issuer"},
    "subscription_schedule": {
        "application": "application",
        "customer": "customer",
        "subscription": "subscription",
        "test_clock": _TEST_CLOCK,
    },
    "invoice": {
        **_BILLED,
        "account_tax_ids": "tax_id",
        "charge": "charge",
        "from_invoice": "from_invoice",
        "issuer": "issuer",
        "last_finalization_error": "last_finalization_error",
        "latest_revision": "invoice",
        "lines": "page",
        "payment_intent": "payment_intent",
        "payments": "page",
        "quote": "quote",
        "subscription": "subscription",
    },
    "automatic_tax": {"liability": "issuer"},
    "discount": {"customer": "customer", "promotion_code": "promotion_code", "source": "coupon"},
    "issuer": {"account": "account"},
    "page": {"data": "anything"},
    "plan": {"product": "product"},
    "source": {"account": "account", "customer": "customer", "owner": "owner"},
    "transfer_data": {"destination": "account"},
}

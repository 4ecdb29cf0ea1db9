"""
Which parts of Stripe's API Seti has nothing of: what its paths begin with, after `/v1/`.

Whoever calls one of them has made no mistake in its URL, and is told so. A `*` stands for
the id of an object. What neither Stripe nor Seti has is not here, and what Seti serves is
found before anybody looks.
"""

from typing import Final

_FIRST_VERSION: Final = """
account_links account_sessions apple_pay application_fees apps balance balance_settings
balance_transactions billing billing_portal charges checkout climate country_specs coupons
credit_notes customer_sessions disputes entitlements ephemeral_keys exchange_rates
file_links files financial_connections forwarding identity invoice_payments
invoice_rendering_templates invoiceitems invoices issuing payment_attempt_records
payment_intents payment_links payment_method_domains payment_records payouts plans prices
product_catalog products promotion_codes quotes radar refunds reporting reviews
shipping_rates sigma sources subscription_items subscription_schedules subscriptions tax
tax_codes tax_ids tax_rates terminal three_d_secure topups transfers treasury

accounts/*/capabilities accounts/*/external_accounts accounts/*/login_links
accounts/*/persons accounts/*/reject accounts/*/unreject
customers/*/balance_transactions customers/*/cash_balance
customers/*/cash_balance_transactions customers/*/discount
customers/*/funding_instructions customers/*/sources customers/*/subscriptions
customers/*/tax_ids
test_helpers/customers test_helpers/issuing test_helpers/refunds test_helpers/terminal
test_helpers/test_clocks test_helpers/treasury
"""
_PARTS: Final = frozenset(_FIRST_VERSION.split())
_SECOND_VERSION: Final = frozenset(
    {"billing", "commerce", "core", "money_management", "test_helpers"}
)


def is_stripes_alone(path: str) -> bool:
    """Say whether *path*, at which there is nothing here, is one of Stripe's API."""
    # A path may be anything: `*`, and the host and port that a tunnel is asked for.
    _, version, first, second, third = f"{path}////".split("/")[:5]
    if version == "v2":
        return first in _SECOND_VERSION
    beginnings = {first, f"{first}/{second}", f"{first}/*/{third}"}
    return version == "v1" and not beginnings.isdisjoint(_PARTS)

"""
An account as it is shown: a pure function of what its stream folds to.

Accounts are in no list of their own owner's and have no view in Redis: whoever answers for
them has all of them at hand. What Seti has no use for is shown as it stands on an account
that is complete: nothing is due, and everything is enabled.
"""

from typing import Any, Final

from projections.view import View
from service.domain.account import Account

_NOTHING_DUE: Final[dict[str, Any]] = {
    "alternatives": [],
    "current_deadline": None,
    "currently_due": [],
    "disabled_reason": None,
    "errors": [],
    "eventually_due": [],
    "past_due": [],
    "pending_verification": [],
}


def view(account: Account) -> View:
    """Return *account* as its owner, and its platform, are shown it."""
    attributes = account.attributes
    return {
        "id": account.id,
        "object": "account",
        "business_profile": _business_profile(attributes["name"]),
        "business_type": None,
        "capabilities": {"card_payments": "active", "transfers": "active"},
        "charges_enabled": True,
        "controller": {"type": "account"},
        "country": attributes["country"],
        "created": account.created,
        "default_currency": attributes["default_currency"],
        "details_submitted": True,
        "email": attributes["email"],
        "external_accounts": {
            "object": "list",
            "data": [],
            "has_more": False,
            "url": f"/v1/accounts/{account.id}/external_accounts",
        },
        "future_requirements": dict(_NOTHING_DUE),
        "metadata": {},
        "payouts_enabled": True,
        "requirements": dict(_NOTHING_DUE),
        "settings": _settings(attributes["name"]),
        "tos_acceptance": {"date": account.created, "ip": None, "user_agent": None},
        "type": "standard",
    }


def application(name: str, platform: Account) -> View:
    """Return what *platform* is to the accounts it acts for: the application called *name*."""
    return {"id": name, "object": "application", "name": platform.attributes["name"]}


def _business_profile(name: str | None) -> View:
    return {
        "annual_revenue": None,
        "estimated_worker_count": None,
        "mcc": None,
        "minority_owned_business_designation": None,
        "name": name,
        "product_description": None,
        "specified_commercial_transactions_act_url": None,
        "support_address": None,
        "support_email": None,
        "support_phone": None,
        "support_url": None,
        "url": None,
    }


def _settings(name: str | None) -> View:
    return {
        "bacs_debit_payments": {"display_name": None, "service_user_number": None},
        "branding": {"icon": None, "logo": None, "primary_color": None, "secondary_color": None},
        "card_payments": {
            "decline_on": {"avs_failure": False, "cvc_failure": False},
            "statement_descriptor_prefix": None,
            "statement_descriptor_prefix_kana": None,
            "statement_descriptor_prefix_kanji": None,
        },
        "dashboard": {"display_name": name, "timezone": "Etc/UTC"},
        "payments": {
            "statement_descriptor": None,
            "statement_descriptor_kana": None,
            "statement_descriptor_kanji": None,
            "statement_descriptor_prefix_kana": None,
            "statement_descriptor_prefix_kanji": None,
        },
        "payouts": {
            "debit_negative_balances": True,
            "schedule": {"delay_days": 2, "interval": "daily"},
            "statement_descriptor": None,
        },
        "sepa_debit_payments": {},
    }

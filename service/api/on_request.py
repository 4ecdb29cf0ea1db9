"""
What a customer is shown with only where a caller expands it.

It belongs to products that are not here: old sources, subscriptions, tax, cash. So a customer
has none of it, and each is shown as Stripe shows it of a customer who never had any.
"""

from collections.abc import Collection
from typing import Any, Final

from projections.view import ordered

_LISTS: Final = ("sources", "subscriptions", "tax_ids")
_TAX: Final = {
    "automatic_tax": "not_collecting",
    "ip_address": None,
    "location": None,
    "provider": "stripe",
}


def unfold(customer: dict[str, Any], asked: Collection[str]) -> None:
    """Put into the *customer* what was *asked* for and is not in it otherwise."""
    if customer.get("deleted"):
        return
    nothing = {"cash_balance": None, "invoice_credit_balance": {}, "tax": {**_TAX}}
    nothing |= {name: _no(name, customer["id"]) for name in _LISTS}
    more = {name: nothing[name] for name in asked if name in nothing}
    if more:
        whole = ordered({**customer, **more})
        customer.clear()
        customer.update(whole)


def _no(name: str, customer: str) -> dict[str, Any]:
    return {
        "object": "list",
        "data": [],
        "has_more": False,
        "url": f"/v1/customers/{customer}/{name}",
    }

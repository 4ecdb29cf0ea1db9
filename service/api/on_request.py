"""
What a customer is shown with only where a caller expands it.

What was told of its taxes and of its cash balance is kept in its history, and read from there
when it is asked for, so that the customer as everybody sees it is not burdened with it. Of
products that are not here (old sources, subscriptions, invoices) it has nothing, and each is
shown as Stripe shows it of a customer who never had any.
"""

from collections.abc import Awaitable, Callable, Collection, Iterable, Sequence
from typing import Any, Final

from projections import tax_id
from projections.view import ordered
from service.commands.aside import folded
from service.domain.customer import fold
from service.domain.events import CustomerTaxIdAdded, Event
from service.domain.recorded import Recorded
from service.domain.tax_location import tax_location
from service.domain.values import JsonObject

History = Callable[[str], Awaitable[Sequence[Recorded]]]

_NEVER_ANY: Final = ("sources", "subscriptions")
_KEPT: Final = frozenset({"cash_balance", "tax", "tax_ids"})
_DEFAULT_MODE: Final = "automatic"


async def unfold(customer: dict[str, Any], asked: Collection[str], history: History) -> None:
    """Put into the *customer* what was *asked* for and is not in it otherwise."""
    if customer.get("deleted"):
        return
    more: dict[str, Any] = {name: _listed(name, customer, []) for name in _NEVER_ANY}
    more["invoice_credit_balance"] = {}
    if not _KEPT.isdisjoint(asked):
        events = [recorded.event for recorded in await history(customer["id"])]
        attributes = (await folded(fold, events)).attributes
        more["cash_balance"] = _cash_balance(customer, attributes.get("cash_balance"))
        more["tax"] = _tax(attributes)
        more["tax_ids"] = _listed("tax_ids", customer, _tax_ids(customer, events))
    found = {name: more[name] for name in asked if name in more}
    if found:
        whole = ordered({**customer, **found})
        customer.clear()
        customer.update(whole)


def _cash_balance(customer: JsonObject, kept: JsonObject | None) -> dict[str, Any] | None:
    if kept is None:
        return None
    mode = kept["settings"]["reconciliation_mode"]
    by_default = mode == "merchant_default"
    return {
        "object": "cash_balance",
        "available": None,
        "customer": customer["id"],
        "customer_account": None,
        "livemode": customer["livemode"],
        "settings": {
            "reconciliation_mode": _DEFAULT_MODE if by_default else mode,
            "using_merchant_default": by_default,
        },
    }


def _tax(attributes: JsonObject) -> dict[str, Any]:
    location = tax_location(attributes)
    return {
        "automatic_tax": "unrecognized_location" if location is None else "not_collecting",
        "ip_address": attributes.get("tax", {}).get("ip_address"),
        "location": location,
        "provider": "stripe",
    }


def _tax_ids(customer: JsonObject, events: Iterable[Event]) -> list[dict[str, Any]]:
    """Return the customer's tax ids, the newest first."""
    added = [event for event in events if isinstance(event, CustomerTaxIdAdded)]
    return [tax_id.view(event, livemode=customer["livemode"]) for event in reversed(added)]


def _listed(name: str, customer: JsonObject, data: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "object": "list",
        "data": data,
        "has_more": False,
        "url": f"/v1/customers/{customer['id']}/{name}",
    }

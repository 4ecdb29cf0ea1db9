"""
The lists that objects are found in, and how their members sort.

A list of objects holds their ids, which rise with time. A list of Stripe events holds
members that begin with their second and their position in the log, since an event's id is
derived and says nothing of when it happened.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

from projections.fold import Shown
from projections.terms import list_of_term, lists_of_terms
from service import ids
from service.domain.values import Value

_SECOND_LENGTH: Final = 9
_POSITION_LENGTH: Final = 12
_NEWS_PREFIX_LENGTH: Final = _SECOND_LENGTH + _POSITION_LENGTH


class Index(Value, frozen=True):
    """A list of one owner. *prefix* is that of the ids in it; empty for Stripe events."""

    name: str
    prefix: str

    def bound(self, at: int) -> str:
        """Return what sorts before every member made at or after *at* (Unix seconds)."""
        second = max(at, 0)
        if self.prefix:
            return self.prefix + ids.first_suffix_at(second * 1000)
        return f"{second:0{_SECOND_LENGTH}x}"


SETUP_INTENTS: Final = Index("setup_intents", "seti_")
CUSTOMERS: Final = Index("customers", "cus_")
WEBHOOK_ENDPOINTS: Final = Index("webhook_endpoints", "we_")
EVENTS: Final = Index("events", "")
# Of all owners, by the instant that each member waits for.
DEADLINES: Final = Index("deadlines", "")


def setup_intents_of_customer(customer: str) -> Index:
    return Index(f"setup_intents:{customer}", "seti_")


def setup_intents_of_payment_method(payment_method: str) -> Index:
    return Index(f"setup_intents:{payment_method}", "seti_")


def payment_methods_of_customer(customer: str) -> Index:
    return Index(f"payment_methods:{customer}", "pm_")


def customers_of_term(field: str, value: str) -> Index:
    """Return the list that holds, with others, all customers whose *field* is *value*."""
    return Index(list_of_term(field, value), "cus_")


@lru_cache(256)
def events_of_type(type_: str) -> Index:
    return Index(f"events:{type_}", "")


def news_member(at: int, position: int, event_id: str) -> str:
    """Return an event's member in the lists of events; *at* in Unix seconds."""
    return f"{at:0{_SECOND_LENGTH}x}{position:0{_POSITION_LENGTH}x}{event_id}"


def event_of_member(member: str) -> str:
    """Return the id of the event that *member* of a list of events stands for."""
    return member[_NEWS_PREFIX_LENGTH:]


def position_of_member(member: str) -> int:
    """Return the position in the log of what *member* of a list of events stands for."""
    return int(member[_SECOND_LENGTH:_NEWS_PREFIX_LENGTH], 16)


def placing(view: Mapping[str, Any]) -> tuple[Any, ...]:
    """Return what decides which lists *view* is in: where it is equal, so are the lists."""
    get = view.get
    if "email" in view:
        return get("email"), get("name"), get("phone"), get("metadata")
    return get("deleted"), get("customer"), get("payment_method")


def indexes_of(shown: Shown) -> tuple[Index, ...]:
    """Return the lists that the object belongs to as it is shown. A deleted one is in none."""
    view = shown.view
    if view.get("deleted"):
        return ()
    match view["object"]:
        case "setup_intent":
            return _of_setup_intent(view["customer"], view["payment_method"])
        case "payment_method":
            customer = view["customer"]
            return (payment_methods_of_customer(customer),) if customer else ()
        case "customer":
            terms = dict.fromkeys(lists_of_terms(view))
            return (CUSTOMERS, *(Index(name, "cus_") for name in terms))
        case "webhook_endpoint":
            return (WEBHOOK_ENDPOINTS,)
        case _:
            return ()  # Mandates and tokens are found by their ids alone.


def _of_setup_intent(customer: str | None, payment_method: str | None) -> tuple[Index, ...]:
    indexes = [SETUP_INTENTS]
    if customer:
        indexes.append(setup_intents_of_customer(customer))
    if payment_method:
        indexes.append(setup_intents_of_payment_method(payment_method))
    return tuple(indexes)

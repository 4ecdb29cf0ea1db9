"""A Mandate as it is shown: a pure fold of its stream."""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Final, assert_never

from projections.view import View, merged, ordered
from service.domain import blanks
from service.domain.events import (
    MandateCreated,
    MandateEvent,
    MandateUpdated,
    PersonalDataForgotten,
)
from service.domain.values import MandateStatus
from service.reveal import marker

# The schemes whose mandates a customer can read on a page.
_ON_A_PAGE: Final = frozenset({"au_becs_debit", "bacs_debit", "sepa_debit"})
_forgotten: Final = partial(
    blanks.members,
    {"customer_acceptance": blanks.acceptance, "payment_method_details": blanks.typed},
)
_NETWORK_STATUSES: Final[Mapping[MandateStatus, str]] = {
    MandateStatus.PENDING: "pending",
    MandateStatus.ACTIVE: "accepted",
    MandateStatus.INACTIVE: "revoked",
}


def view(history: Iterable[MandateEvent]) -> View:
    """Return what *history* leads to: an empty view for an empty history."""
    current: View = {}
    for event in history:
        current = step(current, event)
    return current


def step(current: View, event: MandateEvent) -> View:
    """Return *current* as it is after *event*, as a new view."""
    match event:
        case MandateCreated():
            return _created(event)
        case MandateUpdated(status=status):
            details = _as_it_fares(current["payment_method_details"], status, current["status"])
            return merged(current, {"payment_method_details": details, "status": status.value})
        case PersonalDataForgotten():
            return dict(_forgotten(current))
        case _:
            assert_never(event)


def _created(event: MandateCreated) -> View:
    """Whichever of `multi_use` and `single_use` the mandate is not is left out."""
    type_ = "multi_use" if event.single_use is None else "single_use"
    shown: View = {
        "id": event.mandate_id,
        "object": "mandate",
        "customer_acceptance": event.customer_acceptance,
        "livemode": event.livemode,
        "payment_method": event.payment_method,
        "payment_method_details": _details(event),
        "status": event.status.value,
        "type": type_,
        type_: event.single_use or {},
    }
    if event.on_behalf_of is not None:
        shown["on_behalf_of"] = event.on_behalf_of
    return ordered(shown)


def _details(event: MandateCreated) -> View:
    """A processor that has no page for the mandate leaves it to ours, whose address is signed."""
    details = _as_it_fares(dict(event.payment_method_details), event.status)
    type_ = details["type"]
    if type_ not in _ON_A_PAGE:
        return details
    shown = {"url": marker(event.mandate_id), **details.get(type_, {})}
    return {**details, type_: dict(sorted(shown.items()))}


def _as_it_fares(details: View, status: MandateStatus, before: str | None = None) -> View:
    """
    Return *details* with what follows in them from the mandate's *status*.

    Bacs mandates tell what their network has made of them, e-mandates of cards why they ended.
    """
    inactive = status is MandateStatus.INACTIVE
    match details["type"]:
        case "bacs_debit":
            refused = inactive and before == MandateStatus.PENDING
            network_status = "refused" if refused else _NETWORK_STATUSES[status]
            shown = {**details["bacs_debit"], "network_status": network_status}
            return {**details, "bacs_debit": shown}
        case "card":
            reason = "canceled" if inactive else None
            return {**details, "card": {"india": {"inactive_reason": reason}}}
        case _:
            return details

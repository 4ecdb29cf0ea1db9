"""
A stored event as the Stripe event it announces: what subscribers and /v1/events are shown.

It is rendered from the history up to its version, so it has one body for ever, and nothing
but the history is kept of it. Like a view it is sealed: secrets are put in where it leaves.
"""

from collections.abc import Mapping
from typing import Any

from projections import tax_id
from projections.endpoint import status_details
from projections.fold import Shown
from projections.view import View
from service import ids
from service.domain.announcements import ANNOUNCED_AS
from service.domain.events import CustomerTaxIdAdded, EndpointDisabled
from service.domain.recorded import Recorded
from service.domain.values import Actor


def announce_step(  # noqa: PLR0913 - both sides of the event, and how it is told
    before: Shown | None,
    recorded: Recorded,
    after: Shown,
    *,
    account: str | None = None,
    api_version: str | None,
    pending_webhooks: int = 0,
) -> View | None:
    """
    Return the Stripe event that *recorded* announces, or None if it is no news.

    *before* and *after* are what is shown on either side of it. *account* is whom it happened
    to, where a platform is told of it. *pending_webhooks* counts the endpoints that have not
    acknowledged it yet.
    """
    type_ = type_of(recorded)
    if type_ is None:
        return None
    return {
        "id": ids.event_id(recorded.stream, recorded.version),
        "object": "event",
        **({} if account is None else {"account": account}),
        "api_version": api_version,
        "created": recorded.event.at,
        "data": _subject(recorded, type_, before, after),
        "livemode": after.owner.livemode,
        "pending_webhooks": pending_webhooks,
        "request": _request(recorded.actor),
        "type": type_,
    }


def type_of(recorded: Recorded) -> str | None:
    """Return what subscribers call *recorded*, or None if it is no news."""
    return ANNOUNCED_AS[type(recorded.event)]


def previous(before: Mapping[str, Any], after: Mapping[str, Any]) -> View:
    """
    Return what the keys that differ were in *before*, hashes partially, lists whole.

    A key that is new in *after* was null. What is shown on request alone is in neither, since
    nobody can request it of an event: where nothing else changed, nothing is named.
    """
    changed: View = {}
    for key in (*before, *(key for key in after if key not in before)):
        old, new = before.get(key), after.get(key)
        if old == new:
            continue
        if isinstance(old, Mapping) and isinstance(new, Mapping):
            changed[key] = previous(old, new)
        else:
            changed[key] = old
    return changed


def _subject(recorded: Recorded, type_: str, before: Shown | None, after: Shown) -> View:
    if isinstance(recorded.event, EndpointDisabled):
        return {"object": after.view, "status_details": status_details(recorded.event)}
    if isinstance(recorded.event, CustomerTaxIdAdded):
        return {"object": tax_id.view(recorded.event, livemode=after.owner.livemode)}
    if before is None:
        return {"object": after.view}
    if type_ == "customer.deleted":
        # What is gone is told of as it last was.
        return {"object": before.view}
    if type_.endswith(".updated") or type_ == "payment_method.detached":
        return {
            "object": after.view,
            "previous_attributes": previous(before.view, after.view),
        }
    return {"object": after.view}


def _request(actor: Actor) -> View | None:
    if actor.request is None:
        return None
    return {"id": actor.request, "idempotency_key": actor.idempotency_key}

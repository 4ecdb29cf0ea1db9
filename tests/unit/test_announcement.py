from typing import Any

import pytest

from projections.announcement import previous
from projections.fold import HoleInHistory, advance, show
from service import ids
from service.domain import events as e
from service.domain.values import Owner, replace
from tests import histories as a

VERSION = "2026-08-26.dahlia"


def announced(*events: e.Event, **options: Any) -> dict[str, Any]:
    """Return what the last of *events* announces; it must be news."""
    event = a.announced(a.recorded(*events, actor=a.CALLED), api_version=VERSION, **options)
    assert event is not None
    return event


class TestAnnounce:
    def test_renders_the_envelope(self) -> None:
        """A Stripe event says what happened, when, to what, and who asked."""
        event = announced(a.INTENT_CREATED, pending_webhooks=2)
        assert event == {
            "id": ids.event_id(a.SETI, 1),
            "object": "event",
            "api_version": VERSION,
            "created": a.AT,
            "data": {"object": event["data"]["object"]},
            "livemode": False,
            "pending_webhooks": 2,
            "request": {"id": "req_1", "idempotency_key": "key-1"},
            "type": "setup_intent.created",
        }
        assert event["data"]["object"]["status"] == "requires_payment_method"

    def test_has_no_request_where_nobody_asked(self) -> None:
        """What Seti did by itself names no request."""
        event = a.announced(a.recorded(a.INTENT_CREATED), api_version=None)
        assert event is not None
        assert event["request"] is None

    def test_is_silent_where_nothing_is_news(self) -> None:
        """An update of a SetupIntent announces nothing."""
        updated = a.recorded(a.INTENT_CREATED, a.INTENT_UPDATED)
        assert a.announced(updated, api_version=None) is None

    def test_tells_of_the_tax_id_that_was_added(self) -> None:
        """A tax id is news of its own, and no customer."""
        event = announced(a.CUSTOMER_CREATED, a.TAX_ID_ADDED)
        assert event["type"] == "customer.tax_id.created"
        told = event["data"]["object"]
        assert (told["object"], told["id"], told["customer"]) == ("tax_id", "txi_1", a.CUS)
        assert (told["country"], told["value"]) == ("DE", "DE123456789")

    def test_tells_what_an_update_replaced(self) -> None:
        """An update shows the keys that changed as they were, hashes partially."""
        event = announced(a.CUSTOMER_CREATED, a.CUSTOMER_UPDATED)
        assert event["type"] == "customer.updated"
        assert event["data"]["previous_attributes"] == {"metadata": {"tier": None}, "name": None}
        event = announced(a.METHOD_CREATED, a.METHOD_UPDATED)
        assert event["data"]["previous_attributes"] == {
            "billing_details": {"name": None},
            "metadata": {"a": None},
        }

    def test_tells_nothing_of_what_is_shown_on_request_alone(self) -> None:
        """That a customer changed is news; what an event's object leaves out, it was not before."""
        located = replace(a.CUSTOMER_UPDATED, changed={"tax": {"ip_address": "203.0.113.7"}})
        event = announced(a.CUSTOMER_CREATED, located)
        assert event["type"] == "customer.updated"
        assert event["data"]["previous_attributes"] == {}
        assert "203.0.113.7" not in str(event)

    def test_tells_whom_a_payment_method_was_detached_from(self) -> None:
        """Detaching shows the customer that was; attaching shows nothing before it."""
        attached = announced(a.METHOD_CREATED, a.ATTACHED)
        detached = announced(a.METHOD_CREATED, a.ATTACHED, a.DETACHED)
        assert "previous_attributes" not in attached["data"]
        assert detached["data"]["previous_attributes"] == {"customer": a.CUS}

    def test_tells_why_an_endpoint_was_disabled(self) -> None:
        """The endpoint is told of in Stripe's shape, and the reason beside it."""
        event = announced(a.ENDPOINT_CREATED, a.ENDPOINT_DISABLED)
        assert event["type"] == "seti.webhook_endpoint.disabled"
        assert event["data"] == {
            "object": show_view(a.ENDPOINT_CREATED, a.ENDPOINT_DISABLED),
            "status_details": {
                "at": a.AT + 300_000,
                "failing_since": a.AT + 1,
                "reason": "failing",
            },
        }
        assert event["data"]["object"]["status"] == "disabled"

    def test_tells_of_a_ping_with_the_endpoint(self) -> None:
        """A ping carries the endpoint that it is for."""
        event = announced(a.ENDPOINT_CREATED, a.ENDPOINT_PINGED)
        assert event["type"] == "seti.webhook_endpoint.ping"
        assert event["data"] == {"object": show_view(a.ENDPOINT_CREATED)}

    def test_tells_of_a_deleted_customer_as_it_was(self) -> None:
        """A deletion carries the customer whole, and no mark of the deletion."""
        event = announced(a.CUSTOMER_CREATED, a.CUSTOMER_DELETED)
        assert event["type"] == "customer.deleted"
        assert event["data"] == {"object": show_view(a.CUSTOMER_CREATED)}


def show_view(*events: e.Event) -> dict[str, Any]:
    """Return the view that *events* lead to."""
    shown = show(a.recorded(*events))
    assert shown is not None
    return shown.view


class TestPrevious:
    def test_holds_what_was_removed(self) -> None:
        """A key that is gone shows its value; lists are shown whole."""
        assert previous({"a": {"x": 1, "y": 2}, "l": [1, 2]}, {"a": {"x": 1}, "l": [1]}) == {
            "a": {"y": 2},
            "l": [1, 2],
        }

    def test_is_empty_where_nothing_changed(self) -> None:
        """Equal hashes differ in nothing."""
        assert previous({"a": {"x": 1}}, {"a": {"x": 1}}) == {}


class TestFold:
    def test_shows_whose_it_is(self) -> None:
        """An object shows its owner and the version it is shown at."""
        shown = show(a.recorded(a.INTENT_CREATED, a.CANCELED))
        assert shown is not None
        assert (shown.owner, shown.version) == (Owner(a.ACCT, livemode=False), 2)

    def test_shows_nothing_of_an_account(self) -> None:
        """Accounts and empty histories have no view."""
        assert show(a.recorded(e.AccountCreated(account_id=a.ACCT, at=a.AT))) is None
        assert show([]) is None

    def test_refuses_a_hole(self) -> None:
        """An event that is not the next one is never folded."""
        history = a.recorded(a.INTENT_CREATED, a.INTENT_UPDATED, a.CANCELED)
        shown = show(history[:1])
        with pytest.raises(HoleInHistory):
            advance(shown, history[2])
        with pytest.raises(HoleInHistory):
            advance(None, history[1])

"""Stripe events and webhook endpoints, with the official SDK."""

from typing import Any

import pytest
import stripe

from tests.e2e.sdk import CheckedClient, Sdk

URL = "http://127.0.0.1:9/hook"


def _news_of(sdk: Sdk, *names: str) -> list[tuple[str, str]]:
    """Return type and object's id of every event about *names*, oldest first."""
    listed = sdk.v1.events.list({"limit": 100}).data
    told = [(one.type, one.data.object.id) for one in reversed(listed)]
    return [(kind, name) for kind, name in told if name in names]


class TestEvents:
    def test_tells_of_a_saved_card(self, sdk: Sdk) -> None:
        """A card saved for a customer is three pieces of news, in the order of their making."""
        customer = sdk.v1.customers.create()
        intent = sdk.v1.setup_intents.create(
            {
                "allowed_payment_method_types": ["card"],
                "customer": customer.id,
                "payment_method": "pm_card_visa",
                "confirm": True,
            }
        )
        assert _news_of(sdk, customer.id, intent.id, intent.payment_method) == [
            ("customer.created", customer.id),
            ("setup_intent.created", intent.id),
            ("payment_method.attached", intent.payment_method),
            ("setup_intent.succeeded", intent.id),
        ]

    def test_tells_of_declines_actions_and_cancels(self, sdk: Sdk) -> None:
        """Each turn of an intent is news; an update of it is none."""
        intent = sdk.v1.setup_intents.create({"use_stripe_sdk": True})
        sdk.v1.setup_intents.update(intent.id, {"description": "no news"})
        with pytest.raises(stripe.CardError):
            _confirm(sdk, intent.id, "pm_card_chargeDeclined")
        _confirm(sdk, intent.id, "pm_card_threeDSecure2Required")
        sdk.v1.setup_intents.cancel(intent.id)
        assert [kind for kind, _ in _news_of(sdk, intent.id)] == [
            "setup_intent.created",
            "setup_intent.setup_failed",
            "setup_intent.requires_action",
            "setup_intent.canceled",
        ]

    def test_tells_of_customers_and_their_cards(self, sdk: Sdk) -> None:
        """Updates tell what was before; a detached card tells whose it was."""
        customer = sdk.v1.customers.create({"name": "Old"})
        sdk.v1.customers.update(customer.id, {"name": "New"})
        method = sdk.v1.payment_methods.attach("pm_card_visa", {"customer": customer.id})
        sdk.v1.payment_methods.update(method.id, {"metadata": {"a": "b"}})
        sdk.v1.payment_methods.detach(method.id)
        sdk.v1.customers.delete(customer.id)
        before = {
            one.type: one.to_dict()["data"].get("previous_attributes")
            for one in sdk.v1.events.list({"limit": 100}).data
            if one.data.object.id in (customer.id, method.id)
        }
        assert before == {
            "customer.created": None,
            "customer.updated": {"name": "Old"},
            "payment_method.attached": None,
            "payment_method.updated": {"metadata": {"a": None}},
            "payment_method.detached": {"customer": customer.id},
            "customer.deleted": None,
        }

    def test_shows_the_object_as_it_was(self, sdk: Sdk) -> None:
        """An event holds its object as of then, and who asked for the change."""
        options = {"idempotency_key": "events-as-of-then"}
        intent = sdk.v1.setup_intents.create({"description": "then"}, options)
        sdk.v1.setup_intents.update(intent.id, {"description": "now"})
        (listed,) = [one for one in sdk.v1.events.list().data if one.data.object.id == intent.id]
        event = sdk.v1.events.retrieve(listed.id)
        assert event.to_dict() == listed.to_dict()
        assert event.data.object.description == "then"
        assert event.request.idempotency_key == "events-as-of-then"
        assert event.request.id == intent.last_response.request_id

    @pytest.mark.parametrize(
        "wanted",
        [{"type": "setup_intent.canceled"}, {"types": ["setup_intent.canceled"]}],
        ids=["type", "types"],
    )
    def test_filters_by_type(self, sdk: Sdk, wanted: dict[str, Any]) -> None:
        """The list is filtered by one type or several."""
        intent = sdk.v1.setup_intents.create()
        sdk.v1.setup_intents.cancel(intent.id)
        listed = sdk.v1.events.list(wanted).data
        assert {one.type for one in listed} == {"setup_intent.canceled"}
        assert listed[0].data.object.id == intent.id

    def test_filters_by_a_star(self, sdk: Sdk) -> None:
        """A star stands for the types of a family."""
        sdk.v1.customers.create()
        sdk.v1.setup_intents.create()
        listed = sdk.v1.events.list({"type": "customer.*", "limit": 100}).data
        assert {one.type.split(".")[0] for one in listed} == {"customer"}


def _confirm(sdk: Sdk, name: str, card: str) -> None:
    sdk.v1.setup_intents.confirm(name, {"payment_method": card, "use_stripe_sdk": True})


class TestWebhookEndpoints:
    def test_shows_its_secret_once(self, sdk: Sdk) -> None:
        """The signing secret is in the creation's answer and nowhere else."""
        made = sdk.v1.webhook_endpoints.create({"url": URL, "enabled_events": ["*"]})
        try:
            assert made.secret.startswith("whsec_")
            found = sdk.v1.webhook_endpoints.retrieve(made.id).to_dict()
            listed = sdk.v1.webhook_endpoints.list().data[0].to_dict()
            assert found == listed == {k: v for k, v in made.to_dict().items() if k != "secret"}
        finally:
            sdk.v1.webhook_endpoints.delete(made.id)

    def test_is_updated_and_deleted(self, sdk: Sdk) -> None:
        """Every attribute changes; a deleted endpoint is gone."""
        made = sdk.v1.webhook_endpoints.create({"url": URL, "enabled_events": ["customer.created"]})
        changed = sdk.v1.webhook_endpoints.update(
            made.id,
            {
                "url": URL + "2",
                "enabled_events": ["setup_intent.succeeded", "setup_intent.canceled"],
                "description": "mine",
                "metadata": {"a": "b"},
                "disabled": True,
            },
        )
        assert (changed.status, changed.url, changed.description) == ("disabled", URL + "2", "mine")
        assert changed.enabled_events == ["setup_intent.succeeded", "setup_intent.canceled"]
        assert sdk.v1.webhook_endpoints.delete(made.id).deleted is True
        with pytest.raises(stripe.InvalidRequestError) as refused:
            sdk.v1.webhook_endpoints.retrieve(made.id)
        assert (refused.value.http_status, refused.value.code) == (404, "resource_missing")

    def test_speaks_the_version_it_was_made_for(self, sdk: Sdk) -> None:
        """An endpoint keeps the API version that its events are to be rendered in."""
        made = sdk.v1.webhook_endpoints.create(
            {"url": URL, "enabled_events": ["*"], "api_version": "2026-08-26.dahlia"}
        )
        assert made.api_version == "2026-08-26.dahlia"
        sdk.v1.webhook_endpoints.delete(made.id)


class TestModuleLevel:
    def test_subscribes_and_reads_events(self, module_level: CheckedClient) -> None:
        """The older interface reads the same."""
        made = stripe.WebhookEndpoint.create(url=URL, enabled_events=["*"])
        stripe.WebhookEndpoint.modify(made.id, disabled=True)
        assert stripe.WebhookEndpoint.retrieve(made.id).status == "disabled"
        assert made.id in [one.id for one in stripe.WebhookEndpoint.list().data]
        assert made.delete().deleted is True
        stripe.Customer.create()
        newest = stripe.Event.list(limit=1).data[0]
        assert stripe.Event.retrieve(newest.id).type == "customer.created"
        assert module_level.received["request-id"]

"""The SetupIntent's life with the official SDK, as an application writes it."""

import pytest
import stripe

from tests.e2e.sdk import CheckedClient, Sdk

CARD = {"allowed_payment_method_types": ["card"]}


class TestCreate:
    def test_waits_for_a_payment_method(self, sdk: Sdk) -> None:
        """An intent without a payment method asks for one, and takes what is enabled."""
        intent = sdk.v1.setup_intents.create()
        assert intent.status == "requires_payment_method"
        assert intent.usage == "off_session"
        automatic = intent.automatic_payment_methods.to_dict()
        assert automatic == {"allow_redirects": "always", "enabled": True}
        assert intent.payment_method_configuration_details.id.startswith("pmc_")
        assert intent.client_secret.startswith(f"{intent.id}_secret_")

    def test_waits_for_confirmation(self, sdk: Sdk) -> None:
        """An intent that is given a payment method waits to be confirmed, and uses it not."""
        intent = sdk.v1.setup_intents.create({"payment_method": "pm_card_visa"})
        assert intent.status == "requires_confirmation"
        assert intent.latest_attempt is None
        assert sdk.v1.payment_methods.retrieve(intent.payment_method).customer is None

    def test_confirms_in_one_call(self, sdk: Sdk) -> None:
        """With confirm=true a good card is saved by one call, and attached to the customer."""
        customer = sdk.v1.customers.create({"name": "Jenny"})
        intent = sdk.v1.setup_intents.create(
            {
                "automatic_payment_methods": {"enabled": True, "allow_redirects": "never"},
                "customer": customer.id,
                "payment_method": "pm_card_visa",
                "confirm": True,
            }
        )
        assert intent.status == "succeeded"
        assert intent.next_action is None
        assert sdk.v1.payment_methods.retrieve(intent.payment_method).customer == customer.id

    def test_keeps_what_it_is_told(self, sdk: Sdk) -> None:
        """Every parameter that describes the intent is stored and shown again."""
        told = {
            "description": "For the flat",
            "excluded_payment_method_types": ["sepa_debit"],
            "flow_directions": ["inbound"],
            "metadata": {"order": "6735"},
            "usage": "on_session",
            "attach_to_self": True,
        }
        made = sdk.v1.setup_intents.create(told)
        found = sdk.v1.setup_intents.retrieve(made.id)
        assert {name: found.to_dict()[name] for name in told} == told

    def test_keeps_options_of_cards(self, sdk: Sdk) -> None:
        """Options are shown with their defaults around what was asked."""
        options = {"card": {"request_three_d_secure": "any", "network": "visa"}}
        intent = sdk.v1.setup_intents.create({**CARD, "payment_method_options": options})
        card = intent.payment_method_options.card
        assert (card.request_three_d_secure, card.network) == ("any", "visa")
        assert card.mandate_options is None
        assert intent.automatic_payment_methods is None

    def test_takes_the_types_it_is_allowed(self, sdk: Sdk) -> None:
        """Types that cannot be set up here fall away from those that are allowed."""
        intent = sdk.v1.setup_intents.create({"allowed_payment_method_types": ["card", "alma"]})
        assert intent.allowed_payment_method_types == ["card", "alma"]
        assert intent.payment_method_types == ["card"]

    def test_makes_the_card_it_is_given(self, sdk: Sdk) -> None:
        """Card details in payment_method_data become a payment method of their own."""
        intent = sdk.v1.setup_intents.create(
            {
                "payment_method_data": {
                    "type": "card",
                    "card": {"token": "tok_mastercard"},
                    "billing_details": {"email": "jenny@example.com"},
                },
                "expand": ["payment_method"],
            }
        )
        assert intent.payment_method.card.brand == "mastercard"
        assert intent.payment_method.billing_details.email == "jenny@example.com"


class TestUpdate:
    def test_changes_what_is_named(self, sdk: Sdk) -> None:
        """What is not named stays as it was."""
        customer = sdk.v1.customers.create()
        intent = sdk.v1.setup_intents.create({"description": "old", "metadata": {"a": "1"}})
        sdk.v1.setup_intents.update(intent.id, {"customer": customer.id, "description": "new"})
        found = sdk.v1.setup_intents.retrieve(intent.id)
        assert (found.customer, found.description) == (customer.id, "new")
        assert found.metadata.to_dict() == {"a": "1"}

    def test_gives_and_takes_the_payment_method(self, sdk: Sdk) -> None:
        """A payment method moves the intent on, and taking it away moves it back."""
        intent = sdk.v1.setup_intents.create()
        given = sdk.v1.setup_intents.update(intent.id, {"payment_method": "pm_card_visa"})
        assert given.status == "requires_confirmation"
        taken = sdk.v1.setup_intents.update(intent.id, {"payment_method": ""})
        assert (taken.status, taken.payment_method) == ("requires_payment_method", None)

    def test_describes_after_success(self, sdk: Sdk) -> None:
        """Description and metadata may change when all is done."""
        intent = sdk.v1.setup_intents.create(
            {**CARD, "payment_method": "pm_card_visa", "confirm": True}
        )
        told = sdk.v1.setup_intents.update(intent.id, {"metadata": {"paid": "yes"}})
        assert (told.status, told.metadata.to_dict()) == ("succeeded", {"paid": "yes"})


class TestConfirm:
    def test_takes_the_payment_method_of_the_request(self, sdk: Sdk) -> None:
        """A payment method named with the confirmation replaces the one before."""
        intent = sdk.v1.setup_intents.create({"payment_method": "pm_card_chargeDeclined"})
        confirmed = sdk.v1.setup_intents.confirm(
            intent.id,
            {
                "payment_method": "pm_card_visa",
                "return_url": "https://shop.example/back",
                "expand": ["latest_attempt", "payment_method"],
            },
        )
        assert confirmed.status == "succeeded"
        assert confirmed.latest_attempt.status == "succeeded"
        assert confirmed.latest_attempt.payment_method == confirmed.payment_method.id

    def test_asks_for_authentication(self, sdk: Sdk) -> None:
        """A card that has to authenticate sends the customer to a page of ours."""
        intent = sdk.v1.setup_intents.create({"payment_method": "pm_card_threeDSecure2Required"})
        url = "https://shop.example/back?order=1"
        confirmed = sdk.v1.setup_intents.confirm(intent.id, {"return_url": url})
        assert confirmed.status == "requires_action"
        assert confirmed.next_action.type == "redirect_to_url"
        assert confirmed.next_action.redirect_to_url.return_url == url
        assert confirmed.next_action.redirect_to_url.url.startswith("http")

    def test_asks_the_browser_sdk(self, sdk: Sdk) -> None:
        """With use_stripe_sdk the next action is the browser's."""
        intent = sdk.v1.setup_intents.create({"payment_method": "pm_card_threeDSecure2Required"})
        confirmed = sdk.v1.setup_intents.confirm(intent.id, {"use_stripe_sdk": True})
        assert confirmed.next_action.type == "use_stripe_sdk"
        assert confirmed.next_action.use_stripe_sdk is not None

    def test_starts_another_attempt(self, sdk: Sdk) -> None:
        """A waiting intent may be confirmed again; each time is an attempt, newest first."""
        intent = sdk.v1.setup_intents.create({"payment_method": "pm_card_threeDSecure2Required"})
        first = sdk.v1.setup_intents.confirm(intent.id, {"use_stripe_sdk": True})
        again = sdk.v1.setup_intents.confirm(
            intent.id, {"payment_method": "pm_card_visa", "use_stripe_sdk": True}
        )
        assert (again.status, again.next_action) == ("succeeded", None)
        attempts = sdk.v1.setup_attempts.list({"setup_intent": intent.id})
        assert [one.id for one in attempts.data] == [again.latest_attempt, first.latest_attempt]


class TestCancel:
    @pytest.mark.parametrize("reason", ["abandoned", "duplicate", "requested_by_customer", None])
    def test_keeps_the_reason(self, sdk: Sdk, reason: str | None) -> None:
        """A canceled intent keeps why, its payment method and its client secret."""
        intent = sdk.v1.setup_intents.create({"payment_method": "pm_card_visa"})
        params = {"cancellation_reason": reason} if reason else {}
        canceled = sdk.v1.setup_intents.cancel(intent.id, params)
        assert (canceled.status, canceled.cancellation_reason) == ("canceled", reason)
        assert canceled.payment_method == intent.payment_method
        assert canceled.client_secret == intent.client_secret

    def test_gives_up_the_authentication(self, sdk: Sdk) -> None:
        """A canceled intent waits for nobody."""
        intent = sdk.v1.setup_intents.create({"payment_method": "pm_card_threeDSecure2Required"})
        sdk.v1.setup_intents.confirm(intent.id, {"use_stripe_sdk": True})
        assert sdk.v1.setup_intents.cancel(intent.id).next_action is None


class TestModuleLevel:
    def test_lives_a_life(self, module_level: CheckedClient) -> None:
        """Create, retrieve, modify, confirm and list read the same with the older interface."""
        intent = stripe.SetupIntent.create(description="module", use_stripe_sdk=False)
        assert stripe.SetupIntent.retrieve(intent.id).description == "module"
        stripe.SetupIntent.modify(intent.id, metadata={"way": "module"})
        intent.confirm(payment_method="pm_card_visa", return_url="https://shop.example")
        assert intent.status == "succeeded"
        listed = stripe.SetupIntent.list(limit=100)
        assert intent.id in [one.id for one in listed.data]
        assert module_level.received["request-id"].startswith("req_")

    def test_cancels(self, module_level: CheckedClient) -> None:
        """An object of the SDK cancels itself, and shows that it is."""
        intent = stripe.SetupIntent.create()
        intent.cancel(cancellation_reason="duplicate")
        assert intent.status == "canceled"
        assert module_level.received["stripe-version"] == stripe.api_version

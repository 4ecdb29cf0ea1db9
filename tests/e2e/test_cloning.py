"""A platform's payment methods, cloned into an account that is connected to it."""

from typing import Any

import pytest
import stripe

from tests.e2e.client import Api
from tests.e2e.sdk import Sdk
from tests.e2e.server import PUBLISHABLE_KEY, Server

SAVED = {"allowed_payment_method_types": ["card"], "confirm": True}


class TestCloning:
    @pytest.fixture
    def customer(self, sdk: Sdk) -> str:
        name: str = sdk.v1.customers.create({}).id
        return name

    @pytest.fixture
    def attached(self, sdk: Sdk, customer: str) -> str:
        name: str = sdk.v1.payment_methods.attach("pm_card_visa", {"customer": customer}).id
        return name

    def test_makes_it_anew(self, sdk: Sdk, connected: str, customer: str, attached: str) -> None:
        """The clone is of the same card, is nobody's yet, and can be set up there."""
        options = {"stripe_account": connected}
        given = {"customer": customer, "payment_method": attached, "metadata": {"a": "b"}}
        made = sdk.v1.payment_methods.create(given, options)
        assert (made.type, made.card.last4, made.customer) == ("card", "4242", None)
        assert made.id != attached
        assert made.metadata.to_dict() == {"a": "b"}
        saved = sdk.v1.setup_intents.create({**SAVED, "payment_method": made.id}, options)
        assert saved.status == "succeeded"

    @pytest.mark.parametrize(
        ("given", "expected"),
        [
            ({}, (None, "customer")),
            ({"customer": "cus_another"}, (None, "customer")),
            ({"payment_method": "pm_nobody"}, ("resource_missing", "payment_method")),
            ({"payment_method": "cus_1"}, ("resource_missing", "payment_method")),
            ({"type": "card"}, ("parameters_exclusive", "type")),
        ],
        ids=["no customer", "another customer", "nothing", "no payment method", "described"],
    )
    def test_refuses(
        self,
        sdk: Sdk,
        connected: str,
        attached: str,
        given: dict[str, str],
        expected: tuple[Any, ...],
    ) -> None:
        """What the platform does not have so, and what is described anew, is not cloned."""
        with pytest.raises(stripe.InvalidRequestError) as refused:
            sdk.v1.payment_methods.create(
                {"payment_method": attached, **given}, {"stripe_account": connected}
            )
        assert (refused.value.code, refused.value.param) == expected

    def test_refuses_what_was_detached(self, sdk: Sdk, connected: str, attached: str) -> None:
        """A payment method that is used up cannot be cloned to be good again."""
        sdk.v1.payment_methods.detach(attached)
        with pytest.raises(stripe.InvalidRequestError) as refused:
            sdk.v1.payment_methods.create(
                {"payment_method": attached}, {"stripe_account": connected}
            )
        assert refused.value.code == "payment_method_unexpected_state"

    def test_is_for_platforms(self, sdk: Sdk, own: Sdk, customer: str, attached: str) -> None:
        """Neither without Stripe-Account, nor with a key of the account's own."""
        for client in (sdk, own):
            with pytest.raises(stripe.InvalidRequestError) as refused:
                client.v1.payment_methods.create({"customer": customer, "payment_method": attached})
            assert refused.value.param == "payment_method"

    def test_is_for_secret_keys(self, server: Server, connected: str, attached: str) -> None:
        """A browser makes payment methods, and clones none."""
        with Api(server.url, PUBLISHABLE_KEY) as browser:
            refused = browser.post(
                "/v1/payment_methods", {"payment_method": attached}, Stripe_Account=connected
            )
        assert (refused.status, refused.error["code"]) == (403, "secret_key_required")

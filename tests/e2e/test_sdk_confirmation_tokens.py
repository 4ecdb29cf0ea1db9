"""Confirmation tokens, made and used with the official SDK."""

from typing import Any

import pytest
import stripe

from service.keyring import Keyring
from tests.e2e.client import Api
from tests.e2e.sdk import Sdk
from tests.e2e.server import MASTER_KEY, Server

CARD: dict[str, Any] = {"number": "4242424242424242", "exp_month": 12, "exp_year": 2034}
RETURN_URL = "https://shop.example/back"
CHALLENGED = "pm_card_threeDSecure2Required"
SHIPPING = {"address": {"line1": "Main Street 1"}, "name": "Jenny Rosen"}


def token(sdk: Sdk, method: str = "pm_card_visa", **more: Any) -> Any:
    return sdk.v1.test_helpers.confirmation_tokens.create({"payment_method": method, **more})


def confirmed(sdk: Sdk, name: str, **more: Any) -> Any:
    return sdk.v1.setup_intents.create({"confirm": True, "confirmation_token": name, **more})


def live_key(kind: str) -> str:
    keyring = Keyring(bytes.fromhex(MASTER_KEY))
    return keyring.api_key(keyring.first_account(), kind, livemode=True)


class TestCreation:
    def test_previews_a_payment_method_that_is_not_made_yet(self, sdk: Sdk) -> None:
        """The preview has all of a payment method but what makes it one."""
        made = sdk.v1.test_helpers.confirmation_tokens.create(
            {
                "payment_method_data": {
                    "type": "card",
                    "card": CARD,
                    "billing_details": {"name": "Jenny Rosen"},
                },
                "payment_method_options": {
                    "card": {"installments": {"plan": {"type": "fixed_count", "count": 3}}}
                },
                "return_url": RETURN_URL,
                "setup_future_usage": "off_session",
                "shipping": SHIPPING,
            }
        )
        preview = made.payment_method_preview
        assert "id" not in preview
        assert (preview.type, preview.card.last4, preview.customer) == ("card", "4242", None)
        assert preview.billing_details.name == "Jenny Rosen"
        plan = made.payment_method_options.card.installments.plan.to_dict()
        assert plan == {"count": 3, "interval": None, "type": "fixed_count"}
        assert made.shipping.address.line1 == "Main Street 1"
        assert (made.expires_at - made.created, made.setup_intent) == (12 * 3600, None)
        assert (made.use_stripe_sdk, made.livemode, made.mandate_data) == (True, False, None)
        assert sdk.v1.confirmation_tokens.retrieve(made.id).to_dict() == made.to_dict()

    def test_previews_a_saved_payment_method(self, sdk: Sdk) -> None:
        """A payment method that is there already is shown with its customer."""
        customer = sdk.v1.customers.create().id
        saved = sdk.v1.payment_methods.attach("pm_card_mastercard", {"customer": customer})
        preview = token(sdk, saved.id).payment_method_preview
        assert (preview.customer, preview.card.brand) == (customer, "mastercard")

    def test_takes_a_token_in_a_cards_place(self, sdk: Sdk) -> None:
        """A card's token is used up by the confirmation token."""
        card = sdk.v1.tokens.create({"card": CARD})
        inline = {"type": "card", "card": {"token": card.id}}
        made = sdk.v1.test_helpers.confirmation_tokens.create({"payment_method_data": inline})
        assert made.payment_method_preview.card.last4 == "4242"
        assert sdk.v1.tokens.retrieve(card.id).used is True


class TestUse:
    def test_brings_the_payment_method_along(self, sdk: Sdk) -> None:
        """The payment method is made at the confirmation, and the token is used."""
        made = token(sdk, return_url=RETURN_URL)
        intent = confirmed(sdk, made.id)
        assert intent.status == "succeeded"
        used = sdk.v1.confirmation_tokens.retrieve(made.id)
        assert (used.setup_intent, used.expires_at) == (intent.id, None)
        method = sdk.v1.payment_methods.retrieve(intent.payment_method)
        assert method.card.fingerprint == used.payment_method_preview.card.fingerprint

    def test_confirms_an_intent_that_is_there(self, sdk: Sdk) -> None:
        """A confirmation takes a token as a creation does."""
        intent = sdk.v1.setup_intents.create()
        made = token(sdk, return_url=RETURN_URL, setup_future_usage="off_session")
        form = {"confirmation_token": made.id}
        assert sdk.v1.setup_intents.confirm(intent.id, form).status == "succeeded"

    def test_uses_a_saved_payment_method(self, sdk: Sdk) -> None:
        """A token of a saved payment method makes no other one."""
        customer = sdk.v1.customers.create().id
        saved = sdk.v1.payment_methods.attach("pm_card_visa", {"customer": customer})
        made = token(sdk, saved.id, return_url=RETURN_URL)
        assert confirmed(sdk, made.id, customer=customer).payment_method == saved.id

    def test_lets_the_sdk_authenticate(self, sdk: Sdk) -> None:
        """A token says that Stripe.js is there, unless the request says otherwise."""
        made = token(sdk, CHALLENGED, return_url=RETURN_URL)
        assert confirmed(sdk, made.id).next_action.type == "use_stripe_sdk"
        other = token(sdk, CHALLENGED, return_url=RETURN_URL)
        redirected = confirmed(sdk, other.id, use_stripe_sdk=False).next_action
        assert redirected.redirect_to_url.return_url == RETURN_URL

    def test_gives_way_to_what_the_request_says(self, sdk: Sdk) -> None:
        """Explicit parameters win over the token's, and the token is used all the same."""
        made = token(sdk, CHALLENGED, return_url=RETURN_URL)
        intent = confirmed(sdk, made.id, payment_method="pm_card_visa", return_url="app://back")
        assert intent.status == "succeeded"
        assert sdk.v1.confirmation_tokens.retrieve(made.id).setup_intent == intent.id

    def test_leaves_the_intents_own_payment_method(self, sdk: Sdk) -> None:
        """A token without a payment method confirms with the intent's."""
        intent = sdk.v1.setup_intents.create({"payment_method": "pm_card_visa"})
        made = sdk.v1.test_helpers.confirmation_tokens.create({"return_url": RETURN_URL})
        assert made.payment_method_preview is None
        form = {"confirmation_token": made.id}
        after = sdk.v1.setup_intents.confirm(intent.id, form)
        assert (after.status, after.payment_method) == ("succeeded", intent.payment_method)

    def test_is_used_by_a_decline(self, sdk: Sdk) -> None:
        """A declined confirmation has used its token."""
        made = token(sdk, "pm_card_chargeDeclined", return_url=RETURN_URL)
        with pytest.raises(stripe.CardError):
            confirmed(sdk, made.id)
        assert sdk.v1.confirmation_tokens.retrieve(made.id).setup_intent is not None


class TestMandates:
    def test_are_accepted_where_the_token_is_made(self, sdk: Sdk) -> None:
        """A token of a bank debit tells who accepted it, and its setup makes the mandate."""
        inline = {
            "type": "sepa_debit",
            "sepa_debit": {"iban": "DE89370400440532013000"},
            "billing_details": {"name": "Jenny Rosen", "email": "jenny@example.com"},
        }
        form = {"payment_method_data": inline, "return_url": RETURN_URL}
        made = sdk.v1.test_helpers.confirmation_tokens.create(form)
        acceptance = made.mandate_data.customer_acceptance
        assert (acceptance.type, acceptance.online.ip_address) == ("online", "127.0.0.1")
        intent = confirmed(sdk, made.id)
        mandate = sdk.v1.mandates.retrieve(intent.mandate)
        assert mandate.customer_acceptance.online.ip_address == "127.0.0.1"
        assert mandate.payment_method_details.type == "sepa_debit"


class TestRefusals:
    def test_of_a_second_use(self, sdk: Sdk) -> None:
        """A token is good for one confirmation."""
        made = token(sdk, return_url=RETURN_URL)
        confirmed(sdk, made.id)
        with pytest.raises(stripe.InvalidRequestError) as refused:
            confirmed(sdk, made.id)
        assert (refused.value.code, refused.value.param, refused.value.http_status) == (
            "token_already_used",
            "confirmation_token",
            400,
        )

    def test_of_another_usage(self, sdk: Sdk) -> None:
        """The usage that the customer agreed to is the intent's; a refusal uses nothing."""
        made = token(sdk, return_url=RETURN_URL, setup_future_usage="on_session")
        with pytest.raises(stripe.InvalidRequestError) as refused:
            confirmed(sdk, made.id)
        assert refused.value.code == "setup_intent_invalid_parameter"
        assert confirmed(sdk, made.id, usage="on_session").status == "succeeded"

    def test_of_no_return_url(self, sdk: Sdk) -> None:
        """Stripe.js, which the token tells of, needs no way back."""
        assert confirmed(sdk, token(sdk).id).status == "succeeded"

    @pytest.mark.parametrize(
        "name", ["ctoken_000000000000000000000000", "wat", "pm_card_visa"], ids=str
    )
    def test_of_a_token_that_is_none(self, api: Api, name: str) -> None:
        """An unknown token is a 404 in a path, and a bad parameter in a form."""
        missing = ("invalid_request_error", "resource_missing", "confirmation_token")
        assert api.get(f"/v1/confirmation_tokens/{name}").refusal == (404, *missing)
        form = {"confirm": True, "confirmation_token": name}
        assert api.post("/v1/setup_intents", form).refusal == (400, *missing)

    @pytest.mark.parametrize(
        ("form", "code", "param"),
        [
            ({"confirmation_token": "ctoken_1"}, None, "confirmation_token"),
        ],
        ids=["no confirm"],
    )
    def test_of_a_token_without_a_confirmation(
        self, api: Api, form: dict[str, Any], code: str | None, param: str
    ) -> None:
        """A token confirms; it is not kept for later."""
        refused = api.post("/v1/setup_intents", form).refusal
        assert refused == (400, "invalid_request_error", code, param)

    @pytest.mark.parametrize(
        ("form", "code", "param"),
        [
            (
                {"payment_method": "pm_1", "payment_method_data": {"type": "card", "card": CARD}},
                "parameters_exclusive",
                "payment_method_data",
            ),
            ({"payment_method": "pm_none"}, "resource_missing", "payment_method"),
            ({"payment_method": "tok_visa"}, "resource_missing", "payment_method"),
            ({"return_url": "javascript://x"}, "url_invalid", "return_url"),
            ({"setup_future_usage": "never"}, None, "setup_future_usage"),
            ({"shipping": {"name": "Jenny"}}, "parameter_missing", "shipping[address]"),
            ({"mandate_data": {}}, "parameter_unknown", "mandate_data"),
        ],
        ids=["two methods", "no method", "a token", "url", "usage", "shipping", "mandate"],
    )
    def test_of_a_creation(
        self, api: Api, form: dict[str, Any], code: str | None, param: str
    ) -> None:
        """What cannot be a token is told by its parameter."""
        if form.get("mandate_data") == {}:
            form = {"mandate_data": {"customer_acceptance": {"type": "offline"}}}
        refused = api.post("/v1/test_helpers/confirmation_tokens", form).refusal
        assert refused == (400, "invalid_request_error", code, param)


class TestModes:
    def test_a_live_key_makes_none_for_a_test(self, server: Server) -> None:
        """The helper for tests is in test mode only."""
        with Api(server.url, live_key("sk")) as live:
            refused = live.post("/v1/test_helpers/confirmation_tokens").refusal
        assert refused == (400, "invalid_request_error", "livemode_mismatch", None)

    def test_a_token_of_the_other_mode_is_not_there(self, server: Server, api: Api) -> None:
        """A live token confirms nothing in test mode, and the message says where it is."""
        with Api(server.url, live_key("pk")) as page:
            made = page.post("/v1/confirmation_tokens", {"return_url": RETURN_URL}).object
        assert made["livemode"] is True
        form = {"confirm": True, "confirmation_token": made["id"]}
        refused = api.post("/v1/setup_intents", form)
        told = ("invalid_request_error", "resource_missing", "confirmation_token")
        assert refused.refusal == (400, *told)
        assert "live mode" in refused.error["message"]


class TestPublishableKey:
    def test_makes_a_token(self, sdk: Sdk, browser: Api) -> None:
        """A page makes a token as Stripe.js does, with what the customer accepted there."""
        form = {
            "payment_method_data": {"type": "card", "card": CARD, "guid": "g"},
            "mandate_data": {
                "customer_acceptance": {
                    "type": "online",
                    "online": {"infer_from_client": True, "user_agent": "Mozilla/5.0"},
                }
            },
            "client_context": {"mode": "setup"},
            "return_url": RETURN_URL,
            "key": browser.key,
        }
        made = browser.post("/v1/confirmation_tokens", form).object
        assert made["mandate_data"]["customer_acceptance"]["online"] == {
            "ip_address": "127.0.0.1",
            "user_agent": "Mozilla/5.0",
        }
        assert confirmed(sdk, made["id"]).status == "succeeded"

    def test_alone_makes_one_so(self, api: Api) -> None:
        """A server has the test helper, and is told so."""
        assert api.post("/v1/confirmation_tokens").status == 403

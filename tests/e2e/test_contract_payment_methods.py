"""Declines and the other behaviours of cards, row by row."""

from typing import Any

import pytest

from tests.e2e.client import Api
from tests.e2e.intents import (
    CARD,
    INTENTS,
    a_customer,
    attached,
    authenticate,
    challenged,
    confirm,
    path_of,
    reread,
    saved,
)

METHODS = "/v1/payment_methods"
DECLINES: dict[str, dict[str, str]] = {
    "pm_card_chargeDeclined": {
        "advice_code": "try_again_later",
        "code": "card_declined",
        "decline_code": "generic_decline",
        "network_decline_code": "01",
    },
    "pm_card_chargeDeclinedExpiredCard": {
        "advice_code": "confirm_card_data",
        "code": "expired_card",
        "decline_code": "expired_card",
        "network_advice_code": "03",
        "network_decline_code": "54",
        "param": "exp_month",
    },
    "pm_card_visa_chargeDeclinedInsufficientFunds": {
        "code": "card_declined",
        "decline_code": "insufficient_funds",
    },
    "pm_card_visa_chargeDeclinedLostCard": {
        "code": "card_declined",
        "decline_code": "lost_card",
    },
    "pm_card_chargeDeclinedIncorrectCvc": {
        "code": "incorrect_cvc",
        "decline_code": "incorrect_cvc",
        "param": "cvc",
    },
    "pm_card_chargeDeclinedProcessingError": {"code": "processing_error"},
}


class TestDeclines:
    @pytest.mark.parametrize("card", DECLINES)
    def test_envelope(self, api: Api, card: str) -> None:
        """The error tells codes and a page about them, the card, and the intent as it is now."""
        customer = a_customer(api)
        form = {**CARD, "customer": customer, "payment_method": card, "confirm": True}
        declined = api.post(INTENTS, form)
        error = declined.error
        intent, method = error.pop("setup_intent"), error["payment_method"]
        assert declined.status == 402
        assert {name: error.get(name) for name in DECLINES[card]} == DECLINES[card]
        assert error["doc_url"].endswith(DECLINES[card]["code"].replace("_", "-"))
        assert intent == reread(api, intent)
        assert intent["last_setup_error"] == error
        assert (method["object"], method["customer"]) == ("payment_method", None)

    def test_leaves_a_failed_attempt(self, api: Api) -> None:
        """The attempt keeps the card that was tried, with its code checked, and why it failed."""
        form = {**CARD, "payment_method": "pm_card_chargeDeclined", "confirm": True}
        error = api.post(INTENTS, form).error
        (attempt,) = api.all("/v1/setup_attempts", {"setup_intent": error["setup_intent"]["id"]})
        assert (attempt["id"], attempt["status"]) == (
            error["setup_intent"]["latest_attempt"],
            "failed",
        )
        assert attempt["setup_error"]["code"] == "card_declined"
        assert attempt["payment_method_details"]["card"]["checks"]["cvc_check"] == "pass"

    def test_may_be_tried_again(self, api: Api) -> None:
        """A declined card is not spent: the same one may be confirmed again."""
        intent = api.post(INTENTS, CARD).object
        declined = confirm(api, intent, payment_method="pm_card_chargeDeclined")
        again = confirm(api, intent, payment_method=declined.error["payment_method"]["id"])
        assert again.refusal[:3] == (402, "card_error", "card_declined")


class TestSuccess:
    @pytest.mark.parametrize("usage", ["off_session", "on_session"])
    def test_usage_is_honoured(self, api: Api, usage: str) -> None:
        """The usage is kept on the intent and frozen on its attempt."""
        intent = saved(api, usage=usage)
        (attempt,) = api.all("/v1/setup_attempts", {"setup_intent": intent["id"]})
        assert (intent["usage"], attempt["usage"]) == (usage, usage)

    def test_attaches_to_the_customer(self, api: Api) -> None:
        """A card is attached by its success, with what the issuer checked."""
        customer = a_customer(api)
        intent = saved(api, customer=customer)
        method = api.get(f"{METHODS}/{intent['payment_method']}").object
        assert method["customer"] == customer
        assert method["card"]["checks"]["cvc_check"] == "pass"
        assert intent["mandate"] is intent["single_use_mandate"] is None

    def test_makes_a_method_for_each_use_of_a_name(self, api: Api) -> None:
        """A published name is a new payment method whenever it is used."""
        names = {saved(api)["payment_method"] for _ in range(3)}
        assert len(names) == 3
        assert all(name.startswith("pm_") and "card" not in name for name in names)

    def test_one_attempt_a_confirmation(self, api: Api) -> None:
        """An attempt is a frozen copy of what the intent was."""
        customer = a_customer(api)
        intent = challenged(api, customer=customer, flow_directions=["inbound"])
        api.post(path_of(intent), {"description": "later"})
        confirm(api, intent, payment_method="pm_card_visa")
        newest, oldest = api.all("/v1/setup_attempts", {"setup_intent": intent["id"]})
        assert (newest["status"], oldest["status"]) == ("succeeded", "abandoned")
        assert {newest["customer"], oldest["customer"]} == {customer}
        assert newest["flow_directions"] == oldest["flow_directions"] == ["inbound"]


class TestAuthentication:
    RETURN = "https://shop.example/back?order=1#top"

    @pytest.mark.parametrize(
        ("given", "kind"),
        [
            ({"return_url": RETURN}, "redirect_to_url"),
            ({}, "use_stripe_sdk"),
            ({"return_url": RETURN, "use_stripe_sdk": True}, "use_stripe_sdk"),
        ],
        ids=["return_url", "neither", "both"],
    )
    def test_way(self, api: Api, given: dict[str, Any], kind: str) -> None:
        """A way back makes it a redirect; without one, or if asked for, it is the browser's."""
        action = challenged(api, **given)["next_action"]
        assert sorted(action) == sorted([kind, "type"])
        assert action["type"] == kind

    def test_completed(self, api: Api) -> None:
        """The customer who authenticates is sent back, and the card is attached."""
        customer = a_customer(api)
        intent = challenged(api, customer=customer, return_url=self.RETURN)
        status, location = authenticate(intent, "complete")
        assert status in (302, 303)
        assert location == (
            f"https://shop.example/back?order=1&setup_intent={intent['id']}"
            f"&setup_intent_client_secret={intent['client_secret']}"
            "&redirect_status=succeeded#top"
        )
        after = reread(api, intent)
        assert (after["status"], after["next_action"]) == ("succeeded", None)
        method = api.get(f"{METHODS}/{after['payment_method']}").object
        assert method["customer"] == customer

    def test_failed(self, api: Api) -> None:
        """The customer who fails is sent back, and the intent waits for another card."""
        intent = challenged(api, return_url=self.RETURN)
        _, location = authenticate(intent, "fail")
        assert location is not None
        assert "redirect_status=failed" in location
        after = reread(api, intent)
        assert (after["status"], after["payment_method"]) == ("requires_payment_method", None)
        error = after["last_setup_error"]
        assert (error["code"], error["type"]) == (
            "setup_intent_authentication_failure",
            "invalid_request_error",
        )

    @pytest.mark.parametrize("first", ["complete", "fail"])
    def test_only_once(self, api: Api, first: str) -> None:
        """What was decided stays decided, however often the page is answered."""
        intent = challenged(api, return_url=self.RETURN)
        authenticate(intent, first)
        before = reread(api, intent)
        authenticate(intent, "complete")
        authenticate(intent, "fail")
        assert reread(api, intent) == before


class TestAttach:
    def test_twice_is_once(self, api: Api) -> None:
        """Attaching to the same customer again changes nothing and is no news."""
        customer = a_customer(api)
        method = attached(api, customer)
        before = api.get("/v1/events").body
        assert attached(api, customer, method) == method
        assert api.get("/v1/events").body == before

    @pytest.mark.parametrize("card", [*DECLINES, "pm_card_visa_chargeDeclinedStolenCard"])
    def test_declines(self, api: Api, card: str) -> None:
        """A card that would be declined is declined when it is attached."""
        refused = api.post(f"{METHODS}/{card}/attach", {"customer": a_customer(api)})
        assert refused.refusal[:2] == (402, "card_error")

    def test_takes_the_card_that_fails_later(self, api: Api) -> None:
        """The card whose charges fail is attached and set up all the same."""
        assert attached(api, a_customer(api), "pm_card_chargeCustomerFail").startswith("pm_")

    def test_needs_a_customer(self, api: Api) -> None:
        """Whom to attach to is a parameter that is missing, without a single name."""
        refused = api.post(f"{METHODS}/pm_card_visa/attach")
        assert refused.refusal == (400, "invalid_request_error", "parameter_missing", None)

    def test_elsewhere(self, api: Api) -> None:
        """What is one customer's is not another's."""
        method = attached(api, a_customer(api))
        refused = api.post(f"{METHODS}/{method}/attach", {"customer": a_customer(api)})
        assert refused.refusal == (400, "invalid_request_error", None, None)

    def test_detached_from_nobody(self, api: Api) -> None:
        """What is nobody's cannot be detached."""
        form = {"type": "card", "card": {"token": "tok_visa"}}
        method = api.post(METHODS, form).object["id"]
        refused = api.post(f"{METHODS}/{method}/detach")
        assert refused.refusal == (400, "invalid_request_error", None, None)


class TestCreate:
    def test_not_with_a_customer(self, api: Api) -> None:
        """A payment method is made first and attached then."""
        form = {"type": "card", "card": {"token": "tok_visa"}, "customer": a_customer(api)}
        assert api.post(METHODS, form).refusal[:2] == (400, "invalid_request_error")

    def test_not_of_a_name_in_a_tokens_place(self, api: Api) -> None:
        """A payment method's name is not a token."""
        refused = api.post(METHODS, {"type": "card", "card": {"token": "pm_card_visa"}})
        assert refused.refusal == (400, "invalid_request_error", None, "token")

"""Versions over HTTP: what callers of older and newer ones send, are shown, and hear."""

from typing import Any

import pytest

from tests.e2e.client import Api
from tests.e2e.server import until
from tests.e2e.subscriber import subscriber

INTENTS = "/v1/setup_intents"
CARD: dict[str, Any] = {"payment_method_types": ["card"]}
DECLINED = {**CARD, "payment_method": "pm_card_chargeDeclined", "confirm": "true"}
USAGE = {"payment_method_options": {"card": {"setup_credential_usage": "recurring"}}}


def options(shown: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = shown["payment_method_options"]["card"]
    return found


class TestAnswers:
    def test_leave_out_what_came_after_the_default(self, api: Api) -> None:
        """An option of the newest version is kept, and shown to those who speak it only."""
        made = api.post(INTENTS, {**CARD, **USAGE})
        assert "setup_credential_usage" not in options(made.object)
        path = f"{INTENTS}/{made.object['id']}"
        newest = api.get(path, Stripe_Version="2026-10-28.endive")
        assert options(newest.object)["setup_credential_usage"] == "recurring"
        assert "setup_credential_usage" not in options(api.get(path).object)

    @pytest.mark.parametrize(
        ("version", "unknown"),
        [
            ("2024-11-20.acacia", {"advice_code", "network_advice_code", "network_decline_code"}),
            ("2024-12-18.acacia", {"advice_code"}),
            ("2025-01-27.acacia", set[str]()),
        ],
    )
    def test_leave_it_out_of_errors(self, api: Api, version: str, unknown: set[str]) -> None:
        """An error has the fields that its version knew, and so has what it embeds."""
        now = api.post(INTENTS, DECLINED).error
        error = api.post(INTENTS, DECLINED, Stripe_Version=version).error
        assert error.keys() == now.keys() - unknown
        held = error["setup_intent"]["last_setup_error"]
        assert held.keys() == now["setup_intent"]["last_setup_error"].keys() - unknown
        for one in (error["payment_method"], error["setup_intent"], held["payment_method"]):
            assert "customer_account" not in one

    def test_of_lists_leave_it_out(self, api: Api) -> None:
        """Every object of a list is shown as its version knew it."""
        api.post(INTENTS, CARD)
        for one in api.get(INTENTS, Stripe_Version="2022-11-15").object["data"]:
            assert "allowed_payment_method_types" not in one

    def test_of_expansions_leave_it_out(self, api: Api) -> None:
        """An object that is expanded is shown as the version knew it."""
        customer = api.post("/v1/customers").object["id"]
        form = {**CARD, "customer": customer, "expand": ["customer"]}
        made = api.post(INTENTS, form, Stripe_Version="2025-11-17.clover").object
        assert "customer_account" not in made["customer"]


class TestRequests:
    def test_may_say_what_was_said_then(self, api: Api) -> None:
        """Before 2024-04-10 a challenge had another name; since then there is no such value."""
        form = {
            **CARD,
            "payment_method_options": {"card": {"request_three_d_secure": "challenge_only"}},
        }
        made = api.post(INTENTS, form, Stripe_Version="2023-10-16").object
        assert options(made)["request_three_d_secure"] == "challenge"
        refused = api.post(INTENTS, form, Stripe_Version="2024-04-10")
        param = "payment_method_options[card][request_three_d_secure]"
        assert refused.refusal == (400, "invalid_request_error", None, param)

    def test_may_use_what_came_later(self, api: Api) -> None:
        """Who sends a parameter that came later knows it, whichever version is spoken."""
        form = {"allowed_payment_method_types": ["card"]}
        made = api.post(INTENTS, form, Stripe_Version="2023-10-16").object
        assert made["payment_method_types"] == ["card"]


class TestEvents:
    def test_are_told_in_the_version_of_their_account(self, api: Api) -> None:
        """What an event holds does not change with who looks at it."""
        name = api.post(INTENTS, CARD).object["id"]
        (event,) = (
            one
            for one in api.get("/v1/events", {"limit": 5}).object["data"]
            if one["data"]["object"]["id"] == name
        )
        assert event["api_version"] == "2026-08-26.dahlia"
        seen = api.get(f"/v1/events/{event['id']}", Stripe_Version="2022-11-15").object
        assert seen["data"] == event["data"]
        assert seen["api_version"] == event["api_version"]

    @pytest.mark.parametrize(
        ("version", "known"),
        [
            ("2022-11-15", set[str]()),
            ("2026-08-26.dahlia", {"customer_account"}),
            ("2026-10-28.endive", {"customer_account", "setup_credential_usage"}),
        ],
    )
    def test_are_delivered_in_the_version_of_the_endpoint(
        self, api: Api, version: str, known: set[str]
    ) -> None:
        """An endpoint hears in the version that it was made with."""
        with subscriber() as there:
            wanted = {
                "url": there.url,
                "enabled_events": ["setup_intent.created"],
                "api_version": version,
            }
            endpoint = api.post("/v1/webhook_endpoints", wanted).object
            there.secret = endpoint["secret"]
            name = api.post(INTENTS, {**CARD, **USAGE}).object["id"]
            until(lambda: ("setup_intent.created", name) in there.types)
            api.delete(f"/v1/webhook_endpoints/{endpoint['id']}")
        told = [copies[0] for copies in there.heard.values()]
        (event,) = (one for one in told if one["data"]["object"]["id"] == name)
        intent = event["data"]["object"]
        assert event["api_version"] == version
        assert ({"customer_account"} & intent.keys()) | (
            {"setup_credential_usage"} & options(intent).keys()
        ) == known

"""What every answer is like: its layout, and its headers whatever came of the call."""

import json

import pytest
import stripe

from tests.e2e.client import Answer, Api
from tests.e2e.sdk import CheckedClient, Sdk

INTENTS = "/v1/setup_intents"
SDKS = [f"Stripe/v1 {name}Bindings/1.2.3" for name in ("Python", "Node", "Ruby", "Php", ".Net")]


def indented(answer: Answer) -> bool:
    return answer.body == json.dumps(answer.json, indent=2, ensure_ascii=False).encode()


def compact(answer: Answer) -> bool:
    layout = json.dumps(answer.json, separators=(",", ":"), ensure_ascii=False)
    return answer.body == layout.encode()


class TestLayout:
    @pytest.mark.parametrize("agent", ["", "curl/8.5.0", "Stripe/1.0", "my-app Stripe/v1 x"])
    def test_is_indented_for_people(self, api: Api, agent: str) -> None:
        """An answer, a list and an error are indented by two spaces, as Stripe's are."""
        made = api.post(INTENTS, {"metadata": {"a": "é\n☃"}}, User_Agent=agent)
        assert indented(made)
        assert indented(api.get(f"{INTENTS}?limit=2", User_Agent=agent))
        assert indented(api.get("/v1/wat", User_Agent=agent))

    @pytest.mark.parametrize("agent", SDKS)
    def test_is_compact_for_sdks(self, api: Api, agent: str) -> None:
        """An official SDK gets no space that it has no use for."""
        made = api.post(INTENTS, {"metadata": {"a": "é\n☃"}}, User_Agent=agent)
        assert compact(made)
        assert compact(api.get(f"{INTENTS}?limit=2", User_Agent=agent))
        assert compact(api.get("/v1/wat", User_Agent=agent))

    def test_is_compact_for_the_sdk_itself(self, sdk: Sdk, module_level: CheckedClient) -> None:
        """The SDK that is installed is known by the name that it really sends."""
        stripe.SetupIntent.list(limit=1)
        assert module_level.sent["User-Agent"].startswith("Stripe/v1 PythonBindings/")
        response = sdk.v1.setup_intents.list({"limit": 1}).last_response
        assert b"\n" not in response.body.encode()

    def test_is_that_of_who_asks(self, api: Api) -> None:
        """A replay is byte for byte the first answer, and laid out for whoever repeats it."""
        first = api.post(INTENTS, Idempotency_Key="layout")
        again = api.post(INTENTS, Idempotency_Key="layout")
        sdks = api.post(INTENTS, Idempotency_Key="layout", User_Agent=SDKS[0])
        assert again.body == first.body
        assert compact(sdks)
        assert sdks.json == first.json


class TestHeaders:
    @pytest.mark.parametrize("agent", ["curl/8.5.0", SDKS[0]])
    @pytest.mark.parametrize(
        ("method", "path", "status"),
        [
            ("GET", INTENTS, 200),
            ("GET", f"{INTENTS}/seti_none", 404),
            ("GET", "/v1/wat", 404),
            ("PUT", INTENTS, 404),
            ("OPTIONS", INTENTS, 200),
            ("HEAD", INTENTS, 200),
            ("DELETE", "/v1/customers/cus_none", 404),
        ],
    )
    def test_are_on_everything(
        self, api: Api, method: str, path: str, status: int, agent: str
    ) -> None:
        """Whatever is asked, the answer is named, typed and says in which version it is."""
        asked = {"User-Agent": agent, "Stripe-Version": "2026-07-29.dahlia"}
        answer = api.call(method, path, headers=asked)
        assert answer.status == status
        assert answer.headers["request-id"].startswith("req_")
        assert answer.headers["content-type"] == "application/json"
        assert answer.headers["server"] == "Seti"
        assert answer.headers["stripe-version"] == "2026-07-29.dahlia"

    def test_echo_even_a_version_that_is_none(self, api: Api) -> None:
        """The version that was asked for is named, also where it is refused."""
        refused = api.get(INTENTS, Stripe_Version="not-a-real-version")
        assert (refused.status, refused.headers["stripe-version"]) == (400, "not-a-real-version")

    @pytest.mark.parametrize(
        ("form", "status"),
        [({}, 200), ({"usage": "never"}, 400), ({"customer": "cus_none"}, 400)],
        ids=["made", "bad parameter", "refused"],
    )
    def test_echo_the_key(self, api: Api, form: dict[str, str], status: int) -> None:
        """A keyed POST names its key in the answer, whatever came of it; nothing else does."""
        answer = api.post(INTENTS, form, Idempotency_Key=f"echo {status} {len(form)} {form}")
        assert answer.status == status
        assert answer.headers["idempotency-key"].startswith("echo")
        assert "idempotency-key" not in api.get(INTENTS, Idempotency_Key="read").headers
        assert "idempotency-key" not in api.post(INTENTS, Idempotency_Key="k" * 256).headers

    def test_bring_no_notice(self, api: Api) -> None:
        """SDKs print a Stripe-Notice as a warning, so none is sent."""
        assert "stripe-notice" not in api.post(INTENTS).headers

    @pytest.mark.parametrize(
        ("method", "path"), [("POST", "/v1/customers"), ("POST", INTENTS), ("GET", INTENTS)]
    )
    def test_status_is_200(self, api: Api, method: str, path: str) -> None:
        """What is carried out is 200, never 201 or 204, and has a body."""
        answer = api.call(method, path)
        assert (answer.status, bool(answer.body)) == (200, True)

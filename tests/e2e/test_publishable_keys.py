"""What a browser may do with a publishable key: little, and seeing little."""

import pytest

from tests.e2e.answers import PUBLIC
from tests.e2e.client import Api

INTENTS = "/v1/setup_intents"
SDK = {"use_stripe_sdk": True}
REFUSED = (
    ("POST", INTENTS),
    ("GET", INTENTS),
    ("POST", INTENTS + "/{intent}"),
    ("POST", INTENTS + "/{intent}/cancel"),
    ("GET", "/v1/setup_attempts?setup_intent={intent}"),
    ("GET", "/v1/payment_methods"),
    ("GET", "/v1/payment_methods/pm_1"),
    ("POST", "/v1/payment_methods/pm_1"),
    ("POST", "/v1/payment_methods/pm_1/attach"),
    ("POST", "/v1/payment_methods/pm_1/detach"),
    ("POST", "/v1/customers"),
    ("GET", "/v1/customers"),
    ("GET", "/v1/customers/cus_1"),
    ("POST", "/v1/customers/cus_1"),
    ("DELETE", "/v1/customers/cus_1"),
    ("GET", "/v1/customers/cus_1/payment_methods"),
    ("GET", "/v1/customers/cus_1/payment_methods/pm_1"),
    ("GET", "/v1/events"),
    ("GET", "/v1/events/evt_1"),
    ("POST", "/v1/webhook_endpoints"),
    ("GET", "/v1/webhook_endpoints"),
    ("GET", "/v1/webhook_endpoints/we_1"),
    ("POST", "/v1/webhook_endpoints/we_1"),
    ("DELETE", "/v1/webhook_endpoints/we_1"),
)


@pytest.fixture
def intent(api: Api) -> dict[str, str]:
    """An intent that a browser is to confirm."""
    return api.post(INTENTS, {"metadata": {"inner": "secret"}}).object


class TestMay:
    def test_retrieve_with_the_client_secret(self, browser: Api, intent: dict[str, str]) -> None:
        """The intent is shown with the fields that are marked for publishable keys, no others."""
        query = {"client_secret": intent["client_secret"]}
        shown = browser.get(f"{INTENTS}/{intent['id']}", query).object
        assert tuple(shown) == PUBLIC
        assert shown == {name: intent[name] for name in PUBLIC}

    def test_confirm_with_the_client_secret(self, browser: Api, intent: dict[str, str]) -> None:
        """A browser confirms with card details, and is shown the reduced intent."""
        form = {
            "client_secret": intent["client_secret"],
            "payment_method_data": {"type": "card", "card": {"token": "tok_visa"}},
            "mandate_data": {
                "customer_acceptance": {"type": "online", "online": {"infer_from_client": True}}
            },
            **SDK,
        }
        shown = browser.post(f"{INTENTS}/{intent['id']}/confirm", form).object
        assert (tuple(shown), shown["status"]) == (PUBLIC, "succeeded")

    def test_be_declined(self, browser: Api, intent: dict[str, str]) -> None:
        """The intent inside of an error is reduced as well."""
        form = {
            "client_secret": intent["client_secret"],
            "payment_method": "pm_card_chargeDeclined",
            **SDK,
        }
        declined = browser.post(f"{INTENTS}/{intent['id']}/confirm", form)
        assert declined.refusal[:3] == (402, "card_error", "card_declined")
        assert tuple(declined.error["setup_intent"]) == PUBLIC

    def test_make_a_payment_method(self, browser: Api) -> None:
        """A browser may make a payment method of a card."""
        form = {"type": "card", "card": {"token": "tok_visa"}}
        assert browser.post("/v1/payment_methods", form).object["customer"] is None

    def test_name_itself_in_the_body(self, browser: Api, intent: dict[str, str]) -> None:
        """What browser libraries send along is taken and ignored."""
        form = {
            "key": browser.key,
            "_stripe_version": "2026-08-26.dahlia",
            "client_secret": intent["client_secret"],
            "expected_payment_method_type": "card",
            "payment_method": "pm_card_visa",
            **SDK,
        }
        assert browser.post(f"{INTENTS}/{intent['id']}/confirm", form).status == 200


class TestMayNot:
    @pytest.mark.parametrize(("method", "path"), REFUSED)
    def test_do_anything_else(
        self, browser: Api, intent: dict[str, str], method: str, path: str
    ) -> None:
        """Every other operation is for secret keys, whatever it is about."""
        refused = browser.call(method, path.format(intent=intent["id"]))
        assert refused.refusal == (403, "invalid_request_error", "secret_key_required", None)

    @pytest.mark.parametrize("operation", ["", "/confirm"], ids=["retrieve", "confirm"])
    def test_act_without_the_client_secret(
        self, browser: Api, intent: dict[str, str], operation: str
    ) -> None:
        """The client secret is what shows that the intent is the customer's."""
        path = f"{INTENTS}/{intent['id']}{operation}"
        refused = browser.post(path) if operation else browser.get(path)
        assert refused.refusal == (
            400,
            "invalid_request_error",
            "parameter_missing",
            "client_secret",
        )

    @pytest.mark.parametrize("given", ["{id}_secret_wrong", "wrong", "{id}", "é"])
    @pytest.mark.parametrize("operation", ["", "/confirm"], ids=["retrieve", "confirm"])
    def test_act_with_another_secret(
        self, browser: Api, intent: dict[str, str], operation: str, given: str
    ) -> None:
        """A client secret of another intent, or of none, opens nothing and is not shown back."""
        path = f"{INTENTS}/{intent['id']}{operation}"
        form = {"client_secret": given.format(id=intent["id"])}
        refused = browser.post(path, form) if operation else browser.get(path, form)
        assert (refused.status, refused.error["param"]) == (400, "client_secret")
        assert "setup_intent" not in refused.error

    def test_see_another_intent(self, api: Api, browser: Api, intent: dict[str, str]) -> None:
        """The secret of one intent does not open another."""
        other = api.post(INTENTS).object
        query = {"client_secret": other["client_secret"]}
        assert browser.get(f"{INTENTS}/{intent['id']}", query).error["param"] == "client_secret"

    @pytest.mark.parametrize("path", ["application", "customer", "latest_attempt", "mandate"])
    def test_expand(self, browser: Api, intent: dict[str, str], path: str) -> None:
        """What is private is refused where there is none, too: nobody finds out if there is."""
        query = {"client_secret": intent["client_secret"], "expand": [path, "payment_method"]}
        refused = browser.get(f"{INTENTS}/{intent['id']}", query)
        assert refused.refusal == (403, "invalid_request_error", "secret_key_required", None)

    def test_change_what_is_the_merchants(self, browser: Api, intent: dict[str, str]) -> None:
        """Parameters that are not a confirmation's are unknown to it."""
        form = {"client_secret": intent["client_secret"], "metadata": {"a": "b"}}
        refused = browser.post(f"{INTENTS}/{intent['id']}/confirm", form)
        assert refused.refusal[2:] == ("parameter_unknown", "metadata")


@pytest.mark.parametrize("path", ["customer", "payment_method.customer", "latest_attempt"])
def test_a_browser_expands_the_payment_method_only(api: Api, browser: Api, path: str) -> None:
    """Whose it is, and what was attempted, is not a browser's to see."""
    customer = api.post("/v1/customers", {"email": "jenny@example.com"}).object["id"]
    form = {"payment_method_types": ["card"], "payment_method": "pm_card_visa", "confirm": True}
    intent = api.post(INTENTS, {**form, "customer": customer}).object
    where, query = f"{INTENTS}/{intent['id']}", {"client_secret": intent["client_secret"]}
    shown = browser.get(where, {**query, "expand": ["payment_method"]}).object
    assert shown["payment_method"]["customer"] == customer
    refused = browser.get(where, {**query, "expand": [path]})
    assert refused.refusal == (403, "invalid_request_error", "secret_key_required", None)
    assert "expand" in refused.error["message"]
    assert b"jenny" not in refused.body


@pytest.mark.parametrize("step", ["", "/confirm", "/verify_microdeposits"])
def test_a_missing_intent_is_told_before_its_client_secret(browser: Api, step: str) -> None:
    """Whatever secret comes along, an intent that is not there is a 404."""
    form = {"client_secret": "seti_none_secret_x"}
    path = f"{INTENTS}/seti_none{step}"
    if step == "/verify_microdeposits":
        form["descriptor_code"] = "SM11AA"
    refused = browser.post(path, form) if step else browser.get(path, form)
    assert refused.refusal == (404, "invalid_request_error", "resource_missing", "intent")


def test_a_secret_key_may_send_the_client_secret(api: Api, intent: dict[str, str]) -> None:
    """A secret key needs no client secret, but a wrong one is refused from anybody."""
    path = f"{INTENTS}/{intent['id']}"
    assert api.get(path, {"client_secret": intent["client_secret"]}).object == intent
    assert api.get(path, {"client_secret": "wrong"}).error["param"] == "client_secret"

"""How a call says whose it is where it has no Authorization header: as Stripe.js does."""

from typing import Any

import pytest

from tests.e2e.answers import PUBLIC
from tests.e2e.client import Answer, Api, encoded
from tests.e2e.raw import FORM, exchange
from tests.e2e.server import PUBLISHABLE_KEY, SECRET_KEY, Server

INTENTS = "/v1/setup_intents"
CARD = {"type": "card", "card": {"token": "tok_visa"}}


class Page:
    """A page without a header of its own: whatever it says stands in its form or its query."""

    def __init__(self, url: str) -> None:
        self._url = url

    def post(self, path: str, form: dict[str, Any], *headers: str) -> Answer:
        body = encoded(form)
        return self._ask("POST", path, body, FORM, f"Content-Length: {len(body)}", *headers)

    def get(self, path: str, query: dict[str, Any], *headers: str) -> Answer:
        return self._ask("GET", f"{path}?{encoded(query)}", "", *headers)

    def _ask(self, method: str, target: str, body: str, *headers: str) -> Answer:
        lines = [f"{method} {target} HTTP/1.1", "Host: a", "Connection: close", *headers, "", body]
        answer = exchange(self._url, "\r\n".join(lines).encode())
        assert answer is not None
        return answer


@pytest.fixture
def page(server: Server) -> Page:
    return Page(server.url)


@pytest.fixture
def intent(api: Api) -> dict[str, Any]:
    """An intent that a page is to confirm."""
    return api.post(INTENTS).object


class TestTheKey:
    def test_may_stand_in_the_body(self, page: Page) -> None:
        """A page makes a payment method with its publishable key among the parameters."""
        made = page.post("/v1/payment_methods", {**CARD, "key": PUBLISHABLE_KEY}).object
        assert made["object"] == "payment_method"

    def test_may_stand_in_the_query(self, page: Page, intent: dict[str, Any]) -> None:
        """A page retrieves its intent with the key in the query, and sees what it may."""
        query = {"key": PUBLISHABLE_KEY, "client_secret": intent["client_secret"]}
        assert tuple(page.get(f"{INTENTS}/{intent['id']}", query).object) == PUBLIC
        asked = page.get(f"{INTENTS}/{intent['id']}", {**query, "is_stripe_sdk": "false"})
        assert tuple(asked.object) == PUBLIC

    def test_stands_beside_proof_of_a_person(self, page: Page) -> None:
        """What Stripe.js has from its captcha is taken with a payment method, and not shown."""
        proof = {"key": PUBLISHABLE_KEY, "radar_options": {"hcaptcha_token": "P1_x"}}
        made = page.post("/v1/payment_methods", {**CARD, **proof}).object
        assert made["radar_options"] == {}
        card = {"exp_month": 12, "exp_year": 2034, "number": "4242424242424242"}
        assert page.post("/v1/tokens", {"card": card, **proof}).object["object"] == "token"

    def test_may_stand_in_the_query_of_a_post(self, page: Page) -> None:
        """What the address of a POST adds are parameters like those of the body."""
        made = page.post(f"/v1/payment_methods?key={PUBLISHABLE_KEY}", CARD).object
        assert made["object"] == "payment_method"

    def test_may_be_a_secret_one(self, page: Page) -> None:
        """A secret key in the form opens what it opens in a header."""
        assert page.get(INTENTS, {"key": SECRET_KEY}).object["object"] == "list"
        assert page.post("/v1/customers", {"key": SECRET_KEY, "name": "A"}).object["name"] == "A"

    def test_confirms(self, page: Page, intent: dict[str, Any]) -> None:
        """A confirmation as Stripe.js sends it is carried out."""
        form = {
            "payment_method_data": {**CARD, "guid": "NA", "payment_user_agent": "stripe.js/1"},
            "client_attribution_metadata": {"merchant_integration_source": "elements"},
            "expected_payment_method_type": "card",
            "use_stripe_sdk": "true",
            "key": PUBLISHABLE_KEY,
            "_stripe_version": "2026-07-29.dahlia",
            "client_secret": intent["client_secret"],
        }
        confirmed = page.post(f"{INTENTS}/{intent['id']}/confirm", form)
        assert confirmed.object["status"] == "succeeded"
        assert confirmed.headers["stripe-version"] == "2026-07-29.dahlia"

    @pytest.mark.parametrize(
        ("form", "status"),
        [
            ({}, 401),
            ({"key": ""}, 401),
            ({"key": "pk_test_NobodyHasThisKey"}, 401),
            ({"key": ["pk_test_1"]}, 400),
            ({"key": PUBLISHABLE_KEY + " x"}, 401),
        ],
        ids=["absent", "empty", "nobody's", "a list", "with a tail"],
    )
    def test_that_is_none(self, page: Page, form: dict[str, Any], status: int) -> None:
        """A form without a key that opens anything is refused, and the key not shown back."""
        refused = page.post("/v1/payment_methods", {**CARD, **form})
        assert (refused.status, refused.error["type"]) == (status, "invalid_request_error")
        assert b"NobodyHas" not in refused.body

    def test_opens_no_more_than_in_a_header(self, page: Page) -> None:
        """A publishable key in the form is refused where it is refused in a header."""
        refused = page.get(INTENTS, {"key": PUBLISHABLE_KEY})
        assert refused.refusal == (403, "invalid_request_error", "secret_key_required", None)

    def test_is_no_parameter_beside_a_header(self, api: Api, browser: Api) -> None:
        """Beside a header it is dropped where pages call, and unknown where they do not."""
        assert browser.post("/v1/payment_methods", {**CARD, "key": "x"}).status == 200
        assert api.post("/v1/customers", {"key": SECRET_KEY}).refusal[2:] == (
            "parameter_unknown",
            "key",
        )

    def test_is_not_in_the_log(self, page: Page, server: Server) -> None:
        """Nothing of a key in a query is written down."""
        since = len(server.output)
        answer = page.get("/v1/wat", {"key": SECRET_KEY})
        server.output.said_of(answer.headers["request-id"])
        page.get(INTENTS, {"key": SECRET_KEY, "wat": "1"})
        assert SECRET_KEY not in "".join(server.output.lines[since:])


class TestTheVersion:
    def test_of_a_header_wins(self, page: Page) -> None:
        """A header says it before the form does."""
        form = {**CARD, "key": PUBLISHABLE_KEY, "_stripe_version": "2026-04-22.dahlia"}
        path = "/v1/payment_methods"
        assert page.post(path, form).headers["stripe-version"] == "2026-04-22.dahlia"
        made = page.post(path, form, "Stripe-Version: 2026-05-27.dahlia")
        assert made.headers["stripe-version"] == "2026-05-27.dahlia"

    def test_that_is_none(self, page: Page) -> None:
        """A version in the form is looked at as one in a header is."""
        form = {**CARD, "key": PUBLISHABLE_KEY, "_stripe_version": "wat"}
        assert page.post("/v1/payment_methods", form).refusal[:3] == (
            400,
            "invalid_request_error",
            None,
        )


class TestTheAccount:
    def test_that_the_key_may_not_act_for(self, page: Page) -> None:
        """An account in the form is looked at as one in a header is."""
        form = {**CARD, "key": PUBLISHABLE_KEY, "_stripe_account": "acct_none"}
        assert page.post("/v1/payment_methods", form).refusal[:3] == (
            403,
            "invalid_request_error",
            "account_invalid",
        )


def test_parameters_in_the_address_of_a_post(api: Api) -> None:
    """They count, and the body's count after them."""
    made = api.post("/v1/customers?name=address&email=a@b.example", {"name": "body"}).object
    assert (made["name"], made["email"]) == ("body", "a@b.example")
    refused = api.post("/v1/customers?wat=1", {"name": "body"})
    assert refused.refusal[2:] == ("parameter_unknown", "wat")


def test_parameters_in_the_address_are_part_of_what_a_key_is_for(api: Api) -> None:
    """An Idempotency-Key is for the address's parameters as well."""
    first = api.post("/v1/customers?name=a", Idempotency_Key="address")
    assert api.post("/v1/customers?name=a", Idempotency_Key="address").body == first.body
    refused = api.post("/v1/customers?name=b", Idempotency_Key="address")
    assert refused.refusal[:2] == (400, "idempotency_error")

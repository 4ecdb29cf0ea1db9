"""The contract's refusals, row by row: what a client decides on, and what it is shown."""

from typing import Any

import pytest

from service.keyring import Keyring
from tests.e2e.client import Api
from tests.e2e.intents import (
    CARD,
    INTENTS,
    a_customer,
    attached,
    canceled,
    confirm,
    path_of,
    reread,
    saved,
)
from tests.e2e.server import MASTER_KEY, Server

INVALID = "invalid_request_error"
UNEXPECTED = "setup_intent_unexpected_state"
MISSING = "resource_missing"

Refusal = tuple[int, str, str | None, str | None]


def _bare(api: Api) -> dict[str, Any]:
    return api.post(INTENTS, CARD).object


ON_STATUS = {
    "confirm, no payment method": (_bare, "/confirm", {}),
    "confirm, succeeded": (saved, "/confirm", {"payment_method": "pm_card_visa"}),
    "confirm again, succeeded": (saved, "/confirm", {}),
    "confirm, canceled": (canceled, "/confirm", {"payment_method": "pm_card_visa"}),
    "cancel, succeeded": (saved, "/cancel", {}),
    "cancel, canceled": (canceled, "/cancel", {}),
    "update payment_method, succeeded": (saved, "", {"payment_method": "pm_card_visa"}),
    "update payment_method, canceled": (canceled, "", {"payment_method": "pm_card_visa"}),
}


@pytest.mark.parametrize("row", ON_STATUS)
def test_unexpected_state(api: Api, row: str) -> None:
    """What the intent's status does not allow is refused with the intent, which stays."""
    make, operation, form = ON_STATUS[row]
    intent = make(api)
    refused = api.post(path_of(intent, operation), form)
    assert refused.refusal == (400, INVALID, UNEXPECTED, None)
    assert refused.error["setup_intent"] == intent == reread(api, intent)


class TestOwnership:
    """A payment method that is a customer's serves that customer's intents only."""

    @pytest.mark.parametrize("beside", ["another customer", "no customer"])
    def test_at_create(self, api: Api, beside: str) -> None:
        """At creation nothing is shown beside the error, and nothing is made."""
        method = attached(api, a_customer(api))
        form = {**CARD, "payment_method": method, **_customer(api, beside)}
        before = api.get(INTENTS).body
        refused = api.post(INTENTS, form)
        assert refused.refusal == (400, INVALID, None, "payment_method")
        assert "setup_intent" not in refused.error
        assert api.get(INTENTS).body == before

    @pytest.mark.parametrize("beside", ["another customer", "no customer"])
    @pytest.mark.parametrize("operation", ["", "/confirm"], ids=["update", "confirm"])
    def test_later(self, api: Api, beside: str, operation: str) -> None:
        """At an update or a confirmation the intent is shown, and stays as it was."""
        method = attached(api, a_customer(api))
        intent = api.post(INTENTS, {**CARD, **_customer(api, beside)}).object
        refused = api.post(path_of(intent, operation), {"payment_method": method})
        assert refused.refusal == (400, INVALID, None, "payment_method")
        assert refused.error["setup_intent"] == intent == reread(api, intent)

    def test_when_the_customer_changes(self, api: Api) -> None:
        """An intent's customer cannot change away from the owner of its payment method."""
        owner = a_customer(api)
        form = {**CARD, "customer": owner, "payment_method": attached(api, owner)}
        intent = api.post(INTENTS, form).object
        refused = api.post(path_of(intent), {"customer": a_customer(api)})
        assert refused.refusal == (400, INVALID, None, "payment_method")


def _customer(api: Api, beside: str) -> dict[str, str]:
    return {"customer": a_customer(api)} if beside == "another customer" else {}


class TestSpentPaymentMethods:
    """A payment method that was set up without a customer, or detached, is spent."""

    @pytest.mark.parametrize(
        ("how", "where"),
        [
            ("set up", "create"),
            ("set up", "confirm"),
            ("detached", "create"),
            ("detached", "confirm"),
            ("detached", "attach"),
        ],
    )
    def test_are_not_taken_again(self, api: Api, how: str, where: str) -> None:
        """No other intent takes it, nor, once it was detached, a customer."""
        method = _spent(api, how)
        if where == "create":
            refused = api.post(INTENTS, {**CARD, "payment_method": method, "confirm": True})
        elif where == "confirm":
            refused = confirm(api, _bare(api), payment_method=method)
        else:
            path = f"/v1/payment_methods/{method}/attach"
            refused = api.post(path, {"customer": a_customer(api)})
        assert refused.refusal[:2] == (400, INVALID)
        assert refused.refusal[2] in (None, "payment_method_unexpected_state")

    @pytest.mark.parametrize("how", ["attach", "create a customer"])
    def test_are_taken_by_a_customer(self, api: Api, how: str) -> None:
        """Set up without a customer, it is attached to who comes later, and serves again."""
        method = _spent(api, "set up")
        if how == "attach":
            customer = a_customer(api)
            api.post(f"/v1/payment_methods/{method}/attach", {"customer": customer})
        else:
            customer = api.post("/v1/customers", {"payment_method": method}).object["id"]
        for _ in range(2):
            again = saved(api, customer=customer, payment_method=method)
            assert (again["status"], again["payment_method"]) == ("succeeded", method)

    def test_but_an_owners_is(self, api: Api) -> None:
        """A customer's own payment method is set up as often as one likes."""
        customer = a_customer(api)
        method = saved(api, customer=customer)["payment_method"]
        again = saved(api, customer=customer, payment_method=method)
        assert (again["status"], again["payment_method"]) == ("succeeded", method)


def _spent(api: Api, how: str) -> str:
    if how == "set up":
        return str(saved(api)["payment_method"])
    method = attached(api, a_customer(api))
    api.post(f"/v1/payment_methods/{method}/detach")
    return method


MISSING_BY_NAME: dict[str, tuple[str, dict[str, Any], Refusal]] = {
    "setup intent in the path": (f"{INTENTS}/seti_none", {}, (404, INVALID, MISSING, "intent")),
    "confirm of none": (f"{INTENTS}/seti_none/confirm", {}, (404, INVALID, MISSING, "intent")),
    "cancel of none": (f"{INTENTS}/seti_none/cancel", {}, (404, INVALID, MISSING, "intent")),
    "customer": (INTENTS, {"customer": "cus_none"}, (400, INVALID, MISSING, "customer")),
    "customer of another kind": (
        INTENTS,
        {"customer": "seti_none"},
        (400, INVALID, MISSING, "customer"),
    ),
    "payment method": (
        INTENTS,
        {"payment_method": "pm_none"},
        (400, INVALID, MISSING, "payment_method"),
    ),
    "published name of none": (
        INTENTS,
        {"payment_method": "pm_card_none"},
        (400, INVALID, MISSING, "payment_method"),
    ),
    "token of none": (
        "/v1/payment_methods",
        {"type": "card", "card": {"token": "tok_none"}},
        (400, INVALID, MISSING, "token"),
    ),
    "attach to nobody": (
        "/v1/payment_methods/pm_card_visa/attach",
        {"customer": "cus_none"},
        (400, INVALID, MISSING, "customer"),
    ),
    "attach of none": (
        "/v1/payment_methods/pm_none/attach",
        {"customer": "cus_none"},
        (404, INVALID, MISSING, "payment_method"),
    ),
    "detach of none": (
        "/v1/payment_methods/pm_none/detach",
        {},
        (404, INVALID, MISSING, "payment_method"),
    ),
}


@pytest.mark.parametrize("row", MISSING_BY_NAME)
def test_missing(api: Api, row: str) -> None:
    """What the path names and is not there is 404; what a parameter names, 400."""
    path, form, refusal = MISSING_BY_NAME[row]
    assert api.post(path, form).refusal == refusal


@pytest.mark.parametrize("cursor", ["starting_after", "ending_before"])
@pytest.mark.parametrize(
    ("path", "name"),
    [
        (INTENTS, "seti_none"),
        (INTENTS, "cus_none"),
        ("/v1/customers", "cus_none"),
        ("/v1/events", "evt_none"),
        ("/v1/webhook_endpoints", "we_none"),
    ],
)
def test_cursor_of_nothing(api: Api, path: str, name: str, cursor: str) -> None:
    """A cursor that is no object of the list's kind is 400 and named."""
    assert api.get(path, {cursor: name}).refusal == (400, INVALID, MISSING, cursor)


def test_both_cursors(api: Api) -> None:
    """A page starts at one of the cursors."""
    name = _bare(api)["id"]
    refused = api.get(INTENTS, {"starting_after": name, "ending_before": name})
    assert refused.refusal == (400, INVALID, None, None)


def test_the_other_mode(api: Api, server: Server) -> None:
    """An object of the other mode is not there, and the message says where it is."""
    keyring = Keyring(bytes.fromhex(MASTER_KEY))
    live_key = keyring.api_key(keyring.first_account(), "sk", livemode=True)
    with Api(server.url, live_key) as live:
        name = a_customer(live)
        assert live.get(f"/v1/customers/{name}").object["livemode"] is True
        assert live.post(INTENTS, {"payment_method": "pm_card_visa"}).status in (400, 402)
    refused = api.post(INTENTS, {"customer": name})
    assert refused.refusal == (400, INVALID, MISSING, "customer")
    assert "live mode" in refused.error["message"]
    assert api.get(f"/v1/customers/{name}").status == 404


class TestReturnUrl:
    """An intent whose methods may redirect needs a way back."""

    @pytest.mark.parametrize("where", ["create", "confirm"])
    def test_is_needed(self, api: Api, where: str) -> None:
        """Without one, a confirmation is refused, and shows the intent if there is one."""
        form = {"payment_method": "pm_card_visa"}
        if where == "create":
            refused = api.post(INTENTS, {**form, "confirm": True})
            assert "setup_intent" not in refused.error
        else:
            intent = api.post(INTENTS).object
            refused = confirm(api, intent, **form)
            assert refused.error["setup_intent"] == intent
        assert refused.refusal == (400, INVALID, None, None)

    @pytest.mark.parametrize(
        "instead",
        [
            {"return_url": "https://shop.example"},
            {"use_stripe_sdk": True},
            {"automatic_payment_methods": {"enabled": True, "allow_redirects": "never"}},
            CARD,
        ],
        ids=["return_url", "use_stripe_sdk", "never", "card only"],
    )
    def test_is_not_needed(self, api: Api, instead: dict[str, Any]) -> None:
        """Where nobody is sent away, or there is a way back, the card is saved."""
        form = {"payment_method": "pm_card_visa", "confirm": True, **instead}
        assert api.post(INTENTS, form).object["status"] == "succeeded"


@pytest.mark.parametrize("where", ["create", "update", "confirm"])
def test_type_that_is_not_allowed(api: Api, where: str) -> None:
    """A card is refused by an intent that takes no cards."""
    types = {"payment_method_types": ["us_bank_account"]}
    if where == "create":
        refused = api.post(INTENTS, {**types, "payment_method": "pm_card_visa"})
    else:
        intent = api.post(INTENTS, types).object
        operation = "" if where == "update" else "/confirm"
        refused = api.post(path_of(intent, operation), {"payment_method": "pm_card_visa"})
        assert refused.error["setup_intent"] == intent
    assert refused.refusal == (400, INVALID, "setup_intent_invalid_parameter", "payment_method")


def test_default_payment_method_is_not_taken(api: Api) -> None:
    """A customer's default payment method does not stand in for one that is missing."""
    customer = a_customer(api, payment_method="pm_card_visa")
    (method,) = api.all("/v1/payment_methods", {"customer": customer})
    settings = {"invoice_settings": {"default_payment_method": method["id"]}}
    api.post(f"/v1/customers/{customer}", settings)
    intent = api.post(INTENTS, {**CARD, "customer": customer}).object
    assert confirm(api, intent).refusal == (400, INVALID, UNEXPECTED, None)

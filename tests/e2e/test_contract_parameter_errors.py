"""What is said of a bad parameter (contract, parameter errors): row by row."""

import pytest

from tests.e2e.client import Api
from tests.e2e.intents import INTENTS

CUSTOMERS = "/v1/customers"
ENDPOINTS = "/v1/webhook_endpoints"
DOCS = "https://stripe.com/docs/error-codes/"

# Method and address, the form, then the code and the param that are told.
ROWS: dict[str, tuple[str, str, str, str | None, str | None]] = {
    "unknown": ("POST", CUSTOMERS, "wat=1", "parameter_unknown", "wat"),
    "unknown in a hash": (
        "POST",
        CUSTOMERS,
        "invoice_settings[nope]=1",
        "parameter_unknown",
        "invoice_settings[nope]",
    ),
    "unknown in a list of hashes": (
        "POST",
        CUSTOMERS,
        "invoice_settings[custom_fields][7][nope]=c",
        "parameter_unknown",
        "invoice_settings[custom_fields][7][nope]",
    ),
    "unknown ones": ("POST", CUSTOMERS, "wat=1&who=2", "parameter_unknown", "wat"),
    "unknown in a query": ("GET", CUSTOMERS, "wat=1", "parameter_unknown", "wat"),
    "missing": ("POST", ENDPOINTS, "enabled_events[]=*", "parameter_missing", "url"),
    "missing in a query": ("GET", "/v1/setup_attempts", "", "parameter_missing", "setup_intent"),
    "missing in a hash": (
        "POST",
        INTENTS,
        "automatic_payment_methods[allow_redirects]=never",
        "parameter_missing",
        "automatic_payment_methods[enabled]",
    ),
    "not an integer": ("POST", CUSTOMERS, "balance=abc", "parameter_invalid_integer", "balance"),
    "not an integer in a query": (
        "GET",
        CUSTOMERS,
        "limit=abc",
        "parameter_invalid_integer",
        "limit",
    ),
    "not an integer in a hash": (
        "GET",
        CUSTOMERS,
        "created[gte]=abc",
        "parameter_invalid_integer",
        "created[gte]",
    ),
    "bad enumeration": ("POST", INTENTS, "usage=never", None, "usage"),
    "bad enumeration in a list": (
        "POST",
        INTENTS,
        "flow_directions[]=up",
        None,
        "flow_directions[0]",
    ),
    "bad enumeration in the second place": (
        "POST",
        INTENTS,
        "flow_directions[]=inbound&flow_directions[]=up",
        None,
        "flow_directions[1]",
    ),
    "bad boolean": ("POST", INTENTS, "confirm=x", None, "confirm"),
    "bad boolean in digits": ("POST", INTENTS, "confirm=1", None, "confirm"),
    "not an array": ("POST", INTENTS, "payment_method_types=card", None, "payment_method_types"),
    "not an object": ("POST", INTENTS, "metadata=x", None, "metadata"),
    "not a single value": ("POST", INTENTS, "description[a]=x", None, "description"),
    "empty": ("POST", INTENTS, "payment_method=", "parameter_invalid_empty", "payment_method"),
    "a metadata value over 500": (
        "POST",
        CUSTOMERS,
        f"metadata[key]={'v' * 501}",
        None,
        "metadata[key]",
    ),
    "both cursors": ("GET", CUSTOMERS, "starting_after=cus_a&ending_before=cus_b", None, None),
    "a bad cursor": (
        "GET",
        CUSTOMERS,
        "starting_after=cus_aaa",
        "resource_missing",
        "starting_after",
    ),
    "a bad cursor the other way": (
        "GET",
        CUSTOMERS,
        "ending_before=cus_aaa",
        "resource_missing",
        "ending_before",
    ),
    "a bad expansion": ("POST", INTENTS, "expand[]=wat", None, None),
    "a bad expansion in a list": ("GET", INTENTS, "expand[]=customer", None, None),
}


@pytest.mark.parametrize("row", ROWS)
def test_is_told(api: Api, row: str) -> None:
    """A bad parameter is 400 with its code and its bracketed name, and where to read of it."""
    method, path, form, code, param = ROWS[row]
    if method == "GET":
        refused = api.get(f"{path}?{form}")
    else:
        refused = api.call(method, path, form.encode())
    assert refused.refusal == (400, "invalid_request_error", code, param)
    assert refused.error.get("doc_url") == (code and DOCS + code.replace("_", "-"))
    assert refused.error["message"]


@pytest.mark.parametrize(
    ("path", "said"),
    [
        (f"{CUSTOMERS}?wat=1&who=2", ("wat", "who")),
        (f"{CUSTOMERS}?limit=abc", ("Invalid integer: abc",)),
        (f"{CUSTOMERS}?starting_after=cus_aaa", ("No such customer: 'cus_aaa'",)),
        (f"{INTENTS}?expand[]=customer", ("data.customer",)),
        (f"{INTENTS}/seti_1?expand[]=wat", ("cannot be expanded", "(wat)")),
    ],
)
def test_is_told_with_what_was_sent(api: Api, path: str, said: tuple[str, ...]) -> None:
    """The sentence names what was sent, so that it can be found."""
    message = api.get(path).error["message"]
    assert all(part in message for part in said), message


def test_an_unknown_address_is_told(api: Api) -> None:
    """Nothing at an address is 404, without a code, and names method and address."""
    refused = api.get("/v1/foo?bar=1")
    assert refused.refusal == (404, "invalid_request_error", None, None)
    assert "GET: /v1/foo" in refused.error["message"]
    assert "bar" not in refused.error["message"]


NOT_SERVED = "It belongs to a part of Stripe's API that Seti does not serve."


@pytest.mark.parametrize(
    ("method", "path", "said"),
    [
        ("GET", f"{INTENTS}/seti_none/confirm", "It takes OPTIONS and POST."),
        ("PUT", f"{INTENTS}/seti_none", "It takes GET, HEAD, OPTIONS and POST."),
        ("POST", "/docs", "It takes GET and HEAD."),
        ("GET", f"{INTENTS}/", "the name of an object may be missing."),
        ("GET", "/v1/foo", "(GET: /v1/foo). What there is, is at /docs."),
        ("POST", "/v1/charges", f"{NOT_SERVED} What there is, is at /docs."),
    ],
)
def test_what_is_there_instead_is_told(api: Api, method: str, path: str, said: str) -> None:
    """Who asks in a way that is not taken learns which is, and an empty id is recognised."""
    refused = api.call(method, path)
    assert refused.refusal == (404, "invalid_request_error", None, None)
    assert refused.error["message"].endswith(said)


def test_an_unknown_address_needs_no_key(api: Api) -> None:
    """That there is nothing is no secret: it is said before anybody is asked for a key."""
    assert api.get("/v1/foo", Authorization="").status == 404
    assert api.get("/v1/foo", Authorization="Bearer sk_test_nobody").status == 404


def test_a_version_that_is_none_is_told(api: Api) -> None:
    """It has no code, no param and no page to read, and is named as it was sent."""
    refused = api.get(INTENTS, Stripe_Version="not-a-real-version")
    assert refused.refusal == (400, "invalid_request_error", None, None)
    assert refused.error.keys() == {"message", "type"}
    assert "not-a-real-version" in refused.error["message"]
    assert refused.headers["stripe-version"] == "not-a-real-version"


def test_what_is_missing_by_its_address_is_told(api: Api) -> None:
    """An object that is not there is 404 with the name of the path's part, not 400."""
    refused = api.get(f"{INTENTS}/seti_none")
    assert refused.refusal == (404, "invalid_request_error", "resource_missing", "intent")
    refused = api.post(INTENTS, {"customer": "cus_none"})
    assert refused.refusal == (400, "invalid_request_error", "resource_missing", "customer")

"""How requests are written (contract, encoding): row by row, as curl and the SDKs send them."""

from typing import Any

import pytest

from tests.e2e.client import Api
from tests.e2e.intents import INTENTS, a_customer
from tests.e2e.raw import FORM, exchange, head
from tests.e2e.server import Server

CUSTOMERS = "/v1/customers"

# What is sent, and what the intent shows of it.
WAYS: dict[str, tuple[str, dict[str, Any]]] = {
    "raw brackets": ("metadata[a]=1", {"metadata": {"a": "1"}}),
    "escaped brackets": ("metadata%5Ba%5D=1", {"metadata": {"a": "1"}}),
    "small escapes": ("metadata%5ba%5d=1", {"metadata": {"a": "1"}}),
    "an indexed array": ("payment_method_types[0]=card", {"payment_method_types": ["card"]}),
    "an escaped indexed array": (
        "payment_method_types%5B0%5D=card",
        {"payment_method_types": ["card"]},
    ),
    "an array of curl": ("payment_method_types[]=card", {"payment_method_types": ["card"]}),
    "an array out of order": (
        "payment_method_types[1]=link&payment_method_types[0]=card",
        {"payment_method_types": ["card", "link"]},
    ),
    "digits in a hash": ("metadata[0]=x", {"metadata": {"0": "x"}}),
    "a nested hash": (
        "payment_method_types[]=card&payment_method_options[card][request_three_d_secure]=any",
        {
            "payment_method_options": {
                "card": {
                    "mandate_options": None,
                    "network": None,
                    "request_three_d_secure": "any",
                }
            }
        },
    ),
    "true": (
        "automatic_payment_methods[enabled]=true",
        {"automatic_payment_methods": {"allow_redirects": "always", "enabled": True}},
    ),
    "false": ("confirm=false", {"status": "requires_payment_method"}),
    "a plus for a space": ("description=a+b", {"description": "a b"}),
    "an escaped space": ("description=a%20b", {"description": "a b"}),
    "an escaped plus": ("description=a%2Bb", {"description": "a+b"}),
    "an equals sign in a value": ("description=a=b", {"description": "a=b"}),
    "a value in UTF-8": ("description=%C3%A9%E2%98%83", {"description": "é☃"}),
    "a repeated scalar": ("description=first&description=last", {"description": "last"}),
    "a repeated key of a hash": ("metadata[a]=1&metadata[a]=2", {"metadata": {"a": "2"}}),
    "empty pairs": ("&description=a&&", {"description": "a"}),
    "nothing": ("", {"status": "requires_payment_method", "metadata": {}}),
}


@pytest.mark.parametrize("row", WAYS)
def test_is_read(api: Api, row: str) -> None:
    """Each way to write a parameter is understood."""
    form, shown = WAYS[row]
    made = api.call("POST", INTENTS, form.encode()).object
    assert {name: made[name] for name in shown} == shown


@pytest.mark.parametrize("escaped", ["expand[]=", "expand[0]=", "expand%5B0%5D=", "expand%5B%5D="])
def test_expand_of_a_get_is_read(api: Api, escaped: str) -> None:
    """What to expand is named in a query as each SDK writes it."""
    customer = a_customer(api)
    intent = api.post(INTENTS, {"customer": customer}).object["id"]
    shown = api.get(f"{INTENTS}/{intent}?{escaped}customer").object
    assert shown["customer"]["id"] == customer


EMPTY: dict[str, bytes] = {
    "no length and no type": head("POST", CUSTOMERS),
    "a length of 0": head("POST", CUSTOMERS, "Content-Length: 0"),
    "a length of 0, and a type": head("POST", CUSTOMERS, FORM, "Content-Length: 0"),
    "chunks of nothing": head("POST", CUSTOMERS, FORM, "Transfer-Encoding: chunked") + b"0\r\n\r\n",
    "a length of 0, as JSON": head(
        "POST", CUSTOMERS, "Content-Type: application/json", "Content-Length: 0"
    ),
}


@pytest.mark.parametrize("row", EMPTY)
def test_an_empty_body_is_no_parameters(server: Server, row: str) -> None:
    """A POST may have no body, however it says so."""
    answer = exchange(server.url, EMPTY[row])
    assert answer is not None
    assert answer.object["object"] == "customer"


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/json", b'{"name":"A"}'),
        ("application/json; charset=utf-8", b"{}"),
        ("text/plain", b"name=A"),
        ("multipart/form-data; boundary=x", b"--x--\r\n"),
        ("application/xml", b"<name>A</name>"),
    ],
)
def test_another_body_is_refused(api: Api, kind: str, body: bytes) -> None:
    """Parameters are sent as a form: the rest is 400, of JSON it is said, and nothing is made."""
    before = api.get(CUSTOMERS, {"limit": 1}).body
    refused = api.call("POST", CUSTOMERS, body, {"Content-Type": kind})
    assert refused.refusal == (400, "invalid_request_error", None, None)
    assert ("JSON" in refused.error["message"]) is ("json" in kind)
    assert api.get(CUSTOMERS, {"limit": 1}).body == before


@pytest.mark.parametrize(
    "kind",
    [
        "application/x-www-form-urlencoded",
        "application/x-www-form-urlencoded; charset=utf-8",
        "APPLICATION/X-WWW-FORM-URLENCODED",
    ],
)
def test_a_form_is_taken_however_it_is_called(api: Api, kind: str) -> None:
    """The type of a form may name its charset, in letters of any size."""
    made = api.call("POST", CUSTOMERS, b"name=A", {"Content-Type": kind})
    assert made.object["name"] == "A"


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "application/json"])
def test_the_type_of_a_read_means_nothing(api: Api, kind: str) -> None:
    """Some SDKs name a type where there is no body."""
    assert api.get(CUSTOMERS, Content_Type=kind).status == 200


@pytest.mark.parametrize("coding", ["gzip, deflate", "br", "identity", "*"])
def test_an_answer_is_not_compressed(api: Api, coding: str) -> None:
    """Whatever a client could unpack, it gets what can be read."""
    answer = api.get(CUSTOMERS, Accept_Encoding=coding)
    assert "content-encoding" not in answer.headers
    assert answer.object["object"] == "list"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("X-Stripe-Client-User-Agent", '{"lang":"python"}'),
        ("X-Stripe-Client-User-Agent", "{"),
        ("X-Stripe-Client-Telemetry", '{"last_request_metrics":{"request_id":"req_1"}}'),
        ("Stripe-Context", ""),
        ("Stripe-Livemode", "true"),
        ("Range", "bytes=0-3"),
        ("If-None-Match", "*"),
        ("Accept", "text/html"),
    ],
)
def test_other_headers_are_ignored(api: Api, name: str, value: str) -> None:
    """What SDKs and browsers send along changes nothing of the answer."""
    answer = api.call("GET", CUSTOMERS, headers={name: value})
    assert (answer.status, answer.headers["content-type"]) == (200, "application/json")


@pytest.mark.parametrize("operation", ["create", "update"])
def test_an_empty_string_unsets(api: Api, operation: str) -> None:
    """An empty string unsets what can be unset, and is refused for what cannot."""
    path = CUSTOMERS
    if operation == "update":
        path += "/" + a_customer(api, description="a", metadata={"a": "1"})
    made = api.call("POST", path, b"description=&metadata=").object
    assert (made["description"], made["metadata"]) == (None, {})
    refused = api.call("POST", INTENTS, b"usage=")
    assert refused.refusal == (400, "invalid_request_error", "parameter_invalid_empty", "usage")
    assert "usage" in refused.error["message"]

"""Idempotency (contract, idempotency): row by row, beside what `test_idempotency` promises."""

from typing import Any

import pytest
import stripe

from tests.e2e.client import Api
from tests.e2e.intents import INTENTS
from tests.e2e.raw import exchange, head
from tests.e2e.sdk import CheckedClient, Sdk
from tests.e2e.server import Server

CUSTOMERS = "/v1/customers"


@pytest.mark.parametrize("length", [1, 255])
def test_a_key_of_1_to_255_characters_is_taken(api: Api, length: int) -> None:
    """A key of up to 255 characters is echoed, and replayed."""
    key = "k" * length
    first = api.post(CUSTOMERS, Idempotency_Key=key)
    again = api.post(CUSTOMERS, Idempotency_Key=key)
    assert (first.status, again.body) == (200, first.body)
    assert again.headers["idempotency-key"] == key


@pytest.mark.parametrize("key", ["", "   ", "k" * 256], ids=["empty", "blank", "256 characters"])
def test_a_key_that_is_none_is_refused(api: Api, key: str) -> None:
    """It is 400 before anything is carried out."""
    before = len(api.all(CUSTOMERS))
    refused = api.post(CUSTOMERS, Idempotency_Key=key)
    assert refused.refusal == (400, "invalid_request_error", None, None)
    assert len(api.all(CUSTOMERS)) == before


@pytest.mark.parametrize(
    ("path", "form", "status"),
    [
        (INTENTS, {"payment_method": "pm_card_visa"}, 200),
        (
            INTENTS,
            {
                "payment_method_types": ["card"],
                "payment_method": "pm_card_chargeDeclined",
                "confirm": True,
            },
            402,
        ),
        (f"{INTENTS}/seti_none/cancel", {}, 404),
        (INTENTS, {"customer": "cus_none"}, 400),
    ],
    ids=["carried out", "declined", "not there", "refused"],
)
def test_what_was_begun_is_answered_the_same_again(
    api: Api, path: str, form: dict[str, Any], status: int
) -> None:
    """Status and body of the first answer are kept, once execution began, whatever they are."""
    key = f"begun {status}"
    first = api.post(path, form, Idempotency_Key=key)
    again = api.post(path, form, Idempotency_Key=key)
    assert (first.status, again.status, again.body) == (status, status, first.body)
    assert again.headers["idempotent-replayed"] == "true"
    assert again.headers["original-request"] == first.headers["request-id"]


@pytest.mark.parametrize(
    "form",
    [{"wat": "1"}, {"balance": "x"}, {"metadata": "x"}],
    ids=["unknown", "not an integer", "not a hash"],
)
def test_what_was_not_begun_may_be_mended(api: Api, form: dict[str, str]) -> None:
    """A request that fails its validation leaves the key free."""
    key = f"mended {form}"
    assert api.post(CUSTOMERS, form, Idempotency_Key=key).status == 400
    made = api.post(CUSTOMERS, {"name": "A"}, Idempotency_Key=key)
    assert (made.status, "idempotent-replayed" in made.headers) == (200, False)


def test_a_refused_key_leaves_the_idempotency_key_free(api: Api, browser: Api) -> None:
    """Who may not make the call at all uses nothing up."""
    assert browser.post(CUSTOMERS, Idempotency_Key="not allowed").status == 403
    made = api.post(CUSTOMERS, Idempotency_Key="not allowed")
    assert (made.status, "idempotent-replayed" in made.headers) == (200, False)


SENT = b"name=J+R&phone=1&metadata[a]=b&preferred_locales[]=en&preferred_locales[]=de"


@pytest.mark.parametrize(
    "again",
    [
        b"phone=1&preferred_locales[]=en&metadata[a]=b&preferred_locales[]=de&name=J+R",
        b"name=J%20R&phone=%31&metadata%5Ba%5D=b&preferred_locales[]=en&preferred_locales[]=de",
        b"name=X&" + SENT,
    ],
    ids=["in another order", "escaped otherwise", "overruled by the last"],
)
def test_the_same_parameters_may_be_written_otherwise(api: Api, again: bytes) -> None:
    """Parameters are compared, and not the bytes that a client has made of them this time."""
    headers = {"Idempotency-Key": f"written otherwise {again.decode()}"}
    first = api.call("POST", CUSTOMERS, SENT, headers)
    repeated = api.call("POST", CUSTOMERS, again, headers)
    assert (repeated.status, repeated.body) == (200, first.body)
    assert repeated.headers["idempotent-replayed"] == "true"


@pytest.mark.parametrize(
    "other",
    [
        SENT.replace(b"phone=1", b"phone=2"),
        SENT + b"&email=a@b.co",
        SENT.replace(b"&metadata[a]=b", b""),
        SENT.replace(b"=en", b"=xx").replace(b"=de", b"=en").replace(b"=xx", b"=de"),
        SENT.replace(b"name=J+R&phone=1", b"name=1&phone=J+R"),
    ],
    ids=["changed", "one more", "one less", "a list in another order", "swapped"],
)
def test_other_parameters_are_refused(api: Api, other: bytes) -> None:
    """A key is good for one set of parameters, and says so with its own name."""
    headers = {"Idempotency-Key": f"other {other.decode()}"}
    api.call("POST", CUSTOMERS, SENT, headers)
    refused = api.call("POST", CUSTOMERS, other, headers)
    assert refused.refusal == (400, "idempotency_error", None, None)
    assert headers["Idempotency-Key"] in refused.error["message"]
    assert "idempotent-replayed" not in refused.headers


@pytest.mark.parametrize("method", ["GET", "DELETE", "HEAD", "OPTIONS"])
def test_a_key_without_a_post_means_nothing(server: Server, method: str) -> None:
    """A key on anything but a POST is neither looked at nor echoed, not even a bad one."""
    request = head(method, f"{CUSTOMERS}/cus_none", f"Idempotency-Key: {'k' * 300}")
    answer = exchange(server.url, request)
    assert answer is not None
    assert answer.status in (200, 404)
    assert "idempotency-key" not in answer.headers


def test_the_sdk_sends_a_key_of_its_own(sdk: Sdk, module_level: CheckedClient) -> None:
    """Every POST of the SDK is keyed, and its events say under which key."""
    made = stripe.Customer.create(name="keyed")
    key = module_level.sent["Idempotency-Key"]
    assert module_level.received["idempotency-key"] == key
    told = sdk.v1.events.list({"type": "customer.created", "limit": 10})
    (event,) = (one for one in told.data if one.data.object["id"] == made.id)
    assert event.request.idempotency_key == key

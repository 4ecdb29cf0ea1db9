"""A server that lets an account make so many calls a second."""

from collections.abc import Iterator

import pytest
import stripe

from tests.e2e.client import Api
from tests.e2e.measuring import measured
from tests.e2e.sdk import sdk as sdk_of
from tests.e2e.server import SECRET_KEY, Server

CUSTOMERS = "/v1/customers"


@pytest.fixture
def limited(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that lets one call a second through."""
    server = Server(tmp_path_factory.mktemp("limited") / "data", SETI_RATE_LIMIT_TEST="1").start()
    yield server
    server.close()


def test_a_call_too_many_is_refused(limited: Server) -> None:
    """It is 429 `rate_limit`, says when to come again, is counted, and changes nothing."""
    with Api(limited.url, SECRET_KEY) as api:
        answers = [api.post(CUSTOMERS, Idempotency_Key="same") for _ in range(5)]
    refused = next(answer for answer in answers if answer.status != 200)
    assert refused.refusal == (429, "invalid_request_error", "rate_limit", None)
    assert refused.headers["retry-after"] == "1"
    assert refused.headers["stripe-should-retry"] == "true"
    assert measured(limited, "seti_rate_limited_total", mode="test") >= 1
    assert limited.health["log"]["status"] == "ok"


def test_the_sdk_knows_it(limited: Server) -> None:
    """The official SDK raises its own error for it."""

    def call_often() -> None:
        for _ in range(5):
            sdk.v1.customers.list()

    with sdk_of(limited.url, SECRET_KEY) as sdk, pytest.raises(stripe.RateLimitError):
        call_often()

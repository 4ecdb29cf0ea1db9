"""Bank accounts that are verified by microdeposits, through the official SDK."""

from typing import Any, Final

import pytest
import stripe

from tests.described import form
from tests.e2e.client import Api
from tests.e2e.sdk import Sdk
from tests.e2e.test_sdk_families import confirmed

RIGHT: Final = ({"amounts": [32, 45]}, {"amounts": [45, 32]}, {"descriptor_code": "SM11AA"})
WRONG: Final = {
    "amounts": ({"amounts": [1, 2]}, "amounts_mismatch"),
    "descriptor_code": ({"descriptor_code": "SM99ZZ"}, "descriptor_code_mismatch"),
}
TRIES: Final = {"amounts": 3, "descriptor_code": 10}
# What ends the attempt at once, in test mode.
FATAL: Final = [
    ({"amounts": [10, 11]}, "attempts_exceeded"),
    ({"descriptor_code": "SM33CC"}, "attempts_exceeded"),
    ({"amounts": [40, 41]}, "timeout"),
    ({"descriptor_code": "SM44DD"}, "timeout"),
]
VERIFICATION: Final = "payment_method_microdeposit_verification_"
VERIFY: Final = "/v1/setup_intents/{}/verify_microdeposits"


@pytest.fixture(params=["acss_debit", "us_bank_account"])
def waiting(sdk: Sdk, request: pytest.FixtureRequest) -> Any:
    """An intent whose account waits to be verified."""
    return confirmed(sdk, request.param)


def refused(sdk: Sdk, intent: Any, deposits: Any) -> Any:
    """Return the error that naming *deposits* came to, a 400."""
    with pytest.raises(stripe.InvalidRequestError) as told:
        sdk.v1.setup_intents.verify_microdeposits(intent.id, deposits)
    assert told.value.http_status == 400
    assert told.value.error is not None
    assert told.value.error["setup_intent"]["id"] == intent.id
    return told.value.error


def asked_for(intent: Any) -> str:
    """Return in which way the deposits of *intent* are to be named."""
    return str(intent.next_action.verify_with_microdeposits.microdeposit_type)


class TestWaiting:
    def test_tells_where_and_until_when(self, waiting: Any) -> None:
        """The next action says when the deposits arrive, of which kind they are, and where."""
        shown = waiting.next_action.verify_with_microdeposits
        assert shown.arrival_date > waiting.created
        assert shown.microdeposit_type in ("amounts", "descriptor_code")
        assert "/setup/" in shown.hosted_verification_url

    def test_has_a_mandate_that_does_not_hold_yet(self, sdk: Sdk, waiting: Any) -> None:
        """The customer has agreed, and the account is not verified."""
        assert sdk.v1.mandates.retrieve(waiting.mandate).status == "pending"


class TestRight:
    @pytest.mark.parametrize("deposits", RIGHT, ids=str)
    def test_succeeds(self, sdk: Sdk, waiting: Any, deposits: dict[str, Any]) -> None:
        """The account is set up, the customer's, and its mandate holds."""
        intent = sdk.v1.setup_intents.verify_microdeposits(waiting.id, deposits)
        assert (intent.status, intent.next_action) == ("succeeded", None)
        assert sdk.v1.payment_methods.retrieve(intent.payment_method).customer == intent.customer
        assert sdk.v1.mandates.retrieve(intent.mandate).status == "active"

    def test_is_told_to_subscribers_in_order(self, sdk: Sdk, waiting: Any) -> None:
        """The account is attached and the mandate holds before the intent has succeeded."""
        sdk.v1.setup_intents.verify_microdeposits(waiting.id, RIGHT[0])
        ids = {waiting.id, waiting.mandate, waiting.payment_method}
        events = [e for e in sdk.v1.events.list({"limit": 20}).data if e.data.object["id"] in ids]
        assert [event.type for event in events] == [
            "setup_intent.succeeded",
            "mandate.updated",
            "payment_method.attached",
            "setup_intent.requires_action",
            "setup_intent.created",
        ]
        assert events[1].data.previous_attributes.to_dict() == {"status": "pending"}

    def test_may_be_said_in_a_page(self, browser: Api, waiting: Any) -> None:
        """A publishable key verifies with the intent's client secret, and not without."""
        path = VERIFY.format(waiting.id)
        missing = browser.post(path, RIGHT[0])
        assert missing.refusal[2:] == ("parameter_missing", "client_secret")
        form = {**RIGHT[0], "client_secret": waiting.client_secret}
        assert browser.post(path, form).object["status"] == "succeeded"


class TestWrong:
    @pytest.mark.parametrize("kind", sorted(WRONG))
    def test_is_counted(self, sdk: Sdk, waiting: Any, kind: str) -> None:
        """Every wrong answer counts, although it is a 400; the last one ends the attempt."""
        deposits, code = WRONG[kind]
        for left in range(TRIES[asked_for(waiting)] - 1, 0, -1):
            error = refused(sdk, waiting, deposits)
            assert error["code"] == VERIFICATION + code
            assert error["message"].endswith(f"Tries left: {left}.")
            assert sdk.v1.setup_intents.retrieve(waiting.id).status == "requires_action"
        assert refused(sdk, waiting, deposits)["code"] == f"{VERIFICATION}attempts_exceeded"
        after = sdk.v1.setup_intents.retrieve(waiting.id)
        assert (after.status, after.payment_method) == ("requires_payment_method", None)

    def test_counts_whichever_way_it_is_said(self, sdk: Sdk, waiting: Any) -> None:
        """Codes and amounts are tries of the same account, and what is left goes down by one."""
        tries = TRIES[asked_for(waiting)]
        by_code = refused(sdk, waiting, WRONG["descriptor_code"][0])
        by_amounts = refused(sdk, waiting, WRONG["amounts"][0])
        assert by_code["message"].endswith(f"Tries left: {tries - 1}.")
        assert by_amounts["message"].endswith(f"Tries left: {tries - 2}.")

    def test_does_not_spoil_the_next_one(self, sdk: Sdk, waiting: Any) -> None:
        """After a wrong answer the right one is taken."""
        refused(sdk, waiting, WRONG["amounts"][0])
        intent = sdk.v1.setup_intents.verify_microdeposits(waiting.id, RIGHT[0])
        assert intent.status == "succeeded"

    @pytest.mark.parametrize(("deposits", "code"), FATAL, ids=str)
    def test_may_be_the_end(
        self, sdk: Sdk, waiting: Any, deposits: dict[str, Any], code: str
    ) -> None:
        """Some test values end the attempt at once; the intent says why, and its mandate ends."""
        assert refused(sdk, waiting, deposits)["code"] == VERIFICATION + code
        after = sdk.v1.setup_intents.retrieve(waiting.id, {"expand": ["latest_attempt"]})
        assert after.status == "requires_payment_method"
        assert after.last_setup_error.code == VERIFICATION + code
        assert after.latest_attempt.status == "failed"
        assert after.mandate is None
        assert sdk.v1.mandates.retrieve(waiting.mandate).status == "inactive"

    def test_is_answered_again_under_its_key(self, sdk: Sdk, api: Api, waiting: Any) -> None:
        """A wrong answer that is sent again with its Idempotency-Key counts once."""
        path = VERIFY.format(waiting.id)
        key = f"verify-{waiting.id}"
        first = api.post(path, {"amounts": [1, 2]}, Idempotency_Key=key)
        again = [api.post(path, {"amounts": [1, 2]}, Idempotency_Key=key) for _ in range(3)]
        assert [answer.json for answer in again] == [first.json] * 3
        assert sdk.v1.setup_intents.retrieve(waiting.id).status == "requires_action"


class TestRefused:
    @pytest.mark.parametrize(
        ("given", "code", "param"),
        [
            ({}, "parameter_missing", "amounts"),
            ({"amounts": [32]}, f"{VERIFICATION}amounts_invalid", "amounts"),
            ({"amounts": [32, 45, 1]}, f"{VERIFICATION}amounts_invalid", "amounts"),
            ({"amounts": ["a", "b"]}, "parameter_invalid_integer", "amounts[0]"),
            (
                {"amounts": [32, 45], "descriptor_code": "SM11AA"},
                "parameters_exclusive",
                "descriptor_code",
            ),
        ],
        ids=["nothing", "one", "three", "words", "both"],
    )
    def test_what_cannot_be_deposits(
        self, api: Api, waiting: Any, given: dict[str, Any], code: str, param: str
    ) -> None:
        """What is no answer is refused, and not counted."""
        for _ in range(4):
            told = api.post(VERIFY.format(waiting.id), given)
            assert told.refusal == (400, "invalid_request_error", code, param)
        assert api.post(VERIFY.format(waiting.id), RIGHT[0]).object["status"] == "succeeded"

    def test_an_intent_that_waits_for_something_else(self, sdk: Sdk, api: Api) -> None:
        """A page's step is not taken by naming deposits."""
        intent = confirmed(sdk, "paypal")
        told = api.post(VERIFY.format(intent.id), RIGHT[0])
        assert told.refusal == (400, "invalid_request_error", "intent_invalid_state", None)
        assert told.error["setup_intent"]["status"] == "requires_action"

    def test_an_intent_that_is_not_there(self, api: Api) -> None:
        """A name that names nothing is a 404."""
        told = api.post(VERIFY.format("seti_nothing"), RIGHT[0])
        assert told.refusal == (404, "invalid_request_error", "resource_missing", "intent")


def test_deposits_that_cannot_be_sent_fail_the_attempt(sdk: Sdk) -> None:
    """An account that takes no deposits is told at the confirmation."""
    method = form("us_bank_account", account_number="000666666661")
    with pytest.raises(stripe.StripeError) as told:
        confirmed(sdk, "us_bank_account", payment_method_data=method)
    assert told.value.code == "payment_method_microdeposit_failed"

"""What is turned down raises the SDK's right exception, with what the contract says in it."""

from typing import Any

import pytest
import stripe

from tests.e2e.sdk import CheckedClient, Sdk, sdk
from tests.e2e.server import PUBLISHABLE_KEY, Server

DECLINED = {
    "allowed_payment_method_types": ["card"],
    "payment_method": "pm_card_chargeDeclined",
    "confirm": True,
}


def _declined(sdk: Sdk) -> Any:
    """Have a card declined, and return the exception."""
    with pytest.raises(stripe.CardError) as declined:
        sdk.v1.setup_intents.create(DECLINED)
    return declined.value


class TestCardError:
    def test_tells_of_the_decline_and_the_intent(self, sdk: Sdk) -> None:
        """A decline is 402, with codes, the card, and the intent as it is now."""
        declined = _declined(sdk)
        error = declined.error
        assert declined.http_status == 402
        assert (declined.code, error.decline_code) == ("card_declined", "generic_decline")
        assert error.payment_method.card.last4 == "0002"
        assert error.setup_intent.status == "requires_payment_method"
        assert error.setup_intent.payment_method is None
        assert declined.request_id.startswith("req_")

    def test_is_kept_on_the_intent(self, sdk: Sdk) -> None:
        """The intent keeps why its last attempt failed, and which it was."""
        declined = _declined(sdk)
        intent = sdk.v1.setup_intents.retrieve(
            declined.error.setup_intent.id, {"expand": ["latest_attempt"]}
        )
        assert intent.last_setup_error.code == "card_declined"
        assert intent.last_setup_error.payment_method.card.last4 == "0002"
        assert intent.latest_attempt.status == "failed"
        assert intent.latest_attempt.setup_error.decline_code == "generic_decline"
        assert intent.latest_attempt.payment_method_details.card.checks.cvc_check == "pass"

    def test_is_forgotten_after_a_success(self, sdk: Sdk) -> None:
        """A later success clears the error and keeps both attempts."""
        declined = _declined(sdk)
        intent = sdk.v1.setup_intents.confirm(
            declined.error.setup_intent.id, {"payment_method": "pm_card_visa"}
        )
        assert (intent.status, intent.last_setup_error) == ("succeeded", None)
        attempts = sdk.v1.setup_attempts.list({"setup_intent": intent.id}).data
        assert [one.status for one in attempts] == ["succeeded", "failed"]


class TestOthers:
    def test_missing_object(self, sdk: Sdk) -> None:
        """What is not there is 404 with the name of the path's part."""
        with pytest.raises(stripe.InvalidRequestError) as refused:
            sdk.v1.setup_intents.retrieve("seti_none")
        error = refused.value
        assert (error.http_status, error.code, error.param) == (404, "resource_missing", "intent")
        assert error.user_message == "No such setupintent: 'seti_none'"

    def test_unexpected_state(self, sdk: Sdk) -> None:
        """What the status does not allow is 400 and carries the intent."""
        intent = sdk.v1.setup_intents.create()
        with pytest.raises(stripe.InvalidRequestError) as refused:
            sdk.v1.setup_intents.confirm(intent.id)
        error: Any = refused.value.error
        assert error.code == "setup_intent_unexpected_state"
        assert error.setup_intent.id == intent.id

    def test_unknown_parameter(self, sdk: Sdk) -> None:
        """An unknown parameter is named, in brackets where it is nested."""
        with pytest.raises(stripe.InvalidRequestError) as refused:
            sdk.v1.customers.create({"invoice_settings": {"nope": "1"}})
        error = refused.value
        assert (error.code, error.param) == ("parameter_unknown", "invoice_settings[nope]")

    def test_bad_key(self, server: Server) -> None:
        """A key that is none is 401, and shown only masked."""
        key = "sk_test_NobodyHasThisKey0000"
        with sdk(server.url, key) as stranger, pytest.raises(stripe.AuthenticationError) as refused:
            stranger.v1.setup_intents.list()
        assert refused.value.http_status == 401
        assert key not in str(refused.value)
        assert key[-4:] in str(refused.value)

    def test_publishable_key(self, server: Server) -> None:
        """A publishable key where a secret one is needed is 403."""
        with (
            sdk(server.url, PUBLISHABLE_KEY) as browser,
            pytest.raises(stripe.PermissionError) as refused,
        ):
            browser.v1.setup_intents.create()
        error: Any = refused.value.error
        assert (refused.value.http_status, error.code) == (403, "secret_key_required")

    def test_other_account(self, sdk: Sdk) -> None:
        """Acting as an account that one has no access to is 403."""
        with pytest.raises(stripe.PermissionError) as refused:
            sdk.v1.customers.list(options={"stripe_account": "acct_other"})
        error: Any = refused.value.error
        assert error.code == "account_invalid"

    def test_key_used_for_something_else(self, sdk: Sdk) -> None:
        """An idempotency key with other parameters is 400 and an error of its own."""
        options = {"idempotency_key": "sdk-used-twice"}
        sdk.v1.customers.create({"name": "A"}, options)
        with pytest.raises(stripe.IdempotencyError) as refused:
            sdk.v1.customers.create({"name": "B"}, options)
        assert refused.value.http_status == 400

    def test_module_level(self, module_level: CheckedClient) -> None:
        """The older interface raises the same."""
        with pytest.raises(stripe.CardError):
            stripe.SetupIntent.create(
                allowed_payment_method_types=["card"],
                payment_method="pm_card_chargeDeclinedExpiredCard",
                confirm=True,
            )
        with pytest.raises(stripe.InvalidRequestError):
            stripe.Customer.retrieve("cus_none")
        assert module_level.received["request-id"]

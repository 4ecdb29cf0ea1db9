"""How mandates come and go, through the official SDK."""

from typing import Any, Final

import pytest
import stripe

from tests.described import form
from tests.e2e.client import Api
from tests.e2e.sdk import Sdk
from tests.e2e.test_sdk_families import ACCEPTED, confirmed, set_up

SEPA: Final = {
    "allowed_payment_method_types": ["sepa_debit"],
    "payment_method_data": form("sepa_debit"),
}


def status_of(sdk: Sdk, mandate: str) -> str:
    status: str = sdk.v1.mandates.retrieve(mandate).status
    return status


class TestAcceptance:
    def test_has_to_be_told(self, sdk: Sdk) -> None:
        """Without a word of it nothing is set up, and the intent stays as it was."""
        intent = sdk.v1.setup_intents.create(SEPA)
        with pytest.raises(stripe.InvalidRequestError) as refused:
            sdk.v1.setup_intents.confirm(intent.id)
        assert (refused.value.http_status, refused.value.param) == (400, "mandate_data")
        assert refused.value.code is None
        after = sdk.v1.setup_intents.retrieve(intent.id)
        assert (after.status, after.latest_attempt) == ("requires_confirmation", None)

    def test_is_not_told_by_an_empty_word(self, sdk: Sdk) -> None:
        """An empty mandate_data is none."""
        with pytest.raises(stripe.InvalidRequestError) as refused:
            confirmed(sdk, "sepa_debit", mandate_data="")
        assert refused.value.param == "mandate_data"

    def test_of_an_unknown_kind_is_refused(self, sdk: Sdk) -> None:
        """It was online or offline."""
        with pytest.raises(stripe.InvalidRequestError) as refused:
            confirmed(sdk, "sepa_debit", mandate_data={"customer_acceptance": {"type": "fax"}})
        assert refused.value.param == "mandate_data[customer_acceptance][type]"

    def test_may_have_been_offline_and_before(self, sdk: Sdk) -> None:
        """When and how it was accepted is shown as it was told."""
        told = {"customer_acceptance": {"type": "offline", "accepted_at": 1_700_000_000}}
        intent = confirmed(sdk, "sepa_debit", mandate_data=told)
        mandate = sdk.v1.mandates.retrieve(intent.mandate)
        assert mandate.customer_acceptance.to_dict() == {
            "accepted_at": 1_700_000_000,
            "offline": {},
            "type": "offline",
        }

    @pytest.mark.parametrize(
        "told",
        [
            {},
            {
                "mandate_data": {
                    "customer_acceptance": {
                        "type": "online",
                        "online": {"user_agent": "Browser/1.0"},
                    }
                }
            },
            {
                "mandate_data": {
                    "customer_acceptance": {
                        "type": "online",
                        "online": {"infer_from_client": True},
                    }
                }
            },
        ],
        ids=["nothing", "online", "infer"],
    )
    def test_is_read_off_a_customers_own_request(
        self, sdk: Sdk, browser: Api, told: dict[str, Any]
    ) -> None:
        """With a publishable key the customer's address and browser are what was accepted with."""
        intent = sdk.v1.setup_intents.create(SEPA)
        path = f"/v1/setup_intents/{intent.id}/confirm"
        answer = browser.post(
            path, {"client_secret": intent.client_secret, **told}, User_Agent="Browser/1.0"
        )
        assert answer.object["status"] == "succeeded"
        after = sdk.v1.setup_intents.retrieve(intent.id, {"expand": ["mandate"]})
        assert after.mandate.customer_acceptance.type == "online"
        online = after.mandate.customer_acceptance.online
        assert (online.ip_address, online.user_agent) == ("127.0.0.1", "Browser/1.0")


class TestHolding:
    def test_is_used_again(self, sdk: Sdk) -> None:
        """A payment method with a mandate that holds is set up again without another."""
        first = confirmed(sdk, "sepa_debit")
        again = sdk.v1.setup_intents.create(
            {
                "allowed_payment_method_types": ["sepa_debit"],
                "confirm": True,
                "customer": first.customer,
                "payment_method": first.payment_method,
            }
        )
        assert (again.status, again.mandate) == ("succeeded", first.mandate)

    def test_makes_way_for_one_that_is_accepted_now(self, sdk: Sdk) -> None:
        """A new acceptance makes a new mandate; the old one still holds."""
        first = confirmed(sdk, "sepa_debit")
        again = sdk.v1.setup_intents.create(
            {
                "allowed_payment_method_types": ["sepa_debit"],
                "confirm": True,
                "customer": first.customer,
                "payment_method": first.payment_method,
                "mandate_data": ACCEPTED,
            }
        )
        assert again.mandate not in (None, first.mandate)
        assert {status_of(sdk, one.mandate) for one in (first, again)} == {"active"}

    def test_is_not_enough_for_a_single_payment(self, sdk: Sdk) -> None:
        """A mandate for one payment names it, so another one has to be accepted."""
        first = confirmed(sdk, "sepa_debit")
        with pytest.raises(stripe.InvalidRequestError) as refused:
            sdk.v1.setup_intents.create(
                {
                    "allowed_payment_method_types": ["sepa_debit"],
                    "confirm": True,
                    "customer": first.customer,
                    "payment_method": first.payment_method,
                    "single_use": {"amount": 100, "currency": "eur"},
                }
            )
        assert refused.value.param == "mandate_data"


class TestEnding:
    def test_with_the_payment_method(self, sdk: Sdk) -> None:
        """Nobody debits what was detached, and subscribers hear of it."""
        intent = confirmed(sdk, "sepa_debit")
        sdk.v1.payment_methods.detach(intent.payment_method)
        assert status_of(sdk, intent.mandate) == "inactive"
        (event,) = sdk.v1.events.list({"type": "mandate.updated", "limit": 1}).data
        assert event.data.object["id"] == intent.mandate
        assert event.data.previous_attributes.to_dict() == {"status": "active"}

    def test_with_the_customer(self, sdk: Sdk) -> None:
        """A customer who is deleted takes every mandate along, also those of what was made."""
        intent = set_up(sdk, "ideal")
        sdk.v1.customers.delete(intent.customer)
        assert status_of(sdk, intent.mandate) == "inactive"

    @pytest.mark.parametrize("how", ["cancel", "another method", "confirmed anew"])
    def test_with_the_attempt_that_nobody_waits_for(self, sdk: Sdk, how: str) -> None:
        """A mandate that waited for its account is over once the attempt is given up."""
        intent = confirmed(sdk, "us_bank_account")
        assert status_of(sdk, intent.mandate) == "pending"
        if how == "cancel":
            sdk.v1.setup_intents.cancel(intent.id)
        elif how == "another method":
            changes = {"payment_method_data": form("us_bank_account")}
            assert sdk.v1.setup_intents.update(intent.id, changes).mandate is None
        else:
            again = sdk.v1.setup_intents.confirm(intent.id, {"mandate_data": ACCEPTED})
            assert status_of(sdk, again.mandate) == "pending"
        assert status_of(sdk, intent.mandate) == "inactive"


class TestRetrieve:
    def test_expands(self, sdk: Sdk) -> None:
        """The payment method of a mandate, and the mandate of an intent, are shown whole."""
        paths = ["mandate.payment_method", "latest_attempt"]
        intent = confirmed(sdk, "sepa_debit", expand=paths)
        assert intent.mandate.object == "mandate"
        assert intent.mandate.payment_method.id == intent.payment_method
        mandate = sdk.v1.mandates.retrieve(intent.mandate.id, {"expand": ["payment_method"]})
        assert mandate.payment_method.type == "sepa_debit"

    def test_leads_to_its_page(self, sdk: Sdk) -> None:
        """A SEPA mandate has an address where its customer can read it."""
        mandate = sdk.v1.mandates.retrieve(confirmed(sdk, "sepa_debit").mandate)
        assert f"/mandates/{mandate.id}?" in mandate.payment_method_details.sepa_debit.url

    @pytest.mark.parametrize("name", ["mandate_nothing", "seti_nothing", "x"])
    def test_of_what_is_not_there_is_refused(self, api: Api, name: str) -> None:
        """A name that names no mandate is a 404."""
        refused = api.get(f"/v1/mandates/{name}")
        assert refused.refusal == (404, "invalid_request_error", "resource_missing", "mandate")

    def test_is_for_secret_keys_alone(self, browser: Api) -> None:
        """A page has no business with mandates."""
        assert browser.get("/v1/mandates/mandate_nothing").refusal[2] == "secret_key_required"

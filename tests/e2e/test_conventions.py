"""How the service is spoken to: keys, versions, headers, addresses."""

from base64 import b64encode
from typing import Any

import pytest

from service.wire.versions import KNOWN
from tests.e2e.client import Api
from tests.e2e.server import PUBLISHABLE_KEY, SECRET_KEY, Server

INTENTS = "/v1/setup_intents"


class TestKeys:
    @pytest.mark.parametrize(
        "header",
        [
            f"Bearer {SECRET_KEY}",
            f"bearer  {SECRET_KEY}",
            f"Basic {b64encode(f'{SECRET_KEY}:'.encode()).decode()}",
            f"Basic {b64encode(f'{SECRET_KEY}'.encode()).decode()}",
            f"BASIC {b64encode(f'{SECRET_KEY}:ignored'.encode()).decode()}",
        ],
    )
    def test_open_by_bearer_and_basic(self, api: Api, header: str) -> None:
        """A secret key is taken as Bearer, and as the user of Basic."""
        assert api.get(INTENTS, Authorization=header).status == 200

    @pytest.mark.parametrize(
        "header",
        ["", "Bearer", "Bearer ", "Basic", "Basic !", "Basic Og==", SECRET_KEY, "Digest a"],
    )
    def test_are_needed(self, api: Api, header: str) -> None:
        """A call without a key is 401, and told how to send one."""
        refused = api.get(INTENTS, Authorization=header)
        assert refused.refusal == (401, "invalid_request_error", None, None)
        assert refused.headers["www-authenticate"] == 'Bearer realm="Stripe"'

    @pytest.mark.parametrize(
        "key",
        [
            "sk_test_NobodyHasThisKey0000",
            SECRET_KEY + "x",
            SECRET_KEY[:-1],
            SECRET_KEY.upper(),
            SECRET_KEY.replace("test", "live"),
            PUBLISHABLE_KEY.replace("pk", "sk"),
            "rk_test_1",
            "x",
            "x" * 5000,
        ],
    )
    def test_that_are_none_are_masked(self, api: Api, key: str) -> None:
        """A key that nobody has is 401; what is shown of it does not tell it."""
        refused = api.get(INTENTS, Authorization=f"Bearer {key}")
        assert refused.refusal == (401, "invalid_request_error", None, None)
        assert len(key) < 14 or key[9:-4] not in refused.error["message"]


class TestVersions:
    @pytest.mark.parametrize("version", [KNOWN[0], *KNOWN[-12:]])
    def test_known_ones_are_spoken(self, api: Api, version: str) -> None:
        """Every version of Stripe's is taken, and named in the answer."""
        answer = api.post(INTENTS, Stripe_Version=version)
        assert (answer.status, answer.headers["stripe-version"]) == (200, version)

    @pytest.mark.parametrize(
        "version", ["", "not-a-version", "2026-13-01.dahlia", "2026-08-26", "dahlia", "2" * 5000]
    )
    def test_malformed_ones_are_refused(self, api: Api, version: str) -> None:
        """A version that there is none of is a 400 without a code."""
        refused = api.get(INTENTS, Stripe_Version=version)
        assert refused.refusal == (400, "invalid_request_error", None, None)

    def test_the_pinned_one_is_spoken_by_default(self, api: Api) -> None:
        """Who names no version is answered in the pinned one."""
        assert api.get(INTENTS).headers["stripe-version"] == "2026-08-26.dahlia"

    @pytest.mark.parametrize(
        ("version", "since", "field"),
        [
            ("2026-07-29.dahlia", "2026-08-26.dahlia", "allowed_payment_method_types"),
            ("2026-03-25.dahlia", "2026-04-22.dahlia", "managed_payments"),
            ("2025-11-17.clover", "2025-12-15.clover", "customer_account"),
            ("2025-09-30.clover", "2025-10-29.clover", "excluded_payment_method_types"),
        ],
    )
    def test_older_ones_see_what_they_knew(
        self, api: Api, version: str, since: str, field: str
    ) -> None:
        """A field that came later is left out, in answers and in what errors embed."""
        name = api.post(INTENTS).object["id"]
        before = api.get(f"{INTENTS}/{name}", Stripe_Version=version).object
        after = api.get(f"{INTENTS}/{name}", Stripe_Version=since).object
        assert (field in before, field in after) == (False, True)
        refused = api.post(f"{INTENTS}/{name}/confirm", Stripe_Version=version)
        assert field not in refused.error["setup_intent"]

    @pytest.mark.parametrize("version", ["2026-09-30.endive", "2026-10-28.endive"])
    @pytest.mark.parametrize("operation", ["create", "update"])
    def test_newer_ones_lost_a_parameter(self, api: Api, version: str, operation: str) -> None:
        """Since endive, `payment_method_types` is not a parameter any more; it is still shown."""
        path = INTENTS
        if operation == "update":
            path += "/" + api.post(INTENTS).object["id"]
        refused = api.post(path, {"payment_method_types": ["card"]}, Stripe_Version=version)
        assert refused.refusal[2:] == (
            "payment_method_types_no_longer_supported",
            "payment_method_types",
        )
        assert api.post(path, Stripe_Version=version).object["payment_method_types"][0] == "card"

    def test_the_oldest_takes_cards_only(self, api: Api) -> None:
        """Before methods were automatic, an intent that names no types takes cards."""
        made = api.post(INTENTS, Stripe_Version="2022-11-15").object
        assert (made["automatic_payment_methods"], made["payment_method_types"]) == (None, ["card"])


class TestAddresses:
    @pytest.mark.parametrize(
        "path",
        ["/wat", "/v1", "/v1/", "/v1/wat", "/v1/setup_intents/", "/v2/core", "/%00", "/v1/%ff"],
    )
    @pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
    def test_unknown_ones_are_404(self, api: Api, method: str, path: str) -> None:
        """There is nothing at an unknown address, by any method."""
        assert api.call(method, path).refusal == (404, "invalid_request_error", None, None)

    @pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "PURGE", "QUERY"])
    def test_unknown_methods_are_404(self, api: Api, method: str) -> None:
        """A method that an address does not know is not found there."""
        assert api.call(method, INTENTS).status == 404

    @pytest.mark.parametrize("method", ["HEAD", "OPTIONS"])
    def test_methods_of_browsers_change_nothing(self, api: Api, method: str) -> None:
        """What a browser or a monitor asks beforehand is answered, and never a fault."""
        assert api.call(method, INTENTS).status < 500

    @pytest.mark.parametrize(
        ("path", "noun", "param"),
        [
            ("/v1/setup_intents/{}", "setupintent", "intent"),
            ("/v1/payment_methods/{}", "PaymentMethod", "payment_method"),
            ("/v1/customers/{}", "customer", "customer"),
            ("/v1/events/{}", "event", "id"),
            ("/v1/webhook_endpoints/{}", "webhook endpoint", "webhook_endpoint"),
        ],
    )
    @pytest.mark.parametrize(
        "name",
        ["none", "seti_none", "pm_none", "cus_none", "we_none", "evt_none", "acct_none", "*"],
    )
    def test_missing_objects_are_named(
        self, api: Api, path: str, noun: str, param: str, name: str
    ) -> None:
        """An id that there is none of, or of another kind, is 404 with the path's param."""
        refused = api.get(path.format(name))
        assert refused.refusal == (404, "invalid_request_error", "resource_missing", param)
        assert refused.error["message"] == f"No such {noun}: '{name}'"


def test_the_id_of_a_call_is_in_the_log(api: Api, server: Server) -> None:
    """Whatever is answered tells the call's id, by which the log's line is found."""
    asked: Any = [api.post(INTENTS), api.get("/wat"), api.post(INTENTS, {"wat": 1})]
    for answer in asked:
        line = server.output.said_of(answer.headers["request-id"])
        assert line["status"] == answer.status


def test_the_log_names_what_a_command_was_about(api: Api, server: Server) -> None:
    """A line tells the object, or the code of the refusal, and nothing that was sent."""
    made = api.post(INTENTS)
    assert server.output.said_of(made.headers["request-id"])["object"] == made.object["id"]
    refused = api.post(INTENTS, {"wat": 1})
    assert server.output.said_of(refused.headers["request-id"])["code"] == "parameter_unknown"

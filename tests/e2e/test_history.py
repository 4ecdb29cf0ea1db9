"""What happened to an object, and what it was, over HTTP."""

from typing import Any

import pytest

from tests.e2e.client import Answer, Api
from tests.e2e.operator import Operator
from tests.e2e.server import Server, until
from tests.e2e.subscriber import subscriber

INTENTS = "/v1/setup_intents"
OWN = "/seti/v1/setup_intents"
CARD = {"payment_method": "pm_card_visa", "return_url": "https://shop.example/back"}


@pytest.fixture(name="intent")
def _intent(api: Api) -> str:
    """An intent of three events and more: made, described, confirmed."""
    name: str = api.post(INTENTS, {"metadata": {"order": "7"}}).object["id"]
    api.post(f"{INTENTS}/{name}", {"metadata": {"order": "8"}, "description": "Spare"})
    api.post(f"{INTENTS}/{name}/confirm", CARD, Idempotency_Key=f"once {name}")
    return name


def history(api: Api, name: str, **query: Any) -> dict[str, Any]:
    return api.get(f"{OWN}/{name}/history", query).object


def versions(page: dict[str, Any]) -> list[int]:
    return [entry["version"] for entry in page["data"]]


def one_of(api: Api, kind: str) -> str:
    """Make an object of a *kind*, and return its id."""
    if kind == "mandates":
        bank = {"type": "sepa_debit", "sepa_debit": {"iban": "DE89370400440532013000"}}
        owner = {"name": "Jenny", "email": "jenny@example.com"}
        form = {
            "confirm": True,
            "mandate_data": {"customer_acceptance": {"type": "offline"}},
            "payment_method_data": {**bank, "billing_details": owner},
            "payment_method_types": ["sepa_debit"],
        }
        return str(api.post(INTENTS, form).object["mandate"])
    forms: dict[str, dict[str, Any]] = {
        "payment_methods": {"type": "card", "card": {"token": "tok_visa"}},
        "webhook_endpoints": {"url": "https://shop.example/", "enabled_events": ["*"]},
    }
    return str(api.post(f"/v1/{kind}", forms.get(kind, {})).object["id"])


class TestHistory:
    def test_tells_who_changed_what(self, api: Api, intent: str) -> None:
        """Entries come newest first, each with its actor and what it changed."""
        succeeded, _, updated, created = history(api, intent)["data"]
        assert created["changes"]["metadata"] == {"new": {"order": "7"}}
        assert created["announced"]["type"] == "setup_intent.created"
        assert updated["announced"] is None
        assert updated["changes"] == {
            "description": {"old": None, "new": "Spare"},
            "metadata[order]": {"old": "7", "new": "8"},
        }
        assert succeeded["changes"]["status"]["new"] == "succeeded"
        actor = succeeded["actor"]
        assert actor["idempotency_key"] == f"once {intent}"
        assert actor["address"] == "127.0.0.1"
        assert actor["request"].startswith("req_")
        assert actor["key"] != api.key
        assert actor["key"].endswith(api.key[-4:])

    def test_tells_no_secret(self, api: Api, intent: str) -> None:
        """Nothing in a history opens anything."""
        assert b"_secret_" not in api.get(f"{OWN}/{intent}/history").body

    def test_tells_who_heard_of_it(self, api: Api) -> None:
        """What was announced is told with its deliveries, and every attempt of them."""
        with subscriber() as there:
            there.answers = [500]
            wanted = {"url": there.url, "enabled_events": ["customer.deleted"]}
            endpoint = api.post("/v1/webhook_endpoints", wanted).object
            there.secret = endpoint["secret"]
            name = api.post("/v1/customers").object["id"]
            api.delete(f"/v1/customers/{name}")
            path = f"/seti/v1/customers/{name}/history"

            def trail() -> dict[str, Any] | None:
                trails = api.get(path).object["data"][0]["deliveries"]
                mine = (one for one in trails if one["endpoint"] == endpoint["id"])
                return next((one for one in mine if one["attempts"]), None)

            until(trail)
            found = trail()
            api.delete(f"/v1/webhook_endpoints/{endpoint['id']}")
        assert found is not None
        assert found["origin"] == "live"
        first = found["attempts"][0]
        assert (first["number"], first["kind"], first["status"]) == (1, "status", 500)

    def test_is_paged_by_version(self, api: Api, intent: str) -> None:
        """Pages go on from an entry, in either direction."""
        first = history(api, intent, limit=2)
        assert (versions(first), first["has_more"]) == ([4, 3], True)
        rest = history(api, intent, limit=2, starting_after=f"{intent}.v3")
        assert (versions(rest), rest["has_more"]) == ([2, 1], False)
        back = history(api, intent, limit=2, ending_before=f"{intent}.v1")
        assert (versions(back), back["has_more"]) == ([3, 2], True)
        assert versions(history(api, intent, ending_before=f"{intent}.v4")) == []

    def test_goes_on_through_a_long_one(self, api: Api) -> None:
        """A stream of many events is told whole, in pages."""
        name = api.post("/v1/customers").object["id"]
        for number in range(219):
            api.post(f"/v1/customers/{name}", {"name": f"Name {number}"})
        told: list[dict[str, Any]] = []
        query: dict[str, Any] = {"limit": 50}
        while True:
            page = api.get(f"/seti/v1/customers/{name}/history", query).object
            told += page["data"]
            if not page["has_more"]:
                break
            query["starting_after"] = told[-1]["id"]
        assert [entry["version"] for entry in told] == list(range(220, 0, -1))
        assert told[0]["changes"] == {"name": {"old": "Name 217", "new": "Name 218"}}
        path = f"/seti/v1/customers/{name}"
        assert api.get(path, {"at": "v210"}).object["name"] == "Name 208"

    @pytest.mark.parametrize("cursor", ["{}.v9", "{}.v0", "{}", "v1", "seti_other.v1"])
    def test_starts_at_no_strange_entry(self, api: Api, intent: str, cursor: str) -> None:
        """A cursor is an entry of this history."""
        query = {"starting_after": cursor.format(intent)}
        refused = api.get(f"{OWN}/{intent}/history", query)
        assert refused.refusal == (
            400,
            "invalid_request_error",
            "resource_missing",
            "starting_after",
        )


class TestAsOf:
    def at(self, api: Api, name: str, moment: str, **headers: str) -> Answer:
        return api.get(f"{OWN}/{name}", {"at": moment}, **headers)

    def test_shows_what_it_was(self, api: Api, intent: str) -> None:
        """As of a version an object is shown as it was, with the secret that it had then."""
        created = self.at(api, intent, "v1").object
        assert created["metadata"] == {"order": "7"}
        now = api.get(f"{INTENTS}/{intent}")
        assert created["client_secret"] == now.object["client_secret"]
        assert self.at(api, intent, "v4").body == now.body

    def test_speaks_the_version_asked_for(self, api: Api, intent: str) -> None:
        """A version of the API that is named is spoken."""
        old = self.at(api, intent, "v1", Stripe_Version="2022-11-15")
        assert old.headers["stripe-version"] == "2022-11-15"
        assert "managed_payments" not in old.object

    @pytest.mark.parametrize(
        "moment",
        ["now", "v0", "-1", "2026-01-01", "2026-01-01T00:00:00", "99999999999", "v7 ", "1.5"],
    )
    def test_refuses_what_is_no_moment(self, api: Api, intent: str, moment: str) -> None:
        """A moment in a wrong format, or still to come, is refused by its name."""
        refused = self.at(api, intent, moment)
        assert refused.refusal == (400, "invalid_request_error", None, "at")

    @pytest.mark.parametrize(
        ("query", "code"),
        [({}, "parameter_missing"), ({"at": ""}, "parameter_invalid_empty")],
        ids=["missing", "empty"],
    )
    def test_needs_a_moment(self, api: Api, intent: str, query: dict[str, str], code: str) -> None:
        """As of no moment there is nothing to show."""
        refused = api.get(f"{OWN}/{intent}", query)
        assert refused.refusal == (400, "invalid_request_error", code, "at")

    def test_knows_nothing_before_the_beginning(self, api: Api, intent: str) -> None:
        """Before an object existed there is none, as the API would have said; nor a later one."""
        missing = (404, "invalid_request_error", "resource_missing")
        assert self.at(api, intent, "2020-01-01T00:00:00Z").refusal == (*missing, "intent")
        later = self.at(api, intent, "v99")
        assert later.refusal == (*missing, "at")
        assert b"No such version from v1 to v4: 'v99'" in later.body

    @pytest.mark.parametrize(
        ("kind", "noun"),
        [
            ("setup_intents", "intent"),
            ("payment_methods", "payment_method"),
            ("customers", "customer"),
            ("mandates", "mandate"),
            ("webhook_endpoints", "webhook_endpoint"),
        ],
    )
    def test_of_every_kind_begins_with_it(self, api: Api, kind: str, noun: str) -> None:
        """The second before there was one it is not there; in its own second, it is as it was."""
        name = one_of(api, kind)
        path = f"/seti/v1/{kind}/{name}"
        first = api.get(f"{path}/history").object["data"][-1]["created"]
        missing = (404, "invalid_request_error", "resource_missing", noun)
        assert api.get(path, {"at": str(first - 1)}).refusal == missing
        assert api.get(path, {"at": "v1"}).object["id"] == name
        assert api.get(path, {"at": str(first)}).object["id"] == name

    def test_shows_what_is_left_of_what_is_gone(self, api: Api) -> None:
        """A customer is shown as one that is deleted since it was, and whole before that."""
        customer = api.post("/v1/customers", {"name": "Jenny"}).object["id"]
        deleted = api.delete(f"/v1/customers/{customer}").object
        path = f"/seti/v1/customers/{customer}"
        assert api.get(path, {"at": "v1"}).object["name"] == "Jenny"
        assert api.get(path, {"at": "v2"}).object == deleted

    def test_of_an_endpoint_is_stripes_object(self, api: Api) -> None:
        """As of a moment an endpoint is shown as Stripe's operation showed it."""
        wanted = {"url": "https://shop.example/", "enabled_events": ["customer.created"]}
        name = api.post("/v1/webhook_endpoints", wanted).object["id"]
        shown = api.get(f"/v1/webhook_endpoints/{name}")
        api.post(f"/v1/webhook_endpoints/{name}", {"disabled": "true"})
        own = f"/seti/v1/webhook_endpoints/{name}"
        assert api.get(own, {"at": "v1"}).body == shown.body
        assert api.get(own, {"at": "v2"}).object["status"] == "disabled"
        api.delete(f"/v1/webhook_endpoints/{name}")
        assert api.get(own, {"at": "v2"}).object["status"] == "disabled"
        assert api.get(own, {"at": "v3"}).refusal[0] == 404


class TestWhoMayLook:
    PATHS = ("{}", "{}/history")

    @pytest.mark.parametrize("path", PATHS)
    def test_not_a_browser(self, browser: Api, intent: str, path: str) -> None:
        """A publishable key sees no past."""
        refused = browser.get(f"{OWN}/{path.format(intent)}", {"at": "v1"})
        assert refused.refusal[2] == "secret_key_required"

    @pytest.mark.parametrize("path", PATHS)
    def test_whoever_may_read(
        self, server: Server, operator: Operator, intent: str, path: str
    ) -> None:
        """A restricted key sees the past of what it may read, and of nothing else."""
        query = {} if "history" in path else {"at": "v1"}
        for resource, status in (("setup_intents", 200), ("customers", 403)):
            key = operator.text(
                account=operator.first.id, kind="restricted", permissions={resource: "read"}
            )
            with Api(server.url, key) as restricted:
                assert restricted.get(f"{OWN}/{path.format(intent)}", query).status == status

    @pytest.mark.parametrize("path", PATHS)
    def test_not_another_account(
        self, server: Server, operator: Operator, intent: str, path: str
    ) -> None:
        """Another account's object is not there; nor is what was never made."""
        query = {} if "history" in path else {"at": "v1"}
        with Api(server.url, operator.text(account=operator.account())) as other:
            for name in (intent, "seti_none", "cus_1"):
                refused = other.get(f"{OWN}/{path.format(name)}", query)
                assert refused.refusal[::2] == (404, "resource_missing")

    def test_the_platform(self, api: Api, connected: str) -> None:
        """A platform looks into the past of an account that is connected to it."""
        name = api.post(INTENTS, {}, Stripe_Account=connected).object["id"]
        there = api.get(f"{OWN}/{name}", {"at": "v1"}, Stripe_Account=connected)
        assert there.object["id"] == name
        assert api.get(f"{OWN}/{name}/history", None, Stripe_Account=connected).status == 200
        assert api.get(f"{OWN}/{name}", {"at": "v1"}).status == 404

"""Platforms and connected accounts, through the official SDK."""

from functools import partial
from typing import Any

import pytest
import stripe

from tests.e2e.client import Api
from tests.e2e.operator import Operator
from tests.e2e.sdk import Sdk
from tests.e2e.sdk import sdk as sdk_of
from tests.e2e.server import PUBLISHABLE_KEY, SECRET_KEY, Server, until
from tests.e2e.subscriber import subscriber

CARD = {"allowed_payment_method_types": ["card"]}
SAVED = {**CARD, "payment_method": "pm_card_visa", "confirm": True}


def refusal(error: stripe.StripeError) -> tuple[int | None, str]:
    """Return status and code; the SDK itself reads the code of few kinds of errors."""
    body: Any = error.json_body
    return error.http_status, body["error"]["code"]


class TestAccounts:
    def test_of_a_key(self, sdk: Sdk, platform: str) -> None:
        """A key is told which account it opens, with all that libraries store of it."""
        account = sdk.v1.accounts.retrieve_current()
        assert (account.id, account.type, account.charges_enabled) == (platform, "standard", True)
        assert account.settings.dashboard.timezone
        assert account.business_profile.minority_owned_business_designation is None
        assert account.settings.payments.statement_descriptor_prefix_kana is None

    def test_of_a_platform(self, sdk: Sdk, connected: str) -> None:
        """A platform retrieves the accounts that are connected to it."""
        account = sdk.v1.accounts.retrieve(connected)
        assert (account.country, account.default_currency) == ("FR", "eur")
        assert account.business_profile.name == "Rocket Rides"

    def test_acted_for(self, sdk: Sdk, connected: str) -> None:
        """With Stripe-Account, the account is the connected one."""
        options = {"stripe_account": connected}
        assert sdk.v1.accounts.retrieve_current(options=options).id == connected

    def test_listed(self, server: Server, operator: Operator, platform: str) -> None:
        """A platform lists its connected accounts, newest first, in pages."""
        middle = operator.account()
        made = [operator.account(platform=middle) for _ in range(3)]
        with sdk_of(server.url, operator.text(account=middle)) as client:
            found = client.v1.accounts.list({"limit": 2})
            assert [one.id for one in found.auto_paging_iter()] == made[::-1]
            assert found.has_more
            before = client.v1.accounts.list({"ending_before": made[0]})
            assert [one.id for one in before.data] == made[:0:-1]
            with pytest.raises(stripe.InvalidRequestError) as refused:
                client.v1.accounts.list({"starting_after": platform})
        assert (refused.value.code, refused.value.param) == ("resource_missing", "starting_after")

    @pytest.mark.parametrize("name", ["acct_nobody", "platform", "seti_1"])
    def test_of_others(self, own: Sdk, platform: str, name: str) -> None:
        """An account that is not connected is refused like one that is not there."""
        with pytest.raises(stripe.PermissionError) as refused:
            own.v1.accounts.retrieve(platform if name == "platform" else name)
        assert refusal(refused.value) == (403, "account_invalid")


class TestActingFor:
    def test_makes_objects_there(self, sdk: Sdk, own: Sdk, connected: str) -> None:
        """What a platform makes for an account is that account's, and not the platform's."""
        customer = sdk.v1.customers.create({"name": "Jenny"}, {"stripe_account": connected})
        assert own.v1.customers.retrieve(customer.id).name == "Jenny"
        with pytest.raises(stripe.InvalidRequestError) as refused:
            sdk.v1.customers.retrieve(customer.id)
        assert refused.value.http_status == 404

    def test_signs_what_it_makes(
        self, sdk: Sdk, own: Sdk, connected: str, application: str
    ) -> None:
        """An intent, and its attempts, show the application that made it; own ones show none."""
        options = {"stripe_account": connected}
        made = sdk.v1.setup_intents.create({**SAVED, "expand": ["application"]}, options)
        assert (made.application.object, made.application.id) == ("application", application)
        attempts = sdk.v1.setup_attempts.list({"setup_intent": made.id}, options)
        assert attempts.data[0].application == application
        assert own.v1.setup_intents.create(CARD).application is None
        assert sdk.v1.setup_intents.create(CARD).application is None

    def test_is_asked_for_by_a_context(self, sdk: Sdk, own: Sdk, connected: str) -> None:
        """Stripe-Context names the account as Stripe-Account does, and beside it the same one."""
        context = {"stripe_context": connected}
        made = sdk.v1.customers.create({"name": "Jenny"}, context)
        assert own.v1.customers.retrieve(made.id).name == "Jenny"
        both = {**context, "stripe_account": connected}
        assert sdk.v1.customers.retrieve(made.id, options=both).id == made.id

    @pytest.mark.parametrize(
        ("options", "answered"),
        [
            ({"stripe_context": "acct_nobody"}, (403, "account_invalid")),
            ({"stripe_context": "acct_1/acct_2"}, (403, "account_invalid")),
            ({"stripe_context": "acct_1", "stripe_account": "acct_2"}, (400, None)),
        ],
        ids=["nobody's", "a path", "beside another account"],
    )
    def test_is_refused_by_a_context(
        self, sdk: Sdk, options: dict[str, str], answered: tuple[int, str | None]
    ) -> None:
        """A context that leads to no connected account, or to two, does not lead to one's own."""
        with pytest.raises(stripe.StripeError) as refused:
            sdk.v1.customers.create({"name": "Jenny"}, options)
        body: Any = refused.value.json_body
        assert (refused.value.http_status, body["error"].get("code")) == answered

    def test_goes_through_a_whole_life(self, sdk: Sdk, connected: str) -> None:
        """Every operation on an intent works with Stripe-Account."""
        options = {"stripe_account": connected}
        intents = sdk.v1.setup_intents
        made = intents.create(CARD, options).id
        intents.update(made, {"metadata": {"a": "b"}}, options)
        confirmed = intents.confirm(made, {"payment_method": "pm_card_visa"}, options)
        assert confirmed.status == "succeeded"
        assert made in {one.id for one in intents.list(options=options).data}
        assert made not in {one.id for one in intents.list().data}

    @pytest.mark.parametrize("name", ["acct_nobody", "stranger"])
    def test_others_is_refused(self, sdk: Sdk, operator: Operator, name: str) -> None:
        """An account that is not connected, or not there, is refused, whatever is asked."""
        account = operator.account() if name == "stranger" else name
        with pytest.raises(stripe.PermissionError) as refused:
            sdk.v1.setup_intents.create(CARD, {"stripe_account": account})
        assert refusal(refused.value) == (403, "account_invalid")

    def test_ends_with_the_connection(self, sdk: Sdk, operator: Operator) -> None:
        """A platform loses an account at once."""
        leaving = operator.connected()
        options = {"stripe_account": leaving}
        assert sdk.v1.setup_intents.create(CARD, options).livemode is False
        operator.change(leaving, platform=None)
        with pytest.raises(stripe.PermissionError):
            sdk.v1.setup_intents.create(CARD, options)

    def test_keeps_idempotency_apart(self, sdk: Sdk, connected: str) -> None:
        """A key stands for one request of each account."""
        key = {"idempotency_key": "one-for-each-account"}
        mine = sdk.v1.customers.create({}, key)
        theirs = sdk.v1.customers.create({}, {**key, "stripe_account": connected})
        assert mine.id != theirs.id
        again = sdk.v1.customers.create({}, {**key, "stripe_account": connected})
        assert again.id == theirs.id

    def test_works_in_a_browser(self, server: Server, sdk: Sdk, connected: str) -> None:
        """A platform's publishable key sees what the platform made for the account."""
        made = sdk.v1.setup_intents.create(CARD, {"stripe_account": connected})
        path, query = f"/v1/setup_intents/{made.id}", {"client_secret": made.client_secret}
        with Api(server.url, PUBLISHABLE_KEY) as browser:
            assert browser.get(path, query).status == 404
            assert browser.get(path, query, Stripe_Account=connected).status == 200
            form = {**query, "payment_method": "pm_card_visa"}
            confirmed = browser.post(f"{path}/confirm", form, Stripe_Account=connected)
        assert confirmed.object["status"] == "succeeded"


class TestOnBehalfOf:
    def test_a_connected_account(self, sdk: Sdk, connected: str) -> None:
        """An intent of the platform's may be for a connected account, and shows it whole."""
        given = {**CARD, "on_behalf_of": connected}
        made = sdk.v1.setup_intents.create(given)
        assert made.on_behalf_of == connected
        shown = sdk.v1.setup_intents.retrieve(made.id, {"expand": ["on_behalf_of"]})
        assert (shown.on_behalf_of.object, shown.on_behalf_of.id) == ("account", connected)

    @pytest.mark.parametrize("name", ["itself", "acct_nobody", "cus_1"])
    def test_nobody_else(self, sdk: Sdk, platform: str, name: str) -> None:
        """Any other account is refused, the platform itself too."""
        account = platform if name == "itself" else name
        with pytest.raises(stripe.InvalidRequestError) as refused:
            sdk.v1.setup_intents.create({**CARD, "on_behalf_of": account})
        assert (refused.value.http_status, refused.value.param) == (400, "on_behalf_of")


class TestEvents:
    def test_of_an_account(self, sdk: Sdk, own: Sdk, connected: str) -> None:
        """A platform lists an account's events with its name, and its own without."""
        options = {"stripe_account": connected}
        made = sdk.v1.customers.create({}, options)
        seen = sdk.v1.events.list({"type": "customer.created", "limit": 1}, options).data[0]
        assert (seen.account, seen.data.object.id) == (connected, made.id)
        assert sdk.v1.events.retrieve(seen.id, options=options).account == connected
        assert "account" not in own.v1.events.retrieve(seen.id)
        assert seen.id not in {one.id for one in sdk.v1.events.list({"limit": 100}).data}

    def test_are_told_to_whom_they_concern(
        self, sdk: Sdk, own: Sdk, connected: str, application: str
    ) -> None:
        """An account's event goes to its own endpoints and to the platform's Connect ones."""
        url_events = {"enabled_events": ["customer.created"]}
        with subscriber() as theirs, subscriber() as connect, subscriber() as ordinary:
            made = [
                own.v1.webhook_endpoints.create({**url_events, "url": theirs.url}),
                sdk.v1.webhook_endpoints.create(
                    {**url_events, "url": connect.url, "connect": True}
                ),
                sdk.v1.webhook_endpoints.create({**url_events, "url": ordinary.url}),
            ]
            assert [one.application for one in made] == [None, application, None]
            for one, there in zip(made, (theirs, connect, ordinary), strict=True):
                there.secret = one.secret
            options = {"stripe_account": connected}
            told = sdk.v1.customers.create({}, options).id
            mine = sdk.v1.customers.create({}).id
            until(lambda: theirs.types and connect.types and ordinary.types)
            sdk.v1.webhook_endpoints.delete(made[1].id)
            sdk.v1.webhook_endpoints.delete(made[2].id)
            own.v1.webhook_endpoints.delete(made[0].id)
        assert theirs.types == connect.types == [("customer.created", told)]
        assert ordinary.types == [("customer.created", mine)]
        (heard,), (own_heard,) = (
            next(iter(connect.heard.values())),
            next(iter(theirs.heard.values())),
        )
        assert heard["account"] == connected
        assert "account" not in own_heard
        assert heard["id"] == own_heard["id"]


class TestVersions:
    def test_of_an_account_are_spoken(self, server: Server, operator: Operator) -> None:
        """A call without a version is answered in its account's, from the next call on."""
        account = operator.account(api_version="2025-09-30.clover")
        with Api(server.url, operator.text(account=account)) as api:
            old = api.post("/v1/setup_intents", CARD)
            operator.change(account, api_version="2026-08-26.dahlia")
            new = api.get(f"/v1/setup_intents/{old.object['id']}")
        assert old.headers["stripe-version"] == "2025-09-30.clover"
        assert "managed_payments" not in old.object
        assert new.headers["stripe-version"] == "2026-08-26.dahlia"
        assert "managed_payments" in new.object

    def test_of_an_account_change_none_of_its_past_events(
        self, server: Server, operator: Operator
    ) -> None:
        """An event says the same for ever, and only later ones are told in a new version."""
        account = operator.account(api_version="2025-09-30.clover")
        with Api(server.url, operator.text(account=account)) as own:
            own.post("/v1/setup_intents", CARD)
            read = partial(own.get, "/v1/events", Stripe_Version="2025-09-30.clover")
            (before,) = read().object["data"]
            operator.change(account, api_version="2026-08-26.dahlia")
            own.post("/v1/setup_intents", CARD)
            later, after = read().object["data"]
        assert after == before
        assert later["api_version"] == "2026-08-26.dahlia"
        assert "managed_payments" in later["data"]["object"]

    def test_of_the_past_outlive_a_restart(self, own_server: Server) -> None:
        """So do the events that a restarted server finds in its log."""
        operator = Operator(own_server)
        account = operator.account(api_version="2025-09-30.clover")
        key = operator.text(account=account)
        with Api(own_server.url, key) as own:
            own.post("/v1/setup_intents", CARD)
            before = own.get("/v1/events").object
        operator.change(account, api_version="2026-08-26.dahlia")
        with Api(own_server.restart().url, key) as own:
            assert own.get("/v1/events", Stripe_Version="2025-09-30.clover").object == before

    def test_of_an_account_are_those_of_its_events(
        self, server: Server, operator: Operator
    ) -> None:
        """An account's events say the same to the account and to its platform."""
        old = "2025-09-30.clover"
        account = operator.connected(api_version=old)
        with Api(server.url, SECRET_KEY) as platform:
            platform.post("/v1/setup_intents", CARD, Stripe_Account=account)
            read = partial(platform.get, "/v1/events", Stripe_Version=old)
            (seen,) = read(Stripe_Account=account).object["data"]
        with Api(server.url, operator.text(account=account)) as own:
            (told,) = own.get("/v1/events").object["data"]
        assert seen == {**told, "account": account}
        assert seen["api_version"] == old
        assert "managed_payments" not in seen["data"]["object"]

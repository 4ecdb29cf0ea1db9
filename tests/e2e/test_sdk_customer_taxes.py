"""What customers are told of taxes and of transfers, with the official SDK."""

from collections.abc import Callable
from typing import Any

import pytest
import stripe

from tests.e2e.client import Api
from tests.e2e.sdk import Sdk

TAX_IDS = [
    {"type": "eu_vat", "value": "DE123456789"},
    {"type": "gb_vat", "value": "123456789"},
]
ON_REQUEST = ["tax", "tax_ids", "cash_balance"]
NOWHERE = {
    "automatic_tax": "unrecognized_location",
    "ip_address": None,
    "location": None,
    "provider": "stripe",
}


def shown(sdk: Sdk, customer: str) -> dict[str, Any]:
    found: dict[str, Any] = sdk.v1.customers.retrieve(customer, {"expand": ON_REQUEST}).to_dict()
    return found


class TestTaxIds:
    def test_are_shown_where_they_are_expanded(self, sdk: Sdk) -> None:
        """A customer shows its tax ids, the newest first, to who asks for them by name."""
        made = sdk.v1.customers.create({"tax_id_data": TAX_IDS, "expand": ["tax_ids"]})
        listed = made.to_dict()["tax_ids"]
        assert [(one["type"], one["country"]) for one in listed["data"]] == [
            ("gb_vat", "GB"),
            ("eu_vat", "DE"),
        ]
        assert {one["customer"] for one in listed["data"]} == {made.id}
        assert shown(sdk, made.id)["tax_ids"] == listed
        within = sdk.v1.customers.retrieve(made.id, {"expand": ["tax_ids.data"]})
        assert within.to_dict()["tax_ids"] == listed
        assert "tax_ids" not in sdk.v1.customers.retrieve(made.id).to_dict()

    def test_show_whose_they_are(self, sdk: Sdk) -> None:
        """The customer of each is shown whole where that is asked for."""
        made = sdk.v1.customers.create({"tax_id_data": TAX_IDS, "name": "Jenny Rosen"})
        expand = ["tax_ids.data.customer", "tax_ids.data.owner.customer"]
        listed = sdk.v1.customers.retrieve(made.id, {"expand": expand}).to_dict()["tax_ids"]["data"]
        assert [one["customer"]["name"] for one in listed] == ["Jenny Rosen", "Jenny Rosen"]
        assert {one["owner"]["customer"]["id"] for one in listed} == {made.id}

    def test_are_told_to_subscribers(self, sdk: Sdk) -> None:
        """Each is news after its customer is."""
        made = sdk.v1.customers.create({"tax_id_data": TAX_IDS})
        types = ["customer.created", "customer.tax_id.created"]
        news = [one.to_dict() for one in sdk.v1.events.list({"types": types}).data]
        told = [
            (one["type"], one["data"]["object"].get("value"))
            for one in news
            if made.id in one["data"]["object"].values()
        ]
        assert told == [
            ("customer.tax_id.created", "123456789"),
            ("customer.tax_id.created", "DE123456789"),
            ("customer.created", None),
        ]

    @pytest.mark.parametrize(
        ("told", "code", "param"),
        [
            ({"type": "eu_vat", "value": "12"}, "tax_id_invalid", "tax_id_data[0][value]"),
            ({"type": "mars_vat", "value": "12"}, None, "tax_id_data[0][type]"),
            ({"type": "gb_vat"}, "parameter_missing", "tax_id_data[0][value]"),
        ],
        ids=["format", "type", "value"],
    )
    def test_are_refused(self, sdk: Sdk, told: Any, code: str | None, param: str) -> None:
        """What cannot be a tax id is refused by its place in the list."""
        with pytest.raises(stripe.InvalidRequestError) as caught:
            sdk.v1.customers.create({"tax_id_data": [told]})
        assert (caught.value.code, caught.value.param) == (code, param)


class TestTax:
    def test_shows_where_the_customer_is(self, sdk: Sdk) -> None:
        """The location is read off the address, and the IP address is kept beside it."""
        made = sdk.v1.customers.create({"tax": {"ip_address": "203.0.113.7"}})
        assert shown(sdk, made.id)["tax"] == {**NOWHERE, "ip_address": "203.0.113.7"}
        sdk.v1.customers.update(made.id, {"address": {"country": "DE"}, "tax": {"ip_address": ""}})
        assert shown(sdk, made.id)["tax"] == {
            "automatic_tax": "not_collecting",
            "ip_address": None,
            "location": {"country": "DE", "source": "billing_address", "state": None},
            "provider": "stripe",
        }

    def test_is_shown_in_lists(self, sdk: Sdk) -> None:
        """A list shows it of each customer in it."""
        made = sdk.v1.customers.create({"tax": {"ip_address": "2001:db8::1"}})
        page = sdk.v1.customers.list({"limit": 1, "expand": ["data.tax"]})
        assert [(one.id, one.tax.ip_address) for one in page.data] == [(made.id, "2001:db8::1")]

    @pytest.mark.parametrize("when", ["deferred", "auto"])
    def test_waits_for_a_location(self, sdk: Sdk, when: str) -> None:
        """A location that is to be checked later may be missing."""
        made = sdk.v1.customers.create({"tax": {"validate_location": "deferred"}})
        changes: Any = {"tax": {"validate_location": when}}
        assert sdk.v1.customers.update(made.id, changes).id == made.id

    def test_is_refused_without_a_location_where_that_is_asked(self, sdk: Sdk) -> None:
        """`immediately` refuses addresses that do not tell, and changes nothing."""
        made = sdk.v1.customers.create({"address": {"country": "DE"}})
        at_once: Any = {"validate_location": "immediately"}
        sdk.v1.customers.update(made.id, {"tax": at_once})
        american: Any = {"address": {"country": "US"}, "tax": at_once}
        asks: tuple[Callable[[], object], ...] = (
            lambda: sdk.v1.customers.create(american),
            lambda: sdk.v1.customers.update(made.id, american),
        )
        for ask in asks:
            with pytest.raises(stripe.InvalidRequestError) as caught:
                ask()
            assert caught.value.code == "customer_tax_location_invalid"
        assert sdk.v1.customers.retrieve(made.id).address.country == "DE"

    def test_refuses_an_address_that_is_none(self, sdk: Sdk) -> None:
        """An IP address is one of version 4 or 6."""
        with pytest.raises(stripe.InvalidRequestError) as caught:
            sdk.v1.customers.create({"tax": {"ip_address": "203.0.113"}})
        assert caught.value.param == "tax[ip_address]"


class TestCashBalance:
    @pytest.mark.parametrize(
        ("told", "settings"),
        [
            ("manual", {"reconciliation_mode": "manual", "using_merchant_default": False}),
            (
                "merchant_default",
                {"reconciliation_mode": "automatic", "using_merchant_default": True},
            ),
        ],
    )
    def test_is_settled_by_its_settings(
        self, sdk: Sdk, told: Any, settings: dict[str, Any]
    ) -> None:
        """The balance is shown once somebody said how it is to be used."""
        made = sdk.v1.customers.create({"cash_balance": {}})
        assert shown(sdk, made.id)["cash_balance"] is None
        sdk.v1.customers.update(
            made.id, {"cash_balance": {"settings": {"reconciliation_mode": told}}}
        )
        balance = shown(sdk, made.id)["cash_balance"]
        assert balance["settings"] == settings
        assert (balance["customer"], balance["available"]) == (made.id, None)


def test_is_shown_as_it_was(api: Api, sdk: Sdk) -> None:
    """As of a version, what is shown on request is what it was then."""
    made = sdk.v1.customers.create({"tax": {"ip_address": "203.0.113.7"}})
    sdk.v1.customers.update(made.id, {"tax": {"ip_address": "203.0.113.8"}})
    path = f"/seti/v1/customers/{made.id}"
    addresses = [
        api.get(path, {"at": f"v{version}", "expand": ["tax"]}).object["tax"]["ip_address"]
        for version in (1, 2)
    ]
    assert addresses == ["203.0.113.7", "203.0.113.8"]

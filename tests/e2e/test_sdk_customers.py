"""Customers and what they have saved, with the official SDK."""

from collections.abc import Callable
from typing import Any

import pytest
import stripe

from tests.e2e.sdk import CheckedClient, Sdk

ADDRESS = {
    "city": "Kyiv",
    "country": "UA",
    "line1": "Khreshchatyk 1",
    "line2": None,
    "postal_code": "01001",
    "state": None,
}


class TestCustomers:
    def test_is_fresh(self, sdk: Sdk) -> None:
        """A customer of whom nothing is told has the defaults that Stripe's have."""
        customer = sdk.v1.customers.create()
        assert (customer.email, customer.balance, customer.tax_exempt) == (None, 0, "none")
        assert customer.next_invoice_sequence == 1
        assert len(customer.invoice_prefix) == 8

    def test_keeps_what_it_is_told(self, sdk: Sdk) -> None:
        """Every core field is stored and shown again."""
        told = {
            "email": "jenny@example.com",
            "name": "Jenny Rosen",
            "phone": "+15555550100",
            "description": "Since 2021",
            "metadata": {"tier": "gold"},
            "preferred_locales": ["uk", "en"],
            "tax_exempt": "exempt",
            "balance": -500,
        }
        shipping = {"name": "Jenny", "address": {"line1": "Khreshchatyk 1"}}
        made = sdk.v1.customers.create({**told, "shipping": shipping})
        found = sdk.v1.customers.retrieve(made.id).to_dict()
        assert {name: found[name] for name in told} == told
        assert found["shipping"]["address"]["line1"] == "Khreshchatyk 1"

    def test_sets_and_unsets(self, sdk: Sdk) -> None:
        """An empty string unsets; an address is replaced as a whole."""
        given = {name: value for name, value in ADDRESS.items() if value}
        customer = sdk.v1.customers.create({"email": "a@example.com", "address": given})
        assert customer.address.to_dict() == ADDRESS
        changed = sdk.v1.customers.update(customer.id, {"email": "", "address": ""})
        assert (changed.email, changed.address) == (None, None)

    def test_saves_a_card_at_once(self, sdk: Sdk) -> None:
        """A customer may be made with a payment method, which is attached."""
        customer = sdk.v1.customers.create({"payment_method": "pm_card_visa"})
        (saved,) = sdk.v1.customers.payment_methods.list(customer.id).data
        assert saved.customer == customer.id

    def test_remembers_the_default_payment_method(self, sdk: Sdk) -> None:
        """The default payment method of invoices is kept, and may be shown whole."""
        customer = sdk.v1.customers.create({"payment_method": "pm_card_visa"})
        (saved,) = sdk.v1.customers.payment_methods.list(customer.id).data
        changed = sdk.v1.customers.update(
            customer.id,
            {
                "invoice_settings": {"default_payment_method": saved.id},
                "expand": ["invoice_settings.default_payment_method"],
            },
        )
        assert changed.invoice_settings.default_payment_method.card.last4 == "4242"

    def test_shows_what_is_there_only_on_request(self, sdk: Sdk) -> None:
        """What other products keep of a customer is shown where it is expanded: none of it."""
        asked = ["sources", "subscriptions", "tax_ids", "tax", "cash_balance"]
        customer = sdk.v1.customers.create().to_dict()
        assert customer.keys().isdisjoint(asked)
        expand = [*asked, "invoice_credit_balance", "discount"]
        shown = sdk.v1.customers.retrieve(customer["id"], {"expand": expand}).to_dict()
        assert (shown["cash_balance"], shown["invoice_credit_balance"]) == (None, {})
        assert shown["tax"]["automatic_tax"] == "unrecognized_location"
        for name in ("sources", "subscriptions", "tax_ids"):
            assert (shown[name]["object"], shown[name]["data"]) == ("list", [])
            assert shown[name]["url"] == f"/v1/customers/{customer['id']}/{name}"

    def test_looks_below_what_it_never_has(self, sdk: Sdk) -> None:
        """What Stripe's subscriptions and sources would show may be asked for, and is not there."""
        customer = sdk.v1.customers.create()
        asked = ["subscriptions.data.default_payment_method", "sources.data.customer"]
        shown = sdk.v1.customers.retrieve(customer.id, {"expand": asked}).to_dict()
        assert (shown["subscriptions"]["data"], shown["sources"]["data"]) == ([], [])

    def test_begins_with_the_default_payment_method(self, sdk: Sdk) -> None:
        """The payment method that a customer is made with may be its default at once."""
        named = "pm_card_visa"
        customer = sdk.v1.customers.create(
            {"payment_method": named, "invoice_settings": {"default_payment_method": named}}
        )
        (saved,) = sdk.v1.customers.payment_methods.list(customer.id).data
        assert customer.invoice_settings.default_payment_method == saved.id
        sdk.v1.payment_methods.detach(saved.id)
        found = sdk.v1.customers.retrieve(customer.id)
        assert found.invoice_settings.default_payment_method is None

    def test_shows_how_invoices_look_whole_or_not_at_all(self, sdk: Sdk) -> None:
        """A rendering option that is unset is null, and so are all of them together."""
        look: Any = {"amount_tax_display": "exclude_tax"}
        customer = sdk.v1.customers.create({"invoice_settings": {"rendering_options": look}})
        shown = customer.to_dict()["invoice_settings"]["rendering_options"]
        assert shown == {"amount_tax_display": "exclude_tax", "template": None}
        looks: list[tuple[Any, Any]] = [
            ({"template": "inrtem_1"}, {**shown, "template": "inrtem_1"}),
            ({"amount_tax_display": ""}, {"amount_tax_display": None, "template": "inrtem_1"}),
            ("", None),
        ]
        for look, expected in looks:
            settings: Any = {"invoice_settings": {"rendering_options": look}}
            changed = sdk.v1.customers.update(customer.id, settings).to_dict()
            assert changed["invoice_settings"]["rendering_options"] == expected

    @pytest.mark.parametrize("named", ["pm_nothing", "pm_card_visa"])
    def test_refuses_a_default_that_is_not_attached(self, sdk: Sdk, named: str) -> None:
        """A default payment method has to be the customer's, when it is made and later."""
        settings = {"invoice_settings": {"default_payment_method": named}}
        customer = sdk.v1.customers.create()
        asks: tuple[Callable[[], object], ...] = (
            lambda: sdk.v1.customers.create(settings),
            lambda: sdk.v1.customers.update(customer.id, settings),
        )
        for ask in asks:
            with pytest.raises(stripe.InvalidRequestError) as caught:
                ask()
            assert caught.value.code == "resource_missing"
            assert caught.value.param == "invoice_settings[default_payment_method]"

    def test_deletes(self, sdk: Sdk) -> None:
        """A deleted customer tells that it is, leaves the list, and lets its cards go."""
        customer = sdk.v1.customers.create({"payment_method": "pm_card_visa"})
        (saved,) = sdk.v1.customers.payment_methods.list(customer.id).data
        assert sdk.v1.customers.delete(customer.id).deleted is True
        assert sdk.v1.customers.retrieve(customer.id).deleted is True
        assert sdk.v1.payment_methods.retrieve(saved.id).customer is None
        assert customer.id not in [one.id for one in sdk.v1.customers.list().data]

    def test_finds_by_email(self, sdk: Sdk) -> None:
        """The list is filtered by email, as it is now."""
        email = "found@example.com"
        moved = sdk.v1.customers.create({"email": email})
        kept = sdk.v1.customers.create({"email": email})
        sdk.v1.customers.update(moved.id, {"email": "elsewhere@example.com"})
        assert [one.id for one in sdk.v1.customers.list({"email": email}).data] == [kept.id]


class TestPaymentMethods:
    @pytest.mark.parametrize(
        "card",
        [
            {"number": "4242424242424242", "exp_month": 8, "exp_year": 2034, "cvc": "314"},
            {"token": "tok_visa"},
        ],
        ids=["number", "token"],
    )
    def test_is_made_of_a_card(self, sdk: Sdk, card: dict[str, object]) -> None:
        """A card's number or token becomes a payment method that shows neither."""
        made = sdk.v1.payment_methods.create({"type": "card", "card": card})
        assert (made.card.brand, made.card.last4, made.customer) == ("visa", "4242", None)
        assert made.card.checks.cvc_check == "unchecked"
        assert made.card.wallet is None

    def test_has_one_fingerprint_a_number(self, sdk: Sdk) -> None:
        """The same number has the same fingerprint, another number another."""
        cards = ["tok_visa", "tok_visa", "tok_mastercard"]
        first, again, other = (
            sdk.v1.payment_methods.create({"type": "card", "card": {"token": token}})
            for token in cards
        )
        assert first.card.fingerprint == again.card.fingerprint != other.card.fingerprint

    def test_is_updated(self, sdk: Sdk) -> None:
        """Billing details, expiry, redisplay and metadata change; other leaves stay."""
        customer = sdk.v1.customers.create()
        made = sdk.v1.payment_methods.attach("pm_card_visa", {"customer": customer.id})
        sdk.v1.payment_methods.update(made.id, {"billing_details": {"name": "Jenny"}})
        changed = sdk.v1.payment_methods.update(
            made.id,
            {
                "allow_redisplay": "always",
                "billing_details": {"address": {"city": "Lviv"}},
                "card": {"exp_month": 2, "exp_year": 2035},
                "metadata": {"a": "b"},
            },
        )
        assert (changed.billing_details.name, changed.billing_details.address.city) == (
            "Jenny",
            "Lviv",
        )
        assert (changed.card.exp_month, changed.card.exp_year) == (2, 2035)
        assert (changed.allow_redisplay, changed.metadata.to_dict()) == ("always", {"a": "b"})

    def test_is_attached_and_detached(self, sdk: Sdk) -> None:
        """Attaching checks the card; attaching again changes nothing; detaching frees it."""
        customer = sdk.v1.customers.create()
        made = sdk.v1.payment_methods.create({"type": "card", "card": {"token": "tok_visa"}})
        attached = sdk.v1.payment_methods.attach(made.id, {"customer": customer.id})
        assert attached.card.checks.cvc_check == "pass"
        again = sdk.v1.payment_methods.attach(made.id, {"customer": customer.id})
        assert again.to_dict() == attached.to_dict()
        assert sdk.v1.payment_methods.detach(made.id).customer is None

    def test_is_found_under_its_customer_only(self, sdk: Sdk) -> None:
        """A payment method is read and listed under its own customer."""
        mine, other = sdk.v1.customers.create(), sdk.v1.customers.create()
        made = sdk.v1.payment_methods.attach("pm_card_visa", {"customer": mine.id})
        assert sdk.v1.customers.payment_methods.retrieve(mine.id, made.id).id == made.id
        with pytest.raises(stripe.InvalidRequestError, match="No such PaymentMethod"):
            sdk.v1.customers.payment_methods.retrieve(other.id, made.id)
        listed = sdk.v1.payment_methods.list({"customer": mine.id, "type": "card"})
        assert [one.id for one in listed.data] == [made.id]
        assert sdk.v1.payment_methods.list({"customer": other.id}).data == []

    def test_is_listed_by_redisplay(self, sdk: Sdk) -> None:
        """The list under a customer is filtered by redisplay and type."""
        customer = sdk.v1.customers.create()
        kept = sdk.v1.payment_methods.attach("pm_card_visa", {"customer": customer.id})
        sdk.v1.payment_methods.attach("pm_card_mastercard", {"customer": customer.id})
        sdk.v1.payment_methods.update(kept.id, {"allow_redisplay": "always"})
        of_customer = sdk.v1.customers.payment_methods.list
        always = of_customer(customer.id, {"allow_redisplay": "always"}).data
        assert [one.id for one in always] == [kept.id]
        assert of_customer(customer.id, {"type": "sepa_debit"}).data == []


class TestModuleLevel:
    def test_saves_and_frees_a_card(self, module_level: CheckedClient) -> None:
        """The older interface reads the same."""
        customer = stripe.Customer.create(name="Module")
        stripe.Customer.modify(customer.id, phone="+15555550111")
        method = stripe.PaymentMethod.create(type="card", card={"token": "tok_visa"})
        method.attach(customer=customer.id)
        assert [one.id for one in customer.list_payment_methods().data] == [method.id]
        stripe.PaymentMethod.modify(method.id, metadata={"a": "b"})
        found = stripe.PaymentMethod.retrieve(method.id).to_dict()
        assert found["metadata"] == {"a": "b"}
        assert method.detach().customer is None
        assert customer.delete().deleted is True
        assert module_level.sent["Authorization"].startswith("Bearer sk_test_")

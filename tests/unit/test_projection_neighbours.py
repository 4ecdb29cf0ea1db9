from typing import Any, get_args

from msgspec.structs import replace

from projections import customer, endpoint, payment_method
from service.domain.events import (
    CustomerEvent,
    EndpointEvent,
    PaymentMethodEvent,
    PersonalDataForgotten,
)
from tests import histories as a

CUSTOMER_KEYS = [
    "id",
    "object",
    "address",
    "balance",
    "created",
    "currency",
    "customer_account",
    "default_source",
    "delinquent",
    "description",
    "discount",
    "email",
    "invoice_prefix",
    "invoice_settings",
    "livemode",
    "metadata",
    "name",
    "next_invoice_sequence",
    "phone",
    "preferred_locales",
    "shipping",
    "tax_exempt",
    "test_clock",
]


class TestPaymentMethod:
    def test_every_event_sets_fields(self) -> None:
        """Every event of a PaymentMethod has a case."""
        every = (a.METHOD_CREATED, a.METHOD_UPDATED, a.METHOD_CHECKED, a.ATTACHED, a.DETACHED)
        assert {type(event) for event in every} == set(get_args(PaymentMethodEvent)) - {
            PersonalDataForgotten
        }
        assert all(payment_method.changes(event) for event in every)

    def test_shows_every_key_in_order(self) -> None:
        """The instrument is shown under its type, in its place among the keys."""
        shown = payment_method.view([a.METHOD_CREATED])
        assert list(shown) == [
            "id",
            "object",
            "allow_redisplay",
            "billing_details",
            "card",
            "created",
            "customer",
            "customer_account",
            "livemode",
            "metadata",
            "radar_options",
            "shared_payment_granted_token",
            "type",
        ]
        assert shown["card"] == a.CARD

    def test_follows_the_processor(self) -> None:
        """A check replaces the instrument's details."""
        shown = payment_method.view([a.METHOD_CREATED, a.METHOD_CHECKED])
        assert shown["card"] == a.METHOD_CHECKED.details
        assert "details" not in shown

    def test_belongs_to_its_customer_until_it_is_detached(self) -> None:
        """The customer is shown from attachment to detachment."""
        attached: list[PaymentMethodEvent] = [a.METHOD_CREATED, a.ATTACHED]
        assert payment_method.view(attached)["customer"] == a.CUS
        assert payment_method.view([*attached, a.DETACHED])["customer"] is None

    def test_shows_an_update(self) -> None:
        """Changed attributes replace what was shown; the rest stays."""
        shown = payment_method.view([a.METHOD_CREATED, a.METHOD_UPDATED])
        assert shown["billing_details"]["name"] == "Jenny"
        assert shown["card"] == a.CARD


class TestCustomer:
    def test_every_event_has_a_case(self) -> None:
        """Every event of a Customer has a case, even where it shows nothing."""
        every: list[Any] = [
            a.CUSTOMER_CREATED,
            a.CUSTOMER_UPDATED,
            a.CUSTOMER_DELETED,
            a.METHOD_ADDED,
            a.METHOD_REMOVED,
            a.TAX_ID_ADDED,
        ]
        assert {type(event) for event in every} == set(get_args(CustomerEvent)) - {
            PersonalDataForgotten
        }
        assert [bool(customer.changes(event)) for event in every] == [True] * 3 + [False] * 3

    def test_shows_every_key_in_order(self) -> None:
        """A fresh customer shows exactly the keys that a real one does."""
        assert list(customer.view([a.CUSTOMER_CREATED])) == CUSTOMER_KEYS

    def test_shows_optional_names_only_where_they_are_given(self) -> None:
        """A business name appears in its place."""
        named = replace(a.CUSTOMER_UPDATED, changed={"business_name": "B"})
        shown = customer.view([a.CUSTOMER_CREATED, named])
        assert list(shown)[4] == "business_name"
        unset = replace(a.CUSTOMER_UPDATED, changed={"business_name": None})
        assert "business_name" not in customer.view([a.CUSTOMER_CREATED, named, unset])

    def test_keeps_to_itself_what_is_shown_on_request(self) -> None:
        """What was told of taxes and of a cash balance changes nothing that everybody sees."""
        kept = {"tax": {"ip_address": "203.0.113.7"}, "cash_balance": {"settings": {}}}
        created = replace(a.CUSTOMER_CREATED, attributes={**a.CUSTOMER_CREATED.attributes, **kept})
        updated = replace(a.CUSTOMER_UPDATED, changed=kept)
        assert customer.view([created, a.TAX_ID_ADDED, updated]) == customer.view(
            [a.CUSTOMER_CREATED]
        )

    def test_is_a_stub_once_deleted(self) -> None:
        """Of a deleted customer nothing but its name is left."""
        shown = customer.view([a.CUSTOMER_CREATED, a.CUSTOMER_UPDATED, a.CUSTOMER_DELETED])
        assert list(shown.items()) == [("id", a.CUS), ("object", "customer"), ("deleted", True)]


class TestEndpoint:
    def test_every_event_sets_fields(self) -> None:
        """Every event of an endpoint has a case."""
        telling = (a.ENDPOINT_CREATED, a.ENDPOINT_UPDATED, a.ENDPOINT_DISABLED, a.ENDPOINT_DELETED)
        silent = (a.SECRET_ROLLED, a.ENDPOINT_PINGED)
        assert {type(event) for event in (*telling, *silent)} == set(get_args(EndpointEvent))
        assert all(endpoint.changes(event) for event in telling)
        assert not any(endpoint.changes(event) for event in silent)

    def test_shows_nothing_that_stripe_does_not_know(self) -> None:
        """Ours are an endpoint's order and headers, and no part of what Stripe shows."""
        changed = {"ordered": True, "headers": {"X-Key": "sealed"}}
        own = replace(a.ENDPOINT_UPDATED, changed=changed)
        created = replace(a.ENDPOINT_CREATED, **changed)
        assert endpoint.view([created, own]) == endpoint.view([a.ENDPOINT_CREATED])

    def test_shows_every_key_in_order(self) -> None:
        """An endpoint shows everything but its secret."""
        shown = endpoint.view([a.ENDPOINT_CREATED])
        assert list(shown)[2:] == sorted(list(shown)[2:])
        assert "secret" not in shown
        assert (shown["status"], shown["enabled_events"]) == ("enabled", ["*"])

    def test_shows_an_update(self) -> None:
        """Changed attributes replace what was shown."""
        shown = endpoint.view([a.ENDPOINT_CREATED, a.ENDPOINT_UPDATED])
        assert (shown["status"], shown["enabled_events"]) == ("disabled", ["customer.*"])

    def test_is_a_stub_once_deleted(self) -> None:
        """Of a deleted endpoint nothing but its name is left."""
        shown = endpoint.view([a.ENDPOINT_CREATED, a.ENDPOINT_DELETED])
        assert shown == {"id": a.WE, "object": "webhook_endpoint", "deleted": True}

"""What may be asked of a Customer, and what it leads to."""

from typing import Any

import pytest

from service.domain import errors
from service.domain.commands.customer import TaxId
from service.domain.customer import PAYMENT_METHODS_MAX, fold
from service.domain.events import PersonalDataForgotten
from service.domain.values import replace
from tests import builders as a
from tests import neighbours as n
from tests.spec import given

NEW = n.customer_created()
WITH_METHOD = (NEW, n.method_added())
GONE = (NEW, n.customer_deleted())
GERMANY = {"country": "DE", "state": None}


class TestCreate:
    def test_keeps_the_attributes(self) -> None:
        """A new customer has the attributes it was given, without empty metadata."""
        given().when(
            n.create_customer(attributes={**n.ATTRIBUTES, "metadata": {"a": "", "b": "1"}})
        ).then(n.customer_created(metadata={"b": "1"}))

    def test_refuses_to_create_twice(self) -> None:
        """A stream begins once."""
        given(NEW).when(n.create_customer()).then_refused(errors.ResourceExists)

    def test_keeps_its_tax_ids_in_events_of_their_own(self) -> None:
        """Each number is told of once, in the order in which they were given."""
        ids = (TaxId("txi_1", "eu_vat", "DE123456789"), TaxId("txi_2", "gb_vat", "123456789"))
        given().when(n.create_customer(tax_ids=ids)).then(
            NEW,
            n.tax_id_added("txi_1", "eu_vat", "DE123456789"),
            n.tax_id_added("txi_2", "gb_vat", "123456789"),
        )
        added = n.tax_id_added("txi_1", "eu_vat", "DE123456789")
        assert fold((NEW, added)) == fold((NEW,))

    def test_refuses_where_nobody_can_tell_its_taxes(self) -> None:
        """With no address there is no location to be valid."""
        given().when(n.create_customer(located=True)).then_refused(errors.TaxLocationUnknown)
        located = n.create_customer(attributes={**n.ATTRIBUTES, "address": GERMANY}, located=True)
        given().when(located).then(n.customer_created(address=GERMANY))


class TestUpdate:
    def test_looks_for_the_location_where_it_is_after_the_update(self) -> None:
        """An address that is there already tells where a customer is, until it is unset."""
        living = n.customer_created(address=GERMANY)
        located = replace(n.update_customer(name="Jo"), located=True)
        given(living).when(located).then(n.customer_updated(name="Jo"))
        unset = replace(n.update_customer(address=None), located=True)
        given(living).when(unset).then_refused(errors.TaxLocationUnknown)

    def test_tells_only_what_changed(self) -> None:
        """An attribute that had its value already is no news."""
        given(NEW).when(n.update_customer(email="j@example.com", name="Jenny Rosen")).then(
            n.customer_updated(email="j@example.com")
        )

    def test_tells_nothing_of_what_was_unset_before(self) -> None:
        """A name that nobody has set is unset already, so nothing happens."""
        given(NEW).when(n.update_customer(business_name=None)).then()

    def test_merges_metadata(self) -> None:
        """A key with an empty value is removed."""
        given(n.customer_created(metadata={"a": "1"})).when(
            n.update_customer(metadata={"a": "", "b": "2"})
        ).then(n.customer_updated(metadata={"b": "2"}))

    def test_starts_from_the_last_update(self) -> None:
        """Going back to the first value is a change."""
        history = (NEW, n.customer_updated(name="Jo"))
        given(*history).when(n.update_customer(name="Jo")).then_nothing()
        given(*history).when(n.update_customer(name="Jenny Rosen")).then(
            n.customer_updated(name="Jenny Rosen")
        )

    def test_keeps_invoice_settings_that_are_not_named(self) -> None:
        """Invoice settings are merged, as metadata is."""
        settings = {"default_payment_method": None, "footer": "Thanks"}
        given(n.customer_created(invoice_settings=settings), n.method_added()).when(
            n.update_customer(invoice_settings={"default_payment_method": a.METHOD})
        ).then(
            n.customer_updated(
                invoice_settings={"default_payment_method": a.METHOD, "footer": "Thanks"}
            )
        )

    def test_unsets_a_member_of_invoice_settings_whole(self) -> None:
        """What is unset leaves no shell of nulls behind."""
        rendering = {"amount_tax_display": "exclude_tax", "template": None}
        history = n.customer_created(invoice_settings={"rendering_options": rendering})
        given(history).when(n.update_customer(invoice_settings={"rendering_options": None})).then(
            n.customer_updated(invoice_settings={"rendering_options": None})
        )


class TestForgetting:
    def test_leaves_what_is_the_businesss(self) -> None:
        """A customer who is forgotten has no name any more, and still has its settings."""
        settings = {"default_payment_method": None}
        named = n.customer_created(invoice_settings=settings)
        gone = PersonalDataForgotten(subject_id=a.CUSTOMER, at=a.AT, customer=a.CUSTOMER)
        customer = fold((named, gone))
        assert customer.forgotten
        assert customer.attributes["name"] is None
        assert customer.attributes["invoice_settings"] == settings


class TestDelete:
    def test_is_for_good(self) -> None:
        """The customer is gone, and the stream still says what was attached."""
        given(*WITH_METHOD).when(n.delete_customer()).then(n.customer_deleted())
        assert fold((*WITH_METHOD, n.customer_deleted())).payment_methods == (a.METHOD,)

    @pytest.mark.parametrize(
        ("command", "absent"),
        [
            (n.update_customer(), True),
            (n.delete_customer(), True),
            (n.add_method(), False),
            (n.remove_method(), False),
        ],
    )
    def test_leaves_nothing_to_command(self, command: Any, absent: bool) -> None:  # noqa: FBT001 (A column of the table.)
        """A deleted customer is missing: under its address, or as a parameter."""
        refused = given(*GONE).when(command).then_refused(errors.ResourceMissing)
        assert (refused.code, refused.param) == ("resource_missing", "customer")
        assert refused.absent is absent
        assert refused.message == f"No such customer: '{a.CUSTOMER}'"


class TestPaymentMethods:
    def test_are_added_and_removed(self) -> None:
        """The stream knows what is attached, in the order of attachment."""
        given(NEW).when(n.add_method()).then(n.method_added())
        given(*WITH_METHOD).when(n.remove_method()).then(n.method_removed())
        assert fold((*WITH_METHOD, n.method_added("pm_2"))).payment_methods == (a.METHOD, "pm_2")
        assert fold((*WITH_METHOD, n.method_removed())).payment_methods == ()

    def test_are_added_once(self) -> None:
        """Adding again is nothing, and so is removing what is not there."""
        given(*WITH_METHOD).when(n.add_method()).then_nothing()
        given(NEW).when(n.remove_method()).then_nothing()

    def test_are_bounded(self) -> None:
        """A customer has so many and no more."""
        many = [n.method_added(f"pm_{number}") for number in range(PAYMENT_METHODS_MAX)]
        refused = given(NEW, *many).when(n.add_method()).then_refused(errors.TooManyPaymentMethods)
        assert refused.code == "customer_max_payment_methods"


class TestDefaultPaymentMethod:
    """`invoice_settings[default_payment_method]`."""

    def test_is_one_that_is_attached(self) -> None:
        """A payment method that the customer does not have cannot be the default."""
        given(*WITH_METHOD).when(
            n.update_customer(invoice_settings={"default_payment_method": "pm_another"})
        ).then_refused(errors.NotTheCustomers)

    def test_is_what_the_customer_begins_with(self) -> None:
        """A new customer has but the payment method that it is made with."""
        settings = {"default_payment_method": a.METHOD}
        attributes = {**n.ATTRIBUTES, "invoice_settings": settings}
        create = n.create_customer(attributes=attributes)
        given().when(create).then_refused(errors.NotTheCustomers)
        given().when(n.create_customer(attributes=attributes, payment_method=a.METHOD)).then(
            n.customer_created(invoice_settings=settings)
        )

    def test_is_none_any_more_once_detached(self) -> None:
        """Detaching the default leaves the customer without one, and its other settings alone."""
        settings = {"default_payment_method": a.METHOD, "footer": "Thanks"}
        history = (*WITH_METHOD, n.customer_updated(invoice_settings=settings))
        given(*history).when(n.remove_method()).then(
            n.method_removed(),
            n.customer_updated(
                invoice_settings={"default_payment_method": None, "footer": "Thanks"}
            ),
        )

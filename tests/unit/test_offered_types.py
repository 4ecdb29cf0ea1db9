"""Which types of payment methods an intent takes: named, allowed, excluded, or those enabled."""

from typing import Any

import pytest

from service.domain import errors
from service.domain.method_types import DEFAULT_ENABLED, TYPES
from tests import agreements as m
from tests import builders as a
from tests.spec import given

AUTOMATIC = {"allow_redirects": "always", "enabled": True}
NEVER = {"allow_redirects": "never", "enabled": True}
OFF = {"allow_redirects": "always", "enabled": False}


def taken(**command: Any) -> tuple[str, ...]:
    """Return the types of an intent that *command* makes, which names none."""
    event = given().when(a.create(**{"payment_method_types": None, **command})).event()
    types: tuple[str, ...] = event.payment_method_types
    return types


def test_a_card_is_first_and_the_others_follow_by_name() -> None:
    """That is the order wherever types are listed."""
    assert list(TYPES) == ["card", *sorted(TYPES.keys() - {"card"})]
    assert list(DEFAULT_ENABLED) == [name for name in TYPES if name in DEFAULT_ENABLED]


class TestEnabled:
    def test_are_taken_without_a_word(self) -> None:
        """Those that are on by default are taken, automatically."""
        event = given().when(a.create(payment_method_types=None)).event()
        assert event.payment_method_types == DEFAULT_ENABLED
        assert event.automatic_payment_methods == AUTOMATIC

    def test_are_those_of_a_configuration(self) -> None:
        """What a configuration turns on is taken in its place."""
        assert taken(enabled=("sepa_debit", "card")) == ("card", "sepa_debit")

    def test_keep_the_given_redirects(self) -> None:
        """What the request says of automatic methods completes the default."""
        command = a.create(payment_method_types=None, automatic_payment_methods=NEVER)
        assert given().when(command).event().automatic_payment_methods == NEVER

    def test_leave_out_what_redirects_where_that_is_never_to_be(self) -> None:
        """With allow_redirects=never nobody is sent to another page."""
        types = taken(automatic_payment_methods=NEVER)
        assert types == ("card", "sepa_debit", "us_bank_account")
        assert not any(TYPES[name].redirects for name in types)

    def test_are_cards_alone_where_they_are_turned_off(self) -> None:
        """Nothing automatic, nothing named: a card."""
        assert taken(automatic_payment_methods=OFF) == ("card",)

    def test_leave_out_what_has_no_mandate_for_one_payment(self) -> None:
        """With single_use only those remain that have such a mandate."""
        types = taken(single_use=m.SINGLE_USE)
        assert types == ("bancontact", "ideal", "link", "sepa_debit", "us_bank_account")


class TestNamed:
    def test_are_taken_as_they_are(self) -> None:
        """Types that the request names are kept in its order, and nothing is automatic."""
        named = ("sepa_debit", "card")
        given().when(a.create(payment_method_types=named)).then(
            a.created(payment_method_types=named)
        )

    @pytest.mark.parametrize("name", ["eps", "card_present", "affirm"])
    def test_have_to_be_set_up_somehow(self, name: str) -> None:
        """A type that is only ever paid with at once is refused by its name."""
        command = a.create(payment_method_types=("card", name))
        refused = given().when(command).then_refused(errors.TypeNotSetUp)
        assert (refused.code, refused.param) == (
            "setup_intent_invalid_parameter",
            "payment_method_types",
        )
        assert name in refused.message

    @pytest.mark.parametrize("name", sorted(TYPES))
    def test_allow_one_payment_only_where_there_is_a_mandate_for_it(self, name: str) -> None:
        """A mandate for one payment is for the types that Stripe lists, and no other."""
        when = given().when(a.create(payment_method_types=(name,), single_use=m.SINGLE_USE))
        if TYPES[name].single_use:
            when.then(a.created(payment_method_types=(name,), single_use=m.SINGLE_USE))
        else:
            refused = when.then_refused(errors.SingleUseNotOffered)
            assert (refused.code, refused.param) == ("setup_intent_invalid_parameter", "single_use")

    def test_are_held_to_the_same_on_update(self) -> None:
        """What may not be named at first may not be named later."""
        command = a.update(payment_method_types=("eps",))
        given(a.created()).when(command).then_refused(errors.TypeNotSetUp)
        command = a.update(payment_method_types=("card",))
        given(a.created(single_use=m.SINGLE_USE)).when(command).then_refused(
            errors.SingleUseNotOffered
        )


class TestAllowed:
    def test_need_not_be_enabled(self) -> None:
        """A request may allow what is off by default, and has it; the rest is dropped."""
        assert taken(allowed_payment_method_types=("eps", "bacs_debit", "card")) == (
            "card",
            "bacs_debit",
        )

    def test_leave_nothing_automatic(self) -> None:
        """Who says which types are allowed has chosen them."""
        allowed = ("klarna",)
        command = a.create(payment_method_types=None, allowed_payment_method_types=allowed)
        given().when(command).then(
            a.created(payment_method_types=allowed, allowed_payment_method_types=allowed)
        )


class TestExcluded:
    def test_are_left_out(self) -> None:
        """What is enabled less what is excluded; one that is off anyway changes nothing."""
        types = taken(excluded_payment_method_types=("klarna", "bacs_debit"))
        assert types == tuple(name for name in DEFAULT_ENABLED if name != "klarna")

    def test_are_left_out_of_types_that_are_named(self) -> None:
        """A type that is both named and excluded is not taken."""
        types = taken(
            payment_method_types=("card", "klarna"), excluded_payment_method_types=("klarna",)
        )
        assert types == ("card",)


def test_a_type_that_is_named_twice_is_taken_once() -> None:
    """The list that results holds each type once, in the order in which they were named."""
    assert taken(payment_method_types=("link", "card", "link")) == ("link", "card")


class TestNothingLeft:
    @pytest.mark.parametrize(
        ("param", "command"),
        [
            ("allowed_payment_method_types", {"allowed_payment_method_types": ("eps",)}),
            ("excluded_payment_method_types", {"excluded_payment_method_types": DEFAULT_ENABLED}),
            ("single_use", {"single_use": m.SINGLE_USE, "enabled": ("card",)}),
            (
                "single_use",
                {"single_use": m.SINGLE_USE, "allowed_payment_method_types": ("card",)},
            ),
            (
                "excluded_payment_method_types",
                {
                    "payment_method_types": ("card",),
                    "excluded_payment_method_types": ("card", "klarna"),
                },
            ),
            (
                "automatic_payment_methods",
                {"automatic_payment_methods": NEVER, "enabled": ("ideal",)},
            ),
        ],
        ids=lambda value: value if isinstance(value, str) else "",
    )
    def test_is_refused_and_blamed(self, param: str, command: dict[str, Any]) -> None:
        """A choice that leaves no type is refused, and names the parameter that left none."""
        when = given().when(a.create(**{"payment_method_types": None, **command}))
        refused = when.then_refused(errors.NoTypeLeft)
        assert (refused.code, refused.param) == ("setup_intent_invalid_parameter", param)

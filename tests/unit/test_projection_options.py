"""payment_method_options as an intent shows them: whole, for each type that it takes."""

from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from projections.payment_method_options import shown_options
from projections.setup_intent import view
from service.domain.method_types import TYPES
from service.wire.resources.payment_method_options import PaymentMethodOptions
from tests import histories as a

CARD_DEFAULT = {"mandate_options": None, "network": None, "request_three_d_secure": "automatic"}
DEFAULTS: dict[str, dict[str, Any]] = {
    "acss_debit": {
        "currency": None,
        "mandate_options": {
            "interval_description": None,
            "payment_schedule": None,
            "transaction_type": None,
        },
        "verification_method": "automatic",
    },
    "amazon_pay": {},
    "bacs_debit": {"mandate_options": {}},
    "bizum": {},
    "blik": {"mandate_options": {"expires_at": None, "type": "off_session"}},
    "card": CARD_DEFAULT,
    "klarna": {"currency": None, "preferred_locale": None},
    "link": {"persistent_token": None},
    "paypal": {"billing_agreement_id": None},
    "payto": {
        "mandate_options": {
            "amount": None,
            "amount_type": None,
            "end_date": None,
            "payment_schedule": None,
            "payments_per_period": None,
            "purpose": None,
            "start_date": None,
        }
    },
    "pix": {"mandate_options": {}},
    "sepa_debit": {"mandate_options": {}},
    "upi": {
        "mandate_options": {
            "amount": None,
            "amount_type": None,
            "description": None,
            "end_date": None,
        }
    },
    "us_bank_account": {"mandate_options": {}, "verification_method": "automatic"},
}
GIVEN: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "acss_debit": (
        {"mandate_options": {"custom_mandate_url": "", "default_for": ["invoice"]}},
        {
            "currency": None,
            "mandate_options": {
                "default_for": ["invoice"],
                "interval_description": None,
                "payment_schedule": None,
                "transaction_type": None,
            },
            "verification_method": "automatic",
        },
    ),
    "bacs_debit": (
        {"mandate_options": {"reference_prefix": "RENT-"}},
        {"mandate_options": {"reference_prefix": "RENT-"}},
    ),
    "klarna": (
        {"currency": "eur", "on_demand": {"average_amount": 5}, "subscriptions": []},
        {"currency": "eur", "preferred_locale": None},
    ),
    "link": ({"persistent_token": "t"}, {"persistent_token": None}),
    "payto": (
        {"mandate_options": {"amount": 500, "end_date": "", "purpose": "retail"}},
        {
            "mandate_options": {**DEFAULTS["payto"]["mandate_options"], "amount": 500}
            | {"purpose": "retail"}
        },
    ),
    "pix": (
        {"mandate_options": {"amount": 5, "currency": "brl"}},
        {"mandate_options": {"amount": 5, "currency": "brl"}},
    ),
    "sepa_debit": ({"mandate_options": {"reference_prefix": ""}}, {"mandate_options": {}}),
    "upi": ({"setup_future_usage": "none"}, DEFAULTS["upi"]),
    "us_bank_account": (
        {
            "financial_connections": {"permissions": ["payment_method"]},
            "mandate_options": {"collection_method": "paper"},
            "networks": {"requested": ["ach"]},
            "verification_method": "instant",
        },
        {
            "financial_connections": {"permissions": ["payment_method"], "prefetch": None},
            "mandate_options": {"collection_method": "paper"},
            "verification_method": "instant",
        },
    ),
}


class TestEveryType:
    @pytest.mark.parametrize("type_", TYPES)
    def test_is_shown_with_its_defaults(self, type_: str) -> None:
        """A type that has options shows them whole; one that has none shows nothing."""
        expected = {type_: DEFAULTS[type_]} if type_ in DEFAULTS else {}
        assert shown_options({}, (type_,)) == expected

    @pytest.mark.parametrize("type_", GIVEN)
    def test_shows_what_is_given(self, type_: str) -> None:
        """What is given is laid over the defaults; what is unset or not shown is left out."""
        given, expected = GIVEN[type_]
        shown = shown_options({type_: given}, (type_,))
        assert shown == {type_: expected}
        assert shown_options(shown, (type_,)) == shown
        assert list(shown[type_]) == sorted(shown[type_])

    @pytest.mark.parametrize("type_", GIVEN)
    def test_conforms(self, type_: str) -> None:
        """What is shown is what the resource declares, given or not."""
        for given in ({}, {type_: GIVEN[type_][0]}):
            shown = shown_options(given, (type_,))
            assert msgspec.to_builtins(msgspec.convert(shown, PaymentMethodOptions)) == shown

    def test_are_in_order(self) -> None:
        """The options are shown by name, in whatever order the types are."""
        shown = shown_options({}, ("card", "us_bank_account", "amazon_pay"))
        assert list(shown) == ["amazon_pay", "card", "us_bank_account"]


class TestCard:
    def test_shows_the_defaults_of_a_card(self) -> None:
        """Where a card may be used, its options are shown whole."""
        assert view([a.INTENT_CREATED])["payment_method_options"] == {"card": CARD_DEFAULT}

    def test_lays_what_is_given_over_the_defaults(self) -> None:
        """Given options win; what only steers a confirmation is not shown."""
        given = {"card": {"request_three_d_secure": "any", "moto": True}}
        shown = view([a.INTENT_CREATED, replace(a.ATTEMPT_STARTED, payment_method_options=given)])
        assert shown["payment_method_options"] == {
            "card": {**CARD_DEFAULT, "request_three_d_secure": "any"}
        }

    def test_follows_the_types(self) -> None:
        """A card's defaults come and go with the type; options that were given stay."""
        bank = replace(a.INTENT_UPDATED, changed={"payment_method_types": ("boleto",)})
        card = replace(a.INTENT_UPDATED, changed={"payment_method_types": ["card"]})
        assert view([a.INTENT_CREATED, bank])["payment_method_options"] == {}
        shown = view([a.INTENT_CREATED, bank, card])
        assert shown["payment_method_options"] == {"card": CARD_DEFAULT}

    def test_are_shown_whole_without_a_card_too(self) -> None:
        """A card's options that are given to an intent that takes no cards have every key."""
        changed = {
            "payment_method_types": ["boleto"],
            "payment_method_options": {"card": {"request_three_d_secure": "any", "moto": True}},
        }
        shown = view([a.INTENT_CREATED, replace(a.INTENT_UPDATED, changed=changed)])
        assert shown["payment_method_options"] == {
            "card": {**CARD_DEFAULT, "request_three_d_secure": "any"}
        }

    def test_shows_a_mandate_whole(self) -> None:
        """The optional terms of a card mandate are null where they were not given."""
        given = {"card": {"mandate_options": {"reference": "r", "amount": 5}}}
        shown = view([replace(a.INTENT_CREATED, payment_method_options=given)])
        assert list(shown["payment_method_options"]["card"]["mandate_options"]) == [
            "amount",
            "description",
            "end_date",
            "interval_count",
            "reference",
            "supported_types",
        ]

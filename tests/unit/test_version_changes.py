"""What each version of the API is shown: the table of changes, walked from end to end."""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any

import msgspec
import pytest

from service.wire.problems import doc_url
from service.wire.versions import KNOWN, encoded, hides, parse_version, render

NEWEST = parse_version(KNOWN[-1])
EXPIRED = "setup_intent_setup_attempt_expired"

# Objects that hold everything that ever came.
CUSTOMER: dict[str, Any] = {"id": "cus_1", "object": "customer", "customer_account": None}
METHOD: dict[str, Any] = {"id": "pm_1", "object": "payment_method", "customer_account": None}
ERROR: dict[str, Any] = {
    "advice_code": "try_again_later",
    "code": EXPIRED,
    "doc_url": doc_url(EXPIRED),
    "network_advice_code": "02",
    "network_decline_code": "05",
    "payment_method": METHOD,
    "type": "card_error",
}
INTENT: dict[str, Any] = {
    "id": "seti_1",
    "object": "setup_intent",
    "allowed_payment_method_types": ["card", "card_present", "interac_present", "paypay"],
    "customer": CUSTOMER,
    "customer_account": None,
    "excluded_payment_method_types": ["bizum", "payto", "pix", "scalapay", "sequra", "upi"],
    "last_setup_error": ERROR,
    "managed_payments": {"enabled": False},
    "metadata": {"object": "customer", "customer_account": "mine"},
    "next_action": {"type": "pix_display_qr_code", "pix_display_qr_code": {"data": "00"}},
    "payment_method_options": {
        "bacs_debit": {"mandate_options": {"reference_prefix": "A"}},
        "bizum": {},
        "blik": {"code": None},
        "card": {"network": None, "setup_credential_usage": "recurring"},
        "payto": {},
        "pix": {},
        "sepa_debit": {"mandate_options": {"reference_prefix": "A"}},
        "upi": {},
    },
    "payment_method_types": ["bizum", "card", "payto", "paypay", "pix", "sequra", "upi"],
}
ATTEMPT: dict[str, Any] = {
    "id": "setatt_1",
    "object": "setup_attempt",
    "customer_account": None,
    "payment_method_details": {
        "blik": {"buyer_id": "x"},
        "card": {"moto": True, "three_d_secure": {"result": "data_share_only"}},
    },
    "setup_error": ERROR,
}
MANDATE: dict[str, Any] = {
    "id": "mandate_1",
    "object": "mandate",
    "multi_use": {"amount": 1, "currency": "eur"},
    "payment_method_details": {
        "blik": {"expires_at": 1, "type": "on_session"},
        "card": {"india": {"inactive_reason": None}},
    },
}
OBJECTS = {one["object"]: one for one in (CUSTOMER, METHOD, INTENT, ATTEMPT, MANDATE)}

# With which release each field came, by the kind of object and the way to it.
FIELDS: dict[tuple[str, ...], str] = {
    ("customer", "customer_account"): "2025-12-15.clover",
    ("mandate", "multi_use", "amount"): "2026-04-22.dahlia",
    ("mandate", "multi_use", "currency"): "2026-04-22.dahlia",
    ("mandate", "payment_method_details", "blik"): "2026-09-30.endive",
    ("mandate", "payment_method_details", "card", "india"): "2026-09-30.endive",
    ("payment_method", "customer_account"): "2025-12-15.clover",
    ("setup_attempt", "customer_account"): "2025-12-15.clover",
    ("setup_attempt", "payment_method_details", "blik"): "2026-09-30.endive",
    ("setup_attempt", "payment_method_details", "card", "moto"): "2026-04-22.dahlia",
    ("setup_attempt", "setup_error", "advice_code"): "2025-01-27.acacia",
    ("setup_attempt", "setup_error", "code"): "2022-11-15",
    ("setup_attempt", "setup_error", "doc_url"): "2022-11-15",
    ("setup_intent", "allowed_payment_method_types"): "2026-07-29.dahlia",
    ("setup_intent", "customer", "customer_account"): "2025-12-15.clover",
    ("setup_intent", "customer_account"): "2025-12-15.clover",
    ("setup_intent", "excluded_payment_method_types"): "2025-10-29.clover",
    ("setup_intent", "last_setup_error", "advice_code"): "2025-01-27.acacia",
    ("setup_intent", "last_setup_error", "code"): "2022-11-15",
    ("setup_intent", "last_setup_error", "doc_url"): "2022-11-15",
    ("setup_intent", "last_setup_error", "network_advice_code"): "2024-12-18.acacia",
    ("setup_intent", "last_setup_error", "network_decline_code"): "2024-12-18.acacia",
    ("setup_intent", "last_setup_error", "payment_method", "customer_account"): "2025-12-15.clover",
    ("setup_intent", "managed_payments"): "2026-04-22.dahlia",
    ("setup_intent", "payment_method_options", "bizum"): "2026-05-27.dahlia",
    ("setup_intent", "payment_method_options", "blik"): "2026-09-30.endive",
    (
        "setup_intent",
        "payment_method_options",
        "card",
        "setup_credential_usage",
    ): "2026-10-28.endive",
    ("setup_intent", "payment_method_options", "payto"): "2025-12-15.clover",
    ("setup_intent", "payment_method_options", "pix"): "2026-04-22.dahlia",
    ("setup_intent", "payment_method_options", "upi"): "2026-03-25.dahlia",
    **{
        (
            "setup_intent",
            "payment_method_options",
            kind,
            "mandate_options",
            "reference_prefix",
        ): "2024-12-18.acacia"
        for kind in ("bacs_debit", "sepa_debit")
    },
}

# With which release each value of a list came.
LISTED: dict[tuple[str, str], str] = {
    ("payment_method_types", "payto"): "2025-12-15.clover",
    ("payment_method_types", "upi"): "2026-03-25.dahlia",
    ("payment_method_types", "pix"): "2026-04-22.dahlia",
    ("payment_method_types", "bizum"): "2026-05-27.dahlia",
    ("payment_method_types", "paypay"): "2026-09-30.endive",
    ("payment_method_types", "sequra"): "2026-09-30.endive",
    ("excluded_payment_method_types", "scalapay"): "2026-05-27.dahlia",
    ("excluded_payment_method_types", "sequra"): "2026-09-30.endive",
    ("allowed_payment_method_types", "card_present"): "2026-09-30.endive",
    ("allowed_payment_method_types", "interac_present"): "2026-09-30.endive",
    ("allowed_payment_method_types", "paypay"): "2026-07-29.dahlia",
    ("excluded_payment_method_types", "bizum"): "2026-05-27.dahlia",
    ("excluded_payment_method_types", "payto"): "2025-12-15.clover",
    ("excluded_payment_method_types", "pix"): "2025-10-29.clover",
    ("excluded_payment_method_types", "upi"): "2026-03-25.dahlia",
}


def has(shown: Mapping[str, Any], way: Sequence[str]) -> bool:
    for name in way[:-1]:
        if name not in shown:
            return False
        shown = shown[name]
    return way[-1] in shown


VERSIONS = [parse_version(name) for name in KNOWN]


class TestEveryVersion:
    @pytest.mark.parametrize("way", FIELDS, ids=".".join)
    def test_is_shown_the_fields_that_it_knew(self, way: tuple[str, ...]) -> None:
        """A field is there from its release on, however deep, and not before."""
        kind, *within = way
        for version in VERSIONS:
            shown = render(version, OBJECTS[kind])
            assert has(shown, within) is version.is_since(FIELDS[way]), str(version)

    @pytest.mark.parametrize(("field", "value"), LISTED)
    def test_is_shown_the_types_that_it_knew(self, field: str, value: str) -> None:
        """A type of payment method is listed from its release on, and cards always."""
        for version in VERSIONS:
            shown = render(version, INTENT)
            known = value in shown.get(field, [])
            assert known is version.is_since(LISTED[field, value]), str(version)
            assert "card" in shown["payment_method_types"]

    def test_is_shown_what_to_do_next(self) -> None:
        """What a customer has to do is shown to every version, however new it is."""
        for version in VERSIONS:
            assert render(version, INTENT)["next_action"] == INTENT["next_action"], str(version)

    def test_is_shown_the_results_that_it_knew(self) -> None:
        """A result of 3-D Secure that came later is null."""
        for version in VERSIONS:
            details = render(version, ATTEMPT)["payment_method_details"]
            result = "data_share_only" if version.is_since("2026-07-29.dahlia") else None
            assert details["card"]["three_d_secure"]["result"] == result, str(version)

    def test_is_shown_types_that_are_not_limited(self) -> None:
        """Where no types are allowed, the field is there since 2026-08-26, and before it is not."""
        given = {"object": "setup_intent", "allowed_payment_method_types": None}
        for version in VERSIONS:
            there = "allowed_payment_method_types" in render(version, given)
            assert there is version.is_since("2026-08-26.dahlia"), str(version)

    @pytest.mark.parametrize("kind", OBJECTS)
    def test_is_read_only_where_it_has_to_be(self, kind: str) -> None:
        """Whatever is taken out of an object, its bytes betray that something may be."""
        body = msgspec.json.encode(OBJECTS[kind])
        for version in VERSIONS:
            rendered = render(version, OBJECTS[kind])
            assert hides(version, kind, body) is (rendered != OBJECTS[kind]), str(version)
            assert msgspec.json.decode(encoded(version, OBJECTS[kind])) == rendered


class TestRendering:
    def test_leaves_the_original(self) -> None:
        """The object stays as it was, the order of its keys too, and a caller's metadata."""
        before = deepcopy(INTENT)
        shown = render(parse_version(KNOWN[0]), INTENT)
        assert before == INTENT
        assert shown["metadata"] == INTENT["metadata"]
        assert list(shown) == [name for name in INTENT if name in shown]

    @pytest.mark.parametrize(
        "around",
        [
            {"object": "list", "data": [INTENT]},
            {"object": "event", "data": {"object": INTENT}},
            {
                "object": "event",
                "data": {"object": {"object": "setup_intent"}, "previous_attributes": INTENT},
            },
            {"error": {"setup_intent": INTENT}},
        ],
        ids=["list", "event", "previous attributes", "error"],
    )
    def test_goes_within(self, around: dict[str, Any]) -> None:
        """An object is rendered wherever it stands."""
        assert "managed_payments" not in repr(render(parse_version(KNOWN[0]), around))

    def test_lets_the_newest_see_everything(self) -> None:
        """The newest version is shown everything as it is kept."""
        assert all(render(NEWEST, one) == one for one in OBJECTS.values())
        assert not hides(NEWEST, "setup_intent", msgspec.json.encode(INTENT))

    def test_does_not_read_what_is_usual(self) -> None:
        """By default, an intent for cards is sent as it is kept."""
        usual = {
            "object": "setup_intent",
            "allowed_payment_method_types": None,
            "payment_method_options": {"card": {"network": None}},
            "payment_method_types": ["card", "link"],
        }
        usual_to = parse_version("2026-08-26.dahlia")
        assert not hides(usual_to, "setup_intent", msgspec.json.encode(usual))

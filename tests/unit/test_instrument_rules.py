"""What a payment method has to be described with, and how what is missing or wrong is refused."""

from urllib.parse import urlencode

import pytest

from service.wire.params.payment_methods import PaymentMethodCreateParams
from service.wire.params.setup_intents import SetupIntentCreateParams
from tests.described import flat, form
from tests.refusing import refusal_of

LINKED = "type=us_bank_account&us_bank_account[financial_connections_account]=fca_1"
NEEDED = (
    "acss_debit au_becs_debit bacs_debit boleto card fpx nz_bank_account payto sepa_debit sofort "
    "us_bank_account"
)


@pytest.mark.parametrize("type_", NEEDED.split())
def test_the_hash_is_needed(type_: str) -> None:
    """Types that cannot be made of nothing ask for their hash, at the top and inside."""
    refused = refusal_of(PaymentMethodCreateParams, f"type={type_}")
    assert (refused.code, refused.param) == ("parameter_missing", type_)
    refused = refusal_of(SetupIntentCreateParams, f"payment_method_data[type]={type_}")
    assert (refused.code, refused.param) == ("parameter_missing", f"payment_method_data[{type_}]")


@pytest.mark.parametrize(
    ("type_", "told", "missing"),
    [
        ("acss_debit", {}, "name"),
        ("acss_debit", {"name": "Jenny"}, "email"),
        ("au_becs_debit", {"email": "a@b.example"}, "name"),
        ("bacs_debit", {"name": "Jenny"}, "email"),
        ("nz_bank_account", {"name": "Jenny"}, "email"),
        ("sepa_debit", {"name": "Jenny"}, "email"),
        ("sepa_debit", {"name": "", "email": "a@b.example"}, "name"),
        ("us_bank_account", {"email": "a@b.example"}, "name"),
    ],
)
def test_the_owner_is_told(type_: str, told: dict[str, str], missing: str) -> None:
    """A mandate names the account's owner, so the billing details have to."""
    sent = {**form(type_), "billing_details": told}
    refused = refusal_of(PaymentMethodCreateParams, urlencode(flat(sent)))
    assert (refused.code, refused.param) == ("parameter_missing", f"billing_details[{missing}]")


def test_a_bacs_mandate_is_sent_somewhere() -> None:
    """Bacs asks where the account's owner lives, with a code of its own."""
    told = {"name": "Jenny", "email": "a@b.example", "address": {"line1": "1 Main Street"}}
    sent = {"payment_method_data": {**form("bacs_debit"), "billing_details": told}}
    refused = refusal_of(SetupIntentCreateParams, urlencode(flat(sent)))
    assert refused.code == "payment_method_billing_details_address_missing"
    assert refused.param == "payment_method_data[billing_details][address]"


@pytest.mark.parametrize(
    ("type_", "given", "code"),
    [
        ("acss_debit", {"institution_number": "00"}, "routing_number_invalid"),
        ("acss_debit", {"transit_number": "1100x"}, "routing_number_invalid"),
        ("acss_debit", {"account_number": "1"}, "account_number_invalid"),
        ("au_becs_debit", {"bsb_number": "00-000"}, "routing_number_invalid"),
        ("au_becs_debit", {"account_number": "0001234567"}, "account_number_invalid"),
        ("bacs_debit", {"sort_code": "10880"}, "routing_number_invalid"),
        ("bacs_debit", {"account_number": "0001234"}, "account_number_invalid"),
        ("nz_bank_account", {"bank_code": "1"}, "routing_number_invalid"),
        ("nz_bank_account", {"branch_code": "00"}, "routing_number_invalid"),
        ("nz_bank_account", {"account_number": "1"}, "account_number_invalid"),
        ("nz_bank_account", {"suffix": "1"}, "account_number_invalid"),
        ("sepa_debit", {"iban": "DE89370400440532013001"}, "account_number_invalid"),
        ("us_bank_account", {"routing_number": "110000001"}, "routing_number_invalid"),
        ("us_bank_account", {"account_number": "123"}, "account_number_invalid"),
    ],
)
def test_a_number_has_the_form_of_one(type_: str, given: dict[str, str], code: str) -> None:
    """Each scheme's numbers are held against their form, and refused by their own name."""
    refused = refusal_of(PaymentMethodCreateParams, urlencode(flat(form(type_, **given))))
    (part,) = given
    assert (refused.code, refused.param) == (code, f"{type_}[{part}]")
    assert given[part] not in refused.message


@pytest.mark.parametrize(
    ("sent", "code", "param"),
    [
        ("type=payto&payto[bsb_number]=000000", "parameter_missing", "payto[account_number]"),
        ("type=payto&payto[account_number]=1", "parameter_missing", "payto[bsb_number]"),
        (
            "type=payto&payto[pay_id]=a@b.example&payto[bsb_number]=000000",
            "parameters_exclusive",
            "payto[pay_id]",
        ),
        ("type=bacs_debit&bacs_debit[sort_code]=108800", "parameter_missing", None),
        (
            "type=us_bank_account&us_bank_account[account_type]=savings",
            "parameter_missing",
            "us_bank_account[account_number]",
        ),
        (
            f"{LINKED}&us_bank_account[routing_number]=110000000",
            "parameters_exclusive",
            "us_bank_account[financial_connections_account]",
        ),
        ("type=boleto&boleto[tax_id]=123", "tax_id_invalid", "boleto[tax_id]"),
        (
            "type=klarna&klarna[dob][day]=31&klarna[dob][month]=2&klarna[dob][year]=1990",
            None,
            "klarna[dob]",
        ),
        (
            f"type=klarna&klarna[dob][day]=1&klarna[dob][month]=2&klarna[dob][year]={10**17}",
            None,
            "klarna[dob]",
        ),
    ],
)
def test_members_go_together(sent: str, code: str | None, param: str | None) -> None:
    """An account is named in one way, and whole."""
    refused = refusal_of(PaymentMethodCreateParams, sent)
    assert refused.code == code
    assert param is None or refused.param == param

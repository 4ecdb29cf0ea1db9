"""Bank accounts as tokens are told of them: each country's way, and what is wrong in its words."""

import pytest
from msgspec import UNSET

from service.wire.declarations import read_params
from service.wire.form import parse_form
from service.wire.params.token_accounts import SCHEMES, own_param
from service.wire.params.tokens import TokenCreateParams
from tests.refusing import refusal_of


def told(country: str, number: str, routing: str | None = None) -> str:
    name = "bank_account"
    form = f"{name}[country]={country}&{name}[account_number]={number}"
    return form if routing is None else f"{form}&{name}[routing_number]={routing}"


@pytest.mark.parametrize(
    "sent",
    [
        told("US", "000123456789", "110000000"),
        told("AU", "000123456", "110-000"),
        told("CA", "000123456789", "11000-000"),
        told("GB", "00012345", "10-88-00"),
        told("DE", "DE89370400440532013000"),
        told("FR", "fr14 2004 1010 0505 0001 3M02 606"),
    ],
)
def test_is_read_as_its_country_writes_it(sent: str) -> None:
    """A number with what leads to it, or an IBAN alone."""
    params = read_params(TokenCreateParams, parse_form(sent.replace(" ", "+").encode()))
    assert params.bank_account is not UNSET


@pytest.mark.parametrize(
    ("sent", "code", "param"),
    [
        (told("AQ", "1"), None, "country"),
        (f"{told('GB', '00012345', '108800')}&bank_account[currency]=eur", None, "currency"),
        (told("GB", "00012345"), "parameter_missing", "routing_number"),
        (told("GB", "00012345", "1088"), "routing_number_invalid", "routing_number"),
        (told("GB", "12345", "108800"), "account_number_invalid", "account_number"),
        (told("CA", "000123456789", "000"), "routing_number_invalid", "routing_number"),
        (told("AU", "1", "110000"), "account_number_invalid", "account_number"),
        (told("US", "000123456789", "110000001"), "routing_number_invalid", "routing_number"),
        (told("DE", "DE89370400440532013001"), "account_number_invalid", "account_number"),
        (told("DE", "AT611904300234573201"), "account_number_invalid", "account_number"),
    ],
)
def test_is_refused_in_the_tokens_words(sent: str, code: str | None, param: str) -> None:
    """Whatever the payment method calls it, the caller is told of what was sent."""
    refused = refusal_of(TokenCreateParams, sent)
    assert (refused.code, refused.param) == (code, f"bank_account[{param}]")


@pytest.mark.parametrize(
    ("param", "own"),
    [
        ("sepa_debit[iban]", "account_number"),
        ("bacs_debit[account_number]", "account_number"),
        ("bacs_debit[sort_code]", "routing_number"),
    ],
)
def test_knows_what_a_payment_method_calls_otherwise(param: str, own: str) -> None:
    """An IBAN is the account's number; all else that is there leads to it."""
    assert own_param(param) == own


def test_countries_of_the_euro_have_ibans() -> None:
    """They are told by one number, and in one currency."""
    europeans = {name for name, scheme in SCHEMES.items() if not scheme.routed}
    assert len(europeans) == 20
    assert {SCHEMES[name].currency for name in europeans} == {"eur"}

"""What the members of payment_method_options require of each other."""

import pytest

from service.wire.declarations import read_params
from service.wire.form import parse_form
from service.wire.params.setup_intents import SetupIntentCreateParams
from tests.refusing import refusal_of

CARD = (
    "card[mandate_options][amount]=5&card[mandate_options][amount_type]=fixed"
    "&card[mandate_options][currency]=usd&card[mandate_options][reference]=r"
    "&card[mandate_options][start_date]=100"
)
KLARNA = (
    "klarna[subscriptions][0][interval]=month&klarna[subscriptions][0][reference]=r"
    "&klarna[subscriptions][0][next_billing][amount]=5"
)
REFUSED: list[tuple[str, str | None, str]] = [
    # What is needed.
    (f"{CARD}&card[mandate_options][interval]=month", "parameter_missing", "card interval_count"),
    (
        "acss_debit[mandate_options][payment_schedule]=interval",
        "parameter_missing",
        "acss_debit interval_description",
    ),
    (
        "acss_debit[mandate_options][payment_schedule]=combined",
        "parameter_missing",
        "acss_debit interval_description",
    ),
    ("payto[mandate_options][amount_type]=fixed", "parameter_missing", "payto amount"),
    ("pix[mandate_options][amount_type]=fixed", "parameter_missing", "pix amount"),
    # How much and how often.
    (
        f"{CARD}&card[mandate_options][interval]=year&card[mandate_options][interval_count]=2",
        "parameter_invalid_integer",
        "card interval_count",
    ),
    (
        f"{CARD}&card[mandate_options][interval]=month&card[mandate_options][interval_count]=13",
        "parameter_invalid_integer",
        "card interval_count",
    ),
    ("payto[mandate_options][payments_per_period]=0", "parameter_invalid_integer", "payto "),
    ("upi[mandate_options][amount]=-1", "parameter_invalid_integer", "upi amount"),
    # When.
    (
        f"{CARD}&card[mandate_options][interval]=sporadic&card[mandate_options][end_date]=100",
        None,
        "card end_date",
    ),
    ("payto[mandate_options][start_date]=20260101", None, "payto start_date"),
    ("payto[mandate_options][end_date]=2026-02-30", None, "payto end_date"),
    (
        "pix[mandate_options][start_date]=2026-02-02&pix[mandate_options][end_date]=2026-02-02",
        None,
        "pix end_date",
    ),
    (
        f"{KLARNA}&klarna[subscriptions][0][next_billing][date]=soon",
        None,
        "klarna[subscriptions][0][next_billing][date]",
    ),
    # Where.
    ("pix[mandate_options][currency]=eur", None, "pix currency"),
    # References.
    ("sepa_debit[mandate_options][reference_prefix]=rent", "PREFIX", "sepa_debit reference_prefix"),
    ("sepa_debit[mandate_options][reference_prefix]=STRIPE1", "PREFIX", "sepa_debit "),
    ("bacs_debit[mandate_options][reference_prefix]=DDIC-1", "PREFIX", "bacs_debit "),
    ("bacs_debit[mandate_options][reference_prefix]=STRIPE1", "PREFIX", "bacs_debit "),
    ("bacs_debit[mandate_options][reference_prefix]=A%2B", "PREFIX", "bacs_debit "),
    (f"sepa_debit[mandate_options][reference_prefix]={'A' * 13}", None, "sepa_debit "),
    # Codes.
    ("blik[code]=12345", None, "blik[code]"),
    ("blik[code]=12345x", "invalid_characters", "blik[code]"),
]
TAKEN = [
    f"{CARD}&card[mandate_options][interval]=sporadic",
    f"{CARD}&card[mandate_options][interval]=week&card[mandate_options][interval_count]=52",
    "acss_debit[mandate_options][payment_schedule]=sporadic",
    "payto[mandate_options][amount]=&payto[mandate_options][amount_type]=maximum",
    "payto[mandate_options][amount]=5&payto[mandate_options][amount_type]=fixed",
    "pix[mandate_options][amount]=5&pix[mandate_options][amount_type]=fixed",
    "pix[mandate_options][currency]=brl",
    "payto[mandate_options][start_date]=&payto[mandate_options][end_date]=2026-02-02",
    "sepa_debit[mandate_options][reference_prefix]=DDIC-1",
    "bacs_debit[mandate_options][reference_prefix]=A %26_-/.9",
    "us_bank_account[financial_connections][permissions][0]=payment_method",
    "blik[code]=123456",
]


def within(options: str) -> str:
    """Return *options* with each of their names inside `payment_method_options`."""
    pairs = (pair.partition("[") for pair in options.split("&"))
    return "&".join(f"payment_method_options[{type_}][{rest}" for type_, _, rest in pairs)


@pytest.mark.parametrize(("sent", "code", "named"), REFUSED)
def test_is_refused(sent: str, code: str | None, named: str) -> None:
    """Each rule is refused with its code, under the name of the member that breaks it."""
    refused = refusal_of(SetupIntentCreateParams, within(sent))
    expected = "invalid_mandate_reference_prefix_format" if code == "PREFIX" else code
    assert refused.code == expected
    type_, _, member = named.partition(" ")
    assert refused.param is not None
    if "[" in named:
        assert refused.param == within(named)
    else:
        assert refused.param.startswith(f"payment_method_options[{type_}][mandate_options]")
        assert refused.param.endswith(f"[{member}]" if member else "]")


@pytest.mark.parametrize("sent", TAKEN)
def test_is_taken(sent: str) -> None:
    """What keeps the rules is read, and what may be unset may be sent empty."""
    assert read_params(SetupIntentCreateParams, parse_form(within(sent).encode()))


def test_links_carry_the_payment_method() -> None:
    """Permissions that leave out the payment method itself are refused."""
    sent = "us_bank_account[financial_connections][permissions][0]=balances"
    refused = refusal_of(SetupIntentCreateParams, within(sent))
    assert refused.param == within("us_bank_account[financial_connections][permissions]")

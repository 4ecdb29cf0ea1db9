"""Bounds of parameters: what is just inside is taken, and what is just outside is not."""

import pytest

from service.wire.bad_param import BadParam
from service.wire.declarations import read_params
from service.wire.form import parse_form
from service.wire.hashes import MAX_METADATA_KEYS, MAX_TIMESTAMP, Hash
from service.wire.params.confirmation_tokens import ConfirmationTokenCreateParams
from service.wire.params.customers import CustomerCreateParams
from service.wire.params.payment_methods import PaymentMethodAttachParams
from service.wire.params.setup_intents import SetupIntentCreateParams, SetupIntentListParams

INSTALLMENTS = "payment_method_options[card][installments][plan]"


def read(declared: type[Hash], sent: str) -> Hash:
    return read_params(declared, parse_form(sent.encode()))


def keys(number: int) -> str:
    return "&".join(f"metadata[k{at}]=v" for at in range(number))


@pytest.mark.parametrize(
    ("declared", "sent"),
    [
        (CustomerCreateParams, keys(MAX_METADATA_KEYS)),
        (PaymentMethodAttachParams, "customer=cus_1"),
        (SetupIntentCreateParams, "single_use[amount]=99999999&single_use[currency]=usd"),
        (ConfirmationTokenCreateParams, f"{INSTALLMENTS}[type]=revolving&{INSTALLMENTS}[count]=99"),
        (SetupIntentListParams, "ending_before=seti_1"),
        (SetupIntentListParams, "starting_after=seti_1"),
        (SetupIntentListParams, f"created={MAX_TIMESTAMP}"),
    ],
)
def test_inside_is_taken(declared: type[Hash], sent: str) -> None:
    """The greatest number, the longest hash, and one of two that exclude each other pass."""
    assert isinstance(read(declared, sent), declared)


@pytest.mark.parametrize(
    ("declared", "sent", "told"),
    [
        (CustomerCreateParams, keys(MAX_METADATA_KEYS + 1), "may have 50 entries and has 51"),
        (CustomerCreateParams, f"name={'n' * 257}", "may have 256 characters and has 257"),
        (CustomerCreateParams, "invoice_prefix=AB", "needs 3 characters and has 2"),
        (
            SetupIntentCreateParams,
            "single_use[amount]=100000000&single_use[currency]=usd",
            "100000000. 'single_use[amount]' must lie between 0 and 99,999,999",
        ),
        (
            ConfirmationTokenCreateParams,
            f"{INSTALLMENTS}[type]=fixed_count&{INSTALLMENTS}[count]=-1",
            f"'{INSTALLMENTS}[count]' must lie between 1 and 99",
        ),
        (SetupIntentListParams, "ending_before=a&starting_after=b", "starting_after and ending_"),
        (
            PaymentMethodAttachParams,
            "customer=cus_1&customer_account=acct_1",
            "Only one of 'customer' and 'customer_account'",
        ),
        (
            SetupIntentCreateParams,
            "payment_method_types[]=card&automatic_payment_methods[enabled]=true",
            "'automatic_payment_methods[enabled]' and 'payment_method_types'",
        ),
    ],
)
def test_outside_is_refused(declared: type[Hash], sent: str, told: str) -> None:
    """The refusal says what was sent, and what may be."""
    with pytest.raises(BadParam) as refused:
        read(declared, sent)
    assert told in refused.value.message

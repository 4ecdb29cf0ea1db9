"""Parameters that do not go together, or go only together."""

import pytest

from service.wire.declarations import read_params
from service.wire.form import parse_form
from service.wire.hashes import Hash
from service.wire.params.confirmation_tokens import ConfirmationTokenCreateParams
from service.wire.params.events import EventListParams
from service.wire.params.payment_methods import PaymentMethodCreateParams
from service.wire.params.setup_intents import (
    SetupIntentBrowserConfirmParams,
    SetupIntentConfirmParams,
    SetupIntentCreateParams,
    SetupIntentListParams,
    SetupIntentUpdateParams,
)
from tests.refusing import refusal_of

CREATE = SetupIntentCreateParams
UPDATE = SetupIntentUpdateParams
CONFIRM = SetupIntentConfirmParams
BROWSER = SetupIntentBrowserConfirmParams
METHOD = PaymentMethodCreateParams
TOKEN = ConfirmationTokenCreateParams
ALLOWED = "allowed_payment_method_types[]=card"
CARD = "type=card&card[number]=4242424242424242&card[exp_month]=12&card[exp_year]=2034"

EXCLUSIVE: list[tuple[type[Hash], str, str]] = [
    (EventListParams, "type=a&types[]=b", "types"),
    (CREATE, f"{ALLOWED}&payment_method_types[]=card", "payment_method_types"),
    (CREATE, f"{ALLOWED}&excluded_payment_method_types[]=alipay", "excluded_payment_method_types"),
    (CREATE, f"{ALLOWED}&automatic_payment_methods[enabled]=false", "automatic_payment_methods"),
    (CREATE, f"{ALLOWED}&payment_method_configuration=pmc_1", "payment_method_configuration"),
    (UPDATE, f"{ALLOWED}&payment_method_types[]=card", "payment_method_types"),
    (
        CREATE,
        "automatic_payment_methods[enabled]=true&payment_method_types[]=card",
        "payment_method_types",
    ),
    (CREATE, "attach_to_self=true&customer=cus_1", "attach_to_self"),
    (UPDATE, "attach_to_self=true&customer_account=acct_1", "attach_to_self"),
    (CREATE, "customer=cus_1&customer_account=acct_1", "customer_account"),
    (UPDATE, "payment_method=pm_1&payment_method_data[type]=link", "payment_method_data"),
    (CONFIRM, "payment_method=pm_1&payment_method_data[type]=link", "payment_method_data"),
    (TOKEN, "payment_method=pm_1&payment_method_data[type]=link", "payment_method_data"),
    (METHOD, f"{CARD}&card[token]=tok_visa", "card[token]"),
    (METHOD, f"{CARD}&payment_method=pm_1", "card"),
]

ALONE: list[tuple[type[Hash], str, str]] = [
    (METHOD, "type=link&sepa_debit[iban]=AT611904300234573201", "sepa_debit"),
    (
        CREATE,
        "payment_method_data[type]=link&payment_method_data[card][token]=tok_visa",
        "payment_method_data[card]",
    ),
    (CREATE, "return_url=https://a.example", "return_url"),
    (CREATE, "mandate_data[customer_acceptance][type]=offline", "mandate_data"),
    (CREATE, "confirmation_token=ctoken_1", "confirmation_token"),
    (METHOD, f"{CARD}&customer=cus_1", "customer"),
    (
        BROWSER,
        "mandate_data[customer_acceptance][type]=offline&mandate_data[customer_acceptance][online][infer_from_client]=true",
        "mandate_data[customer_acceptance][type]",
    ),
]

TOGETHER: list[tuple[type[Hash], str]] = [
    (CREATE, "confirm=true&return_url=https://a.example"),
    (CREATE, "mandate_data="),
    (CREATE, "attach_to_self=false&customer=cus_1"),
    (CREATE, "automatic_payment_methods[enabled]=false&payment_method_types[]=card"),
    (CREATE, "automatic_payment_methods[enabled]=true&payment_method_configuration=pmc_1"),
    (UPDATE, "allowed_payment_method_types=&payment_method_types[]=card"),
    (UPDATE, "payment_method=&payment_method_data[type]=link"),
    (CONFIRM, "payment_method=pm_1&return_url=https://a.example&mandate_data="),
    (TOKEN, "payment_method=pm_1"),
    (TOKEN, "payment_method_data[type]=link"),
    (METHOD, "type=card&card[token]=tok_visa"),
    (METHOD, "payment_method=pm_1&customer=cus_1&metadata[a]=b"),
]


@pytest.mark.parametrize(("declared", "sent", "param"), EXCLUSIVE)
def test_exclusive_parameters_are_refused(declared: type[Hash], sent: str, param: str) -> None:
    """Two parameters that say different things about one are refused, and the second named."""
    refusal = refusal_of(declared, sent)
    assert (refusal.code, refusal.param) == ("parameters_exclusive", param)


@pytest.mark.parametrize(("declared", "sent", "param"), ALONE)
def test_parameters_out_of_place_are_refused(declared: type[Hash], sent: str, param: str) -> None:
    """What is taken only with something else, or not yet at all, is refused without a code."""
    refusal = refusal_of(declared, sent)
    assert (refusal.code, refusal.param) == (None, param)


@pytest.mark.parametrize(("declared", "sent"), TOGETHER)
def test_what_goes_together_is_read(declared: type[Hash], sent: str) -> None:
    """What unsets, or says the same, contradicts nothing."""
    assert read_params(declared, parse_form(sent.encode()))


@pytest.mark.parametrize("declared", [SetupIntentListParams, EventListParams])
def test_a_page_has_one_cursor(declared: type[Hash]) -> None:
    """A page that starts at two places is refused, without a code or a name."""
    refusal = refusal_of(declared, "starting_after=a&ending_before=b")
    assert (refusal.code, refusal.param) == (None, None)

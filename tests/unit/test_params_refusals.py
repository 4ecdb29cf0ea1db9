"""Every way to send a bad parameter, with the code and the name that tell of it."""

import pytest

from service.wire.hashes import Hash
from service.wire.params.customers import (
    CustomerCreateParams,
    CustomerListParams,
    CustomerUpdateParams,
)
from service.wire.params.events import EventListParams
from service.wire.params.payment_methods import PaymentMethodAttachParams, PaymentMethodCreateParams
from service.wire.params.setup_intents import (
    SetupAttemptListParams,
    SetupIntentConfirmParams,
    SetupIntentCreateParams,
    SetupIntentListParams,
    SetupIntentUpdateParams,
)
from service.wire.params.webhook_endpoints import WebhookEndpointCreateParams
from tests.refusing import refusal_of

CREATE = SetupIntentCreateParams
UPDATE = SetupIntentUpdateParams
CONFIRM = SetupIntentConfirmParams
LIST = SetupIntentListParams
ENDPOINT = WebhookEndpointCreateParams
METHOD = PaymentMethodCreateParams
ONLINE = "mandate_data[customer_acceptance][type]=online"

# What is sent, by code and by the name that `param` tells.
REFUSED: list[tuple[type[Hash], str, str | None, str | None]] = [
    # Unknown.
    (CREATE, "wat=1", "parameter_unknown", "wat"),
    (
        CREATE,
        "automatic_payment_methods[nope]=1",
        "parameter_unknown",
        "automatic_payment_methods[nope]",
    ),
    (UPDATE, "usage=off_session", "parameter_unknown", "usage"),
    (CONFIRM, "customer=cus_1", "parameter_unknown", "customer"),
    (
        CREATE,
        "payment_method_options[card][nope]=1",
        "parameter_unknown",
        "payment_method_options[card][nope]",
    ),
    # Not written as what they are.
    (CustomerUpdateParams, "email=nobody", "email_invalid", "email"),
    (CustomerUpdateParams, "email=a%20b@shop.example", "email_invalid", "email"),
    (
        METHOD,
        "type=cashapp&billing_details[email]=a@b@c",
        "email_invalid",
        "billing_details[email]",
    ),
    (CustomerUpdateParams, "tax[ip_address]=203.0.113", None, "tax[ip_address]"),
    (
        CustomerCreateParams,
        "tax_id_data[0][type]=gb_vat&tax_id_data[0][value]=12&tax_id_data[1][type]=eu_vat&tax_id_data[1][value]=12",
        "tax_id_invalid",
        "tax_id_data[1][value]",
    ),
    (CustomerCreateParams, "tax[validate_location]=auto", None, "tax[validate_location]"),
    (CREATE, "single_use[amount]=1&single_use[currency]=xyz", None, "single_use[currency]"),
    (
        CREATE,
        "payment_method_options[klarna][currency]=euro",
        None,
        "payment_method_options[klarna][currency]",
    ),
    (
        CREATE,
        "payment_method_options[acss_debit][mandate_options][custom_mandate_url]=here",
        "url_invalid",
        "payment_method_options[acss_debit][mandate_options][custom_mandate_url]",
    ),
    (
        CREATE,
        "payment_method_options[us_bank_account][financial_connections][return_url]=here",
        "url_invalid",
        "payment_method_options[us_bank_account][financial_connections][return_url]",
    ),
    # Missing.
    (SetupAttemptListParams, "", "parameter_missing", "setup_intent"),
    (
        CREATE,
        "automatic_payment_methods[allow_redirects]=never",
        "parameter_missing",
        "automatic_payment_methods[enabled]",
    ),
    (
        CREATE,
        f"confirm=true&{ONLINE}",
        "parameter_missing",
        "mandate_data[customer_acceptance][online]",
    ),
    (
        CONFIRM,
        f"{ONLINE}&mandate_data[customer_acceptance][online][ip_address]=::1",
        "parameter_missing",
        "mandate_data[customer_acceptance][online][user_agent]",
    ),
    (METHOD, "", "parameter_missing", "type"),
    (METHOD, "type=card", "parameter_missing", "card"),
    (CREATE, "payment_method_data[type]=card", "parameter_missing", "payment_method_data[card]"),
    (METHOD, "type=card&card[number]=4242424242424242", "parameter_missing", "card[exp_month]"),
    (
        METHOD,
        "type=card&card[exp_month]=1&card[exp_year]=2034",
        "parameter_missing",
        "card[number]",
    ),
    (PaymentMethodAttachParams, "", "parameter_missing", None),
    (ENDPOINT, "url=https://a.example", "parameter_missing", "enabled_events"),
    # Integers.
    (LIST, "limit=abc", "parameter_invalid_integer", "limit"),
    (LIST, "limit=1.5", "parameter_invalid_integer", "limit"),
    (LIST, "limit=" + "9" * 40, "parameter_invalid_integer", "limit"),
    (LIST, "limit=٣", "parameter_invalid_integer", "limit"),
    (LIST, "created[gte]=abc", "parameter_invalid_integer", "created[gte]"),
    (LIST, "created=-1", "parameter_invalid_integer", "created"),
    (LIST, "created=99999999999999", "parameter_invalid_integer", "created"),
    (
        CREATE,
        "single_use[amount]=-5&single_use[currency]=usd",
        "parameter_invalid_integer",
        "single_use[amount]",
    ),
    # Enumerations.
    (CREATE, "usage=never", None, "usage"),
    (
        CREATE,
        "payment_method_types[0]=card&payment_method_types[1]=wat",
        None,
        "payment_method_types[1]",
    ),
    (CREATE, "payment_method_types[]=wat", None, "payment_method_types[0]"),
    (ENDPOINT, "url=https://a.example&enabled_events[]=nope", None, "enabled_events[0]"),
    # Booleans.
    (CREATE, "confirm=yes", None, "confirm"),
    (CREATE, "confirm=1", None, "confirm"),
    # Of another shape.
    (CREATE, "expand=customer", None, "expand"),
    (CREATE, "expand[a]=customer", None, "expand"),
    (CREATE, "expand[0][a]=customer", None, "expand[0]"),
    (CREATE, "metadata=x", None, "metadata"),
    (CREATE, "metadata[]=x", None, "metadata"),
    (CREATE, "metadata[a][b]=x", None, "metadata[a]"),
    (CREATE, "customer[id]=x", None, "customer"),
    (CREATE, "confirm[0]=true", None, "confirm"),
    (CREATE, "payment_method_data=card", None, "payment_method_data"),
    (CREATE, "usage[a]=1", None, "usage"),
    (LIST, "limit[a]=1", None, "limit"),
    # Empty where that cannot be.
    (CREATE, "customer=", "parameter_invalid_empty", "customer"),
    (CREATE, "description=", "parameter_invalid_empty", "description"),
    (CREATE, "confirm=", "parameter_invalid_empty", "confirm"),
    (CREATE, "usage=", "parameter_invalid_empty", "usage"),
    (CREATE, "expand=", "parameter_invalid_empty", "expand"),
    (CREATE, "expand[]=", "parameter_invalid_empty", "expand[0]"),
    (CREATE, "payment_method_data=", "parameter_invalid_empty", "payment_method_data"),
    (LIST, "limit=", "parameter_invalid_empty", "limit"),
    # Too long.
    (CREATE, "description=" + "x" * 1001, None, "description"),
    (CREATE, "customer=" + "x" * 5001, None, "customer"),
    (CREATE, "metadata[" + "k" * 41 + "]=v", None, "metadata[" + "k" * 41 + "]"),
    (CREATE, "metadata[k]=" + "v" * 501, None, "metadata[k]"),
    (CREATE, "&".join(f"metadata[k{at}]=v" for at in range(51)), None, "metadata"),
    (CREATE, "&".join("expand[]=customer" for _ in range(501)), None, "expand"),
    (CREATE, "single_use[amount]=5&single_use[currency]=us", None, "single_use[currency]"),
    (EventListParams, "&".join(f"types[]=t{at}" for at in range(21)), None, "types"),
    # Characters.
    (CONFIRM, "return_url=nowhere", "url_invalid", "return_url"),
    (CONFIRM, "return_url=javascript://%250aalert(1)", "url_invalid", "return_url"),
    (CONFIRM, "return_url=https://a.example/%0d%0aSet-Cookie:x", "url_invalid", "return_url"),
    (ENDPOINT, "enabled_events[]=*&url=ftp://a.example", "url_invalid", "url"),
    (
        CREATE,
        "single_use[amount]=5&single_use[currency]=u$d",
        None,
        "single_use[currency]",
    ),
    (CustomerUpdateParams, "invoice_prefix=a-b", "invalid_characters", "invoice_prefix"),
    (CustomerListParams, "email=", "parameter_invalid_empty", "email"),
]


@pytest.mark.parametrize(
    ("declared", "sent", "code", "param"),
    REFUSED,
)
def test_a_bad_parameter_is_named(
    declared: type[Hash], sent: str, code: str | None, param: str | None
) -> None:
    """Each case is refused with Stripe's code, and the name at fault in brackets."""
    refusal = refusal_of(declared, sent)
    assert (refusal.code, refusal.param, refusal.status) == (code, param, 400)


def test_all_unknown_names_are_told_at_once() -> None:
    """Every unknown name is in the message, and the first of them in `param`."""
    refusal = refusal_of(CREATE, "wat=1&usage=off_session&nope[a]=2")
    assert refusal.message == "Unknown parameters: wat, nope"
    assert refusal.param == "wat"


def test_endless_unknown_names_are_counted() -> None:
    """A great many unknown names are told by some of them and a number."""
    refusal = refusal_of(CREATE, "&".join(f"n{at}=1" for at in range(1000)))
    assert refusal.message.endswith("n19 and 980 more")


def test_a_bad_choice_lists_the_good_ones() -> None:
    """The message of a bad choice names all that may be chosen."""
    message = refusal_of(CREATE, "usage=never").message
    assert message == "Invalid usage: 'never' is none of off_session, on_session."


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ("setup_intent.suceeded", "that there are. Close to it: setup_intent.succeeded, "),
        ("x", "that there are."),
    ],
)
def test_a_bad_choice_of_a_great_many_lists_those_close_to_it(sent: str, told: str) -> None:
    """Of hundreds of names, only those are told that may have been meant."""
    message = refusal_of(ENDPOINT, f"url=http://a&enabled_events[]={sent}").message
    assert told in message
    assert len(message) < 300


@pytest.mark.parametrize(
    "sent",
    [
        "card=4242424242424242",
        "card[number][4242424242424242]=1",
        "card[number]=" + "4242424242424242" * 5,
        "card[exp_month]=4242424242424242123",
        "card[exp_month]=4242 4242 4242 4242",
        "card[4242424242424242]=1",
        "type=4242-4242-4242-4242",
        "4242424242424242=1",
    ],
)
def test_no_message_shows_a_card_number(sent: str) -> None:
    """A card number that is sent in a wrong place is not shown back."""
    refusal = refusal_of(METHOD, sent)
    assert "4242" not in refusal.message + str(refusal.param)


def test_what_is_left_out_is_refused_with_the_reason() -> None:
    """Parameters of Stripe's that are left out here are refused, and why is told once."""
    refusal = refusal_of(CustomerUpdateParams, "source=tok_visa&default_source=card_1&wat=1")
    assert (refusal.code, refusal.param) == ("parameter_unknown", "source")
    assert refusal.message == (
        "Unknown parameters: source, default_source, wat. "
        "Sources came before payment methods, and are not kept."
    )

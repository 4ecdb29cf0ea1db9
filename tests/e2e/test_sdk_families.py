"""Every type that can be set up, through the official SDK, from its confirmation to its end."""

from typing import Any, Final

import pytest
import stripe

from service.domain.method_types import TYPES
from tests.described import form
from tests.e2e.sdk import Sdk
from tests.e2e.server import until
from tests.e2e.visiting import visit

ACCEPTED: Final = {
    "customer_acceptance": {
        "type": "online",
        "online": {"ip_address": "203.0.113.7", "user_agent": "Browser/1.0"},
    }
}
BACK: Final = "https://shop.example/back"
NAMES: Final = sorted(TYPES.keys() - {"card"})
# What comes of a confirmation at once. All other types send the customer to a page of theirs.
AT_ONCE: Final = ("au_becs_debit", "boleto", "nz_bank_account", "sepa_debit")
PROCESSED: Final = ("bacs_debit", "payto")
VERIFIED: Final = ("acss_debit", "us_bank_account")
ACTIONS: Final = {
    "blik": "blik_authorize",
    "cashapp": "cashapp_handle_redirect_or_display_qr_code",
    "pix": "pix_display_qr_code",
    "upi": "upi_handle_redirect_or_display_qr_code",
    **dict.fromkeys(VERIFIED, "verify_with_microdeposits"),
}
ON_A_PAGE: Final = sorted(set(NAMES) - {*AT_ONCE, *VERIFIED, *PROCESSED, "blik"})
GENERATING: Final = sorted(name for name, each in TYPES.items() if each.generates)


def confirmed(sdk: Sdk, name: str, **given: Any) -> Any:
    """Make an intent for a customer that is confirmed with a payment method of a type."""
    return sdk.v1.setup_intents.create(
        {
            "customer": sdk.v1.customers.create({"name": "Jenny"}).id,
            "confirm": True,
            "mandate_data": ACCEPTED,
            "payment_method_data": form(name),
            "allowed_payment_method_types": [name],
            "return_url": BACK,
            **given,
        }
    )


def set_up(sdk: Sdk, name: str, **given: Any) -> Any:
    """Make an intent whose customer has done what was asked for."""
    intent = confirmed(sdk, name, **given)
    if intent.status != "requires_action":
        return intent
    if intent.next_action.type == "verify_with_microdeposits":
        deposits = {"amounts": [32, 45]}
        return sdk.v1.setup_intents.verify_microdeposits(intent.id, deposits)
    visit(address_of(intent), {"result": "complete"})
    return sdk.v1.setup_intents.retrieve(intent.id)


def address_of(intent: Any) -> str:
    shown = intent.next_action[intent.next_action.type]
    return str(shown["url"] if "url" in shown else shown["hosted_instructions_url"])


def attempt_of(sdk: Sdk, intent: Any) -> Any:
    (attempt,) = sdk.v1.setup_attempts.list({"setup_intent": intent.id}).data
    return attempt


@pytest.mark.parametrize("name", NAMES)
def test_a_confirmation_comes_to(sdk: Sdk, name: str) -> None:
    """Each family goes its way, and its attempt says the same as the intent."""
    intent = confirmed(sdk, name)
    if name in AT_ONCE:
        assert (intent.status, intent.next_action) == ("succeeded", None)
    elif name in PROCESSED:
        assert (intent.status, intent.next_action) == ("processing", None)
    else:
        assert intent.status == "requires_action"
        assert intent.next_action.type == ACTIONS.get(name, "redirect_to_url")
    attempt = attempt_of(sdk, intent)
    assert attempt.id == intent.latest_attempt
    # What is processing may have been settled meanwhile.
    assert attempt.status in (intent.status, "succeeded")
    assert attempt.payment_method_details.type == name
    assert attempt.payment_method == intent.payment_method


@pytest.mark.parametrize("name", sorted(set(NAMES) - {"blik", *PROCESSED}))
def test_a_setup_ends_with_its_customer(sdk: Sdk, name: str) -> None:
    """What was set up belongs to the customer, with a mandate where the type makes one."""
    intent = set_up(sdk, name)
    assert intent.status == "succeeded"
    assert attempt_of(sdk, intent).status == "succeeded"
    if name not in GENERATING:
        method = sdk.v1.payment_methods.retrieve(intent.payment_method)
        assert method.customer == intent.customer
    assert (intent.mandate is not None) is TYPES[name].mandate
    if intent.mandate is not None:
        mandate = sdk.v1.mandates.retrieve(intent.mandate)
        assert (mandate.status, mandate.type) == ("active", "multi_use")
        assert mandate.customer_acceptance.online.ip_address == "203.0.113.7"
        assert mandate.payment_method_details.type == TYPES[name].generates or name


@pytest.mark.parametrize("name", PROCESSED)
def test_what_is_processing_is_settled(sdk: Sdk, name: str) -> None:
    """The provider answers by itself, and the customer has what was set up."""
    intent = confirmed(sdk, name)
    assert intent.status == "processing"
    until(lambda: sdk.v1.setup_intents.retrieve(intent.id).status == "succeeded")
    assert sdk.v1.mandates.retrieve(intent.mandate).status == "active"
    assert sdk.v1.payment_methods.retrieve(intent.payment_method).customer == intent.customer
    (told, *_) = sdk.v1.events.list({"type": "setup_intent.succeeded", "limit": 1}).data
    assert (told.data.object["id"], told.request) == (intent.id, None)


@pytest.mark.parametrize("name", GENERATING)
def test_a_setup_makes_what_is_debited_later(sdk: Sdk, name: str) -> None:
    """The account behind it is a payment method of its own, which the customer gets instead."""
    intent = set_up(sdk, name)
    attempt = attempt_of(sdk, intent)
    shown = attempt.payment_method_details[name]
    made = sdk.v1.payment_methods.retrieve(shown["generated_sepa_debit"])
    assert (made.type, made.customer) == ("sepa_debit", intent.customer)
    assert made.sepa_debit.generated_from.setup_attempt == attempt.id
    mandate = sdk.v1.mandates.retrieve(shown["generated_sepa_debit_mandate"])
    assert (mandate.id, mandate.payment_method) == (intent.mandate, made.id)
    assert mandate.payment_method_details.type == "sepa_debit"
    saved = sdk.v1.customers.payment_methods.list(intent.customer).data
    assert [one.id for one in saved] == [made.id]


@pytest.mark.parametrize("name", GENERATING)
def test_what_a_setup_made_is_shown_whole(sdk: Sdk, name: str) -> None:
    """Both are expanded in an attempt, as deep as paths go."""
    intent = set_up(sdk, name)
    within = f"payment_method_details.{name}.generated_sepa_debit"
    (attempt,) = sdk.v1.setup_attempts.list(
        {"setup_intent": intent.id, "expand": [f"data.{within}", f"data.{within}_mandate"]}
    ).data
    shown = attempt.payment_method_details[name]
    assert shown["generated_sepa_debit"].object == "payment_method"
    assert shown["generated_sepa_debit_mandate"].object == "mandate"


@pytest.mark.parametrize("name", GENERATING)
def test_what_made_another_is_used_up(sdk: Sdk, name: str) -> None:
    """It is set up once, and no customer ever has it."""
    intent = set_up(sdk, name)
    with pytest.raises(stripe.InvalidRequestError) as refused:
        sdk.v1.payment_methods.attach(intent.payment_method, {"customer": intent.customer})
    assert refused.value.code == "payment_method_unexpected_state"


@pytest.mark.parametrize("name", sorted(n for n in NAMES if TYPES[n].single_use))
def test_a_mandate_may_be_for_one_payment(sdk: Sdk, name: str) -> None:
    """single_use makes a mandate that names its amount, shown in a field of its own."""
    currency = {"amount": 1999, "currency": "eur"}
    intent = set_up(sdk, name, single_use=currency)
    if name in PROCESSED:
        assert intent.single_use_mandate is not None
        return
    assert (intent.status, intent.mandate) == ("succeeded", None)
    assert (intent.single_use_mandate is not None) is TYPES[name].mandate
    if intent.single_use_mandate is not None:
        mandate = sdk.v1.mandates.retrieve(intent.single_use_mandate)
        assert mandate.single_use.to_dict() == currency
        assert (mandate.type, mandate.status) == ("single_use", "active")
        assert "multi_use" not in mandate


@pytest.mark.parametrize("name", ON_A_PAGE)
def test_a_refusal_is_a_failure(sdk: Sdk, name: str) -> None:
    """A customer who says no leaves the intent without a payment method, and says why."""
    intent = confirmed(sdk, name)
    visit(address_of(intent), {"result": "fail"})
    after = sdk.v1.setup_intents.retrieve(intent.id)
    assert (after.status, after.payment_method) == ("requires_payment_method", None)
    assert after.mandate is None
    attempt = attempt_of(sdk, intent)
    assert attempt.status == "failed"
    assert attempt.setup_error.code == after.last_setup_error.code

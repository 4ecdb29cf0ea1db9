"""What customers are told to do, through the official SDK, and the pages that it leads to."""

from typing import Any, Final

import pytest
import stripe

from tests.described import form
from tests.e2e.intents import CHALLENGED
from tests.e2e.sdk import Sdk
from tests.e2e.visiting import visit

BACK: Final = "https://shop.example/back"
ACCEPTED: Final = {"customer_acceptance": {"type": "offline"}}
SCANNED: Final = {
    "cashapp": "cashapp_handle_redirect_or_display_qr_code",
    "pix": "pix_display_qr_code",
    "upi": "upi_handle_redirect_or_display_qr_code",
}


def confirmed(sdk: Sdk, type_: str, **given: Any) -> Any:
    """Make an intent that is confirmed with a payment method of a *type_*."""
    return sdk.v1.setup_intents.create(
        {
            "confirm": True,
            "mandate_data": ACCEPTED,
            "payment_method_data": form(type_),
            "allowed_payment_method_types": [type_],
            "return_url": BACK,
            **given,
        }
    )


@pytest.mark.parametrize("type_", ["ideal", "klarna", "paypal"])
@pytest.mark.parametrize("given", [{}, {"use_stripe_sdk": True}])
def test_a_redirect_leads_to_a_page(sdk: Sdk, type_: str, given: dict[str, Any]) -> None:
    """The address is a page that names what is authorised, also where the SDK opens it."""
    intent = confirmed(sdk, type_, **given)
    address = intent.next_action.redirect_to_url.url
    page = visit(address)
    assert (page.status, page.kind) == (200, "text/html")
    assert b"asks for your permission" in page.body
    after = visit(address, {"result": "complete"})
    assert after.status == 303
    assert str(after.location).startswith(f"{BACK}?setup_intent={intent.id}")
    assert sdk.v1.setup_intents.retrieve(intent.id).status == "succeeded"


def test_a_challenge_of_the_sdk_leads_to_a_page(sdk: Sdk) -> None:
    """The address that is left to the SDK is a page that works as well."""
    intent = sdk.v1.setup_intents.create(
        {
            "allowed_payment_method_types": ["card"],
            "confirm": True,
            "payment_method": CHALLENGED,
            "use_stripe_sdk": True,
        }
    )
    address = intent.next_action.use_stripe_sdk["stripe_js"]
    assert b"Authenticate your card" in visit(address).body
    assert b"Authentication complete" in visit(address, {"result": "complete"}).body
    assert sdk.v1.setup_intents.retrieve(intent.id).status == "succeeded"


@pytest.mark.parametrize("type_", sorted(SCANNED))
def test_a_code_is_shown_and_scanned(sdk: Sdk, type_: str) -> None:
    """The images are of the type that they say, and the page behind them authorises."""
    intent = confirmed(sdk, type_)
    assert intent.next_action.type == SCANNED[type_]
    shown = intent.next_action[SCANNED[type_]]
    images = shown if type_ == "pix" else shown["qr_code"]
    assert images["expires_at"] > intent.created
    assert visit(images["image_url_png"]).kind == "image/png"
    assert visit(images["image_url_svg"]).kind == "image/svg+xml"
    assert visit(shown["hosted_instructions_url"]).status == 200
    visit(shown["hosted_instructions_url"], {"result": "fail"})
    after = sdk.v1.setup_intents.retrieve(intent.id)
    assert after.status == "requires_payment_method"
    assert after.last_setup_error.code == "payment_method_customer_decline"


def test_microdeposits_are_named_on_a_page(sdk: Sdk) -> None:
    """A wrong code costs a try that the API counts too, and the right one sets the account up."""
    intent = confirmed(sdk, "us_bank_account")
    address = intent.next_action.verify_with_microdeposits.hosted_verification_url
    assert visit(address, {"code": "SM99ZZ"}).location == address
    with pytest.raises(stripe.InvalidRequestError, match="Tries left: 8"):
        sdk.v1.setup_intents.verify_microdeposits(intent.id, {"descriptor_code": "SM88ZZ"})
    assert b"Tries left: 8" in visit(address).body
    assert b"Account verified" in visit(address, {"code": "SM11AA"}).body
    after = sdk.v1.setup_intents.retrieve(intent.id, {"expand": ["mandate"]})
    assert (after.status, after.mandate.status) == ("succeeded", "active")


@pytest.mark.parametrize("type_", ["au_becs_debit", "bacs_debit", "sepa_debit"])
def test_a_mandate_is_on_a_page(sdk: Sdk, type_: str) -> None:
    """The address that a mandate shows is a page that tells of it."""
    mandate = sdk.v1.mandates.retrieve(confirmed(sdk, type_).mandate)
    page = visit(mandate.payment_method_details[type_].url)
    assert (page.status, page.kind) == (200, "text/html")
    assert b"You have allowed the merchant to have your account debited" in page.body
    reference = getattr(mandate.payment_method_details[type_], "reference", mandate.id)
    assert reference.encode() in page.body

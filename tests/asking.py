"""Attempts that wait for their customers in every way there is, written down as they are."""

from collections.abc import Mapping
from typing import Any, Final

from service.domain.events import Event
from service.ids import attempt_id
from tests import builders as a
from tests import neighbours as n
from tests.authenticating import BACK, Shop
from tests.logs import AT

INTENT: Final = "seti_00000000000000000000test"
ATTEMPT: Final = attempt_id(INTENT, 1)
DEADLINE: Final = AT + 1800

QR_ACTIONS: Final = {
    "cashapp": "cashapp_handle_redirect_or_display_qr_code",
    "pix": "pix_display_qr_code",
    "upi": "upi_handle_redirect_or_display_qr_code",
}
BANK: Final = {"bank_name": "STRIPE TEST BANK", "last4": "6789"}


async def asked(
    shop: Shop, type_: str, *, intent: Mapping[str, Any] | None = None, **changes: Any
) -> str:
    """
    Have an attempt of a *type_* wait for its customer, and return its page's address.

    The *intent* was created with what it names.
    """
    await shop.put(a.METHOD, n.method_created(type=type_, details=changes.pop("details", {})))
    action = {"action": QR_ACTIONS.get(type_, "redirect_to_url"), "return_url": BACK, **changes}
    await shop.put(
        INTENT,
        a.created_with_method(setup_intent_id=INTENT, **(intent or {})),
        a.started(
            setup_intent_id=INTENT,
            attempt=ATTEMPT,
            payment_method_details={"type": type_, type_: {}},
            return_url=action["return_url"],
        ),
        a.action_required(setup_intent_id=INTENT, attempt=ATTEMPT, **action),
    )
    return shop.pages.addresses.of(ATTEMPT)


async def asked_to_verify(shop: Shop, kind: str) -> str:
    """Have an attempt wait for deposits of a *kind* (`amounts`) to be named."""
    return await asked(
        shop,
        "us_bank_account",
        details=BANK,
        action="verify_with_microdeposits",
        shown={"arrival_date": AT + 172_800, "microdeposit_type": kind},
        expires_at=AT + 864_000,
        return_url=None,
    )


def misnamed(tries: int) -> Event:
    """Deposits were named wrongly, for the *tries*-th time."""
    error = {"code": "amounts_mismatch", "message": f"Not these. Tries left: {3 - tries}."}
    return a.verification_failed(setup_intent_id=INTENT, attempt=ATTEMPT, tries=tries, error=error)

"""What a customer is told to do, as a SetupIntent shows it."""

from typing import Any, Final

import msgspec
import pytest

from projections.next_action import next_action
from service.keyring import Keyring
from service.reveal import Reveal
from service.wire.resources.next_action import NextAction
from tests import builders as a

PAGE: Final = {"reveal": a.ATTEMPT}
REVEAL: Final = Reveal(Keyring(b"k" * 32), "https://seti.example")
LATER: Final = a.AT + 1800
QR_CODE: Final = {
    "expires_at": LATER,
    "image_url_png": {"reveal": f"{a.ATTEMPT}.png"},
    "image_url_svg": {"reveal": f"{a.ATTEMPT}.svg"},
}

ACTIONS: Final[list[tuple[str, dict[str, Any], dict[str, Any]]]] = [
    (
        "use_stripe_sdk",
        {},
        {"source": a.ATTEMPT, "stripe_js": PAGE, "type": "three_d_secure_redirect"},
    ),
    ("redirect_to_url", {}, {"return_url": a.RETURN_URL, "url": PAGE}),
    (
        "verify_with_microdeposits",
        {"arrival_date": a.AT, "microdeposit_type": "amounts"},
        {
            "arrival_date": a.AT,
            "hosted_verification_url": PAGE,
            "microdeposit_type": "amounts",
        },
    ),
    (
        "cashapp_handle_redirect_or_display_qr_code",
        {},
        {"hosted_instructions_url": PAGE, "mobile_auth_url": PAGE, "qr_code": QR_CODE},
    ),
    (
        "upi_handle_redirect_or_display_qr_code",
        {},
        {"hosted_instructions_url": PAGE, "qr_code": QR_CODE},
    ),
    (
        "pix_display_qr_code",
        {"data": "0002012"},
        {"data": "0002012", "hosted_instructions_url": PAGE, **QR_CODE},
    ),
    ("blik_authorize", {}, {}),
]


@pytest.mark.parametrize(("action", "shown", "wanted"), ACTIONS)
def test_tells_what_to_do(action: str, shown: dict[str, Any], wanted: dict[str, Any]) -> None:
    """One hash named like its type tells where to go; addresses of pages are markers."""
    event = a.action_required(action=action, shown=shown, expires_at=LATER, return_url=a.RETURN_URL)
    told = next_action(event)
    assert told == {"type": action, action: wanted}
    assert list(told) == sorted(told)
    assert list(told[action]) == sorted(told[action])


@pytest.mark.parametrize(("action", "shown", "wanted"), ACTIONS)
def test_is_what_the_resource_declares(
    action: str, shown: dict[str, Any], wanted: dict[str, Any]
) -> None:
    """As it leaves, with its addresses in place, it has the declared shape."""
    event = a.action_required(action=action, shown=shown, expires_at=LATER)
    sent = REVEAL(msgspec.json.encode({"next_action": next_action(event)}))
    declared = msgspec.convert(msgspec.json.decode(sent)["next_action"], NextAction)
    assert msgspec.to_builtins(getattr(declared, action)).keys() == wanted.keys()

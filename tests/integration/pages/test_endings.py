"""What is told at the page of an attempt that is over, and to the merchant's address."""

from collections.abc import Callable
from typing import Any, Final

import pytest
from aiohttp import ClientSession

from service.domain.events import Event
from service.domain.values import Status
from tests import builders as a
from tests.asking import ATTEMPT, INTENT, asked
from tests.authenticating import COMPLETE, Shop, get, post


def _of_attempt(event: Callable[..., Event], **changes: Any) -> Event:
    return event(setup_intent_id=INTENT, attempt=ATTEMPT, **changes)


def _failed(code: str) -> Event:
    error = {"code": code, "message": "No.", "type": "invalid_request_error"}
    return _of_attempt(a.failed, error=error)


_PREFIX: Final = "payment_method_microdeposit_verification"
# What the merchant's address is told, after which event, and what the customer is.
ENDINGS: Final[list[tuple[str, Event, tuple[str, str]]]] = [
    ("succeeded", _of_attempt(a.succeeded), ("Authorised", "iDEAL has been set up.")),
    ("pending", _of_attempt(a.processing), ("Being set up", "iDEAL is being set up")),
    (
        "failed",
        _failed("payment_method_customer_decline"),
        ("Not authorised", "iDEAL has not been set up."),
    ),
    ("failed", _failed("setup_intent_setup_attempt_expired"), ("Too late", "The time for this")),
    ("failed", _failed(f"{_PREFIX}_timeout"), ("Too late", "The time for this")),
    ("failed", _failed(f"{_PREFIX}_attempts_exceeded"), ("Not authorised", "All tries are used")),
    ("failed", a.canceled(setup_intent_id=INTENT), ("Called off", "has called this off")),
    (
        "failed",
        a.updated(Status.REQUIRES_CONFIRMATION, payment_method="pm_other"),
        ("Replaced by another page", "has begun anew"),
    ),
]


@pytest.mark.parametrize(("status", "event", "told"), ENDINGS)
async def test_tells_how_it_ended(
    shop: Shop, browser: ClientSession, status: str, event: Event, told: tuple[str, str]
) -> None:
    """Whoever comes back hears what became of it, and has a way to the merchant."""
    address = await asked(shop, "ideal")
    await shop.put(INTENT, event)
    answer, text = await get(browser, address)
    assert answer.status == 410
    assert f"<h1>{told[0]}</h1>" in text
    assert told[1] in text
    assert shop.back(INTENT, status).replace("&", "&amp;") in text
    assert "<form" not in text


@pytest.mark.parametrize(("status", "event"), [ending[:2] for ending in ENDINGS])
async def test_leads_back_with_how_it_ended(
    shop: Shop, browser: ClientSession, status: str, event: Event
) -> None:
    """An answer that comes after the end changes nothing, and tells the merchant of the end."""
    address = await asked(shop, "ideal")
    await shop.put(INTENT, event)
    before = await shop.history(INTENT)
    assert await post(browser, address, COMPLETE) == (303, shop.back(INTENT, status))
    assert await shop.history(INTENT) == before

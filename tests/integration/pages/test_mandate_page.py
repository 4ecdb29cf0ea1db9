"""The page of a mandate: who may read it, and what it tells."""

from typing import Any

import pytest
from aiohttp import ClientSession

from service.domain.values import MandateStatus
from tests import agreements as m
from tests import builders as a
from tests import neighbours as n
from tests.authenticating import Shop, get
from tests.described import form

IBAN: dict[str, Any] = {"bank_code": "37040044", "country": "DE", "last4": "3000"}
BACS: dict[str, Any] = {"bacs_debit": {"reference": "BACS-REF"}, "type": "bacs_debit"}


@pytest.fixture(name="address")
async def _address(shop: Shop) -> str:
    """The address of a mandate's page. The rest of what it shows is in the log."""
    await shop.put(a.OWNER.account, n.account_created(name="Rosen & Daughters"))
    await shop.put(a.METHOD, n.method_created(type="sepa_debit", details=IBAN))
    return shop.pages.addresses.of(a.MANDATE)


async def test_tells_what_was_agreed_to(shop: Shop, browser: ClientSession, address: str) -> None:
    """The page names who may debit what account, since when, and under which reference."""
    await shop.put(a.MANDATE, m.created())
    answer, text = await get(browser, address)
    assert answer.status == 200
    for told in (
        "Test mode",
        "Rosen &amp; Daughters",
        "SEPA Direct Debit",
        "ABCD1234",
        "Account ending in 3000",
        "Jenny Rosen",
        "Any number of payments",
        "In force",
        "21 September 2026, 14:13 UTC",
        "within eight weeks",
    ):
        assert told in text
    assert "203.0.113.7" not in text
    assert "<form" not in text


async def test_tells_a_mandate_for_one_payment(
    shop: Shop, browser: ClientSession, address: str
) -> None:
    """A single-use mandate names its amount."""
    await shop.put(a.MANDATE, m.created(single_use=m.SINGLE_USE, payment_method_details=BACS))
    text = (await get(browser, address))[1]
    for told in ("One payment of 19.99 EUR", "Bacs Direct Debit", "BACS-REF"):
        assert told in text


@pytest.mark.parametrize(
    ("status", "told"),
    [(MandateStatus.ACTIVE, "In force"), (MandateStatus.INACTIVE, "No longer in force")],
)
async def test_tells_whether_it_holds(
    shop: Shop, browser: ClientSession, address: str, status: MandateStatus, told: str
) -> None:
    """The page shows the mandate as it stands now."""
    await shop.put(a.MANDATE, m.created(status=MandateStatus.PENDING))
    assert "Not yet in force" in (await get(browser, address))[1]
    await shop.put(a.MANDATE, m.updated(status))
    assert told in (await get(browser, address))[1]


async def test_marks_no_live_mandate_as_a_test(
    shop: Shop, browser: ClientSession, address: str
) -> None:
    """In live mode the page speaks of nothing but the mandate."""
    await shop.put(a.MANDATE, m.created(livemode=True))
    assert "Test mode" not in (await get(browser, address))[1]


async def test_shows_what_a_setup_has_made(shop: Shop, browser: ClientSession) -> None:
    """The mandate that a confirmation came to is at the address that it shows."""
    intent = await shop.waiting(form("sepa_debit"))
    attempt = (await shop.state(intent)).attempt
    assert attempt is not None
    assert attempt.mandate is not None
    answer, text = await get(browser, shop.pages.addresses.of(attempt.mandate))
    assert answer.status == 200
    assert "You have allowed the merchant to have your account debited" in text
    for told in ("SEPA Direct Debit mandate", "Account ending in 3000", "Jenny Rosen"):
        assert told in text


async def test_tells_nothing_without_its_signature(
    shop: Shop, browser: ClientSession, address: str
) -> None:
    """Without the right signature, and without a mandate, there is nothing at the address."""
    assert (await get(browser, address))[0].status == 404
    await shop.put(a.MANDATE, m.created())
    path = address.partition("?")[0]
    attempt = shop.pages.addresses.of(a.ATTEMPT).partition("?")[2]
    for query in ("", "?signature=", f"?{attempt}"):
        assert (await get(browser, path + query))[0].status == 404


async def test_takes_no_form(browser: ClientSession, address: str) -> None:
    """Nothing can be sent to a mandate."""
    async with browser.post(address, data={"result": "complete"}) as answer:
        assert answer.status == 405
        assert answer.headers["Allow"] == "HEAD, GET"

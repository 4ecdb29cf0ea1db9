"""The setup page of what is not a card: what it asks, of whom, and until when."""

from typing import Final

import pytest
from aiohttp import ClientSession

from service.domain.events import SetupIntentSetupFailed
from service.domain.method_types import TYPES
from service.domain.values import JsonObject, Status
from tests import builders as a
from tests import neighbours as n
from tests.asking import DEADLINE, INTENT, QR_ACTIONS, asked
from tests.authenticating import BACK, CHALLENGED, COMPLETE, FAIL, Shop, get, post, serving
from tests.described import form
from tests.logs import AT


@pytest.mark.parametrize("type_", sorted(set(TYPES) - {"card"}))
async def test_asks_for_permission(shop: Shop, browser: ClientSession, type_: str) -> None:
    """Whatever the type is, the page names it and offers to authorise or refuse."""
    answer, text = await get(browser, await asked(shop, type_))
    assert answer.status == 200
    assert "The merchant asks for your permission to use" in text
    for button in ('value="complete">Authorise<', 'value="fail">Refuse<'):
        assert button in text


@pytest.mark.parametrize(
    ("type_", "name"),
    [
        ("ideal", "iDEAL"),
        ("cashapp", "Cash App Pay"),
        ("amazon_pay", "Amazon Pay"),
        ("sofort", "Sofort"),
        ("upi", "UPI"),
    ],
)
async def test_names_it_as_customers_do(
    shop: Shop, browser: ClientSession, type_: str, name: str
) -> None:
    """The title is of the name that customers know."""
    assert f"<h1>Set up {name}</h1>" in (await get(browser, await asked(shop, type_)))[1]


@pytest.mark.parametrize(
    ("usage", "told"),
    [
        ("off_session", "for later payments, also while you are away"),
        ("on_session", "for later payments that you make yourself"),
    ],
)
async def test_tells_who_asks_and_what_for(
    shop: Shop, browser: ClientSession, usage: str, told: str
) -> None:
    """The page names the merchant, once it has a name, and what the permission is for."""
    await shop.put(a.OWNER.account, n.account_created(name="Rosen & <Daughters>"))
    text = (await get(browser, await asked(shop, "ideal", intent={"usage": usage})))[1]
    wanted = f"Rosen &amp; &lt;Daughters&gt; asks for your permission to use iDEAL {told}."
    assert wanted in text


@pytest.mark.parametrize("instrument", [CHALLENGED, form("us_bank_account")])
async def test_names_the_merchant_everywhere(
    shop: Shop, browser: ClientSession, instrument: str | JsonObject
) -> None:
    """Whoever opens a page days later reads whose it is."""
    await shop.put(a.OWNER.account, n.account_created(name="Corner Shop"))
    text = (await get(browser, shop.address(await shop.waiting(instrument))))[1]
    assert "<dt>Merchant</dt>\n<dd>Corner Shop</dd>" in text


async def test_names_whom_a_platform_acts_for(shop: Shop, browser: ClientSession) -> None:
    """Customers know the connected account, and not the platform that acts on its behalf."""
    await shop.put(a.OWNER.account, n.account_created(name="Platform"))
    await shop.put(CONNECTED, n.account_created(account_id=CONNECTED, name="Corner Shop"))
    address = await asked(shop, "ideal", intent={"on_behalf_of": CONNECTED})
    text = (await get(browser, address))[1]
    assert "Corner Shop asks for" in text
    assert "Platform" not in text


@pytest.mark.parametrize("type_", sorted(QR_ACTIONS))
async def test_shows_a_code_to_scan(shop: Shop, browser: ClientSession, type_: str) -> None:
    """Where there is a QR code, the page has it too, and tells how long it is good for."""
    address = await asked(shop, type_, expires_at=DEADLINE)
    text = (await get(browser, address))[1]
    assert '<svg viewBox="0 0 ' in text
    assert "To be decided by" in text


async def test_shows_no_code_otherwise(shop: Shop, browser: ClientSession) -> None:
    """A page that a browser was sent to needs no code."""
    assert "<svg" not in (await get(browser, await asked(shop, "ideal")))[1]


@pytest.mark.parametrize("expires_at", [AT, AT - 1])
async def test_is_over_in_time(shop: Shop, browser: ClientSession, expires_at: int) -> None:
    """What is too late cannot be decided, whether anybody has noted it yet or not."""
    address = await asked(shop, "cashapp", expires_at=expires_at)
    answer, text = await get(browser, address)
    assert answer.status == 410
    assert "<h1>Too late</h1>" in text
    assert shop.back(INTENT, "failed").replace("&", "&amp;") in text


async def test_takes_no_answer_that_is_too_late(shop: Shop) -> None:
    """A yes that comes too late is written down as just that, and leads back so."""
    intent = await shop.waiting(form("cashapp"), return_url=BACK)
    async with serving(shop.pages_at(AT + DAY_S)) as url, ClientSession(url) as browser:
        answer = await post(browser, shop.address(intent), COMPLETE)
    assert answer == (303, shop.back(intent, "failed"))
    failed = (await shop.history(intent))[-1].event
    assert isinstance(failed, SetupIntentSetupFailed)
    assert failed.error["code"] == "setup_intent_setup_attempt_expired"


CONNECTED: Final = "acct_0000000000000000connected"
DAY_S: Final = 24 * 3600
ON_A_PAGE: Final = sorted({name for name, kind in TYPES.items() if kind.redirects} | {"pix"})


@pytest.mark.parametrize("type_", ON_A_PAGE)
async def test_sets_up_what_is_authorised(shop: Shop, browser: ClientSession, type_: str) -> None:
    """A yes sets the payment method up, and leads back with the success."""
    intent = await shop.waiting(form(type_), return_url=BACK)
    assert (await get(browser, shop.address(intent)))[0].status == 200
    answer = await post(browser, shop.address(intent), COMPLETE)
    assert answer == (303, shop.back(intent, "succeeded"))
    assert (await shop.state(intent)).status is Status.SUCCEEDED


@pytest.mark.parametrize("type_", ON_A_PAGE)
async def test_sets_up_nothing_that_is_refused(
    shop: Shop, browser: ClientSession, type_: str
) -> None:
    """A no wants another payment method, and leads back with the failure."""
    intent = await shop.waiting(form(type_), return_url=BACK)
    answer = await post(browser, shop.address(intent), FAIL)
    assert answer == (303, shop.back(intent, "failed"))
    assert (await shop.state(intent)).status is Status.REQUIRES_PAYMENT_METHOD

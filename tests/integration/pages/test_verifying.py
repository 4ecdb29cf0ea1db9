"""The setup page of a bank account: what was deposited is named, and what follows."""

import asyncio
from typing import Final

import pytest
from aiohttp import ClientSession

from service.domain.values import Status
from tests.authenticating import BACK, COMPLETE, Shop, get, post, serving
from tests.described import form
from tests.logs import AT

DAYS_S: Final = 24 * 3600
AMOUNTS: Final = "acss_debit"
CODE: Final = "us_bank_account"

RIGHT: Final = [(AMOUNTS, {"first": "32", "second": "$0.45"}), (CODE, {"code": "sm11aa"})]
WRONG: Final = [(AMOUNTS, {"first": "1", "second": "2"}), (CODE, {"code": "SM99ZZ"})]
TOO_OFTEN: Final = [(AMOUNTS, {"first": "10", "second": "11"}), (CODE, {"code": "SM33CC"})]
TOO_LATE: Final = [(AMOUNTS, {"first": "40", "second": "41"}), (CODE, {"code": "SM44DD"})]
MISREAD: Final = [
    (AMOUNTS, {}),
    (AMOUNTS, {"first": "32"}),
    (AMOUNTS, {"first": "32", "second": "4.5"}),
    (AMOUNTS, {"first[]": "32", "second[x]": "45"}),
    (AMOUNTS, COMPLETE),
    (AMOUNTS, {"code": "SM11AA"}),
    (CODE, {"code": "SM11A"}),
    (CODE, {"first": "32", "second": "45"}),
]


async def _waiting(shop: Shop, type_: str) -> str:
    return await shop.waiting(form(type_))


class TestAsking:
    @pytest.mark.parametrize(("type_", "lines"), [(AMOUNTS, ["first", "second"]), (CODE, ["code"])])
    async def test_asks_for_what_was_deposited(
        self, shop: Shop, browser: ClientSession, type_: str, lines: list[str]
    ) -> None:
        """The form has a labelled line for each amount, or one for the code."""
        answer, text = await get(browser, shop.address(await _waiting(shop, type_)))
        assert answer.status == 200
        for line in lines:
            assert f'<label for="{line}">' in text
            assert f'id="{line}" name="{line}" value=""' in text
        assert text.count("<input") == len(lines)
        assert "ending in 6789" in text
        assert 'aria-invalid="true"' not in text

    @pytest.mark.parametrize(("type_", "given"), MISREAD)
    async def test_asks_again_where_nothing_is_said(
        self, shop: Shop, browser: ClientSession, type_: str, given: dict[str, str]
    ) -> None:
        """What cannot be read is told beside its line, and costs no try."""
        intent = await _waiting(shop, type_)
        before = await shop.history(intent)
        status, text = await post(browser, shop.address(intent), given)
        assert status == 422
        assert "<title>Error: Verify your bank account</title>" in text
        assert text.count('aria-invalid="true"') == text.count('class="error"') > 0
        assert await shop.history(intent) == before

    async def test_keeps_what_was_typed(self, shop: Shop, browser: ClientSession) -> None:
        """A line comes back as it was filled in, and never as markup."""
        address = shop.address(await _waiting(shop, AMOUNTS))
        given = {"first": "32", "second": '"><script>alert(1)</script>'}
        text = (await post(browser, address, given))[1]
        assert 'name="first" value="32"' in text
        assert "<script" not in text
        assert "&lt;script&gt;" in text


class TestNaming:
    @pytest.mark.parametrize(("type_", "given"), RIGHT)
    async def test_verifies_the_account(
        self, shop: Shop, browser: ClientSession, type_: str, given: dict[str, str]
    ) -> None:
        """What was deposited sets the account up."""
        intent = await _waiting(shop, type_)
        status, text = await post(browser, shop.address(intent), given)
        assert status == 200
        assert "<h1>Account verified</h1>" in text
        assert (await shop.state(intent)).status is Status.SUCCEEDED
        assert (await get(browser, shop.address(intent)))[0].status == 410

    async def test_offers_the_way_back(self, shop: Shop, browser: ClientSession) -> None:
        """A customer who was sent from somewhere is not sent back, but may go."""
        intent = await shop.waiting(form(CODE), return_url=BACK)
        text = (await post(browser, shop.address(intent), RIGHT[1][1]))[1]
        assert shop.back(intent, "succeeded").replace("&", "&amp;") in text

    @pytest.mark.parametrize(("type_", "given"), WRONG)
    async def test_counts_a_wrong_answer(
        self, shop: Shop, browser: ClientSession, type_: str, given: dict[str, str]
    ) -> None:
        """What was not deposited costs a try, and the page says so when it asks again."""
        intent = await _waiting(shop, type_)
        address = shop.address(intent)
        assert await post(browser, address, given) == (303, address)
        state = await shop.state(intent)
        assert state.status is Status.REQUIRES_ACTION
        assert state.attempt is not None
        assert state.attempt.tries == 1
        text = (await get(browser, address))[1]
        assert "Tries left: " in text
        assert 'aria-describedby="mismatch" autofocus' in text

    @pytest.mark.parametrize(("case", "tries"), [(WRONG[0], 3), (WRONG[1], 10)])
    async def test_ends_after_the_last_try(
        self, shop: Shop, browser: ClientSession, case: tuple[str, dict[str, str]], tries: int
    ) -> None:
        """Three wrong pairs of amounts, or ten wrong codes, are too many."""
        intent = await _waiting(shop, case[0])
        address = shop.address(intent)
        for _ in range(tries - 1):
            assert await post(browser, address, case[1]) == (303, address)
        status, text = await post(browser, address, case[1])
        assert status == 200
        assert "All tries are used up" in text
        assert (await shop.state(intent)).status is Status.REQUIRES_PAYMENT_METHOD

    @pytest.mark.parametrize(
        ("type_", "given", "told"),
        [(*case, "All tries are used up") for case in TOO_OFTEN]
        + [(*case, "The time for this is over") for case in TOO_LATE],
    )
    async def test_takes_the_test_values(
        self, shop: Shop, browser: ClientSession, type_: str, given: dict[str, str], told: str
    ) -> None:
        """Published values stand for tries that are used up, and for being too late."""
        intent = await _waiting(shop, type_)
        assert told in (await post(browser, shop.address(intent), given))[1]
        assert (await shop.state(intent)).status is Status.REQUIRES_PAYMENT_METHOD


class TestMeanwhile:
    async def test_verifies_once_among_many(self, shop: Shop, browser: ClientSession) -> None:
        """Of right answers at the same instant one counts, and all see the account verified."""
        intent = await _waiting(shop, CODE)
        address, given = shop.address(intent), RIGHT[1][1]
        answers = await asyncio.gather(*(post(browser, address, given) for _ in range(8)))
        assert all("Account verified" in text for _, text in answers)
        topics = [recorded.topic for recorded in await shop.history(intent)]
        assert topics.count("SetupIntentSucceeded") == 1

    async def test_does_not_reach_the_next_attempt(
        self, shop: Shop, browser: ClientSession
    ) -> None:
        """A page left open verifies its own attempt only, though the deposits are the same."""
        intent = await _waiting(shop, CODE)
        await shop.confirm(intent, form(CODE))
        text = (await post(browser, shop.address(intent), RIGHT[1][1]))[1]
        assert "Replaced by another page" in text
        assert (await shop.state(intent)).status is Status.REQUIRES_ACTION

    async def test_is_over_after_ten_days(self, shop: Shop) -> None:
        """After ten days the page asks nothing, and a right answer comes too late."""
        intent = await _waiting(shop, CODE)
        for days, status in ((9, 200), (10, 410)):
            later = shop.pages_at(AT + days * DAYS_S)
            async with serving(later) as url, ClientSession(url) as browser:
                assert (await get(browser, shop.address(intent)))[0].status == status
                if status == 410:
                    text = (await post(browser, shop.address(intent), RIGHT[1][1]))[1]
                    assert "Too late" in text
        assert (await shop.state(intent)).status is Status.REQUIRES_PAYMENT_METHOD

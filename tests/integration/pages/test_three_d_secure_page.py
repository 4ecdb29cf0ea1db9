"""The 3-D Secure page over HTTP and a real log: who may see it, and what its answers lead to."""

import asyncio
from collections import Counter
from collections.abc import Sequence

import pytest
from aiohttp import ClientSession

from service.domain.recorded import Recorded
from service.domain.values import Actor, Status
from tests.authenticating import BACK, COMPLETE, DECLINED_AFTERWARDS, FAIL, Shop, get, post, serving


def _outcomes(history: Sequence[Recorded]) -> Counter[str]:
    ends = {"SetupIntentSucceeded", "SetupIntentSetupFailed"}
    return Counter(each.topic for each in history if each.topic in ends)


class TestShowing:
    async def test_names_what_is_decided(self, shop: Shop, browser: ClientSession) -> None:
        """The page tells the mode, the card, the intent, and offers two answers."""
        intent = await shop.waiting(return_url=BACK)
        answer, text = await get(browser, shop.address(intent))
        assert answer.status == 200
        for told in (
            "Test mode",
            "Visa ending in 3220",
            intent,
            'value="complete"',
            'value="fail"',
        ):
            assert told in text

    async def test_lets_nothing_in_or_out(self, shop: Shop, browser: ClientSession) -> None:
        """The page runs nothing, is kept nowhere, and its address goes nowhere."""
        answer, text = await get(browser, shop.address(await shop.waiting()))
        policy = answer.headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'; base-uri 'none'; style-src 'sha256-")
        assert policy.endswith("form-action 'self'")
        assert "unsafe" not in policy
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["Request-Id"].startswith("req_")
        assert "_secret_" not in text

    async def test_changes_nothing_by_being_looked_at(
        self, shop: Shop, browser: ClientSession
    ) -> None:
        """A GET or a HEAD, by a person or a scanner, appends nothing."""
        intent = await shop.waiting()
        before = await shop.history(intent)
        await get(browser, shop.address(intent))
        async with browser.head(shop.address(intent)) as answer:
            assert answer.status == 200
        assert await shop.history(intent) == before

    async def test_offers_nothing_once_decided(self, shop: Shop, browser: ClientSession) -> None:
        """The page of an attempt that is over says so, and leads back."""
        intent = await shop.waiting(return_url=BACK)
        await shop.cancel(intent)
        answer, text = await get(browser, shop.address(intent))
        assert answer.status == 410
        assert "<form" not in text
        assert shop.back(intent, "failed").replace("&", "&amp;") in text

    async def test_offers_nothing_in_live_mode(self, shop: Shop, browser: ClientSession) -> None:
        """An attempt in live mode is neither decided here nor led away from."""
        intent = await shop.live()
        answer, text = await get(browser, shop.address(intent))
        assert answer.status == 410
        assert BACK not in text
        assert (await post(browser, shop.address(intent), COMPLETE))[0] == 200
        assert (await shop.history(intent))[-1].topic == "SetupIntentActionRequired"


class TestSignature:
    @pytest.mark.parametrize(
        "wrong", ["", "?signature=", "?signature=abc", "?signature=%ff", "?signature=%C3%BC"]
    )
    async def test_tells_nothing_without_it(
        self, shop: Shop, browser: ClientSession, wrong: str
    ) -> None:
        """A missing and a wrong signature show what an address shows that never was one."""
        intent = await shop.waiting()
        path = shop.address(intent).partition("?")[0]
        answer, text = await get(browser, path + wrong)
        _, nowhere = await get(browser, f"/setup/nothing{wrong}")
        assert answer.status == 404
        assert text == nowhere

    async def test_opens_one_attempt_only(self, shop: Shop, browser: ClientSession) -> None:
        """The signature of one attempt neither shows nor completes another's."""
        own, other = await shop.waiting(), await shop.waiting()
        signature = shop.address(own).partition("?")[2]
        forged = f"{shop.address(other).partition('?')[0]}?{signature}"
        assert (await get(browser, forged))[0].status == 404
        assert (await post(browser, forged, COMPLETE))[0] == 404
        assert (await shop.state(other)).status is Status.REQUIRES_ACTION

    async def test_does_not_open_what_was_never_there(
        self, shop: Shop, browser: ClientSession
    ) -> None:
        """An attempt that the log does not know is a 404 even with its signature."""
        intent = await shop.waiting()
        assert (await get(browser, shop.address(intent, 2)))[0].status == 404
        assert (await get(browser, shop.address("seti_nonsense")))[0].status == 404

    async def test_reads_raw_bytes_as_no_attempt(self, shop: Shop) -> None:
        """Bytes in the path that are no text are a 404."""
        async with serving(shop.pages) as url:
            host, port = url.removeprefix("http://").split(":")
            reader, writer = await asyncio.open_connection(host, int(port))
            writer.write(b"GET /setup/%ff\xff?signature=\xfe HTTP/1.0\r\n\r\n")
            answer = await reader.read()
            writer.close()
            await writer.wait_closed()
        assert answer.split()[1] in {b"400", b"404"}


class TestDeciding:
    async def test_completes(self, shop: Shop, browser: ClientSession) -> None:
        """Complete sets the card up and leads back with the success."""
        intent = await shop.waiting(return_url=BACK)
        answer = await post(browser, shop.address(intent), COMPLETE)
        assert answer == (303, shop.back(intent, "succeeded"))
        assert (await shop.state(intent)).status is Status.SUCCEEDED

    async def test_fails(self, shop: Shop, browser: ClientSession) -> None:
        """Fail resets the intent and leads back with the failure."""
        intent = await shop.waiting(return_url=BACK)
        answer = await post(browser, shop.address(intent), FAIL)
        assert answer == (303, shop.back(intent, "failed"))
        assert (await shop.state(intent)).status is Status.REQUIRES_PAYMENT_METHOD

    async def test_tells_a_decline_afterwards(self, shop: Shop, browser: ClientSession) -> None:
        """A card may be declined though its holder has authenticated."""
        intent = await shop.waiting(DECLINED_AFTERWARDS, return_url=BACK)
        answer = await post(browser, shop.address(intent), COMPLETE)
        assert answer == (303, shop.back(intent, "failed"))

    async def test_attaches_to_the_customer(self, shop: Shop, browser: ClientSession) -> None:
        """What was completed belongs to the intent's customer."""
        customer = await shop.customer()
        intent = await shop.waiting(customer=customer)
        await post(browser, shop.address(intent), COMPLETE)
        method = (await shop.state(intent)).payment_method
        assert [each.topic for each in await shop.history(customer)] == [
            "CustomerCreated",
            "CustomerPaymentMethodAdded",
        ]
        assert (await shop.history(str(method)))[-1].topic == "PaymentMethodAttached"

    async def test_leads_back_to_an_app(self, shop: Shop, browser: ClientSession) -> None:
        """A scheme of an app's own, its query and its fragment survive."""
        intent = await shop.waiting(return_url="myapp://Done?order=%7e1#top")
        status, location = await post(browser, shop.address(intent), COMPLETE)
        assert status == 303
        assert location == shop.back(intent, "succeeded", "myapp://Done?order=%7e1&") + "#top"

    async def test_ends_without_a_way_back(self, shop: Shop, browser: ClientSession) -> None:
        """Where the SDK waits instead of an address, the customer may close the window."""
        intent = await shop.waiting(use_stripe_sdk=True)
        status, text = await post(browser, shop.address(intent), COMPLETE)
        assert status == 200
        assert "You may close this window." in text
        assert (await shop.state(intent)).status is Status.SUCCEEDED

    async def test_is_recorded_with_its_request(self, shop: Shop, browser: ClientSession) -> None:
        """The log tells the request that decided, and the address it came from."""
        intent = await shop.waiting()
        async with browser.post(shop.address(intent), data=FAIL) as answer:
            request = answer.headers["Request-Id"]
        last = (await shop.history(intent))[-1]
        assert last.actor == Actor(request=request, address="127.0.0.1")


class TestDecidingTwice:
    async def test_keeps_the_first_answer(self, shop: Shop, browser: ClientSession) -> None:
        """A second answer leads back with the outcome that stands, and changes nothing."""
        intent = await shop.waiting(return_url=BACK)
        for form in (FAIL, COMPLETE, FAIL):
            answer = await post(browser, shop.address(intent), form)
            assert answer == (303, shop.back(intent, "failed"))
        assert _outcomes(await shop.history(intent)) == {"SetupIntentSetupFailed": 1}

    async def test_decides_once_among_many(self, shop: Shop, browser: ClientSession) -> None:
        """Of answers at the same instant one counts, and all lead back with it."""
        intent = await shop.waiting(return_url=BACK, customer=await shop.customer())
        address = shop.address(intent)
        forms = [COMPLETE, FAIL] * 8
        answers = await asyncio.gather(*(post(browser, address, form) for form in forms))
        outcomes = _outcomes(await shop.history(intent))
        succeeded = "SetupIntentSucceeded" in outcomes
        assert outcomes.total() == 1
        assert set(answers) == {(303, shop.back(intent, "succeeded" if succeeded else "failed"))}

    async def test_does_not_reach_the_next_attempt(
        self, shop: Shop, browser: ClientSession
    ) -> None:
        """A page left open decides its own attempt only, however often one is begun."""
        intent = await shop.waiting(return_url=BACK)
        await shop.confirm(intent, return_url="https://shop.example/second")
        answer = await post(browser, shop.address(intent), COMPLETE)
        assert answer == (303, shop.back(intent, "failed"))
        assert (await shop.state(intent)).status is Status.REQUIRES_ACTION
        assert (await get(browser, shop.address(intent, 2)))[0].status == 200

    async def test_ends_what_cannot_be_kept(self, shop: Shop, browser: ClientSession) -> None:
        """Where the customer is gone meanwhile, a yes sends back to the shop with a failure."""
        customer = await shop.customer()
        intent = await shop.waiting(customer=customer, return_url=BACK)
        await shop.delete_customer(customer)
        answer = await post(browser, shop.address(intent), COMPLETE)
        assert answer == (303, shop.back(intent, "failed"))
        assert (await shop.state(intent)).status is Status.REQUIRES_PAYMENT_METHOD

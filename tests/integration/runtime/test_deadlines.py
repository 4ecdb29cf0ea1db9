"""What follows when an instant has come. The clock is the test's."""

import asyncio
from pathlib import Path

import pytest

from projections.keys import deadline_member, deadlines_key
from projections.views import ViewsIncomplete
from service.domain.errors import AttemptNotWaiting
from service.domain.values import AttemptStatus, MandateStatus, Status
from service.gateways.port import Deposits
from tests.eventually import eventually
from tests.read_model import OWNER
from tests.timed import Timed, timed_in
from tests.valkey import Valkey

DAY_S = 24 * 3600
RIGHT = Deposits(amounts=(32, 45))


async def failed_with(timed: Timed, name: str) -> str:
    """Return the code of the error that the intent *name* came to last."""
    history = await timed.house.log.load(name)
    code: str = history[-1].event.error["code"]  # type: ignore[union-attr]  # The last event is a failure.
    return code


async def authorise(timed: Timed, name: str) -> None:
    """Say yes on the page that the intent *name* waits for."""
    attempt = (await timed.state(name)).attempt
    assert attempt is not None
    await timed.does(
        lambda unit: timed.attempts.authenticate(unit, attempt.id, timed.at, completed=True)
    )


class TestMicrodeposits:
    async def test_can_be_verified_for_ten_days(self, timed: Timed) -> None:
        """Until then nothing happens by itself; then the intent wants another method."""
        name = await timed.confirmed("us_bank_account")
        timed.now += 10 * DAY_S - 1
        assert await timed.deadlines.round() == 0
        assert (await timed.state(name)).status is Status.REQUIRES_ACTION
        timed.now += 1
        assert await timed.deadlines.round() == 1
        intent = await timed.state(name)
        assert (intent.status, intent.payment_method) == (Status.REQUIRES_PAYMENT_METHOD, None)
        assert await failed_with(timed, name) == (
            "payment_method_microdeposit_verification_timeout"
        )

    async def test_take_their_mandate_along(self, timed: Timed) -> None:
        """A mandate that waited for its account never holds."""
        name = await timed.confirmed("us_bank_account")
        assert (await timed.mandate(name)).status is MandateStatus.PENDING
        timed.now += 10 * DAY_S
        await timed.deadlines.round()
        assert (await timed.mandate(name)).status is MandateStatus.INACTIVE

    async def test_come_too_late_though_nobody_has_noticed(self, timed: Timed) -> None:
        """Who names them after ten days finds the attempt over, whoever writes that down."""
        name = await timed.confirmed("us_bank_account")
        timed.now += 10 * DAY_S
        await timed.does(lambda unit: timed.attempts.verify(unit, name, timed.at, RIGHT))
        assert (await timed.state(name)).status is Status.REQUIRES_PAYMENT_METHOD
        assert await timed.deadlines.round() == 0

    async def test_that_were_verified_never_expire(self, timed: Timed) -> None:
        """What is over waits for nothing."""
        name = await timed.confirmed("us_bank_account")
        await timed.does(lambda unit: timed.attempts.verify(unit, name, timed.at, RIGHT))
        timed.now += 20 * DAY_S
        assert await timed.deadlines.round() == 0
        assert (await timed.state(name)).status is Status.SUCCEEDED


class TestPages:
    @pytest.mark.parametrize(("type_", "lasts_s"), [("cashapp", 600), ("pix", 14400), ("upi", 300)])
    async def test_that_show_a_code_expire(self, timed: Timed, type_: str, lasts_s: int) -> None:
        """A code that nobody has scanned in time ends the attempt."""
        name = await timed.confirmed(type_)
        timed.now += lasts_s
        assert await timed.deadlines.round() == 1
        assert await failed_with(timed, name) == "setup_intent_setup_attempt_expired"

    async def test_that_are_left_open_too_long_are_over(self, timed: Timed) -> None:
        """A customer who says yes after the end is told that it is over."""
        name = await timed.confirmed("cashapp")
        timed.now += 600
        await authorise(timed, name)
        assert await failed_with(timed, name) == "setup_intent_setup_attempt_expired"
        with pytest.raises(AttemptNotWaiting):
            await authorise(timed, name)

    async def test_that_redirect_do_not_expire(self, timed: Timed) -> None:
        """Nobody says until when, so a customer may come back whenever."""
        name = await timed.confirmed("paypal")
        timed.now += 90 * DAY_S
        assert await timed.deadlines.round() == 0
        assert (await timed.state(name)).status is Status.REQUIRES_ACTION

    async def test_in_an_app_are_answered_there(self, timed: Timed) -> None:
        """A code of BLIK is approved in the bank's app, of which nobody hears before."""
        name = await timed.confirmed("blik")
        timed.now += 10
        assert await timed.deadlines.round() == 1
        assert (await timed.state(name)).status is Status.SUCCEEDED


class TestProcessing:
    async def test_is_settled_when_the_provider_answers(self, timed: Timed) -> None:
        """The intent succeeds, its payment method is the customer's, and its mandate holds."""
        customer = await timed.customer()
        name = await timed.confirmed("bacs_debit", customer=customer)
        assert (await timed.state(name)).status is Status.PROCESSING
        timed.now += 180
        assert await timed.deadlines.round() == 1
        assert (await timed.state(name)).status is Status.SUCCEEDED
        assert (await timed.mandate(name)).status is MandateStatus.ACTIVE
        assert "CustomerPaymentMethodAdded" in await timed.told(customer)

    async def test_may_never_end(self, timed: Timed) -> None:
        """One of the test accounts stays processing for ever."""
        name = await timed.confirmed(
            "us_bank_account", account_number="000000000009", account_holder_type="individual"
        )
        await timed.does(lambda unit: timed.attempts.verify(unit, name, timed.at, RIGHT))
        timed.now += 365 * DAY_S
        assert await timed.deadlines.round() == 0
        assert (await timed.state(name)).status is Status.PROCESSING

    async def test_whose_outcome_nothing_takes_has_failed(self, timed: Timed) -> None:
        """Where the customer is gone meanwhile, the attempt fails rather than wait for ever."""
        customer = await timed.customer()
        name = await timed.confirmed("bacs_debit", customer=customer)
        await timed.delete_customer(customer)
        timed.now += 180
        assert await timed.deadlines.round() == 1
        intent = await timed.state(name)
        assert intent.status is Status.REQUIRES_PAYMENT_METHOD
        assert intent.attempt is not None
        assert intent.attempt.status is AttemptStatus.FAILED
        assert await failed_with(timed, name) == "setup_attempt_failed"


class TestWhatIsGoneMeanwhile:
    """Between a confirmation and what concludes it, anything may be taken away."""

    @pytest.mark.parametrize("type_", ["paypal", "ideal"])
    async def test_fails_what_a_customer_authorises(self, timed: Timed, type_: str) -> None:
        """Where the intent's customer was deleted, a yes on the page ends the attempt too."""
        customer = await timed.customer()
        name = await timed.confirmed(type_, customer=customer)
        await timed.delete_customer(customer)
        await authorise(timed, name)
        assert (await timed.state(name)).status is Status.REQUIRES_PAYMENT_METHOD
        assert await failed_with(timed, name) == "setup_attempt_failed"

    async def test_fails_what_was_verified(self, timed: Timed) -> None:
        """Microdeposits named rightly for a customer who was deleted end the attempt."""
        customer = await timed.customer()
        name = await timed.confirmed("us_bank_account", customer=customer)
        await timed.delete_customer(customer)
        await timed.does(lambda unit: timed.attempts.verify(unit, name, timed.at, RIGHT))
        assert await failed_with(timed, name) == "setup_attempt_failed"
        assert (await timed.mandate(name)).status is MandateStatus.INACTIVE

    async def test_fails_a_detached_payment_method(self, timed: Timed) -> None:
        """Who authorises a payment method that was detached meanwhile has set up nothing."""
        customer = await timed.customer()
        first = await timed.confirmed("paypal", customer=customer)
        await authorise(timed, first)
        held = (await timed.state(first)).payment_method
        assert held is not None
        second = await timed.confirmed_with(held, customer)
        await timed.detach(held)
        await authorise(timed, second)
        assert await failed_with(timed, second) == "setup_attempt_failed"


class TestRound:
    async def test_races_with_a_customer(self, timed: Timed) -> None:
        """Deposits named in the second that they expire end the attempt once, not twice."""
        name = await timed.confirmed("us_bank_account")
        timed.now += 10 * DAY_S
        verifying = timed.does(lambda unit: timed.attempts.verify(unit, name, timed.at, RIGHT))
        rounds = timed.deadlines.round(), timed.deadlines.round()
        await asyncio.gather(*rounds, verifying, return_exceptions=True)
        assert (await timed.told(name)).count("SetupIntentSetupFailed") == 1
        assert (await timed.state(name)).status is Status.REQUIRES_PAYMENT_METHOD
        assert (await timed.mandate(name)).status is MandateStatus.INACTIVE

    async def test_settles_a_crowd_of_one_customer(self, timed: Timed) -> None:
        """Many that come due at once for one customer are met in one round."""
        customer = await timed.customer()
        for _ in range(20):
            await timed.confirmed("bacs_debit", customer=customer)
        timed.now += 180
        assert await timed.deadlines.round() == 20

    async def test_decides_once(self, timed: Timed) -> None:
        """What was met is not met again, however often anybody looks."""
        name = await timed.confirmed("cashapp")
        timed.now += 600
        assert [await timed.deadlines.round() for _ in range(3)] == [1, 0, 0]
        assert (await timed.told(name)).count("SetupIntentSetupFailed") == 1

    async def test_drops_what_it_should_not_have_found(self, timed: Timed, valkey: Valkey) -> None:
        """A wait that is over, and still listed, leads to nothing and leaves the list."""
        name = await timed.confirmed("cashapp")
        timed.now += 600
        await timed.deadlines.round()
        views, key = timed.house.model.views, deadlines_key(1)
        with valkey.client() as client:
            client.zadd(key, {deadline_member(OWNER, name): timed.at})
        assert await views.due(timed.at, 10) == [(OWNER, name)]
        assert await timed.deadlines.round() == 0
        assert await views.due(timed.at, 10) == []

    async def test_makes_up_for_a_long_absence(self, timed: Timed) -> None:
        """A clock that jumps finds everything due at once, whenever that was."""
        names = [await timed.confirmed(type_) for type_ in ("cashapp", "pix", "us_bank_account")]
        timed.now += 400 * DAY_S
        assert await timed.deadlines.round() == 3
        statuses = {(await timed.state(name)).status for name in names}
        assert statuses == {Status.REQUIRES_PAYMENT_METHOD}

    async def test_makes_nothing_of_a_clock_that_goes_back(self, timed: Timed) -> None:
        """An earlier instant is nothing to act upon."""
        await timed.confirmed("cashapp")
        timed.now -= 30 * DAY_S
        assert await timed.deadlines.round() == 0

    async def test_waits_for_views_that_were_flushed(self, timed: Timed, valkey: Valkey) -> None:
        """What was due before a flush is due after the views are built anew."""
        name = await timed.confirmed("cashapp")
        with valkey.client() as client:
            client.flushall()
        timed.now += 600
        with pytest.raises(ViewsIncomplete):
            await timed.deadlines.round()
        await eventually(lambda: timed.house.model.trust.trusted)
        assert await timed.deadlines.round() == 1
        assert (await timed.state(name)).status is Status.REQUIRES_PAYMENT_METHOD

    async def test_goes_on_after_a_restart(self, tmp_path: Path, valkey: Valkey) -> None:
        """What a process leaves waiting, the next one sees to."""
        async with timed_in(tmp_path, valkey) as before:
            name = await before.confirmed("cashapp")
        async with timed_in(tmp_path, valkey) as after:
            after.now += 600
            assert await after.deadlines.round() == 1
            assert (await after.state(name)).status is Status.REQUIRES_PAYMENT_METHOD

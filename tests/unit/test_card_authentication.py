"""Whom a card asks to authenticate, and what counts in place of asking."""

from typing import Any

import pytest

from service.domain.verdicts import ActionRequired, Declined, Succeeded
from service.gateways.port import Published
from tests import simulated as s

ALWAYS = Published("pm_card_threeDSecure2Required")
DECLINED = Published("pm_card_threeDSecureRequiredChargeDeclined")
GIVEN: dict[str, Any] = {
    "ares_trans_status": "Y",
    "electronic_commerce_indicator": "05",
    "transaction_id": "b3d1",
    "version": "2.1.0",
}


class TestMailOrder:
    def test_asks_nobody(self) -> None:
        """There is no customer who could authenticate, so the card is set up at once."""
        verdict = s.SIMULATOR.set_up(s.attempt(ALWAYS, moto=True))
        assert isinstance(verdict, Succeeded)
        assert verdict.three_d_secure is None

    def test_is_declined_all_the_same(self) -> None:
        """What the issuer says after an authentication it says without one."""
        assert isinstance(s.SIMULATOR.set_up(s.attempt(DECLINED, moto=True)), Declined)

    def test_has_to_be_one(self) -> None:
        """An option that is off changes nothing."""
        assert isinstance(s.SIMULATOR.set_up(s.attempt(ALWAYS, moto=False)), ActionRequired)


class TestElsewhere:
    @pytest.mark.parametrize(
        ("status", "result"),
        [("Y", "authenticated"), ("A", "attempt_acknowledged"), ("I", "exempted")],
    )
    def test_counts_as_passed(self, status: str, result: str) -> None:
        """A customer who has authenticated with another service is not asked again."""
        given = {**GIVEN, "ares_trans_status": status}
        verdict = s.SIMULATOR.set_up(s.attempt(ALWAYS, three_d_secure=given))
        assert isinstance(verdict, Succeeded)
        assert verdict.three_d_secure is not None
        shown = {
            name: verdict.three_d_secure[name] for name in GIVEN if name in verdict.three_d_secure
        }
        assert shown == {name: GIVEN[name] for name in GIVEN if name != "ares_trans_status"}
        assert verdict.three_d_secure["result"] == result

    @pytest.mark.parametrize("status", ["C", "N", "R", "U"])
    def test_counts_for_nothing_where_it_failed(self, status: str) -> None:
        """An authentication that was not passed has to be passed here."""
        given = {**GIVEN, "ares_trans_status": status}
        verdict = s.SIMULATOR.set_up(s.attempt(ALWAYS, three_d_secure=given))
        assert isinstance(verdict, ActionRequired)

    def test_is_shown_with_a_decline(self) -> None:
        """The attempt tells of it also where the issuer says no."""
        verdict = s.SIMULATOR.set_up(s.attempt(DECLINED, three_d_secure=GIVEN))
        assert isinstance(verdict, Declined)
        assert verdict.three_d_secure is not None
        assert verdict.three_d_secure["result"] == "authenticated"

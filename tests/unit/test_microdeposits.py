"""Accounts whose owner has to show that they are theirs, and how microdeposits show it."""

from typing import Any

import pytest

from service.domain.verdicts import ActionRequired, Declined, Mismatch, Processing, Succeeded
from service.gateways.port import Deposits
from tests.setting_up import attempt, method
from tests.simulated import AT, SIMULATOR

VERIFIED = ["acss_debit", "us_bank_account"]
PREFIX = "payment_method_microdeposit_verification_"


class TestAsking:
    @pytest.mark.parametrize(
        ("type_", "kind"), [("acss_debit", "amounts"), ("us_bank_account", "descriptor_code")]
    )
    @pytest.mark.parametrize("asked", [{}, {"verification_method": "microdeposits"}])
    def test_deposits_are_sent_to_an_account_that_was_typed_in(
        self, type_: str, kind: str, asked: dict[str, Any]
    ) -> None:
        """They arrive two business days later, and can be verified for ten days."""
        verdict = SIMULATOR.set_up(attempt(type_, **asked))
        assert isinstance(verdict, ActionRequired)
        assert verdict.action == "verify_with_microdeposits"
        assert verdict.expires_at == AT + 10 * 24 * 3600
        # From Monday, 21 September 2026.
        assert verdict.shown == {"arrival_date": 1_790_121_600, "microdeposit_type": kind}
        assert verdict.mandate is not None

    @pytest.mark.parametrize("type_", VERIFIED)
    def test_nothing_else_verifies_it_at_once(self, type_: str) -> None:
        """An account that was typed in cannot be verified instantly."""
        verdict = SIMULATOR.set_up(attempt(type_, verification_method="instant"))
        assert isinstance(verdict, Declined)
        assert verdict.reason.code == "bank_account_unverified"

    @pytest.mark.parametrize("name", ["pm_usBankAccount_success", "pm_acssDebit_success"])
    @pytest.mark.parametrize("asked", ["automatic", "instant"])
    def test_published_accounts_are_verified(self, name: str, asked: str) -> None:
        """A published name goes past the verification."""
        verdict = SIMULATOR.set_up(attempt(name, verification_method=asked))
        assert isinstance(verdict, Succeeded)

    @pytest.mark.parametrize("name", ["pm_usBankAccount_success", "pm_acssDebit_success"])
    def test_published_accounts_are_verified_again_if_asked(self, name: str) -> None:
        """Who asks for microdeposits gets them."""
        verdict = SIMULATOR.set_up(attempt(name, verification_method="microdeposits"))
        assert isinstance(verdict, ActionRequired)

    @pytest.mark.parametrize("type_", VERIFIED)
    def test_a_customers_account_was_verified_before(self, type_: str) -> None:
        """Only a verified account becomes a customer's, so it is set up at once."""
        owned = method(type_, customer="cus_1")
        verdict = SIMULATOR.set_up(attempt(owned, verification_method="microdeposits"))
        assert isinstance(verdict, Succeeded)

    def test_deposits_that_cannot_be_sent_end_the_setup(self) -> None:
        """The account that takes no deposits fails where they would be sent."""
        asked = attempt(method("us_bank_account", account_number="000666666661"))
        verdict = SIMULATOR.set_up(asked)
        assert isinstance(verdict, Declined)
        assert verdict.reason.code == "payment_method_microdeposit_failed"

    def test_may_process_for_ever(self) -> None:
        """The published account that stays processing does so without a verification."""
        verdict = SIMULATOR.set_up(attempt("pm_usBankAccount_processing"))
        assert isinstance(verdict, Processing)
        assert verdict.settles_at is None

    @pytest.mark.parametrize("type_", VERIFIED)
    def test_an_account_is_attached_once_it_is_verified(self, type_: str) -> None:
        """The check before an attachment asks for the setup first."""
        assert isinstance(SIMULATOR.check(method(type_)), ActionRequired)
        assert isinstance(SIMULATOR.check(method("sepa_debit")), Succeeded)


class TestVerifying:
    @pytest.mark.parametrize("type_", VERIFIED)
    @pytest.mark.parametrize(
        "deposits",
        [
            Deposits(amounts=(32, 45)),
            Deposits(amounts=(45, 32)),
            Deposits(descriptor_code="SM11AA"),
            Deposits(descriptor_code="sm11aa"),
        ],
        ids=["amounts", "turned", "code", "small"],
    )
    def test_succeeds(self, type_: str, deposits: Deposits) -> None:
        """The right values verify the account, whichever way it was asked to be."""
        assert isinstance(SIMULATOR.verify(attempt(type_), deposits), Succeeded)

    @pytest.mark.parametrize(
        ("deposits", "code", "final"),
        [
            (Deposits(amounts=(10, 11)), "attempts_exceeded", True),
            (Deposits(descriptor_code="SM33CC"), "attempts_exceeded", True),
            (Deposits(amounts=(40, 41)), "timeout", True),
            (Deposits(descriptor_code="SM44DD"), "timeout", True),
            (Deposits(amounts=(1, 2)), "amounts_mismatch", False),
            (Deposits(amounts=(32, 32)), "amounts_mismatch", False),
            (Deposits(descriptor_code="SM0000"), "descriptor_code_mismatch", False),
        ],
    )
    def test_fails(self, deposits: Deposits, code: str, final: bool) -> None:  # noqa: FBT001 (A column of the table.)
        """Every other value fails, and some of them for good."""
        mismatch = SIMULATOR.verify(attempt("us_bank_account"), deposits)
        assert isinstance(mismatch, Mismatch)
        assert (mismatch.reason.code, mismatch.final) == (PREFIX + code, final)
        assert mismatch.reason.type == "invalid_request_error"

    @pytest.mark.parametrize(
        ("type_", "allowed"),
        [("acss_debit", 3), ("us_bank_account", 10)],
        ids=["amounts", "descriptor_code"],
    )
    @pytest.mark.parametrize(
        "deposits",
        [Deposits(amounts=(1, 2)), Deposits(descriptor_code="SM0000")],
        ids=["tried by amounts", "tried by a code"],
    )
    def test_ends_with_the_last_try(self, type_: str, deposits: Deposits, allowed: int) -> None:
        """Where amounts are asked for there are three tries, and ten where a code is."""
        outcomes: list[Any] = [
            SIMULATOR.verify(attempt(type_, tries=tries), deposits) for tries in range(allowed)
        ]
        assert [one.final for one in outcomes] == [False] * (allowed - 1) + [True]
        assert outcomes[-1].reason.code == f"{PREFIX}attempts_exceeded"

    def test_goes_on_to_processing(self) -> None:
        """The account that stays processing does so once it is verified."""
        asked = attempt(method("us_bank_account", account_number="000000000009"))
        verdict = SIMULATOR.verify(asked, Deposits(amounts=(32, 45)))
        assert isinstance(verdict, Processing)

    @pytest.mark.parametrize("type_", VERIFIED)
    def test_comes_too_late(self, type_: str) -> None:
        """After ten days the setup has failed."""
        verdict = SIMULATOR.expire(attempt(type_))
        assert isinstance(verdict, Declined)
        assert verdict.reason.code == f"{PREFIX}timeout"

"""The gateway of the test cards: what it keeps, finds, asks for and declines."""

from typing import Any

import pytest

from service.domain import errors
from service.domain.verdicts import ActionRequired, Declined, Succeeded
from service.gateways.port import CardNumber, Published, Token
from tests import simulated as s

SIMULATOR = s.SIMULATOR


class TestTokenize:
    def test_keeps_what_a_payment_method_shows(self) -> None:
        """The details are those of a card, with checks still open, and no number."""
        details = s.tokenize(s.card(), s.BILLING).details
        assert list(details) == sorted(details)
        assert details["checks"] == {
            "address_line1_check": "unchecked",
            "address_postal_code_check": "unchecked",
            "cvc_check": "unchecked",
        }
        assert (details["brand"], details["last4"], details["exp_year"]) == ("visa", "4242", 2034)
        assert "4242424242424242" not in str(details)

    def test_checks_nothing_that_was_not_sent(self) -> None:
        """Without a code and an address the checks are null."""
        checks = s.tokenize(s.card(cvc=None)).details["checks"]
        assert set(checks.values()) == {None}

    def test_lets_published_cards_expire_in_a_year(self) -> None:
        """A token expires twelve months ahead."""
        details = s.tokenize(Token("tok_visa")).details
        assert (details["exp_month"], details["exp_year"]) == (9, 2027)

    def test_names_the_networks(self) -> None:
        """A co-branded card can run on two."""
        networks = s.tokenize(Published("pm_card_visa_cartesBancaires")).details["networks"]
        assert networks == {"available": ["cartes_bancaires", "visa"], "preferred": None}

    def test_writes_brands_as_cards_do(self) -> None:
        """The displayed brand has a word of its own for some."""
        details = s.tokenize(Published("pm_card_amex")).details
        assert (details["brand"], details["display_brand"]) == ("amex", "american_express")
        assert details["three_d_secure_usage"] == {"supported": False}

    @pytest.mark.parametrize(
        ("instrument", "livemode", "decline_code"),
        [
            (s.card("4111111111111111"), False, "test_mode_live_card"),
            (s.card("4111111111111111"), True, "service_not_allowed"),
            (s.card(), True, "testmode_decline"),
            (Token("tok_visa"), True, "testmode_decline"),
            (Published("pm_card_visa"), True, "testmode_decline"),
        ],
    )
    def test_takes_test_cards_in_test_mode_only(
        self,
        instrument: CardNumber | Token | Published,
        livemode: bool,  # noqa: FBT001 (A column of the table.)
        decline_code: str,
    ) -> None:
        """A real card in test mode is declined, and so is any card in live mode."""
        with pytest.raises(errors.CardRefused) as refused:
            s.tokenize(instrument, livemode=livemode)
        assert refused.value.code == "card_declined"
        assert refused.value.reason.decline_code == decline_code

    @pytest.mark.parametrize(
        ("instrument", "reason", "param"),
        [
            (Published("pm_card_unheardOf"), errors.ResourceMissing, "payment_method"),
            (Token("tok_unheardOf"), errors.ResourceMissing, "token"),
            (Token("pm_card_visa"), errors.InvalidToken, "token"),
        ],
    )
    def test_knows_the_published_names(
        self, instrument: Token | Published, reason: type[errors.Refused], param: str
    ) -> None:
        """A name that is not published is refused, and a payment method is no token."""
        with pytest.raises(reason) as refused:
            s.tokenize(instrument)
        assert refused.value.param == param
        assert instrument.id in refused.value.message


class TestCheck:
    @pytest.mark.parametrize(
        ("name", "declined"),
        [
            ("visa", False),
            ("chargeCustomerFail", False),
            ("cvcCheckFail", False),
            ("threeDSecure2Required", False),
            ("threeDSecureRequiredChargeDeclined", False),
            ("chargeDeclined", True),
            ("chargeDeclinedExpiredCard", True),
            ("chargeDeclinedIncorrectCvc", True),
            ("radarBlock", True),
        ],
    )
    def test_declines_cards_that_decline(self, name: str, declined: bool) -> None:  # noqa: FBT001 (A column of the table.)
        """Declining cards cannot be attached; those that authenticate can."""
        verdict = SIMULATOR.check(s.method(Published(f"pm_card_{name}")))
        assert isinstance(verdict, Declined if declined else Succeeded)
        assert verdict.details["checks"]["cvc_check"] != "unchecked"

    @pytest.mark.parametrize(
        ("number", "line1", "postal_code", "cvc"),
        [
            ("4242424242424242", "pass", "pass", "pass"),
            ("4000000000000101", "pass", "pass", "fail"),
            ("4000000000000036", "pass", "fail", "pass"),
            ("4000000000000028", "fail", "pass", "pass"),
            ("4000000000000010", "fail", "fail", "pass"),
            ("4000000000000044", "unavailable", "unavailable", "pass"),
        ],
    )
    def test_finds_what_the_card_is_for(
        self, number: str, line1: str, postal_code: str, cvc: str
    ) -> None:
        """The cards that fail a check fail that one."""
        checks = SIMULATOR.check(s.method(s.card(number), s.BILLING)).details["checks"]
        assert list(checks.values()) == [line1, postal_code, cvc]

    def test_finds_nothing_where_nothing_was_sent(self) -> None:
        """A check without its value stays null."""
        details = SIMULATOR.check(s.method(s.card("4000000000000010", cvc=None))).details
        assert set(details["checks"].values()) == {None}

    def test_of_an_expiry_refuses_a_month_that_is_over(self) -> None:
        """An update is held to the same as a new card."""
        SIMULATOR.check_expiry(9, 2026, s.AT)
        with pytest.raises(errors.CardRefused):
            SIMULATOR.check_expiry(8, 2026, s.AT)


class TestSetUp:
    def test_passes_the_code_even_of_a_declined_card(self) -> None:
        """The code is checked before the issuer says no."""
        verdict = SIMULATOR.set_up(s.attempt(Published("pm_card_chargeDeclined")))
        assert isinstance(verdict, Declined)
        assert verdict.details["checks"]["cvc_check"] == "pass"

    def test_tells_all_that_is_known_of_a_decline(self) -> None:
        """An expired card comes with the parameter and the network's codes."""
        verdict = SIMULATOR.set_up(s.attempt(Published("pm_card_chargeDeclinedExpiredCard")))
        assert isinstance(verdict, Declined)
        error = verdict.reason.as_error()
        assert error.pop("message")
        assert error == {
            "advice_code": "confirm_card_data",
            "code": "expired_card",
            "decline_code": "expired_card",
            "doc_url": "https://stripe.com/docs/error-codes/expired-card",
            "network_advice_code": "03",
            "network_decline_code": "54",
            "param": "exp_month",
            "type": "card_error",
        }

    def test_does_not_mind_a_code_that_was_not_sent(self) -> None:
        """The card with the wrong code succeeds without one."""
        verdict = SIMULATOR.set_up(s.attempt(s.card("4000000000000127", cvc=None)))
        assert isinstance(verdict, Succeeded)

    @pytest.mark.parametrize("asked", ["any", "challenge"])
    def test_challenges_where_it_is_asked_to(self, asked: str) -> None:
        """A card that may authenticate does where the merchant wants it."""
        card = Published("pm_card_threeDSecureOptional")
        verdict = SIMULATOR.set_up(s.attempt(card, request_three_d_secure=asked))
        assert isinstance(verdict, ActionRequired)

    def test_declines_where_the_lookup_fails(self) -> None:
        """An authentication that was asked for and cannot begin ends the attempt."""
        card = Published("pm_card_threeDSecureOptionalProcessingError")
        verdict = SIMULATOR.set_up(s.attempt(card, request_three_d_secure="any"))
        assert isinstance(verdict, Declined)
        assert verdict.reason.code == "card_declined"
        assert verdict.three_d_secure
        assert verdict.three_d_secure["result"] == "processing_error"

    @pytest.mark.parametrize(
        ("name", "shown"),
        [
            ("visa", {"result": "attempt_acknowledged", "electronic_commerce_indicator": "06"}),
            (
                "mastercard",
                {"result": "attempt_acknowledged", "electronic_commerce_indicator": "01"},
            ),
            ("amex", None),
        ],
    )
    def test_passes_a_card_that_is_not_enrolled(self, name: str, shown: Any) -> None:
        """Asked to authenticate, an issuer without 3-D Secure for the card lets it pass."""
        attempt = s.attempt(Published(f"pm_card_{name}"), request_three_d_secure="any")
        verdict = SIMULATOR.set_up(attempt)
        assert isinstance(verdict, Succeeded)
        assert (verdict.three_d_secure is None) is (shown is None)
        assert (verdict.three_d_secure or {}).items() >= (shown or {}).items()


class TestAuthenticate:
    def test_shows_a_passed_challenge(self) -> None:
        """The attempt tells how the customer authenticated, the same way each time."""
        attempt = s.attempt(Published("pm_card_threeDSecure2Required"))
        verdict = SIMULATOR.authenticate(attempt, completed=True)
        assert isinstance(verdict, Succeeded)
        shown = dict(verdict.three_d_secure or {})
        assert len(shown.pop("transaction_id")) == 36
        assert shown == {
            "authentication_flow": "challenge",
            "electronic_commerce_indicator": "05",
            "result": "authenticated",
            "result_reason": None,
            "version": "2.2.0",
        }
        assert SIMULATOR.authenticate(attempt, completed=True) == verdict

    def test_declines_a_failed_challenge(self) -> None:
        """It is no card error: the customer did not authenticate."""
        attempt = s.attempt(Published("pm_card_threeDSecure2Required"))
        verdict = SIMULATOR.authenticate(attempt, completed=False)
        assert isinstance(verdict, Declined)
        assert verdict.reason.code == "setup_intent_authentication_failure"
        assert verdict.reason.type == "invalid_request_error"
        assert verdict.three_d_secure
        assert verdict.three_d_secure["result"] == "failed"

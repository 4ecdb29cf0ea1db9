"""What comes of setting up each type of payment method but a card, from start to end."""

from typing import Any

import msgspec
import pytest

from service.domain.method_types import TYPES
from service.domain.verdicts import ActionRequired, Declined, Processing, Succeeded
from service.wire.resources import bank_accounts, wallets
from tests import builders as a
from tests.described import BILLING
from tests.setting_up import attempt, method
from tests.simulated import AT, SIMULATOR

REDIRECTS = [
    "amazon_pay",
    "bancontact",
    "bizum",
    "ideal",
    "kakao_pay",
    "klarna",
    "kr_card",
    "link",
    "naver_pay",
    "paypal",
    "revolut_pay",
    "satispay",
    "sofort",
    "twint",
]
QR = {
    "cashapp": "cashapp_handle_redirect_or_display_qr_code",
    "pix": "pix_display_qr_code",
    "upi": "upi_handle_redirect_or_display_qr_code",
}
AT_ONCE = ["au_becs_debit", "boleto", "nz_bank_account", "sepa_debit"]
LATER = ["bacs_debit", "payto"]
VERIFIED = ["acss_debit", "us_bank_account"]


class TestEveryType:
    def test_takes_a_way_that_is_known(self) -> None:
        """Each type that can be set up is in one of the lists below."""
        known = {"card", "blik", *REDIRECTS, *QR, *AT_ONCE, *LATER, *VERIFIED}
        assert known == TYPES.keys()

    def test_redirects_where_the_catalogue_says(self) -> None:
        """What the catalogue has redirect asks for a page, and nothing else does."""
        asks = {*REDIRECTS, "cashapp", "upi"}
        assert asks == {name for name, each in TYPES.items() if each.redirects}

    @pytest.mark.parametrize("type_", sorted(TYPES.keys() - {"card"}))
    def test_makes_a_mandate_where_the_catalogue_says(self, type_: str) -> None:
        """The success of a type that needs acceptance tells what its mandate shows."""
        verdict = SIMULATOR.authenticate(attempt(type_), completed=True)
        assert isinstance(verdict, Succeeded)
        assert (verdict.mandate is not None) is TYPES[type_].mandate
        assert (verdict.generated and verdict.generated.type) == TYPES[type_].generates
        if verdict.mandate is not None:
            shown = TYPES[type_].generates or type_
            assert verdict.mandate["type"] == shown
            assert verdict.mandate.keys() == {"type", shown}

    @pytest.mark.parametrize("type_", sorted(TYPES.keys() - {"card"}))
    def test_answers_the_same_question_the_same_way(self, type_: str) -> None:
        """A gateway that is asked twice says the same."""
        first, second = (SIMULATOR.set_up(attempt(type_)) for _ in range(2))
        assert first == second


class TestAtOnce:
    @pytest.mark.parametrize("type_", AT_ONCE)
    def test_succeeds(self, type_: str) -> None:
        """A debit that needs nothing but its mandate is set up by the confirmation."""
        verdict = SIMULATOR.set_up(attempt(type_))
        assert isinstance(verdict, Succeeded)
        assert verdict.details == method(type_).details

    @pytest.mark.parametrize(
        "name",
        [
            "pm_sepaDebit_failed_de",
            "pm_sepaDebit_successDelayed_fr",
            "pm_auBecsDebit_accountClosed",
            "pm_nzBankAccount_insufficientFunds",
        ],
    )
    def test_succeeds_where_later_payments_do_not(self, name: str) -> None:
        """What an account does to payments, it does not do to its setup."""
        assert isinstance(SIMULATOR.set_up(attempt(name)), Succeeded)

    def test_may_process_for_ever(self) -> None:
        """The account that stays processing does so here too."""
        verdict = SIMULATOR.set_up(attempt("pm_nzBankAccount_processing"))
        assert isinstance(verdict, Processing)
        assert verdict.settles_at is None


class TestLater:
    @pytest.mark.parametrize("type_", LATER)
    def test_succeeds_once_the_bank_has_answered(self, type_: str) -> None:
        """The mandate is on its way to the bank, which says yes."""
        verdict = SIMULATOR.set_up(attempt(type_))
        assert isinstance(verdict, Processing)
        assert verdict.settles_at == AT
        assert isinstance(SIMULATOR.settle(attempt(type_)), Succeeded)

    def test_takes_three_minutes_where_it_is_delayed(self) -> None:
        """The delayed accounts make it last."""
        verdict = SIMULATOR.set_up(attempt("pm_bacsDebit_successDelayed"))
        assert isinstance(verdict, Processing)
        assert verdict.settles_at == AT + 180

    def test_fails_where_the_mandate_is_refused(self) -> None:
        """The bank refuses, and the setup with it."""
        verdict = SIMULATOR.settle(attempt("pm_bacsDebit_mandateRefused"))
        assert isinstance(verdict, Declined)
        assert verdict.reason.code == "payment_method_provider_decline"

    def test_fails_where_the_customer_declines(self) -> None:
        """A PayTo agreement is the customer's to refuse."""
        given = {"account_number": "333333335", "bsb_number": "000000", "pay_id": None}
        verdict = SIMULATOR.settle(attempt(method("payto", **given)))
        assert isinstance(verdict, Declined)
        assert verdict.reason.code == "payment_method_customer_decline"


class TestPages:
    @pytest.mark.parametrize("type_", REDIRECTS)
    def test_redirects(self, type_: str) -> None:
        """The customer is sent to a page, for as long as they like."""
        verdict = SIMULATOR.set_up(attempt(type_))
        assert isinstance(verdict, ActionRequired)
        assert (verdict.action, verdict.expires_at) == ("redirect_to_url", None)

    @pytest.mark.parametrize("type_", REDIRECTS)
    def test_fails_where_the_customer_refuses(self, type_: str) -> None:
        """Refusing on the page is a failed authentication."""
        verdict = SIMULATOR.authenticate(attempt(type_), completed=False)
        assert isinstance(verdict, Declined)
        assert verdict.reason.code == "setup_intent_authentication_failure"

    @pytest.mark.parametrize("type_", QR)
    def test_shows_a_code_for_a_while(self, type_: str) -> None:
        """An app reads the code, until it expires."""
        verdict = SIMULATOR.set_up(attempt(type_))
        assert isinstance(verdict, ActionRequired)
        assert verdict.action == QR[type_]
        assert verdict.expires_at is not None
        assert verdict.expires_at > AT
        assert ("data" in verdict.shown) is (type_ == "pix")

    @pytest.mark.parametrize("type_", QR)
    def test_fails_where_the_app_refuses(self, type_: str) -> None:
        """Refusing in the app is the customer's own decline; waiting too long has its code."""
        refused = SIMULATOR.authenticate(attempt(type_), completed=False)
        late = SIMULATOR.expire(attempt(type_))
        assert isinstance(refused, Declined)
        assert isinstance(late, Declined)
        assert refused.reason.code == "payment_method_customer_decline"
        assert late.reason.code == "setup_intent_setup_attempt_expired"

    def test_asks_the_app_of_blik(self) -> None:
        """BLIK is approved in an app that we see nothing of: it does so within seconds."""
        verdict = SIMULATOR.set_up(attempt("blik"))
        assert isinstance(verdict, ActionRequired)
        assert (verdict.action, verdict.expires_at) == ("blik_authorize", AT + 10)
        assert isinstance(SIMULATOR.expire(attempt("blik")), Succeeded)

    def test_writes_pix_codes_as_apps_read_them(self) -> None:
        """A BR Code begins with its version and ends with its check sum."""
        verdict = SIMULATOR.set_up(attempt("pix"))
        assert isinstance(verdict, ActionRequired)
        code = verdict.shown["data"]
        assert code.startswith("00020126")
        assert "6304" in code[-8:]


class TestFindings:
    @pytest.mark.parametrize(
        ("type_", "told"),
        [
            ("ideal", {"bank": "abn_amro", "bic": "ABNANL2A"}),
            ("link", {"email": BILLING["email"]}),
            ("paypal", {"country": "US", "payer_email": BILLING["email"]}),
            ("kr_card", {"brand": "kookmin", "last4": "4242"}),
        ],
    )
    def test_tells_of_the_buyer(self, type_: str, told: dict[str, str]) -> None:
        """The payment method shows who approved."""
        verdict = SIMULATOR.authenticate(attempt(type_), completed=True)
        assert isinstance(verdict, Succeeded)
        assert verdict.details.items() >= told.items()

    @pytest.mark.parametrize(
        ("type_", "declared"),
        [
            ("blik", wallets.Buyer),
            ("cashapp", wallets.Cashapp),
            ("ideal", wallets.Ideal),
            ("kr_card", wallets.KrCard),
            ("link", wallets.Link),
            ("naver_pay", wallets.NaverPay),
            ("paypal", wallets.Paypal),
            ("pix", wallets.Pix),
            ("upi", wallets.Upi),
        ],
    )
    def test_conforms(self, type_: str, declared: Any) -> None:
        """What it shows afterwards is whole, and nothing of it is null."""
        verdict = SIMULATOR.authenticate(attempt(type_), completed=True)
        assert msgspec.to_builtins(msgspec.convert(verdict.details, declared)) == verdict.details
        assert None not in verdict.details.values()

    @pytest.mark.parametrize(
        ("type_", "told"),
        [
            (
                "bancontact",
                {
                    "bank_code": "VAPE",
                    "bank_name": "VAN DE PUT & CO",
                    "bic": "VAPEBE22",
                    "iban_last4": "7061",
                    "preferred_language": "en",
                    "verified_name": "Jenny Rosen",
                },
            ),
            (
                "ideal",
                {
                    "bank": "abn_amro",
                    "bic": "ABNANL2A",
                    "iban_last4": "5264",
                    "verified_name": "Jenny Rosen",
                },
            ),
            (
                "sofort",
                {
                    "bank_code": "DEUT",
                    "bank_name": "Deutsche Bank",
                    "bic": "DEUTDE2H",
                    "iban_last4": "3000",
                    "preferred_language": "en",
                    "verified_name": "Jenny Rosen",
                },
            ),
        ],
    )
    def test_of_a_bank_stay_with_the_attempt(self, type_: str, told: dict[str, str]) -> None:
        """The bank tells the attempt whose account it is, and makes a SEPA debit of it."""
        verdict = SIMULATOR.authenticate(attempt(type_), completed=True)
        assert isinstance(verdict, Succeeded)
        assert verdict.attempt == told
        assert verdict.generated is not None
        generated = verdict.generated.details
        assert generated["generated_from"] == {"charge": None, "setup_attempt": a.ATTEMPT}
        assert generated["last4"] == told["iban_last4"]
        assert msgspec.convert(generated, bank_accounts.SepaDebit)

    @pytest.mark.parametrize(
        ("country", "last4"),
        [("AT", "3201"), ("BE", "7061"), ("ES", "7890"), ("IT", "3456"), ("NL", "5264")],
    )
    def test_of_sofort_follow_the_country(self, country: str, last4: str) -> None:
        """The account behind Sofort is where the customer's bank is."""
        asked = attempt(method("sofort", country=country))
        verdict = SIMULATOR.authenticate(asked, completed=True)
        assert isinstance(verdict, Succeeded)
        assert verdict.generated is not None
        assert verdict.generated.details["last4"] == last4
        assert verdict.generated.details["country"] == country

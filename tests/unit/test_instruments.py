"""Every type of payment method: what it is made of, what it shows, and what is never kept."""

from typing import Any
from urllib.parse import urlencode

import msgspec
import pytest

from projections import payment_method as projection
from service.domain.errors import InstrumentRefused, ResourceMissing, TypeNotOffered
from service.domain.values import Owner
from service.gateways import sepa_ibans
from service.gateways.port import Described, Published, Tokenized
from service.gateways.published_accounts import SCHEMES
from service.wire.declarations import read_params
from service.wire.form import parse_form
from service.wire.params.payment_methods import PaymentMethodCreateParams
from tests import builders as a
from tests import histories as h
from tests.described import DESCRIBED, flat, form
from tests.shapes import assert_shaped
from tests.simulated import AT, SIMULATOR

PRINT = "fingerprint"
SHOWN: dict[str, dict[str, Any]] = {
    "acss_debit": {
        "bank_name": "STRIPE TEST BANK",
        "fingerprint": PRINT,
        "institution_number": "000",
        "last4": "6789",
        "transit_number": "11000",
    },
    "au_becs_debit": {"bsb_number": "000000", "fingerprint": PRINT, "last4": "3456"},
    "bacs_debit": {"fingerprint": PRINT, "last4": "2345", "sort_code": "108800"},
    "bizum": {"buyer_id": None},
    "blik": {"buyer_id": None},
    "boleto": {"tax_id": "000.000.000-00"},
    "cashapp": {"buyer_id": None, "cashtag": None},
    "eps": {"bank": "erste_bank_und_sparkassen"},
    "fpx": {"bank": "maybank2u"},
    "ideal": {"bank": "abn_amro", "bic": "ABNANL2A"},
    "klarna": {"dob": {"day": 31, "month": 12, "year": 1990}},
    "kr_card": {"brand": None, "last4": None},
    "link": {"email": "jenny.rosen@example.com"},
    "naver_pay": {"buyer_id": None, "funding": "points"},
    "nz_bank_account": {
        "account_holder_name": None,
        "bank_code": "11",
        "bank_name": "STRIPE TEST BANK",
        "branch_code": "0000",
        "last4": "0000",
        "suffix": "010",
    },
    "p24": {"bank": "ing"},
    "paypal": {"country": None, "payer_email": None, "payer_id": None},
    "payto": {"bsb_number": None, "last4": None, "pay_id": "jenny.rosen@example.com"},
    "pix": {"fingerprint": None},
    "sepa_debit": {
        "bank_code": "37040044",
        "branch_code": "",
        "country": "DE",
        "fingerprint": PRINT,
        "generated_from": {"charge": None, "setup_attempt": None},
        "last4": "3000",
    },
    "sofort": {"country": "DE"},
    "upi": {"vpa": None},
    "us_bank_account": {
        "account_holder_type": "individual",
        "account_type": "checking",
        "bank_name": "STRIPE TEST BANK",
        "financial_connections_account": None,
        "fingerprint": PRINT,
        "last4": "6789",
        "networks": {"preferred": "ach", "supported": ["ach"]},
        "routing_number": "110000000",
        "status_details": {},
    },
}


def described(type_: str, *, livemode: bool = False, **given: Any) -> Tokenized:
    sent = form(type_, **given)
    return SIMULATOR.tokenize(
        Described(type=type_, given=sent.get(type_, {})),
        owner=Owner(a.OWNER.account, livemode=livemode),
        billing_details=sent["billing_details"],
        at=AT,
    )


@pytest.mark.parametrize("type_", sorted(DESCRIBED))
class TestEveryType:
    def test_is_taken_as_a_form(self, type_: str) -> None:
        """What describes a payment method is read, all of it."""
        sent = form(type_)
        read = read_params(PaymentMethodCreateParams, parse_form(urlencode(flat(sent)).encode()))
        taken = msgspec.to_builtins(read)
        assert {name: taken[name] for name in sent} == sent

    def test_shows(self, type_: str) -> None:
        """Each type shows its own hash, every member of it, in order."""
        details = dict(described(type_).details)
        if details.get(PRINT):
            details[PRINT] = PRINT
        assert details == SHOWN.get(type_, {})
        assert list(details) == sorted(details)

    def test_conforms(self, type_: str) -> None:
        """What is shown is what the resource declares."""
        made = described(type_)
        created = msgspec.structs.replace(
            h.METHOD_CREATED,
            type=made.type,
            details=made.details,
            scenario=made.scenario,
            billing_details={
                "address": dict.fromkeys(
                    ("city", "country", "line1", "line2", "postal_code", "state")
                ),
                **dict.fromkeys(("email", "name", "phone", "tax_id")),
            },
        )
        assert_shaped(projection.view([created]))

    def test_has_no_provider_in_live_mode(self, type_: str) -> None:
        """In live mode nothing is taken."""
        with pytest.raises(InstrumentRefused) as refused:
            described(type_, livemode=True)
        assert refused.value.code == "payment_method_unactivated"


@pytest.mark.parametrize("type_", ["card_present", "custom", "interac_present"])
def test_what_is_made_elsewhere_is_not_made_here(type_: str) -> None:
    """Card readers and other processors make payment methods of their own."""
    with pytest.raises(TypeNotOffered) as refused:
        SIMULATOR.tokenize(
            Described(type=type_, given={}), owner=a.OWNER, billing_details={}, at=AT
        )
    assert refused.value.code == "payment_method_unsupported_type"


class TestNumbers:
    @pytest.mark.parametrize(
        ("type_", "given"),
        [
            ("acss_debit", {"account_number": "000123456780"}),
            ("au_becs_debit", {"account_number": "123456789"}),
            ("bacs_debit", {"account_number": "00044444"}),
            ("bacs_debit", {"account_number": "12345678"}),
            ("nz_bank_account", {"suffix": "011"}),
            ("us_bank_account", {"account_number": "1234567890"}),
        ],
    )
    def test_of_no_test_account_are_refused(self, type_: str, given: dict[str, Any]) -> None:
        """In test mode only test accounts are taken, and the number is not told back."""
        with pytest.raises(InstrumentRefused) as refused:
            described(type_, **given)
        assert refused.value.code == "account_number_invalid"
        assert refused.value.param == f"{type_}[account_number]"
        assert not any(number in refused.value.message for number in given.values())

    def test_of_no_test_iban_is_refused(self) -> None:
        """A real IBAN does not belong in test mode."""
        with pytest.raises(InstrumentRefused) as refused:
            described("sepa_debit", iban="DE02120300000000202051")
        assert (refused.value.code, refused.value.param) == (
            "account_number_invalid",
            "sepa_debit[iban]",
        )

    @pytest.mark.parametrize("iban", sorted(sepa_ibans.BANK_NOT_SUPPORTED))
    def test_of_banks_outside_sepa_debits_are_refused(self, iban: str) -> None:
        """An account of such a bank becomes no payment method."""
        with pytest.raises(InstrumentRefused) as refused:
            described("sepa_debit", iban=iban)
        assert refused.value.code == "sepa_debit_bank_not_supported"

    @pytest.mark.parametrize("iban", sorted(sepa_ibans.DEBITS_NOT_SUPPORTED))
    def test_of_accounts_without_debits_are_refused(self, iban: str) -> None:
        """An account that may not be debited becomes no payment method."""
        with pytest.raises(InstrumentRefused) as refused:
            described("sepa_debit", iban=iban)
        assert refused.value.code == "sepa_debit_debits_not_supported"

    @pytest.mark.parametrize("type_", ["acss_debit", "au_becs_debit", "bacs_debit", "sepa_debit"])
    def test_are_not_kept(self, type_: str) -> None:
        """The last four digits are kept, and nothing longer."""
        sent = DESCRIBED[type_].get("account_number") or DESCRIBED[type_]["iban"]
        kept = str(described(type_)).replace("-", "")
        assert sent.replace(" ", "") not in kept

    def test_have_one_fingerprint_an_account(self) -> None:
        """The same account has the same fingerprint, however it was written."""
        spaced, plain = (
            described("sepa_debit", iban=iban).details["fingerprint"]
            for iban in ("DE89 3704 0044 0532 0130 00", "DE89370400440532013000")
        )
        other = described("sepa_debit", iban="DE62370400440532013001").details["fingerprint"]
        assert spaced == plain != other

    def test_of_a_linked_account_are_unknown(self) -> None:
        """An account that was linked is named by its link, and counts as verified."""
        made = SIMULATOR.tokenize(
            Described(
                type="us_bank_account", given={"financial_connections_account": "fca_1Linked"}
            ),
            owner=a.OWNER,
            billing_details={},
            at=AT,
        )
        assert made.details["financial_connections_account"] == "fca_1Linked"
        assert made.scenario == "success"

    def test_of_what_is_no_link_are_refused(self) -> None:
        """A link has an id of its own."""
        given = {"financial_connections_account": "ba_1"}
        with pytest.raises(ResourceMissing):
            SIMULATOR.tokenize(
                Described(type="us_bank_account", given=given),
                owner=a.OWNER,
                billing_details={},
                at=AT,
            )


PUBLISHED = [
    *(f"pm_sepaDebit_{name}" for name in sepa_ibans.BY_NAME),
    *(f"pm_{scheme.name}_{name}" for scheme in SCHEMES.values() for name in scheme.named),
]


class TestPublished:
    @pytest.mark.parametrize("name", PUBLISHED)
    def test_names_make_a_payment_method(self, name: str) -> None:
        """Each published name stands for one account, verified, with its scenario."""
        assert SIMULATOR.is_published(name)
        made = SIMULATOR.tokenize(Published(name), owner=a.OWNER, billing_details={}, at=AT)
        assert made.scenario == name.split("_")[2]
        assert len(made.details["last4"]) == 4

    def test_names_are_not_taken_in_live_mode(self) -> None:
        """A test account has nothing to do with live mode."""
        live = Owner(a.OWNER.account, livemode=True)
        with pytest.raises(InstrumentRefused) as refused:
            SIMULATOR.tokenize(
                Published("pm_bacsDebit_success"), owner=live, billing_details={}, at=AT
            )
        assert refused.value.code == "payment_method_unactivated"
        assert refused.value.param == "payment_method"

    @pytest.mark.parametrize("name", ["pm_sepaDebit_success_xx", "pm_usBankAccount_", "pm_1"])
    def test_other_names_do_not(self, name: str) -> None:
        """What is not published is the id of a payment method, or of none."""
        assert not SIMULATOR.is_published(name)

    def test_number_of_names(self) -> None:
        """All that Stripe publishes are there: eight for each of nineteen countries, and more."""
        assert len(PUBLISHED) == len(set(PUBLISHED)) == 19 * 8 + 11 + 6 + 10 + 10 + 6

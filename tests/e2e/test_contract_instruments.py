"""Payment methods of every type over HTTP: made, changed, listed, and refused."""

from typing import Any

import pytest

from tests.described import form
from tests.e2e.client import Api
from tests.e2e.intents import INTENTS, a_customer, attached, saved

METHODS = "/v1/payment_methods"
ACCEPTED = {
    "customer_acceptance": {
        "type": "online",
        "online": {"ip_address": "203.0.113.7", "user_agent": "a browser"},
    }
}


def saved_account(api: Api, customer: str, name: str = "pm_usBankAccount_success") -> str:
    """Save the published account *name* for *customer*."""
    made: str = api.post(f"{METHODS}/{name}/attach", {"customer": customer}).object["id"]
    return made


class TestMade:
    def test_with_a_network_of_choice(self, api: Api) -> None:
        """A co-branded card prefers the network that it was made with."""
        card = {
            "number": "4000002500001001",
            "exp_month": 12,
            "exp_year": 2034,
            "networks": {"preferred": "cartes_bancaires"},
        }
        made = api.post(METHODS, {"type": "card", "card": card}).object
        assert made["card"]["networks"] == {
            "available": ["cartes_bancaires", "visa"],
            "preferred": "cartes_bancaires",
        }

    def test_with_a_network_of_another_card(self, api: Api) -> None:
        """A network that the card does not run on is kept as no preference, and not used."""
        card = {"token": "tok_visa", "networks": {"preferred": "mastercard"}}
        made = api.post(METHODS, {"type": "card", "card": card}).object
        assert made["card"]["networks"] == {
            "available": ["visa"],
            "preferred": "invalid_preference",
        }
        attempt = saved(api, payment_method=made["id"], expand=["latest_attempt"])["latest_attempt"]
        assert attempt["payment_method_details"]["card"]["network"] == "visa"


class TestRefused:
    @pytest.mark.parametrize(
        ("type_", "given", "code", "param"),
        [
            (
                "sepa_debit",
                {"iban": "AT271904300000055555"},
                "sepa_debit_bank_not_supported",
                "sepa_debit[iban]",
            ),
            (
                "sepa_debit",
                {"iban": "AT511904300000066666"},
                "sepa_debit_debits_not_supported",
                "sepa_debit[iban]",
            ),
            (
                "sepa_debit",
                {"iban": "DE89370400440532013009"},
                "account_number_invalid",
                "sepa_debit[iban]",
            ),
            (
                "bacs_debit",
                {"account_number": "00044444"},
                "account_number_invalid",
                "bacs_debit[account_number]",
            ),
            (
                "us_bank_account",
                {"routing_number": "123456789"},
                "routing_number_invalid",
                "us_bank_account[routing_number]",
            ),
        ],
    )
    def test_account(
        self, api: Api, type_: str, given: dict[str, str], code: str, param: str
    ) -> None:
        """An account that is not taken makes nothing, and its parameter is named."""
        sent = form(type_, **given)
        assert api.post(METHODS, sent).refusal == (400, "invalid_request_error", code, param)
        head, _, rest = param.partition("[")
        refused = api.post(INTENTS, {"payment_method_data": sent})
        assert refused.refusal[2:] == (code, f"payment_method_data[{head}][{rest}")

    @pytest.mark.parametrize("type_", ["card_present", "custom", "interac_present"])
    def test_type_that_is_made_elsewhere(self, api: Api, type_: str) -> None:
        """Card readers make payment methods of their own."""
        refused = api.post(METHODS, {"type": type_})
        assert refused.refusal[2:] == ("payment_method_unsupported_type", "type")
        inline = api.post(INTENTS, {"payment_method_data": {"type": type_}})
        assert inline.refusal[2:] == (
            "payment_method_unsupported_type",
            "payment_method_data[type]",
        )


class TestChanged:
    def test_account(self, api: Api) -> None:
        """Whose a bank account is and of which kind may change."""
        method = saved_account(api, a_customer(api))
        changes = {"account_holder_type": "company", "account_type": "savings"}
        changed = api.post(f"{METHODS}/{method}", {"us_bank_account": changes}).object
        assert changed["us_bank_account"].items() >= changes.items()
        assert changed["us_bank_account"]["last4"] == "6789"

    def test_payto(self, api: Api) -> None:
        """The account behind PayTo may change as a whole, until that was taken from the API."""
        customer = a_customer(api)
        made = api.post(METHODS, form("payto")).object["id"]
        attached(api, customer, made)
        change = {"payto": {"bsb_number": "000000", "account_number": "000123456"}}
        changed = api.post(f"{METHODS}/{made}", change).object
        assert changed["payto"] == {"bsb_number": "000000", "last4": "3456", "pay_id": None}
        refused = api.post(f"{METHODS}/{made}", change, Stripe_Version="2026-09-30.endive")
        assert refused.refusal[2:] == ("parameter_unknown", "payto")

    def test_networks(self, api: Api) -> None:
        """A card's preferred network may be chosen, and unset."""
        method = attached(api, a_customer(api), "pm_card_visa_cartesBancaires")
        chosen = {"visa": "visa", "mastercard": "invalid_preference", "": None}
        for preferred, shown in chosen.items():
            change = {"card": {"networks": {"preferred": preferred}}}
            changed = api.post(f"{METHODS}/{method}", change).object
            assert changed["card"]["networks"]["preferred"] == shown
            assert changed["card"]["networks"]["available"] == ["cartes_bancaires", "visa"]

    @pytest.mark.parametrize(
        ("change", "param"),
        [
            ({"card": {"exp_year": 2040}}, "card"),
            ({"payto": {"pay_id": "a@b.example"}}, "payto"),
        ],
    )
    def test_not_into_another_type(self, api: Api, change: dict[str, Any], param: str) -> None:
        """What belongs to another type is refused, and changes nothing."""
        method = saved_account(api, a_customer(api))
        before = api.get(f"{METHODS}/{method}").object
        refused = api.post(f"{METHODS}/{method}", change)
        assert refused.refusal[2:] == ("payment_method_invalid_parameter", param)
        assert api.get(f"{METHODS}/{method}").object == before


class TestListed:
    def test_by_type(self, api: Api) -> None:
        """A customer's payment methods are listed by their type, and by who may see them."""
        customer = a_customer(api)
        card, account = attached(api, customer), saved_account(api, customer)
        api.post(f"{METHODS}/{account}", {"allow_redisplay": "always"})
        for query, found in (
            ({"type": "us_bank_account"}, [account]),
            ({"type": "card"}, [card]),
            ({"type": "sepa_debit"}, []),
            ({"allow_redisplay": "always"}, [account]),
            ({"allow_redisplay": "always", "type": "card"}, []),
        ):
            listed = api.all(METHODS, {"customer": customer, **query})
            assert [one["id"] for one in listed] == found

    def test_only_types_that_are(self, api: Api) -> None:
        """A type that does not exist is refused."""
        refused = api.get(METHODS, {"customer": a_customer(api), "type": "wat"})
        assert refused.refusal[3] == "type"

"""Tokens, made and used with the official SDK."""

from typing import Any

import pytest
import stripe

from tests.e2e.client import Api
from tests.e2e.sdk import Sdk

INVALID = "invalid_request_error"
CARD: dict[str, Any] = {"number": "4242424242424242", "exp_month": 12, "exp_year": 2034}
BANK_ACCOUNT = {
    "country": "US",
    "account_number": "000123456789",
    "routing_number": "110000000",
}
ADDRESSED = {**CARD, "cvc": "123", "name": "Jenny Rosen", "address_zip": "94105"}


def payment_method(token: str, **more: Any) -> dict[str, Any]:
    return {"type": "card", "card": {"token": token}, **more}


class TestCardToken:
    def test_shows_the_card_it_stands_for(self, sdk: Sdk) -> None:
        """A token shows its card as cards were shown before payment methods."""
        token = sdk.v1.tokens.create({"card": ADDRESSED})
        assert (token.object, token.type, token.used, token.livemode) == (
            "token",
            "card",
            False,
            False,
        )
        card = token.card
        assert card.id.startswith("card_")
        assert (card.object, card.brand, card.last4, card.funding) == (
            "card",
            "Visa",
            "4242",
            "credit",
        )
        assert (card.name, card.address_zip, card.address_zip_check, card.cvc_check) == (
            "Jenny Rosen",
            "94105",
            "unchecked",
            "unchecked",
        )
        assert token.client_ip == "127.0.0.1"
        assert sdk.v1.tokens.retrieve(token.id).to_dict() == token.to_dict()

    def test_becomes_a_payment_method(self, sdk: Sdk) -> None:
        """The payment method has the token's card, and its holder's name and address."""
        token = sdk.v1.tokens.create({"card": ADDRESSED})
        made = sdk.v1.payment_methods.create(payment_method(token.id))
        assert made.card.fingerprint == token.card.fingerprint
        assert made.billing_details.name == "Jenny Rosen"
        assert made.billing_details.address.postal_code == "94105"
        assert sdk.v1.tokens.retrieve(token.id).used is True

    def test_gives_way_to_what_is_said_later(self, sdk: Sdk) -> None:
        """Billing details of the request are laid over the token's own."""
        token = sdk.v1.tokens.create({"card": ADDRESSED})
        said = {"billing_details": {"name": "Ada"}, "metadata": {"a": "1"}}
        made = sdk.v1.payment_methods.create(payment_method(token.id, **said))
        assert made.billing_details.name == "Ada"
        assert made.billing_details.address.postal_code == "94105"
        assert made.metadata.to_dict() == {"a": "1"}

    def test_is_set_up(self, sdk: Sdk) -> None:
        """A token may stand in a confirmation's payment_method_data."""
        token = sdk.v1.tokens.create({"card": CARD})
        intent = sdk.v1.setup_intents.create(
            {
                "confirm": True,
                "allowed_payment_method_types": ["card"],
                "payment_method_data": payment_method(token.id),
            }
        )
        assert intent.status == "succeeded"
        assert sdk.v1.tokens.retrieve(token.id).used is True

    def test_is_used_once(self, sdk: Sdk) -> None:
        """A second payment method of one token is refused."""
        token = sdk.v1.tokens.create({"card": CARD})
        sdk.v1.payment_methods.create(payment_method(token.id))
        with pytest.raises(stripe.InvalidRequestError) as refused:
            sdk.v1.payment_methods.create(payment_method(token.id))
        assert (refused.value.code, refused.value.http_status) == ("token_already_used", 400)

    def test_stays_unused_where_its_use_is_refused(self, sdk: Sdk) -> None:
        """What is refused has used nothing."""
        token = sdk.v1.tokens.create({"card": CARD})
        with pytest.raises(stripe.InvalidRequestError):
            sdk.v1.setup_intents.create(
                {
                    "confirm": True,
                    "allowed_payment_method_types": ["link"],
                    "payment_method_data": payment_method(token.id),
                }
            )
        assert sdk.v1.tokens.retrieve(token.id).used is False

    def test_that_is_published_is_used_again_and_again(self, sdk: Sdk) -> None:
        """Stripe's own test tokens are nobody's, and never used up."""
        made = [sdk.v1.payment_methods.create(payment_method("tok_visa")) for _ in range(2)]
        assert made[0].id != made[1].id


class TestBankAccountToken:
    def test_shows_the_account_it_stands_for(self, sdk: Sdk) -> None:
        """A token shows its bank account, and keeps no more of the number than its end."""
        form = {**BANK_ACCOUNT, "account_holder_name": "Jenny", "account_holder_type": "company"}
        token = sdk.v1.tokens.create({"bank_account": form})
        account = token.bank_account
        assert token.id.startswith("btok_")
        assert sdk.v1.tokens.retrieve(token.id).to_dict() == token.to_dict()
        assert account.id.startswith("ba_")
        assert (token.type, account.object, account.status) == (
            "bank_account",
            "bank_account",
            "new",
        )
        assert (account.last4, account.routing_number, account.bank_name) == (
            "6789",
            "110000000",
            "STRIPE TEST BANK",
        )
        assert (account.account_holder_name, account.account_holder_type) == ("Jenny", "company")
        assert (account.account_type, account.country, account.currency) == (None, "US", "usd")

    @pytest.mark.parametrize(
        ("country", "number", "routing", "currency"),
        [
            ("AU", "000123456", "110-000", "aud"),
            ("CA", "000123456789", "11000-000", "cad"),
            ("DE", "DE89370400440532013000", None, "eur"),
            ("GB", "00012345", "10-88-00", "gbp"),
            ("IE", "IE29 AIBK 9311 5212 3456 78", None, "eur"),
        ],
    )
    def test_is_of_any_country_whose_accounts_are_taken(
        self, sdk: Sdk, country: str, number: str, routing: str | None, currency: str
    ) -> None:
        """Each country's accounts are told as the country writes them."""
        form: Any = {"country": country, "account_number": number, "currency": currency}
        token = sdk.v1.tokens.create(
            {"bank_account": form if routing is None else {**form, "routing_number": routing}}
        )
        account = token.bank_account
        assert (account.country, account.currency) == (country, currency)
        assert account.last4 == number.replace(" ", "")[-4:]
        assert account.routing_number == routing
        assert sdk.v1.tokens.retrieve(token.id).to_dict() == token.to_dict()

    def test_makes_no_payment_method(self, sdk: Sdk) -> None:
        """A bank account's token does not stand in a card's place."""
        token = sdk.v1.tokens.create({"bank_account": BANK_ACCOUNT})
        with pytest.raises(stripe.InvalidRequestError) as refused:
            sdk.v1.payment_methods.create(payment_method(token.id))
        assert refused.value.param == "token"
        assert sdk.v1.tokens.retrieve(token.id).used is False


class TestRefusals:
    @pytest.mark.parametrize(
        ("form", "expected"),
        [
            ({}, (400, INVALID, "parameter_missing", "card")),
            (
                {"card": {"number": "4242424242424242", "exp_month": 12}},
                (400, INVALID, "parameter_missing", "card[exp_year]"),
            ),
            (
                {"card": {**CARD, "number": "4242424242424241"}},
                (402, "card_error", "incorrect_number", "number"),
            ),
            (
                {"card": {**CARD, "wat": "1"}},
                (400, INVALID, "parameter_unknown", "card[wat]"),
            ),
            (
                {"bank_account": {**BANK_ACCOUNT, "routing_number": "110000001"}},
                (400, INVALID, "routing_number_invalid", "bank_account[routing_number]"),
            ),
            (
                {"bank_account": {**BANK_ACCOUNT, "account_number": "000123456780"}},
                (400, INVALID, "account_number_invalid", "bank_account[account_number]"),
            ),
            (
                {"bank_account": {**BANK_ACCOUNT, "country": "AQ"}},
                (400, INVALID, None, "bank_account[country]"),
            ),
            (
                {"bank_account": {**BANK_ACCOUNT, "currency": "eur"}},
                (400, INVALID, None, "bank_account[currency]"),
            ),
            (
                {"bank_account": {**BANK_ACCOUNT, "country": "DE"}},
                (400, INVALID, "account_number_invalid", "bank_account[account_number]"),
            ),
            (
                {"bank_account": {**BANK_ACCOUNT, "country": "GB"}},
                (400, INVALID, "routing_number_invalid", "bank_account[routing_number]"),
            ),
            (
                {"bank_account": {"country": "CA", "account_number": "000123456789"}},
                (400, INVALID, "parameter_missing", "bank_account[routing_number]"),
            ),
            (
                {"bank_account": {"country": "DE", "account_number": "AT611904300234573201"}},
                (400, INVALID, "account_number_invalid", "bank_account[account_number]"),
            ),
            (
                {
                    "bank_account": {
                        "country": "GB",
                        "account_number": "99999999",
                        "routing_number": "108800",
                    }
                },
                (400, INVALID, "account_number_invalid", "bank_account[account_number]"),
            ),
            (
                {"bank_account": {"country": "DE", "account_number": "DE91370400440000055555"}},
                (400, INVALID, "sepa_debit_bank_not_supported", "bank_account[account_number]"),
            ),
            (
                {"bank_account": BANK_ACCOUNT, "card": CARD},
                (400, INVALID, "parameters_exclusive", "card"),
            ),
            (
                {"pii": {"id_number": "1"}},
                (400, INVALID, "parameter_unknown", "pii"),
            ),
        ],
        ids=[
            "nothing",
            "no year",
            "wrong number",
            "unknown",
            "routing number",
            "no test account",
            "country",
            "currency",
            "no IBAN",
            "sort code",
            "no branch",
            "another country's IBAN",
            "no British test account",
            "no bank for debits",
            "both",
            "another kind",
        ],
    )
    def test_of_a_creation(self, api: Api, form: dict[str, Any], expected: Any) -> None:
        """What cannot be a token is told by its parameter."""
        assert api.post("/v1/tokens", form).refusal == expected

    def test_of_a_token_that_is_none(self, api: Api) -> None:
        """An unknown token is a 404 in a path, and a bad parameter in a form."""
        missing = "tok_0000000000000000000none0"
        assert api.get(f"/v1/tokens/{missing}").refusal == (
            404,
            INVALID,
            "resource_missing",
            "token",
        )
        made = api.post("/v1/payment_methods", payment_method(missing))
        assert made.refusal == (400, INVALID, "resource_missing", "token")


class TestPublishableKey:
    def test_makes_a_token(self, browser: Api) -> None:
        """A page turns a card into a token, with all that Stripe.js sends along."""
        form = {"card": CARD, "key": browser.key, "guid": "g", "payment_user_agent": "stripe.js"}
        assert browser.post("/v1/tokens", form).object["used"] is False

    def test_does_not_read_one(self, api: Api, browser: Api) -> None:
        """Only a secret key reads a token back."""
        token = api.post("/v1/tokens", {"card": CARD}).object["id"]
        assert browser.get(f"/v1/tokens/{token}").status == 403


def test_no_number_is_kept(api: Api) -> None:
    """Neither the token nor what it becomes tells the number."""
    token = api.post("/v1/tokens", {"card": CARD})
    assert b"4242424242" not in token.body

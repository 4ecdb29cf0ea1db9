"""What of a request goes on to the command path."""

from service.api.setup_intent_requests import changes_of, confirmation_of
from service.wire.declarations import read_params
from service.wire.form import parse_form
from service.wire.params.setup_intents import SetupIntentConfirmParams, SetupIntentUpdateParams

SENT = parse_form(
    b"payment_method_options[card][three_d_secure][cryptogram]=AAAABBEGBwAAAAAAAAAAAAAAAAA"
    b"&payment_method_options[card][three_d_secure][transaction_id]=d8"
)
KEPT = {"card": {"three_d_secure": {"transaction_id": "d8"}}}


class TestCryptogram:
    def test_is_not_kept_of_a_confirmation(self) -> None:
        """Authentication data that is good once goes no further than the request."""
        given = read_params(SetupIntentConfirmParams, SENT)
        assert confirmation_of(given).payment_method_options == KEPT

    def test_is_not_kept_of_an_update(self) -> None:
        """Nor does it through an update."""
        given = read_params(SetupIntentUpdateParams, SENT)
        assert changes_of(given) == {"payment_method_options": KEPT}


def test_a_blik_code_is_not_kept() -> None:
    """What an app shows for two minutes is nobody's to keep."""
    sent = parse_form(b"payment_method_options[blik][code]=123456")
    given = read_params(SetupIntentConfirmParams, sent)
    assert confirmation_of(given).payment_method_options == {"blik": {}}


TOLD = (
    b"payment_method_data[type]=upi&payment_method_data[upi][mandate_options][amount]=500"
    b"&payment_method_data[upi][mandate_options][amount_type]=fixed"
)
TERMS = {"upi": {"mandate_options": {"amount": 500, "amount_type": "fixed"}}}


class TestTermsOfUpi:
    def test_may_come_with_the_payment_method(self) -> None:
        """They are kept as options, whichever operation they come by."""
        confirmed = read_params(SetupIntentConfirmParams, parse_form(TOLD))
        updated = read_params(SetupIntentUpdateParams, parse_form(TOLD))
        assert confirmation_of(confirmed).payment_method_options == TERMS
        assert changes_of(updated) == {"payment_method_options": TERMS}

    def test_are_the_options_where_both_are_told(self) -> None:
        """Options that are sent as such win."""
        option = b"&payment_method_options[upi][mandate_options][amount]=700"
        given = read_params(SetupIntentConfirmParams, parse_form(TOLD + option))
        terms = confirmation_of(given).payment_method_options["upi"]
        assert terms == {"mandate_options": {"amount": 700}}

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

"""What may be asked of a confirmation token, and what it leads to."""

import pytest

from service.domain import errors
from service.domain.confirmation_token import GOOD_FOR_S, fold
from service.domain.events import PersonalDataForgotten
from tests import tokens as t
from tests.builders import AT, INTENT, METHOD
from tests.spec import given

NEW = t.confirmation_created()
ONLINE = {"customer_acceptance": {"online": {"ip_address": "203.0.113.7"}, "type": "online"}}
SAID = {
    "instrument": t.INSTRUMENT,
    "mandate_data": ONLINE,
    "payment_method": METHOD,
    "return_url": "https://shop.example/back",
    "setup_future_usage": "on_session",
}


class TestConfirmationToken:
    def test_is_created_with_what_it_is_given(self) -> None:
        """Every field of the command is in the event."""
        given().when(t.create_confirmation(**SAID)).then(t.confirmation_created(**SAID))

    def test_remembers_what_it_is_for(self) -> None:
        """What a confirmation takes from it is in the state."""
        token = fold([t.confirmation_created(**SAID)])
        assert {name: getattr(token, name) for name in SAID} == SAID
        assert token.use_stripe_sdk
        assert not fold([t.confirmation_created(use_stripe_sdk=False)]).use_stripe_sdk

    def test_keeps_the_instrument_once_its_owner_is_forgotten(self) -> None:
        """What is forgotten is whose it was, and who agreed to a mandate."""
        forgotten = PersonalDataForgotten(subject_id=t.CONFIRMATION, at=AT + 1, customer="cus_1")
        token = fold([t.confirmation_created(mandate_data=ONLINE), forgotten])
        assert token.instrument is not None
        assert token.instrument.details == t.INSTRUMENT.details
        assert token.instrument.billing_details["name"] is None
        assert token.mandate_data == {
            "customer_acceptance": {"online": {"ip_address": None}, "type": "online"}
        }

    def test_is_created_once(self) -> None:
        """A stream begins once."""
        given(NEW).when(t.create_confirmation()).then_refused(errors.ResourceExists)

    def test_is_used(self) -> None:
        """A SetupIntent is confirmed with it."""
        given(NEW).when(t.use_confirmation()).then(t.confirmation_used())

    def test_is_used_once(self) -> None:
        """What was used is good for nothing."""
        refused = (
            given(NEW, t.confirmation_used())
            .when(t.use_confirmation())
            .then_refused(errors.TokenAlreadyUsed)
        )
        assert (refused.code, refused.param) == ("token_already_used", "confirmation_token")

    def test_is_used_within_twelve_hours(self) -> None:
        """The last second of a token counts."""
        last = AT + GOOD_FOR_S - 1
        given(NEW).when(t.use_confirmation(at=last)).then(t.confirmation_used(at=last))

    def test_is_not_used_once_expired(self) -> None:
        """An expired token is as good as gone."""
        late = t.use_confirmation(at=AT + GOOD_FOR_S)
        refused = given(NEW).when(late).then_refused(errors.TokenExpired)
        assert (refused.code, refused.param) == ("resource_missing", "confirmation_token")

    @pytest.mark.parametrize("usage", [None, "off_session"])
    def test_is_used_where_the_usage_agrees(self, usage: str | None) -> None:
        """A token that tells no usage goes with any."""
        given(t.confirmation_created(setup_future_usage=usage)).when(t.use_confirmation()).then(
            t.confirmation_used()
        )

    def test_is_not_used_for_another_usage(self) -> None:
        """A customer who agreed to be there is not charged while away."""
        made = t.confirmation_created(setup_future_usage="on_session")
        refused = given(made).when(t.use_confirmation()).then_refused(errors.UsageDiffers)
        assert refused.code == "setup_intent_invalid_parameter"

    def test_that_is_none_is_missing(self) -> None:
        """What was never made cannot be used."""
        given().when(t.use_confirmation()).then_refused(errors.ResourceMissing)

    def test_remembers_what_was_confirmed_with_it(self) -> None:
        """A used token knows its SetupIntent."""
        assert fold([NEW, t.confirmation_used()]).setup_intent == INTENT

"""What may be asked of a token, and what it leads to."""

from service.domain import errors
from service.domain.token import GOOD_FOR_S, fold
from tests import tokens as t
from tests.builders import AT, METHOD
from tests.spec import given

NEW = t.token_created()


class TestToken:
    def test_is_created_with_what_it_is_given(self) -> None:
        """Every field of the command is in the event."""
        said = {"holder": {"name": "Jenny"}, "client_ip": "203.0.113.7"}
        given().when(t.create_token(**said)).then(t.token_created(**said))

    def test_is_created_once(self) -> None:
        """A stream begins once."""
        given(NEW).when(t.create_token()).then_refused(errors.ResourceExists)

    def test_is_used(self) -> None:
        """A payment method is made of it."""
        given(NEW).when(t.use_token()).then(t.token_used())

    def test_is_used_once(self) -> None:
        """What was used is good for nothing."""
        history = (NEW, t.token_used())
        refused = given(*history).when(t.use_token()).then_refused(errors.TokenAlreadyUsed)
        assert refused.code == "token_already_used"

    def test_is_used_until_it_expires(self) -> None:
        """The last second of a token counts."""
        given(NEW).when(t.use_token(at=AT + GOOD_FOR_S - 1)).then(
            t.token_used(at=AT + GOOD_FOR_S - 1)
        )

    def test_is_not_used_once_expired(self) -> None:
        """An expired token is as good as gone."""
        late = t.use_token(at=AT + GOOD_FOR_S)
        refused = given(NEW).when(late).then_refused(errors.TokenExpired)
        assert (refused.code, refused.param) == ("resource_missing", "token")

    def test_of_a_bank_account_makes_no_payment_method(self) -> None:
        """Only a card's token stands in a card's place."""
        bank = t.token_created(type="bank_account")
        given(bank).when(t.use_token()).then_refused(errors.TokenOfAnotherType)

    def test_that_is_none_is_missing(self) -> None:
        """What was never made cannot be used."""
        given().when(t.use_token()).then_refused(errors.ResourceMissing)

    def test_remembers_what_was_made_of_it(self) -> None:
        """A used token knows its payment method."""
        assert fold([NEW, t.token_used()]).used_by == METHOD

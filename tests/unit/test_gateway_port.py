"""What a gateway is asked."""

import pytest

from service.domain.errors import TypeNotOffered
from service.domain.setup_intent import SetupIntent, fold
from service.domain.values import Status
from service.gateways.port import latest_attempt
from tests import builders as a


class TestLatestAttempt:
    def test_is_asked_for_as_it_began(self) -> None:
        """A later change of the intent does not reach the attempt."""
        started = a.started(customer=a.CUSTOMER, payment_method_options={"card": {}})
        changed = a.updated(Status.REQUIRES_ACTION, customer=None, payment_method_options={})
        history = (a.created(usage="on_session"), started, a.action_required(), changed)
        attempt = latest_attempt(fold(history), a.method())
        assert (attempt.id, attempt.usage) == (a.ATTEMPT, "on_session")
        assert attempt.customer == a.CUSTOMER
        assert attempt.options == {"card": {}}
        assert attempt.payment_method == a.method()

    def test_has_to_be_there(self) -> None:
        """An intent that was never confirmed has nothing to ask for."""
        with pytest.raises(ValueError, match=a.INTENT):
            latest_attempt(SetupIntent(id=a.INTENT), a.method())


def test_a_type_not_offered_is_named() -> None:
    """The refusal names the type, and the parameter that was at fault."""
    refused = TypeNotOffered("klarna")
    assert (refused.code, refused.param) == ("payment_method_unsupported_type", "type")
    assert "klarna" in refused.message

"""What may be asked of a mandate, what it leads to, and how it is shown."""

from typing import Any

import pytest

from projections.mandate import view
from service.domain import errors
from service.domain.mandate import fold
from service.domain.values import MandateStatus
from tests import agreements as m
from tests import builders as a
from tests.spec import given

PENDING = m.created(status=MandateStatus.PENDING)
ENDED = (m.created(), m.updated(MandateStatus.INACTIVE))


class TestMandate:
    def test_is_put_down_with_what_it_is_given(self) -> None:
        """Everything that the command says is in the event."""
        given().when(m.create(single_use=m.SINGLE_USE)).then(m.created(single_use=m.SINGLE_USE))

    def test_begins_to_hold(self) -> None:
        """A pending mandate becomes active."""
        given(PENDING).when(m.activate()).then(m.updated(MandateStatus.ACTIVE))

    @pytest.mark.parametrize("begun", [PENDING, m.created()], ids=lambda event: event.status)
    def test_ends(self, begun: Any) -> None:
        """A mandate ends whether it has held or not."""
        given(begun).when(m.deactivate()).then(m.updated(MandateStatus.INACTIVE))

    def test_does_nothing_twice(self) -> None:
        """What is so already is no event."""
        given(m.created()).when(m.activate()).then_nothing()
        given(*ENDED).when(m.deactivate()).then_nothing()

    def test_never_comes_back(self) -> None:
        """A mandate that has ended cannot hold again."""
        refused = given(*ENDED).when(m.activate()).then_refused(errors.MandateInvalid)
        assert refused.code == "setup_intent_mandate_invalid"

    def test_is_put_down_once(self) -> None:
        """A stream begins once."""
        given(m.created()).when(m.create()).then_refused(errors.ResourceExists)

    def test_belongs_to_its_owner(self) -> None:
        """The state knows whose it is, and of which payment method."""
        mandate = fold([m.created()])
        assert (mandate.owner, mandate.payment_method) == (a.OWNER, a.METHOD)

    def test_knows_whether_it_is_for_one_payment(self) -> None:
        """A mandate that names an amount is used once, any other again and again."""
        assert fold([m.created(single_use=m.SINGLE_USE)]).single_use
        assert not fold([m.created()]).single_use


class TestView:
    def test_shows_a_mandate_for_any_number_of_payments(self) -> None:
        """Its kind is shown as an empty hash, and the other kind not at all."""
        assert view([m.created()]) == {
            "id": a.MANDATE,
            "object": "mandate",
            "customer_acceptance": m.ACCEPTANCE,
            "livemode": False,
            "multi_use": {},
            "payment_method": a.METHOD,
            "payment_method_details": m.SHOWN,
            "status": "active",
            "type": "multi_use",
        }

    def test_shows_what_a_single_payment_may_be(self) -> None:
        """A single-use mandate names its amount and currency."""
        shown = view([m.created(single_use=m.SINGLE_USE, on_behalf_of="acct_other")])
        assert (shown["type"], shown["single_use"]) == ("single_use", m.SINGLE_USE)
        assert shown["on_behalf_of"] == "acct_other"
        assert "multi_use" not in shown
        assert list(shown)[2:] == sorted(list(shown)[2:])

    def test_shows_that_it_has_ended(self) -> None:
        """Its status is the only thing that ever changes."""
        assert view(ENDED) == {**view([m.created()]), "status": "inactive"}

    def test_tells_why_that_of_a_card_has_ended(self) -> None:
        """An e-mandate tells no reason while it holds."""
        details = {"card": {"india": {"inactive_reason": None}}, "type": "card"}
        begun = m.created(payment_method_details=details)
        assert view([begun])["payment_method_details"] == details
        ended = view([begun, m.updated(MandateStatus.INACTIVE)])["payment_method_details"]
        assert ended["card"] == {"india": {"inactive_reason": "canceled"}}

    @pytest.mark.parametrize(
        ("history", "network_status"),
        [
            ([MandateStatus.PENDING], "pending"),
            ([MandateStatus.ACTIVE], "accepted"),
            ([MandateStatus.PENDING, MandateStatus.ACTIVE], "accepted"),
            ([MandateStatus.PENDING, MandateStatus.INACTIVE], "refused"),
            ([MandateStatus.ACTIVE, MandateStatus.INACTIVE], "revoked"),
        ],
    )
    def test_tells_what_the_bacs_network_has(
        self, history: list[MandateStatus], network_status: str
    ) -> None:
        """Bacs accepts a mandate, refuses it, or hears that it was revoked."""
        details = {"bacs_debit": {"reference": "1"}, "type": "bacs_debit"}
        begun = m.created(status=history[0], payment_method_details=details)
        shown = view([begun, *(m.updated(status) for status in history[1:])])
        assert shown["payment_method_details"]["bacs_debit"]["network_status"] == network_status

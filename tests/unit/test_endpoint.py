"""What may be asked of a webhook endpoint, and what it leads to."""

from typing import Any

import pytest

from service.domain import errors
from service.domain.endpoint import fold
from service.domain.endpoint_state import Disabled
from service.domain.events import Event
from service.domain.signing_secrets import SECRETS_MAX
from tests import neighbours as n
from tests.builders import AT
from tests.spec import given

NEW = n.endpoint_created()
DISABLED = n.endpoint_updated(status="disabled")
ENABLED = n.endpoint_updated(status="enabled")


class TestEndpoint:
    def test_is_created_with_what_it_is_given(self) -> None:
        """Every attribute of the command is in the event, but for empty metadata."""
        attributes = {
            "api_version": "2026-08-26.dahlia",
            "description": "Shop",
            "connect": True,
            "application": "ca_1",
            "ordered": True,
            "headers": {"X-Key": "sealed"},
        }
        given().when(n.create_endpoint(metadata={"a": ""}, **attributes)).then(
            n.endpoint_created(**attributes)
        )

    def test_is_updated_where_it_changes(self) -> None:
        """An attribute that had its value already is left out; metadata is merged."""
        given(n.endpoint_created(metadata={"a": "1"})).when(
            n.update_endpoint(url=n.URL, status="disabled", metadata={"b": "2"})
        ).then(n.endpoint_updated(status="disabled", metadata={"a": "1", "b": "2"}))

    def test_is_not_updated_by_the_same_events(self) -> None:
        """A list from the log and a tuple from a request are the same event types."""
        history = (NEW, n.endpoint_updated(enabled_events=["customer.created"]))
        given(*history).when(n.update_endpoint(enabled_events=("customer.created",))).then_nothing()

    def test_is_deleted(self) -> None:
        """A deleted endpoint is gone."""
        given(NEW).when(n.delete_endpoint()).then(n.endpoint_deleted())

    @pytest.mark.parametrize(
        "command",
        [
            n.update_endpoint(),
            n.delete_endpoint(),
            n.disable_endpoint(),
            n.roll_secret(),
            n.ping(),
        ],
        ids=lambda command: type(command).__name__,
    )
    def test_is_missing_once_deleted(self, command: Any) -> None:
        """Nothing can be asked of an endpoint that is gone."""
        refused = (given(NEW, n.endpoint_deleted()).when(command)).then_refused(
            errors.ResourceMissing
        )
        assert refused.absent
        assert refused.param == "webhook_endpoint"

    def test_is_created_once(self) -> None:
        """A stream begins once."""
        given(NEW).when(n.create_endpoint()).then_refused(errors.ResourceExists)

    def test_is_enabled_at_first(self) -> None:
        """A new endpoint is told of events."""
        assert fold([NEW]).attributes["status"] == "enabled"


class TestHeaders:
    KEYED = n.endpoint_created(headers={"X-Key": "old", "X-Team": "pay"})

    def test_are_merged_by_name_in_any_case(self) -> None:
        """A header takes the place of the one of its name, and an empty one removes it."""
        given(self.KEYED).when(
            n.update_endpoint(headers={"x-key": "new", "X-TEAM": "", "X-More": "1"})
        ).then(n.endpoint_updated(headers={"x-key": "new", "X-More": "1"}))

    def test_are_cleared(self) -> None:
        """An empty text in the place of all headers removes them."""
        given(self.KEYED).when(n.update_endpoint(headers="")).then(n.endpoint_updated(headers={}))


class TestDisabling:
    def test_is_told_with_its_reason(self) -> None:
        """An endpoint that has heard nothing is told nothing more, and it is said since when."""
        given(NEW).when(n.disable_endpoint()).then(n.endpoint_disabled())
        disabled = fold([NEW, n.endpoint_disabled()])
        assert disabled.attributes["status"] == "disabled"
        assert disabled.disabled == Disabled(reason="failing", at=AT + 9, since=AT)

    @pytest.mark.parametrize("before", [n.endpoint_disabled(), DISABLED])
    def test_happens_once(self, before: Any) -> None:
        """What is disabled already stays as it is."""
        given(NEW, before).when(n.disable_endpoint(reason="gone")).then_nothing()

    @pytest.mark.parametrize(
        "history",
        [
            (NEW, n.endpoint_disabled(), n.endpoint_updated(status="enabled")),
            (NEW, n.endpoint_updated(url="https://new.example/")),
        ],
        ids=["enabled again", "another url"],
    )
    def test_is_not_for_what_was_before(self, history: Any) -> None:
        """Failures from before an enabling, or with another URL, count no longer."""
        given(*history).when(n.disable_endpoint(since=AT - 1)).then_nothing()
        given(*history).when(n.disable_endpoint(since=AT)).then(n.endpoint_disabled())

    def test_by_its_owner_was_requested(self) -> None:
        """What an owner disables has no other reason, and enabling it takes that away."""
        assert fold([NEW, DISABLED]).disabled == Disabled(reason="requested", at=AT)
        assert fold([NEW, DISABLED, ENABLED]).disabled is None
        assert fold([NEW, n.endpoint_disabled(), ENABLED]).attributes["status"] == "enabled"

    def test_outlives_other_changes(self) -> None:
        """A change of something else leaves a disabled endpoint as it is."""
        history: list[Event] = [NEW, n.endpoint_disabled(), n.endpoint_updated(description="x")]
        assert fold(history).disabled == Disabled(reason="failing", at=AT + 9, since=AT)


class TestRollingASecret:
    def test_makes_a_new_one_beside_the_old(self) -> None:
        """The new secret is the next generation; the old one is given an end."""
        given(NEW).when(n.roll_secret(sealed="x")).then(n.secret_rolled(1, sealed="x"))
        new, old = fold([NEW, n.secret_rolled(1, sealed="x")]).secrets
        assert (new.generation, new.expires_at, new.sealed) == (1, None, "x")
        assert (old.generation, old.expires_at, old.sealed) == (0, AT + 60, None)

    def test_ends_the_old_one_at_once(self) -> None:
        """Without an overlap the new secret is the only one."""
        assert [each.generation for each in fold([NEW, n.secret_rolled(1, lasts=0)]).secrets] == [1]

    def test_never_puts_an_end_off(self) -> None:
        """A secret that is to end soon ends then, however long a later roll's overlap is."""
        secrets = fold([NEW, n.secret_rolled(1), n.secret_rolled(2, AT + 1, 3600)]).secrets
        assert [each.expires_at for each in secrets] == [None, AT + 3601, AT + 60]

    def test_is_bounded(self) -> None:
        """So many secrets sign at once and no more, until one ends or all do."""
        history: list[Event] = [NEW, *(n.secret_rolled(i) for i in range(1, SECRETS_MAX))]
        refused = given(*history).when(n.roll_secret()).then_refused(errors.TooManySecrets)
        assert refused.param == "expires_in"
        # Told to callers of the API, and to who types `seti endpoints roll --expires`.
        assert "expires_in" not in refused.message
        assert "expire in 0 seconds" in refused.message
        given(*history).when(n.roll_secret(lasts=0)).then(n.secret_rolled(SECRETS_MAX, lasts=0))
        given(*history).when(n.roll_secret(AT + 60)).then(n.secret_rolled(SECRETS_MAX, AT + 60))


class TestPing:
    def test_is_recorded(self) -> None:
        """A ping is an event like any other."""
        given(NEW).when(n.ping()).then(n.pinged())
        assert fold([NEW, n.pinged()]) == fold([NEW])

    def test_needs_an_enabled_endpoint(self) -> None:
        """Nothing arrives where nothing is sent."""
        given(NEW, DISABLED).when(n.ping()).then_refused(errors.EndpointNotEnabled)

"""What may be asked of a webhook endpoint, and what it leads to."""

from typing import Any

import pytest

from service.domain import errors
from service.domain.endpoint import fold
from tests import neighbours as n
from tests.spec import given

NEW = n.endpoint_created()


class TestEndpoint:
    def test_is_created_with_what_it_is_given(self) -> None:
        """Every attribute of the command is in the event, but for empty metadata."""
        attributes = {"api_version": "2026-08-26.dahlia", "description": "Shop", "connect": True}
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

    @pytest.mark.parametrize("command", [n.update_endpoint(), n.delete_endpoint()])
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

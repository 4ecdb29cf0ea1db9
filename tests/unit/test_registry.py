"""Which endpoints there are, folded from the log."""

from msgspec.structs import replace

from service.domain.events import Event
from service.domain.values import Owner
from service.webhooks.ledger.values import EndpointChange
from service.webhooks.registry import Registry
from tests import histories as h

OWNER = Owner(h.ACCT, livemode=False)


def registry_after(*events: Event) -> Registry:
    """Return a registry that followed the *events* of one endpoint, at positions from 10."""
    registry = Registry()
    for recorded in h.recorded(*events, position=10):
        registry.follow(recorded)
    return registry


def updated(**changed: object) -> Event:
    return replace(h.ENDPOINT_UPDATED, changed=changed)


class TestSubscribed:
    def test_all_types(self) -> None:
        """An endpoint of `*` is told of every type."""
        registry = registry_after(h.ENDPOINT_CREATED)
        assert [each.id for each in registry.subscribed(OWNER, "customer.created", 11)] == [h.WE]

    def test_only_after_its_creation(self) -> None:
        """An endpoint is not told of what stands before it in the log."""
        assert registry_after(h.ENDPOINT_CREATED).subscribed(OWNER, "customer.created", 9) == []

    def test_changed_types(self) -> None:
        """New types replace the old ones."""
        registry = registry_after(h.ENDPOINT_CREATED, updated(enabled_events=["customer.deleted"]))
        assert registry.subscribed(OWNER, "customer.created", 20) == []
        assert len(registry.subscribed(OWNER, "customer.deleted", 20)) == 1

    def test_changed_url_and_status(self) -> None:
        """A disabled endpoint is still subscribed; its deliveries will be parked."""
        registry = registry_after(
            h.ENDPOINT_CREATED, updated(url="https://new.example/", status="disabled")
        )
        (endpoint,) = registry.subscribed(OWNER, "customer.created", 20)
        assert (endpoint.url, endpoint.enabled) == ("https://new.example/", False)

    def test_other_owner(self) -> None:
        """Another mode of the same account has endpoints of its own."""
        registry = registry_after(h.ENDPOINT_CREATED)
        live = Owner(h.ACCT, livemode=True)
        assert registry.subscribed(live, "customer.created", 20) == []


class TestFollow:
    def test_deleted(self) -> None:
        """A deleted endpoint is gone, and the change says so."""
        registry = registry_after(h.ENDPOINT_CREATED)
        (_, deleted) = h.recorded(h.ENDPOINT_CREATED, h.ENDPOINT_DELETED, position=10)
        assert registry.follow(deleted) == EndpointChange(11, h.WE, None)
        assert len(registry) == 0
        assert registry.get(h.WE) is None

    def test_what_is_not_about_endpoints(self) -> None:
        """Any other event changes nothing."""
        (other,) = h.recorded(h.CUSTOMER_CREATED)
        assert Registry().follow(other) is None

    def test_loaded_again(self) -> None:
        """What is loaded replaces what was known."""
        registry = registry_after(h.ENDPOINT_CREATED)
        registry.load([])
        assert registry.subscribed(OWNER, "customer.created", 20) == []

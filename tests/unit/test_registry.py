"""Which endpoints there are, folded from the log."""

from msgspec.structs import replace

from service.domain import events as e
from service.domain.announcements import DISABLED, PING
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


def updated(**changed: object) -> e.EndpointUpdated:
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

    def test_own_types_by_name_only(self) -> None:
        """Of what only Seti tells, those hear who named it, and not the endpoint itself."""
        every = registry_after(h.ENDPOINT_CREATED)
        named = registry_after(h.ENDPOINT_CREATED, updated(enabled_events=[DISABLED]))
        assert every.subscribed(OWNER, DISABLED, 20, "we_other") == []
        assert [one.id for one in named.subscribed(OWNER, DISABLED, 20, "we_other")] == [h.WE]
        assert named.subscribed(OWNER, DISABLED, 20, h.WE) == []

    def test_a_platforms_endpoint_is_told_of_itself_as_its_own(self) -> None:
        """What happened to a Connect endpoint happened to its owner, and names no account."""
        registry = registry_after(replace(h.ENDPOINT_CREATED, connect=True))
        endpoint = registry.get(h.WE)
        assert endpoint is not None
        assert registry.wording(endpoint, OWNER, 20).account is None
        connected = Owner("acct_connected", livemode=False)
        assert registry.wording(endpoint, connected, 20).account == "acct_connected"

    def test_ping_is_for_one(self) -> None:
        """A ping goes to its endpoint whatever that is subscribed to, and to no other."""
        registry = registry_after(h.ENDPOINT_CREATED, updated(enabled_events=["mandate.updated"]))
        assert [one.id for one in registry.subscribed(OWNER, PING, 20, h.WE)] == [h.WE]
        assert registry.subscribed(OWNER, PING, 20, "we_other") == []

    def test_other_owner(self) -> None:
        """Another mode of the same account has endpoints of its own."""
        registry = registry_after(h.ENDPOINT_CREATED)
        live = Owner(h.ACCT, livemode=True)
        assert registry.subscribed(live, "customer.created", 20) == []


class TestConnect:
    PLATFORM = "acct_platform"
    CONNECTED = e.AccountCreated(account_id=h.ACCT, at=h.AT, platform=PLATFORM)
    THEIRS = replace(h.ENDPOINT_CREATED, account=PLATFORM, endpoint_id="we_theirs")
    CONNECT = replace(THEIRS, connect=True, endpoint_id="we_connect")

    def registry(self, *events: Event) -> Registry:
        """Return a registry of a platform with both kinds of endpoints, after *events*."""
        registry = Registry()
        for event in (h.ENDPOINT_CREATED, self.THEIRS, self.CONNECT, *events):
            for recorded in h.recorded(event, position=10):
                registry.follow(recorded)
        return registry

    def hear(self, registry: Registry, owner: Owner) -> set[str]:
        return {each.id for each in registry.subscribed(owner, "customer.created", 20)}

    def test_hears_of_connected_accounts(self) -> None:
        """A platform's Connect endpoints hear of them, and its ordinary endpoints do not."""
        registry = self.registry(self.CONNECTED)
        assert self.hear(registry, OWNER) == {h.WE, "we_connect"}
        assert self.hear(registry, Owner(h.ACCT, livemode=True)) == set()

    def test_hears_not_of_its_own(self) -> None:
        """Of the platform itself, its ordinary endpoints alone hear."""
        registry = self.registry(self.CONNECTED)
        assert self.hear(registry, Owner(self.PLATFORM, livemode=False)) == {"we_theirs"}

    def test_hears_of_nobody_who_left(self) -> None:
        """An account that was never connected, or is no longer, is heard of by nobody else."""
        left = e.AccountUpdated(account_id=h.ACCT, at=h.AT, changed={"platform": None})
        assert self.hear(self.registry(), OWNER) == {h.WE}
        assert self.hear(self.registry(self.CONNECTED, left), OWNER) == {h.WE}

    def test_is_told_of_whom(self) -> None:
        """A Connect endpoint is told the account; an own endpoint knows it."""
        registry = self.registry(self.CONNECTED)
        said = {
            each.id: registry.wording(each, OWNER, 20).account
            for each in registry.subscribed(OWNER, "customer.created", 20)
        }
        assert said == {h.WE: None, "we_connect": h.ACCT}

    def test_is_told_in_its_owners_version(self) -> None:
        """An endpoint without a version is told in that of its account."""
        versioned = e.AccountCreated(
            account_id=self.PLATFORM, at=h.AT, api_version="2025-10-29.clover"
        )
        registry = self.registry(self.CONNECTED, versioned)
        without = registry.get("we_connect")
        assert without is not None
        assert registry.wording(without, OWNER, 20).api_version == "2025-10-29.clover"
        its_own = replace(without, api_version="2026-03-25.dahlia")
        assert registry.wording(its_own, OWNER, 20).api_version == "2026-03-25.dahlia"


class TestDefaults:
    HISTORY = tuple(
        h.recorded(
            replace(h.ACCOUNT_CREATED, api_version="2024-06-20"),
            replace(h.ACCOUNT_UPDATED, changed={"api_version": "2026-08-26.dahlia"}),
            position=20,
        )
    )

    def versions(self, registry: Registry) -> list[str | None]:
        """Return how the endpoint is told of what happened before, and since, the change."""
        endpoint = registry.get(h.WE)
        assert endpoint is not None
        return [registry.wording(endpoint, OWNER, position).api_version for position in (20, 21)]

    def test_stay_as_they_were(self) -> None:
        """What happened before an account changed its version is told as it was, ever after."""
        registry = registry_after(h.ENDPOINT_CREATED)
        for recorded in self.HISTORY:
            registry.follow(recorded)
        assert self.versions(registry) == ["2024-06-20", "2026-08-26.dahlia"]

    def test_are_loaded_whole(self) -> None:
        """A registry that begins late knows of every default that there was."""
        registry = registry_after(h.ENDPOINT_CREATED)
        endpoint = registry.get(h.WE)
        assert endpoint is not None
        registry.load([endpoint], self.HISTORY)
        assert self.versions(registry) == ["2024-06-20", "2026-08-26.dahlia"]


class TestFollow:
    def test_deleted(self) -> None:
        """A deleted endpoint is gone, and the change says so."""
        registry = registry_after(h.ENDPOINT_CREATED)
        (_, deleted) = h.recorded(h.ENDPOINT_CREATED, h.ENDPOINT_DELETED, position=10)
        assert registry.follow(deleted) == EndpointChange(11, h.WE, None)
        assert len(registry) == 0
        assert registry.get(h.WE) is None

    def test_disabled_by_seti(self) -> None:
        """An endpoint that was found to hear nothing is parked for from then on."""
        registry = registry_after(h.ENDPOINT_CREATED, h.ENDPOINT_DISABLED)
        endpoint = registry.get(h.WE)
        assert endpoint is not None
        assert (endpoint.enabled, endpoint.parked_upto, endpoint.tried_from) == (False, 11, h.AT)

    def test_enabled_again(self) -> None:
        """An endpoint is tried anew, and what was parked stays so."""
        enabled = replace(updated(status="enabled"), at=h.AT + 9)
        registry = registry_after(h.ENDPOINT_CREATED, h.ENDPOINT_DISABLED, enabled)
        endpoint = registry.get(h.WE)
        assert endpoint is not None
        assert (endpoint.enabled, endpoint.parked_upto, endpoint.tried_from) == (True, 11, h.AT + 9)

    def test_says_where_it_is_tried_anew(self) -> None:
        """An enabling and another URL begin anew; a disabling and other changes do not."""
        registry = registry_after(h.ENDPOINT_CREATED)
        changes = (
            {"status": "disabled"},
            {"description": "x"},
            {"status": "enabled"},
            {"url": "x"},
        )
        history = h.recorded(h.ENDPOINT_CREATED, *(updated(**each) for each in changes))
        found = [registry.follow(recorded) for recorded in history[1:]]
        assert [change.tried_anew for change in found if change] == [False, False, True, True]

    def test_order_headers_and_secrets(self) -> None:
        """What only Seti's endpoints have is followed as well."""
        own = updated(ordered=True, headers={"X-Key": "sealed"})
        endpoint = registry_after(h.ENDPOINT_CREATED, own, h.SECRET_ROLLED).get(h.WE)
        assert endpoint is not None
        assert (endpoint.ordered, endpoint.headers) == (True, {"X-Key": "sealed"})
        assert [secret.generation for secret in endpoint.secrets] == [1, 0]

    def test_a_ping_changes_nothing(self) -> None:
        """A ping is about an endpoint and is no change of it."""
        registry = registry_after(h.ENDPOINT_CREATED)
        (_, pinged) = h.recorded(h.ENDPOINT_CREATED, h.ENDPOINT_PINGED, position=10)
        assert registry.follow(pinged) is None

    def test_what_is_not_about_endpoints(self) -> None:
        """Any other event changes nothing."""
        (other,) = h.recorded(h.CUSTOMER_CREATED)
        assert Registry().follow(other) is None

    def test_loaded_again(self) -> None:
        """What is loaded replaces what was known."""
        registry = registry_after(h.ENDPOINT_CREATED)
        registry.load([], [])
        assert registry.subscribed(OWNER, "customer.created", 20) == []


class TestAhead:
    """What will be, told from events that were read while others were taken in."""

    CREATED = tuple(h.recorded(h.ENDPOINT_CREATED, position=10))
    CHANGED = tuple(h.recorded(updated(enabled_events=["customer.deleted"]), position=11))

    def test_is_what_comes(self) -> None:
        """An endpoint that is in the log already is foreseen, and not known yet."""
        registry = Registry()
        foreseen = registry.ahead(self.CREATED)
        assert (len(foreseen), len(registry)) == (1, 0)

    def test_takes_nothing_in_again(self) -> None:
        """What was followed since it was read changes nothing back."""
        registry = Registry()
        for recorded in (*self.CREATED, *self.CHANGED):
            registry.follow(recorded)
        foreseen = registry.ahead(self.CREATED)
        assert foreseen.subscribed(OWNER, "customer.created", 20) == []
        assert len(foreseen.subscribed(OWNER, "customer.deleted", 20)) == 1

    def test_takes_no_account_in_again(self) -> None:
        """An account that was followed since it was read is there once."""
        registry = Registry()
        accounts = tuple(h.recorded(h.ACCOUNT_CREATED, position=12))
        for recorded in accounts:
            registry.follow(recorded)
        assert registry.ahead(accounts).listening_for(h.ACCT) == registry.listening_for(h.ACCT)

    def test_is_begun_anew_where_it_was_loaded(self) -> None:
        """After a failure the log is followed again, from where the ledger is."""
        registry = registry_after(h.ENDPOINT_CREATED)
        registry.load((), ())
        assert len(registry.ahead(self.CREATED)) == 1

"""
Which endpoints there are, and who hears of whom, as the log has it up to the position
fanned out.

The follower changes it while it reads, and the dispatcher looks into it before each attempt:
so an attempt never goes to an endpoint that was disabled or deleted by then.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Final, NamedTuple, get_args

from service.domain.account import Account, evolve
from service.domain.announcements import PING, hears_of
from service.domain.default_versions import DefaultVersions
from service.domain.endpoint_state import is_tried_anew
from service.domain.events import (
    AccountCreated,
    AccountUpdated,
    EndpointCreated,
    EndpointDeleted,
    EndpointDisabled,
    EndpointEvent,
    EndpointSecretRolled,
    EndpointUpdated,
)
from service.domain.recorded import Recorded
from service.domain.values import Owner
from service.webhooks.ledger.values import Endpoint, EndpointChange
from service.webhooks.subscription import after, begun

# What changes the registry: endpoints, and to which platforms accounts are connected.
FOLLOWED_TOPICS: Final = tuple(
    each.__name__ for each in (AccountCreated, AccountUpdated, *get_args(EndpointEvent))
)


class Wording(NamedTuple):
    """How an event is told: in which version, and of which *account*, where not one's own."""

    api_version: str | None
    account: str | None


class Registry:
    """The endpoints by id, and by whom they belong to; and the accounts."""

    def __init__(self) -> None:
        self._by_id: dict[str, Endpoint] = {}
        self._by_owner: defaultdict[Owner, dict[str, Endpoint]] = defaultdict(dict)
        self._accounts: dict[str, Account] = {}
        self._defaults: dict[str, DefaultVersions] = {}
        # The position of the last event that was taken in since it was loaded.
        self._followed = 0
        # Where replays go, by their ids, if it is not to the URL of their endpoint.
        self.elsewhere: dict[str, str] = {}

    def __len__(self) -> int:
        return len(self._by_id)

    def load(self, endpoints: Iterable[Endpoint], of_accounts: Iterable[Recorded]) -> None:
        """Forget everything and know *endpoints*, and what *of_accounts* tells of accounts."""
        for known in (self._by_id, self._by_owner, self._accounts, self._defaults):
            known.clear()
        self._followed = 0
        for endpoint in endpoints:
            self._put(endpoint)
        for recorded in of_accounts:
            self.follow(recorded)

    def ahead(self, coming: Iterable[Recorded]) -> "Registry":
        """Return what this one will be after those of *coming* that it does not know yet."""
        there = Registry()
        for endpoint in self._by_id.values():
            there._put(endpoint)
        there._accounts.update(self._accounts)
        there._defaults.update(self._defaults)
        for recorded in coming:
            if recorded.position > self._followed:
                there.follow(recorded)
        return there

    def awaiting(self, owner: Owner, type_: str, told: Recorded) -> int:
        """Return how many of the endpoints that hear of *told* are to be told of it."""
        there = self.subscribed(owner, type_, told.position, told.stream)
        return sum(endpoint.enabled for endpoint in there)

    def get(self, endpoint_id: str) -> Endpoint | None:
        return self._by_id.get(endpoint_id)

    def knows(self, endpoint_id: str) -> bool:
        return endpoint_id in self._by_id

    def ids(self) -> list[str]:
        """Return the ids of all endpoints, the disabled ones too."""
        return list(self._by_id)

    def is_ordered(self, endpoint_id: str) -> bool:
        """Say whether an endpoint is told of each object in order."""
        endpoint = self._by_id.get(endpoint_id)
        return endpoint is not None and endpoint.ordered

    def may_hear_of(self, endpoint: Endpoint, owner: Owner) -> bool:
        """Say whether *endpoint* may be told what happened to *owner*, whatever it is."""
        if not endpoint.connect:
            return endpoint.owner == owner
        account = self._accounts.get(owner.account)
        platform = None if account is None else account.platform
        return platform is not None and endpoint.owner == Owner(platform, owner.livemode)

    def listening_for(self, account: str) -> tuple[str, ...]:
        """Return the accounts whose endpoints may hear of *account*: its own, its platform's."""
        known = self._accounts.get(account)
        platform = None if known is None else known.platform
        return (account,) if platform is None else (account, platform)

    def subscribed(
        self, owner: Owner, type_: str, position: int, stream: str = ""
    ) -> list[Endpoint]:
        """
        Return who hears of *owner*'s event of *type_* at *position*, disabled endpoints too.

        Those are *owner*'s own endpoints, and the Connect endpoints of its platform. Of what
        happened to an endpoint, its *stream*, the others hear; of a ping it alone does.
        """
        if type_ == PING:
            return [self._by_id[stream]] if stream in self._by_id else []
        return [
            endpoint
            for endpoint in (*self._of(owner, connect=False), *self._of_platform(owner))
            if endpoint.since < position
            and endpoint.id != stream
            and hears_of(endpoint.enabled_events, type_)
        ]

    def wording(self, endpoint: Endpoint, owner: Owner, position: int) -> Wording:
        """
        Return how *endpoint* is told of what happened to *owner* at *position*.

        However late it is asked, the answer is the same: an endpoint's own version never
        changes, and of its account's defaults it is that of then which counts.
        """
        version = endpoint.api_version
        if version is None:
            defaults = self._defaults.get(endpoint.owner.account, DefaultVersions())
            version = defaults.at(position)
        return Wording(version, None if owner == endpoint.owner else owner.account)

    def follow(self, recorded: Recorded) -> EndpointChange | None:
        """Take *recorded* in, and return what it changed if it is about an endpoint."""
        event, self._followed = recorded.event, recorded.position
        match event:
            case EndpointCreated():
                self._put(begun(event, recorded.position))
            case EndpointDeleted(endpoint_id=id_):
                self._drop(id_)
            case (
                EndpointUpdated(endpoint_id=id_)
                | EndpointDisabled(endpoint_id=id_)
                | EndpointSecretRolled(endpoint_id=id_)
            ) if id_ in self._by_id:
                self._put(after(self._by_id[id_], event, recorded.position))
            case AccountCreated() | AccountUpdated():
                self._follow_account(event, recorded)
                return None
            case _:
                return None
        anew = isinstance(event, EndpointUpdated) and is_tried_anew(event)
        return EndpointChange(
            recorded.position, event.endpoint_id, self.get(event.endpoint_id), anew
        )

    def _follow_account(self, event: AccountCreated | AccountUpdated, recorded: Recorded) -> None:
        id_ = event.account_id
        self._accounts[id_] = evolve(self._accounts.get(id_, Account()), event)
        self._defaults[id_] = self._defaults.get(id_, DefaultVersions()).after(recorded)

    def _of(self, owner: Owner, *, connect: bool) -> list[Endpoint]:
        endpoints = self._by_owner.get(owner, {}).values()
        return [endpoint for endpoint in endpoints if endpoint.connect is connect]

    def _of_platform(self, owner: Owner) -> list[Endpoint]:
        account = self._accounts.get(owner.account)
        if account is None or account.platform is None:
            return []
        return self._of(Owner(account.platform, owner.livemode), connect=True)

    def _put(self, endpoint: Endpoint) -> None:
        self._by_id[endpoint.id] = endpoint
        self._by_owner[endpoint.owner][endpoint.id] = endpoint

    def _drop(self, endpoint_id: str) -> None:
        endpoint = self._by_id.pop(endpoint_id, None)
        if endpoint is not None:
            del self._by_owner[endpoint.owner][endpoint_id]

"""One call: who makes it, what it asks, in which version of the API."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from aiohttp import web

from service.api.authentication import Principal, admit
from service.api.directory import Directory
from service.api.house import House
from service.api.introduction import Introduction
from service.commands.path import Caller, Keyed
from service.domain.values import Actor, Owner
from service.wire.declarations import read_params
from service.wire.form import Branch
from service.wire.hashes import Hash
from service.wire.versions import Version, check_request

Params = TypeVar("Params", bound=Hash)


@dataclass(slots=True, kw_only=True)
class Call:
    """
    What a handler is given.

    *path_parts* is what the path holds for each of its names (`"intent"`).
    *tree* holds the parameters of the body (POST) or of the query (GET, DELETE), unread.
    *said* is how it was introduced, and *principal* whom that is good for.
    *at* is the instant of the call in Unix seconds; *at_ms* the same in milliseconds.
    *version* is the one that is spoken, which the call *names_version* or leaves to us.
    """

    house: House
    request: web.Request
    path_parts: Mapping[str, str]
    request_id: str
    said: Introduction
    principal: Principal
    version: Version
    at_ms: int
    names_version: bool = False
    tree: Branch = field(default_factory=dict)
    idempotency_key: str | None = None
    keyed: Keyed | None = None

    @property
    def at(self) -> int:
        return self.at_ms // 1000

    @property
    def owner(self) -> Owner:
        return self.principal.owner

    @property
    def accounts(self) -> Directory:
        return self.house.keys.accounts

    @property
    def is_publishable(self) -> bool:
        return self.principal.kind == "publishable"

    @property
    def caller(self) -> Caller:
        """The call as the command path knows it."""
        actor = Actor(
            request=self.request_id,
            idempotency_key=self.idempotency_key,
            key=self.principal.masked,
            address=self.request.remote,
        )
        return Caller(self.owner, actor, self.at, self.keyed)

    def admit_again(self) -> None:
        """Raise `Problem` where the key does not open the account any more."""
        principal = self.house.keys.authenticate(self.said.authorization, self.said.account)
        admit(principal, None, int(self.house.clock()), publishable=self.is_publishable)

    def named(self, part: str) -> str:
        """Return the id that the path holds as *part* (`"intent"`)."""
        return self.path_parts[part]

    def params(self, declared: type[Params]) -> Params:
        """Return the call's parameters as *declared*. Raise `BadParam` where they are not."""
        check_request(self.version, declared, self.tree)
        return read_params(declared, self.tree)

    def new_id(self, prefix: str) -> str:
        """Return a new id for an object that this call makes."""
        return self.house.new_id(prefix, self.at_ms)


Json = dict[str, Any]

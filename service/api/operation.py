"""
What an operation is, said once: where it is, what it takes, what it gives, who may call it.

The door guards it, the router finds it, and the reference (`/openapi.json`, the README's
table) tells of it, all from the same declaration.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Final, Literal

from service.api.call import Call
from service.commands.path import Decided, Reply
from service.domain.permissions import Permission
from service.wire.hashes import Hash

# What only reads replies at once; what decides is waited for by the door.
Handler = Callable[[Call], Awaitable[Reply | Decided]]
Shape = Literal["object", "list", "search", "deleted", "lines"]

# Where the operations are that Stripe does not have (`service.api.own`).
OWN: Final = "/seti/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """
    One of Stripe's operations, or of our own.

    *takes* declares its parameters; *browser*, where a page may send others, those that come
    with a publishable key. *gives* is the kind of object that it answers with, in the *shape*
    of one, of a page of them, of what is left of a deleted one, or of a stream of lines.
    *publishable* keys may call it where that is set. *resource* is what a restricted key needs
    a permission for; None where any key may call. What shows its own kind now, and another as
    of a moment, gives that *past* one then.
    """

    method: str
    path: str
    handler: Handler
    takes: type[Hash]
    gives: str
    resource: str | None
    shape: Shape = "object"
    publishable: bool = False
    browser: type[Hash] | None = None
    past: str | None = None

    @property
    def name(self) -> str:
        """How logs and metrics call it: `POST /v1/setup_intents/{intent}`."""
        return f"{self.method} {self.path}"

    @property
    def is_own(self) -> bool:
        """Whether Stripe has no such operation."""
        return self.path.startswith(OWN)

    @property
    def permission(self) -> Permission | None:
        """What a restricted key needs: to read for a GET, to write for all else."""
        if self.resource is None:
            return None
        return self.resource, "read" if self.method == "GET" else "write"


@dataclass(frozen=True, slots=True)
class Group:
    """Operations below one *path* that give objects of one kind, and need one *resource*."""

    path: str
    gives: str
    resource: str

    def get(self, below: str, handler: Handler, takes: type[Hash]) -> Operation:
        return Operation(
            method="GET",
            path=self.path + below,
            handler=handler,
            takes=takes,
            gives=self.gives,
            resource=self.resource,
        )

    def list(self, handler: Handler, takes: type[Hash]) -> Operation:
        return replace(self.get("", handler, takes), shape="list")

    def lines(self, below: str, handler: Handler, takes: type[Hash]) -> Operation:
        """Return an operation whose handler replies with `Lines`."""
        return replace(self.get(below, handler, takes), shape="lines")

    def search(self, handler: Handler, takes: type[Hash]) -> Operation:
        return replace(self.get("/search", handler, takes), shape="search")

    def post(self, below: str, handler: Handler, takes: type[Hash]) -> Operation:
        return replace(self.get(below, handler, takes), method="POST")

    def delete(self, below: str, handler: Handler, takes: type[Hash]) -> Operation:
        return replace(self.get(below, handler, takes), method="DELETE", shape="deleted")


def public(operation: Operation, browser: type[Hash] | None = None) -> Operation:
    """Let publishable keys call *operation*; *browser* is what they send, if not the same."""
    return replace(operation, publishable=True, browser=browser)

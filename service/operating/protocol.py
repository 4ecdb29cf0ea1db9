"""
What may be asked, and what is answered: one line of JSON each way, told apart by its `type`.

The text of a key is in one answer only, the one that made it.
"""

from collections.abc import Mapping
from typing import Final, Literal, TypeAlias

import msgspec
from msgspec import field

Kind: TypeAlias = Literal["publishable", "restricted", "secret"]

LINE_BYTES_MAX: Final = 1024 * 1024
SOCKET: Final = "operator.sock"


class Message(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="type"
):
    """One line of the protocol."""


class CreateAccount(Message, frozen=True, tag="accounts.create"):
    name: str | None = None
    email: str | None = None
    country: str = "US"
    platform: str | None = None
    api_version: str | None = None


class UpdateAccount(Message, frozen=True, tag="accounts.update"):
    """*changes* maps the names of `CreateAccount`'s fields to new values; None takes one away."""

    account: str
    changes: Mapping[str, str | None]


class ListAccounts(Message, frozen=True, tag="accounts.list"):
    """All accounts, or *account* alone."""

    account: str | None = None


class CreateKey(Message, frozen=True, tag="keys.create"):
    """A new key of *account* (None: the first). *permissions* are a restricted key's."""

    account: str | None = None
    kind: Kind = "secret"
    livemode: bool = False
    name: str | None = None
    permissions: Mapping[str, str] = field(default_factory=dict)


class ListKeys(Message, frozen=True, tag="keys.list"):
    """The keys of all accounts, or of one."""

    account: str | None = None


class RollKey(Message, frozen=True, tag="keys.roll"):
    """
    A new key in the place of *key*, which works for *expires_in* more seconds.

    A key is named by its id, or by its text where that is all that is known of a leaked one.
    """

    key: str
    expires_in: int = 0


class RevokeKey(Message, frozen=True, tag="keys.revoke"):
    """No more of *key*, from now on."""

    key: str


Request: TypeAlias = (
    CreateAccount | UpdateAccount | ListAccounts | CreateKey | ListKeys | RollKey | RevokeKey
)


class AccountRow(msgspec.Struct, frozen=True, kw_only=True):
    """An account as an operator sees it. *application* is what it is called as a platform."""

    id: str
    name: str | None
    email: str | None
    country: str
    default_currency: str
    platform: str | None
    application: str
    api_version: str | None
    created: int


class KeyRow(msgspec.Struct, frozen=True, kw_only=True):
    """A key as an operator sees it. *text* is there once, for whoever made it."""

    id: str
    account: str
    kind: str
    livemode: bool
    masked: str
    name: str | None
    permissions: Mapping[str, str]
    created: int
    expires_at: int | None
    text: str | None = None


class Accounts(Message, frozen=True, tag="accounts"):
    accounts: tuple[AccountRow, ...]


class Keys(Message, frozen=True, tag="keys"):
    """*keys* newest last; a roll answers with the new one first."""

    keys: tuple[KeyRow, ...]


class TurnedDown(Message, frozen=True, tag="turned_down"):
    """Nothing was done, and why."""

    reason: str


Answer: TypeAlias = Accounts | Keys | TurnedDown

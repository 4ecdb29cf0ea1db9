"""What may be asked of an account. Keys arrive as digests only."""

from collections.abc import Mapping

from service.domain.values import JsonObject, Value, field


class Create(Value, frozen=True, kw_only=True):
    """Begin. The fields are those of `AccountCreated`."""

    account_id: str
    at: int
    name: str | None = None
    email: str | None = None
    country: str = "US"
    default_currency: str = "usd"
    platform: str | None = None
    api_version: str | None = None


class Update(Value, frozen=True, kw_only=True):
    """Change attributes: *changes* maps the names of `Create`'s to their whole new values."""

    account_id: str
    at: int
    changes: JsonObject


class AddKey(Value, frozen=True, kw_only=True):
    """
    Let a key open the account in one mode.

    *digest* is `keyring.digest_of_key`, *kind* `secret`, `publishable` or `restricted`. A key
    that was here before stays as it is: one that has expired opens nothing again.
    """

    account_id: str
    at: int
    digest: str
    kind: str
    livemode: bool
    masked: str
    origin: str = "settings"
    name: str | None = None
    permissions: Mapping[str, str] = field(default_factory=dict)


class ExpireKey(Value, frozen=True, kw_only=True):
    """Let the key with *digest* open nothing from *expires_at* on."""

    account_id: str
    at: int
    digest: str
    expires_at: int


class RevokeKey(Value, frozen=True, kw_only=True):
    """Forget the key with *digest*, which the settings no longer name."""

    account_id: str
    at: int
    digest: str


Command = Create | Update | AddKey | ExpireKey | RevokeKey

"""What has happened to an account. Of its API keys only digests are in here."""

from collections.abc import Mapping

from service.domain.values import JsonObject, Value, field


class AccountCreated(Value, frozen=True, kw_only=True):
    """
    An account came into being.

    *platform* is the account that may act for it (Connect), *api_version* the version that
    is spoken with it where a call names none; None is the newest one's default.
    """

    account_id: str
    at: int
    name: str | None = None
    email: str | None = None
    country: str = "US"
    default_currency: str = "usd"
    platform: str | None = None
    api_version: str | None = None


class AccountUpdated(Value, frozen=True, kw_only=True):
    """
    Some attributes got new values.

    *changed* maps the names of `AccountCreated`'s fields to their whole new values.
    """

    account_id: str
    at: int
    changed: JsonObject


class ApiKeyAdded(Value, frozen=True, kw_only=True):
    """
    A key opens the account in one mode.

    *digest* is the hex SHA-256 of the key, *kind* `secret`, `publishable` or `restricted`,
    *masked* the key with everything between its prefix and its last four characters left
    out. *origin* is `settings` for a key that follows the service's settings, `operator`
    for one that was asked for. *permissions* are a restricted key's: a resource to `read`
    or `write`.
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


class ApiKeyExpiring(Value, frozen=True, kw_only=True):
    """The key opens the account until *expires_at* (Unix seconds), and never again."""

    account_id: str
    at: int
    digest: str
    expires_at: int


class ApiKeyRevoked(Value, frozen=True, kw_only=True):
    """A key that the settings no longer name is forgotten."""

    account_id: str
    at: int
    digest: str


AccountEvent = AccountCreated | AccountUpdated | ApiKeyAdded | ApiKeyExpiring | ApiKeyRevoked

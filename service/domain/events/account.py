"""What has happened to an account. Of its API keys only digests are in here."""

from service.domain.values import Value


class AccountCreated(Value, frozen=True, kw_only=True):
    """An account came into being."""

    account_id: str
    at: int


class ApiKeyAdded(Value, frozen=True, kw_only=True):
    """
    A key opens the account in one mode.

    *digest* is the hex SHA-256 of the key, *kind* `secret` or `publishable`, *masked* the key
    with everything between its prefix and its last four characters left out.
    """

    account_id: str
    at: int
    digest: str
    kind: str
    livemode: bool
    masked: str


class ApiKeyRevoked(Value, frozen=True, kw_only=True):
    """A key no longer opens anything."""

    account_id: str
    at: int
    digest: str


AccountEvent = AccountCreated | ApiKeyAdded | ApiKeyRevoked

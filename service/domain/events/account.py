"""What has happened to an account. Of its API keys only digests are in here."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountCreated:
    """An account came into being."""

    account_id: str
    at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiKeyAdded:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiKeyRevoked:
    """A key no longer opens anything."""

    account_id: str
    at: int
    digest: str


AccountEvent = AccountCreated | ApiKeyAdded | ApiKeyRevoked

"""What may be asked of an account. Keys arrive as digests only."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Create:
    """Begin."""

    account_id: str
    at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AddKey:
    """
    Let a key open the account in one mode.

    *digest* is `keyring.digest_of_key`, *kind* `secret` or `publishable`.
    """

    account_id: str
    at: int
    digest: str
    kind: str
    livemode: bool
    masked: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RevokeKey:
    """Let the key with *digest* open nothing any more."""

    account_id: str
    at: int
    digest: str


Command = Create | AddKey | RevokeKey

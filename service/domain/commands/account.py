"""What may be asked of an account. Keys arrive as digests only."""

from service.domain.values import Value


class Create(Value, frozen=True, kw_only=True):
    """Begin."""

    account_id: str
    at: int


class AddKey(Value, frozen=True, kw_only=True):
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


class RevokeKey(Value, frozen=True, kw_only=True):
    """Let the key with *digest* open nothing any more."""

    account_id: str
    at: int
    digest: str


Command = Create | AddKey | RevokeKey

"""
Who calls: API keys, by Bearer or Basic, looked up by their digest.

The text of a key is never kept, only seen while a call is looked at. Errors show a key's
prefix and its last four characters, as Stripe's do.
"""

import base64
import binascii
from collections.abc import Iterable
from functools import lru_cache
from typing import Final, Literal, cast

from service.api.directory import Directory
from service.api.problems import Problem
from service.domain.account import Account, Key
from service.domain.permissions import Permission, granted, name_of
from service.domain.values import Owner, Value, replace
from service.keyring import digest_of_key, masked
from service.wire.bad_param import shown
from service.wire.versions import DEFAULT_VERSION, Version, named_or_default

Kind = Literal["secret", "publishable", "restricted"]

_KNOWN_MAX: Final = 10_000
_WHERE_KEYS_ARE: Final = "Whoever runs this Seti sees its test keys with `seti keys`."
_REALM: Final = {"WWW-Authenticate": 'Bearer realm="Stripe"'}


class Principal(Value, frozen=True):
    """
    Whom a key speaks for. *masked* is the key as logs, events and errors may show it.

    *api_version* is spoken where a call names none. *permissions* are a restricted key's.
    *platform* is the key's own account where it acts for another, the *owner*, and
    *application* what that platform is called on the objects that it makes there.
    """

    owner: Owner
    kind: Kind
    masked: str
    api_version: Version = DEFAULT_VERSION
    permissions: frozenset[Permission] = frozenset()
    expires_at: int | None = None
    platform: str | None = None
    application: str | None = None


def key_of(header: str | None) -> str:
    """Return the API key in an Authorization header. Raise `Problem` (401) if there is none."""
    scheme, _, credentials = (header or "").strip().partition(" ")
    credentials = credentials.strip()
    if scheme.lower() == "basic":
        credentials = _basic_user(credentials)
    elif scheme.lower() != "bearer":
        credentials = ""
    if not credentials:
        raise Problem(
            401,
            "No API key was provided. Send one in the Authorization header, as "
            "'Authorization: Bearer YOUR_SECRET_KEY', or as the user name of Basic auth. "
            f"{_WHERE_KEYS_ARE}",
            headers=_REALM,
        )
    return credentials


def _basic_user(credentials: str) -> str:
    try:
        text = base64.b64decode(credentials, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return ""
    return text.partition(":")[0]


class Keys:
    """
    Says whom a call speaks for, of *accounts*.

    What it says is kept by the texts of the two headers: in this process's memory only, and
    until an account or a key changes.
    """

    def __init__(self, accounts: Directory) -> None:
        self.accounts = accounts
        self.authenticate = lru_cache(_KNOWN_MAX)(self._authenticate)

    def know(self, accounts: Iterable[Account]) -> None:
        """Take note of how *accounts* stand now."""
        self.accounts.know(accounts)
        self.authenticate.cache_clear()

    def _authenticate(self, authorization: str | None, account: str | None) -> Principal:
        """
        Return whom a call speaks for, by its Authorization and Stripe-Account headers.

        Raise `Problem`: 401 for nobody, 403 for an account that the key may not act for. A
        key that has expired is known all the same: see `admit`.
        """
        key = key_of(authorization)
        opened = self.accounts.opened_by(digest_of_key(key)) if key.isascii() else None
        if opened is None:
            text = f"This server has no such API key: {masked(key)}. {_WHERE_KEYS_ARE}"
            raise Problem(401, text, headers=_REALM)
        principal = _principal(*opened)
        if account is None or account == principal.owner.account:
            return principal
        return self._acting(principal, account)

    def _acting(self, principal: Principal, account: str) -> Principal:
        platform = principal.owner.account
        if not self.accounts.is_connected(account, platform):
            raise no_access(principal, account)
        return replace(
            principal,
            owner=Owner(account, principal.owner.livemode),
            platform=platform,
            application=self.accounts.application_of(platform),
        )


def _principal(account: Account, key: Key) -> Principal:
    added = key.added
    return Principal(
        Owner(account.id, added.livemode),
        cast("Kind", added.kind),
        added.masked,
        api_version=named_or_default(account.attributes["api_version"]),
        permissions=granted(added.permissions),
        expires_at=key.expires_at,
    )


def no_access(principal: Principal, account: str) -> Problem:
    """Return the refusal of an *account* that the key may not act for."""
    return Problem(
        403,
        f"The key '{principal.masked}' has no access to the account '{shown(account)}', or "
        "there is no such account. The platform's access may have been withdrawn.",
        "account_invalid",
    )


def admit(principal: Principal, needed: Permission | None, at: int, *, publishable: bool) -> None:
    """
    Raise `Problem` where a call may not be made with this key *at* an instant.

    *needed* is the permission that the operation asks of a restricted key; *publishable*
    says whether a publishable key may make it.
    """
    if principal.expires_at is not None and principal.expires_at <= at:
        raise Problem(
            401, f"The API key has expired: {principal.masked}", "api_key_expired", headers=_REALM
        )
    if principal.kind == "publishable" and not publishable:
        raise secret_key_required()
    if principal.kind == "restricted" and needed is not None:
        require(principal, needed)


def secret_key_required(to: str = "make this call") -> Problem:
    """Return the refusal of a publishable key, which may not do what it wanted *to*."""
    return Problem(
        403,
        f"A publishable API key may not {to}. Use a secret API key.",
        "secret_key_required",
    )


def require(principal: Principal, needed: Permission) -> None:
    """Raise `Problem` where a restricted key lacks the permission *needed*."""
    if principal.kind != "restricted" or needed in principal.permissions:
        return
    raise Problem(
        403,
        f"The key '{principal.masked}' may not make this call on the account "
        f"'{principal.owner.account}'. With the '{name_of(needed)}' permission it could.",
    )

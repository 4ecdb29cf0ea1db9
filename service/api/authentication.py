"""
Who calls: API keys, by Bearer or Basic, looked up by their digest.

The keys in force are folded from the account streams and kept here in memory; the text of a
key is never kept, only seen while a call is looked at. Errors show a key's prefix and its
last four characters, as Stripe's do.
"""

import base64
import binascii
from collections.abc import Iterable
from functools import lru_cache
from typing import Final, Literal

from service.api.problems import Problem
from service.domain.events import ApiKeyAdded, ApiKeyRevoked, Event
from service.domain.values import Owner, Value
from service.keyring import digest_of_key

Kind = Literal["secret", "publishable"]

_PREFIX_PARTS: Final = 3
_SHOWN: Final = 4
_KNOWN_MAX: Final = 10_000
_REALM: Final = {"WWW-Authenticate": 'Bearer realm="Stripe"'}


class Principal(Value, frozen=True):
    """Whom a key speaks for. *masked* is the key as logs, events and errors may show it."""

    owner: Owner
    kind: Kind
    masked: str


def masked(key: str) -> str:
    """Return *key* with all but its prefix and its last four characters hidden."""
    if not key.isascii():
        return "*" * 8
    parts = key.split("_", _PREFIX_PARTS - 1)
    if len(parts) == _PREFIX_PARTS and len(parts[-1]) > 2 * _SHOWN:
        return f"{parts[0]}_{parts[1]}_{'*' * 8}{key[-_SHOWN:]}"
    return "*" * 8 + (key[-_SHOWN:] if len(key) > 2 * _SHOWN else "")


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
            "'Authorization: Bearer YOUR_SECRET_KEY', or as the user name of Basic auth.",
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
    """The API keys in force, of every account."""

    def __init__(self) -> None:
        self._principals: dict[str, Principal] = {}
        self.authenticate = lru_cache(_KNOWN_MAX)(self._authenticate)

    def learn(self, events: Iterable[Event]) -> None:
        """Take note of what happened to accounts."""
        for event in events:
            if isinstance(event, ApiKeyAdded):
                kind: Kind = "publishable" if event.kind == "publishable" else "secret"
                owner = Owner(event.account_id, event.livemode)
                self._principals[event.digest] = Principal(owner, kind, event.masked)
            elif isinstance(event, ApiKeyRevoked):
                self._principals.pop(event.digest, None)
        self.authenticate.cache_clear()

    def _authenticate(self, header: str | None) -> Principal:
        """
        Return whom an Authorization *header* speaks for. Raise `Problem` (401) for nobody.

        Cached by the header's text: the cache lives in this process's memory only, and is
        cleared whenever a key comes or goes.
        """
        key = key_of(header)
        principal = self._principals.get(digest_of_key(key)) if key.isascii() else None
        if principal is None:
            raise Problem(401, f"The API key is not valid: {masked(key)}", headers=_REALM)
        return principal

"""The keys of the first account, as they are told at a start."""

import pytest

from service.config import Settings
from service.domain.account import Account, Key
from service.keyring import Keyring, digest_of_key
from service.reports import ApiKeys
from service.runtime import accounts
from tests import builders as a
from tests import neighbours as n

KEYRING = Keyring(b"m" * 32)
SECRET, PUBLISHABLE = "sk_test_0123456789abcdef", "pk_test_0123456789abcdef"
NAMED = Settings(secret_key=SECRET, publishable_key=PUBLISHABLE)


def told(first: Account, settings: Settings = NAMED) -> ApiKeys:
    return accounts.test_keys(settings, KEYRING, first, a.AT)


def expiring(text: str, at: int) -> Account:
    """Return an account whose key *text* expires *at* an instant."""
    digest = digest_of_key(text)
    return Account(keys={digest: Key(added=n.key_added(digest=digest), expires_at=at)})


def test_are_those_of_the_settings() -> None:
    """Keys that are named are told as they are."""
    assert told(Account()) == ApiKeys(SECRET, PUBLISHABLE)


def test_are_derived_where_none_are_named() -> None:
    """The master key leads to the same keys at every start."""
    keys = told(Account(), Settings())
    assert keys == told(Account(), Settings())
    assert str(keys.secret).startswith("sk_test_")
    assert str(keys.publishable).startswith("pk_test_")


@pytest.mark.parametrize(("at", "secret"), [(a.AT, None), (a.AT + 1, SECRET)])
def test_are_not_told_once_ended(at: int, secret: str | None) -> None:
    """A key that opens nothing is not given to anybody; one that expires later is."""
    assert told(expiring(SECRET, at)) == ApiKeys(secret, PUBLISHABLE)

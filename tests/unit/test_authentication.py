"""Whom a call speaks for, and what that key may do."""

from collections.abc import Iterable
from typing import Any, Final

import pytest

from service.api.authentication import Keys, Principal, admit, require
from service.api.directory import Directory
from service.api.problems import Problem
from service.domain import events as e
from service.domain.account import Account, evolve
from service.domain.permissions import RESOURCES, Permission, granted, name_of
from service.domain.values import Owner
from service.keyring import digest_of_key
from service.wire.versions import DEFAULT_VERSION
from tests import builders as a

PLATFORM, CONNECTED, STRANGER = "acct_platform", "acct_connected", "acct_stranger"
SECRET = "sk_test_0123456789abcdef"
RESTRICTED = "rk_live_0123456789abcdef"
NEEDED: Final[Permission] = ("setup_intents", "read")


def created(name: str, **attributes: Any) -> e.AccountCreated:
    return e.AccountCreated(account_id=name, at=a.AT, **attributes)


def key(text: str, **changes: Any) -> e.ApiKeyAdded:
    kinds = {"sk": "secret", "pk": "publishable", "rk": "restricted"}
    fields = {
        "account_id": PLATFORM,
        "at": a.AT,
        "digest": digest_of_key(text),
        "kind": kinds[text[:2]],
        "livemode": "_live_" in text,
        "masked": "masked",
    }
    return e.ApiKeyAdded(**{**fields, **changes})


def keys_after(*events: e.AccountEvent) -> Keys:
    """Return the keys of a platform with a connected account and a stranger."""
    keys = Keys(Directory(lambda platform: f"ca_of_{platform}"))
    known = created(PLATFORM), created(CONNECTED, platform=PLATFORM), created(STRANGER)
    learn(keys, *known, key(SECRET), *events)
    return keys


def learn(keys: Keys, *events: e.AccountEvent) -> None:
    """Let *keys* know of the accounts after each of *events*."""
    for event in events:
        before = keys.accounts.get(event.account_id) or Account()
        keys.know([evolve(before, event)])


def speaks_for(keys: Keys, text: str, account: str | None = None) -> Principal:
    return keys.authenticate(f"Bearer {text}", account)


def refusal(keys: Keys, text: str, account: str | None = None) -> tuple[int, str | None]:
    with pytest.raises(Problem) as caught:
        speaks_for(keys, text, account)
    return caught.value.status, caught.value.code


class TestKeys:
    def test_open_their_own_account(self) -> None:
        """A key speaks for its account, in its mode, in the newest default version."""
        principal = speaks_for(keys_after(), SECRET)
        assert principal.owner == Owner(PLATFORM, livemode=False)
        assert (principal.platform, principal.application) == (None, None)
        assert principal.api_version == DEFAULT_VERSION

    def test_learn_at_once(self) -> None:
        """A key opens nothing, then it does, then it is forgotten."""
        keys = keys_after()
        assert refusal(keys, RESTRICTED) == (401, None)
        learn(keys, key(RESTRICTED))
        assert speaks_for(keys, RESTRICTED).owner == Owner(PLATFORM, livemode=True)
        digest = digest_of_key(RESTRICTED)
        learn(keys, e.ApiKeyRevoked(account_id=PLATFORM, at=a.AT, digest=digest))
        assert refusal(keys, RESTRICTED) == (401, None)

    def test_tell_where_the_right_ones_are(self) -> None:
        """Who brings another key, or none, learns how to see those of this server, and no key."""
        for header in (None, "Bearer sk_test_of_somebody_else_1234"):
            with pytest.raises(Problem, match="`seti keys`") as caught:
                keys_after().authenticate(header, None)
            assert "somebody" not in caught.value.message

    def test_know_the_accounts_version(self) -> None:
        """A call that names no version is in the account's own."""
        changed = {"api_version": "2025-10-29.clover"}
        keys = keys_after(e.AccountUpdated(account_id=PLATFORM, at=a.AT, changed=changed))
        assert str(speaks_for(keys, SECRET).api_version) == "2025-10-29.clover"

    def test_act_for_connected_accounts(self) -> None:
        """With Stripe-Account a platform's key speaks for the account, as its application."""
        principal = speaks_for(keys_after(), SECRET, CONNECTED)
        assert principal.owner == Owner(CONNECTED, livemode=False)
        assert (principal.platform, principal.application) == (PLATFORM, f"ca_of_{PLATFORM}")

    def test_act_for_themselves(self) -> None:
        """An account may name itself in Stripe-Account, and is no application by that."""
        keys = keys_after()
        assert speaks_for(keys, SECRET, PLATFORM) == speaks_for(keys, SECRET)

    @pytest.mark.parametrize("account", [STRANGER, "acct_nobody", ""])
    def test_act_for_nobody_else(self, account: str) -> None:
        """An account of somebody else's is refused like one that is not there."""
        assert refusal(keys_after(), SECRET, account) == (403, "account_invalid")

    def test_lose_an_account_that_leaves(self) -> None:
        """A platform's key no longer speaks for an account that is disconnected."""
        keys = keys_after()
        assert speaks_for(keys, SECRET, CONNECTED)
        learn(keys, e.AccountUpdated(account_id=CONNECTED, at=a.AT, changed={"platform": None}))
        assert refusal(keys, SECRET, CONNECTED) == (403, "account_invalid")


class TestAdmit:
    def admit(self, *events: e.AccountEvent, at: int = a.AT, text: str = RESTRICTED) -> None:
        admit(speaks_for(keys_after(*events), text), NEEDED, at, publishable=False)

    def refusals(self, *events: e.AccountEvent, **call: Any) -> tuple[int, str | None]:
        with pytest.raises(Problem) as caught:
            self.admit(*events, **call)
        return caught.value.status, caught.value.code

    def expiring(self, text: str) -> Iterable[e.AccountEvent]:
        digest = digest_of_key(text)
        yield e.ApiKeyExpiring(account_id=PLATFORM, at=a.AT, digest=digest, expires_at=a.AT + 60)

    def test_until_the_key_expires(self) -> None:
        """An expiring key is good up to its instant, and then told to have expired."""
        expiring = self.expiring(SECRET)
        events = tuple(expiring)
        self.admit(*events, at=a.AT + 59, text=SECRET)
        refused = self.refusals(*events, at=a.AT + 60, text=SECRET)
        assert refused == (401, "api_key_expired")

    def test_no_publishable_key(self) -> None:
        """What is not for browsers needs a secret key."""
        text = "pk_test_0123456789abcdef"
        assert self.refusals(key(text), text=text) == (403, "secret_key_required")

    @pytest.mark.parametrize("level", ["read", "write"])
    def test_a_restricted_key_with_the_permission(self, level: str) -> None:
        """Whoever may write may read."""
        self.admit(key(RESTRICTED, permissions={"setup_intents": level}))

    @pytest.mark.parametrize("permissions", [{}, {"setup_intents": "none"}, {"events": "write"}])
    def test_no_restricted_key_without(self, permissions: dict[str, str]) -> None:
        """What is not granted is refused, with the name of what is missing."""
        keys = keys_after(key(RESTRICTED, permissions=permissions))
        with pytest.raises(Problem, match="rak_setup_intent_read") as caught:
            require(speaks_for(keys, RESTRICTED), NEEDED)
        assert (caught.value.status, caught.value.code) == (403, None)


class TestPermissions:
    def test_have_names(self) -> None:
        """Each permission has a name of its own."""
        levels = dict.fromkeys(RESOURCES, "write")
        names = {name_of(permission) for permission in granted(levels)}
        assert len(names) == 2 * len(RESOURCES)
        assert {"rak_webhook_write", "rak_accounts_kyc_basic_read"} <= names

"""What may be asked of an account, and what it leads to."""

from service.domain import errors
from service.domain.account import Key, fold
from tests import builders as a
from tests import neighbours as n
from tests.spec import given

NEW = n.account_created()
WITH_KEY = (NEW, n.key_added())


class TestAccount:
    def test_is_created(self) -> None:
        """An account begins without keys."""
        given().when(n.create_account()).then(NEW)
        assert fold([NEW]).keys == {}
        assert fold([NEW]).owner == a.OWNER

    def test_is_created_once(self) -> None:
        """A stream begins once."""
        given(NEW).when(n.create_account()).then_refused(errors.ResourceExists)

    def test_takes_keys(self) -> None:
        """A key that is added opens the account; adding it again changes nothing."""
        given(NEW).when(n.add_key()).then(n.key_added())
        given(*WITH_KEY).when(n.add_key()).then_nothing()
        assert fold(WITH_KEY).keys == {n.DIGEST: Key(added=n.key_added())}

    def test_takes_no_key_before_it_is_there(self) -> None:
        """There is no account to open."""
        given().when(n.add_key()).then_refused(errors.ResourceMissing)

    def test_revokes_keys(self) -> None:
        """A revoked key opens nothing."""
        given(*WITH_KEY).when(n.revoke_key()).then(n.key_revoked())
        assert fold((*WITH_KEY, n.key_revoked())).keys == {}

    def test_revokes_only_its_own(self) -> None:
        """A key that the account does not have cannot be revoked."""
        refused = given(*WITH_KEY).when(n.revoke_key("other")).then_refused(errors.UnknownKey)
        assert a.OWNER.account in refused.message

    def test_takes_attributes(self) -> None:
        """What an account is created with is what it has, its platform among it."""
        created = n.account_created(name="Rocket", country="FR", platform="acct_platform")
        given().when(n.create_account(name="Rocket", country="FR", platform="acct_platform")).then(
            created
        )
        account = fold([created])
        assert (account.attributes["name"], account.platform) == ("Rocket", "acct_platform")

    def test_changes_attributes(self) -> None:
        """Only what differs is told; what is as it was leads to nothing."""
        given(NEW).when(n.update_account(name="Rocket", country="US")).then(
            n.account_updated(name="Rocket")
        )
        given(NEW).when(n.update_account(country="US")).then_nothing()
        assert fold((NEW, n.account_updated(name="Rocket"))).attributes["name"] == "Rocket"

    def test_is_never_its_own_platform(self) -> None:
        """An account may be connected to any other."""
        platform = a.OWNER.account
        given().when(n.create_account(platform=platform)).then_refused(errors.OwnPlatform)
        given(NEW).when(n.update_account(platform=platform)).then_refused(errors.OwnPlatform)

    def test_lets_keys_expire(self) -> None:
        """A key opens the account up to the instant it expires at, and not then."""
        given(*WITH_KEY).when(n.expire_key()).then(n.key_expiring())
        key = fold((*WITH_KEY, n.key_expiring())).keys[n.DIGEST]
        assert (key.has_expired(a.AT + 59), key.has_expired(a.AT + 60)) == (False, True)

    def test_brings_an_expiry_forward_and_never_puts_it_off(self) -> None:
        """A key that was rolled with a delay can still be ended at once."""
        expiring = (*WITH_KEY, n.key_expiring())
        given(*expiring).when(n.expire_key(expires_at=a.AT)).then(n.key_expiring(a.AT))
        given(*expiring).when(n.expire_key(expires_at=a.AT + 61)).then_nothing()

    def test_takes_no_expired_key_again(self) -> None:
        """A key that was ended stays so, although it is added again."""
        given(*WITH_KEY, n.key_expiring(a.AT)).when(n.add_key()).then_nothing()

    def test_lets_only_its_own_expire(self) -> None:
        """A key that the account does not have cannot expire."""
        given(*WITH_KEY).when(n.expire_key("other")).then_refused(errors.UnknownKey)

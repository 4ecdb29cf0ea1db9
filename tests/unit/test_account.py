"""What may be asked of an account, and what it leads to."""

from service.domain import errors
from service.domain.account import fold
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
        assert fold(WITH_KEY).keys == {n.DIGEST: n.key_added()}

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

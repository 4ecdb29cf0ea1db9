"""What the operations on accounts take."""

from msgspec import UNSET

from service.wire.hashes import Maybe
from service.wire.params.lists import Created, Expandable, ListParams


class AccountRetrieveCurrentParams(Expandable, frozen=True, kw_only=True):
    """The account that the key speaks for."""


class AccountRetrieveParams(Expandable, frozen=True, kw_only=True):
    pass


class AccountListParams(ListParams, frozen=True, kw_only=True):
    created: Maybe[Created] = UNSET

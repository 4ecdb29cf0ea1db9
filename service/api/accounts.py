"""The operations on accounts. They are made and changed by `seti accounts`, never over HTTP."""

from collections.abc import Sequence
from typing import Final

from projections.account import view
from projections.paging import Cut
from service.api import listing
from service.api.answers import json_reply
from service.api.authentication import no_access
from service.api.call import Call
from service.api.listing import Listed
from service.commands.path import Reply
from service.domain.account import Account
from service.wire.expand import expansion_of
from service.wire.params import accounts as params

KIND: Final = "account"


async def retrieve_current(call: Call) -> Reply:
    """Show the caller's own account."""
    given = call.params(params.AccountRetrieveCurrentParams)
    expansion_of(KIND, given.expand)
    return _shown(call, call.owner.account)


async def retrieve(call: Call) -> Reply:
    """Show the caller's own account, or one that it is the platform of."""
    given = call.params(params.AccountRetrieveParams)
    expansion_of(KIND, given.expand)
    return _shown(call, call.named("account"))


async def list_all(call: Call) -> Reply:
    """List the accounts that are connected to the caller's."""
    given = call.params(params.AccountListParams)
    connected = call.accounts.connected(call.owner.account)

    async def members(cut: Cut) -> list[str]:
        return stretch(connected, cut)

    async def bodies(names: Sequence[str]) -> list[bytes | None]:
        return [_shown(call, name).body for name in names]

    async def member_of(name: str) -> str | None:
        return name if call.accounts.is_connected(name, call.owner.account) else None

    listed = Listed(
        kind=KIND,
        noun=KIND,
        indexes=(),
        members=members,
        bodies=bodies,
        member_of=member_of,
    )
    return await listing.page(call, given, listed)


def stretch(accounts: Sequence[Account], cut: Cut) -> list[str]:
    """Return the ids of what *cut* wants of *accounts*, which are newest first."""
    since, until = cut.since or 0, cut.until
    within = {
        each.id
        for each in accounts
        if each.created >= since and (until is None or each.created < until)
    }
    return listing.stretch([account.id for account in accounts], cut, within)


def _shown(call: Call, name: str) -> Reply:
    own = call.owner.account
    account = call.accounts.get(name)
    if account is None or own not in (name, account.platform):
        raise no_access(call.principal, name)
    return json_reply(view(account))

"""What is asked of accounts, and how all of them are found: their streams are few."""

from collections.abc import Sequence
from typing import Final

from service.commands.path import Caller, CommandPath, Reply
from service.commands.unit import Unit
from service.domain.account import Account, fold
from service.domain.commands.account import Command
from service.domain.errors import Refused
from service.domain.recorded import Recorded
from service.domain.values import Actor, Owner
from service.store.protocol import EventStore

_PREFIX: Final = "acct_"
_NOTHING: Final = Reply(200, b"")


async def accounts_in(store: EventStore) -> list[Account]:
    """Return every account that *store* tells of, in the order of their ids."""
    return [fold(each.event for each in history) for history in await histories_in(store)]


async def histories_in(store: EventStore) -> list[list[Recorded]]:
    """Return what happened to each account, in the order of their ids."""
    names = await store.streams(_PREFIX)
    return await store.load_many([(name, None) for name in names])


async def change(path: CommandPath, commands: Sequence[Command], actor: Actor, at: int) -> None:
    """Decide *commands*, which are of one account, together. Raise `Refused` if one may not."""
    name = commands[0].account_id

    async def work(unit: Unit) -> Reply:
        await unit.load(name)
        for command in commands:
            unit.decide(name, command)
        return _NOTHING

    await path.carry_out(Caller(Owner(name, livemode=False), actor, at), work, raised)


async def raised(refusal: Refused, _unit: Unit) -> Reply:
    """Raise what was refused: there is no caller to be told of it in an answer."""
    raise refusal

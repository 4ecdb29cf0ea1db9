"""
What a request on a token leads to, and what stands behind one that is used.

Names that Stripe publishes (`tok_visa`) are the gateway's own, and may be used for ever; any
other is a stream here.
"""

from service import ids
from service.commands.unit import Unit
from service.domain.commands import token as tok
from service.domain.instrument import Instrument


def create(unit: Unit, command: tok.Create) -> None:
    unit.decide(command.token_id, command)


async def use(unit: Unit, name: str, at: int, used_by: str) -> Instrument | None:
    """
    Decide that *used_by* is made of the token *name*, and return what it stands for.

    None where no such token was made here. Raise `Refused` where it may not be used.
    """
    if not ids.may_be_made(name, "tok"):
        return None
    await unit.load(name)
    if unit.shown(name) is None:
        return None
    unit.decide(name, tok.Use(token_id=name, at=at, used_by=used_by))
    instrument: Instrument = unit.state(name).instrument
    return instrument

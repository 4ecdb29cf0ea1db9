"""
What a request on a token leads to, and what stands behind one that is used.

Names that Stripe publishes (`tok_visa`) are the gateway's own, and may be used for ever; any
other is a stream here.
"""

from typing import Final

from service.commands.unit import Unit
from service.domain.commands import token as tok
from service.domain.instrument import Instrument

_PREFIX: Final = "tok_"


def create(unit: Unit, command: tok.Create) -> None:
    unit.decide(command.token_id, command)


async def use(unit: Unit, name: str, at: int, payment_method: str) -> Instrument | None:
    """
    Decide that *payment_method* is made of the token *name*, and return what it stands for.

    None where no such token was made here. Raise `Refused` where it may not be used.
    """
    await unit.load(name)
    if not name.startswith(_PREFIX) or unit.shown(name) is None:
        return None
    unit.decide(name, tok.Use(token_id=name, at=at, payment_method=payment_method))
    instrument: Instrument = unit.state(name).instrument
    return instrument

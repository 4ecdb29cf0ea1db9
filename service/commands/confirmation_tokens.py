"""What a request on a confirmation token leads to, and what one carries into a confirmation."""

from typing import Final

from service.commands.confirmation import Confirmation
from service.commands.instruments import Instruments
from service.commands.payment_methods import facts_of, require_payment_method
from service.commands.unit import Unit
from service.domain.commands import confirmation_token as ct
from service.domain.confirmation_token import ConfirmationToken
from service.domain.errors import ResourceMissing
from service.domain.instrument import Instrument
from service.domain.method_types import TYPES
from service.domain.values import JsonObject, replace

_PARAM: Final = "confirmation_token"
# What a token says in a confirmation's place, besides its payment method.
_CARRIED: Final = ("mandate_data", "return_url", "use_stripe_sdk")


async def create(
    unit: Unit,
    instruments: Instruments,
    command: ct.Create,
    inline: JsonObject | None,
    in_person: JsonObject | None,
) -> None:
    """
    Decide *command*, with what is *inline* or the payment method that it names looked at.

    *in_person* is the acceptance of whoever asks, for a mandate that nobody speaks of.
    """
    if inline is not None:
        name = command.confirmation_token_id
        instrument = await instruments.tokenize(unit, inline, command.at, name)
        command = replace(command, instrument=instrument)
    elif command.payment_method is not None:
        command = await _previewed(unit, instruments, command, command.payment_method)
    if command.mandate_data is None and _makes_a_mandate(command.instrument):
        command = replace(command, mandate_data=in_person)
    unit.decide(command.confirmation_token_id, command)


def _makes_a_mandate(instrument: Instrument | None) -> bool:
    type_ = TYPES.get(instrument.type) if instrument else None
    return type_ is not None and type_.mandate


async def _previewed(
    unit: Unit, instruments: Instruments, command: ct.Create, named: str
) -> ct.Create:
    published = instruments.published(unit, named, command.at)
    if published is not None:
        return replace(command, instrument=published, payment_method=None)
    await require_payment_method(unit, named, absent=False)
    facts = facts_of(unit, named)
    instrument = Instrument(
        type=facts.type,
        details=facts.details,
        scenario=facts.scenario,
        billing_details=facts.billing_details,
        allow_redisplay=facts.snapshot["allow_redisplay"],
    )
    return replace(command, instrument=instrument, customer=facts.customer)


async def completed(unit: Unit, confirmation: Confirmation) -> Confirmation:
    """
    Return *confirmation* with what its token says where it says nothing itself.

    The token is loaded; it is not used yet. Raise `ResourceMissing` where it is not there.
    """
    if confirmation.token is None:
        return confirmation
    token = await _token(unit, confirmation.token)
    carried = {
        name: getattr(token, name) for name in _CARRIED if getattr(confirmation, name) is None
    }
    if confirmation.named is None and confirmation.inline is None:
        named = token.payment_method
        carried |= {"named": named, "instrument": None if named else token.instrument}
    return replace(confirmation, **carried)


def use(unit: Unit, name: str, at: int, setup_intent: str) -> None:
    """Decide that *setup_intent* was confirmed with the token *name*; both are loaded."""
    usage = unit.state(setup_intent).usage
    unit.decide(
        name,
        ct.Use(confirmation_token_id=name, at=at, setup_intent=setup_intent, usage=usage),
    )


async def _token(unit: Unit, name: str) -> ConfirmationToken:
    await unit.load(name)
    if not name.startswith("ctoken_") or unit.shown(name) is None:
        raise ResourceMissing(_PARAM, name, param=_PARAM)
    token: ConfirmationToken = unit.state(name)
    return token

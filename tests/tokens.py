"""One example of each message about a token, imported `as t`."""

from typing import Any, Final

from msgspec.structs import replace

from service.domain import events as e
from service.domain.commands import token as tc
from service.domain.instrument import Instrument
from tests.builders import AT, CARD, METHOD, OWNER
from tests.neighbours import BILLING

TOKEN: Final = "tok_00000000000000000000token"
INSTRUMENT: Final = Instrument(type="card", details=CARD, scenario="visa", billing_details=BILLING)


def create_token(**changes: Any) -> tc.Create:
    command = tc.Create(
        token_id=TOKEN, at=AT, owner=OWNER, type="card", source="card_1", instrument=INSTRUMENT
    )
    return replace(command, **changes)


def use_token(**changes: Any) -> tc.Use:
    return replace(tc.Use(token_id=TOKEN, at=AT, payment_method=METHOD), **changes)


def token_created(**changes: Any) -> e.TokenCreated:
    event = e.TokenCreated(
        token_id=TOKEN,
        at=AT,
        account=OWNER.account,
        livemode=OWNER.livemode,
        type="card",
        source="card_1",
        instrument=INSTRUMENT,
    )
    return replace(event, **changes)


def token_used(**changes: Any) -> e.TokenUsed:
    return replace(e.TokenUsed(token_id=TOKEN, at=AT, payment_method=METHOD), **changes)

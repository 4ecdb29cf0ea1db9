"""One example of each message about tokens of both kinds, imported `as t`."""

from typing import Any, Final

from msgspec.structs import replace

from service.domain import events as e
from service.domain.commands import confirmation_token as cc
from service.domain.commands import token as tc
from service.domain.instrument import Instrument
from tests.builders import AT, CARD, INTENT, METHOD, OWNER
from tests.neighbours import BILLING

TOKEN: Final = "tok_00000000000000000000token"
CONFIRMATION: Final = "ctoken_0000000000000000confirmed"
INSTRUMENT: Final = Instrument(type="card", details=CARD, scenario="visa", billing_details=BILLING)


def create_token(**changes: Any) -> tc.Create:
    command = tc.Create(
        token_id=TOKEN, at=AT, owner=OWNER, type="card", source="card_1", instrument=INSTRUMENT
    )
    return replace(command, **changes)


def use_token(**changes: Any) -> tc.Use:
    return replace(tc.Use(token_id=TOKEN, at=AT, used_by=METHOD), **changes)


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
    return replace(e.TokenUsed(token_id=TOKEN, at=AT, used_by=METHOD), **changes)


def create_confirmation(**changes: Any) -> cc.Create:
    command = cc.Create(
        confirmation_token_id=CONFIRMATION, at=AT, owner=OWNER, instrument=INSTRUMENT
    )
    return replace(command, **changes)


def use_confirmation(**changes: Any) -> cc.Use:
    command = cc.Use(
        confirmation_token_id=CONFIRMATION, at=AT, setup_intent=INTENT, usage="off_session"
    )
    return replace(command, **changes)


def confirmation_created(**changes: Any) -> e.ConfirmationTokenCreated:
    event = e.ConfirmationTokenCreated(
        confirmation_token_id=CONFIRMATION,
        at=AT,
        account=OWNER.account,
        livemode=OWNER.livemode,
        instrument=INSTRUMENT,
    )
    return replace(event, **changes)


def confirmation_used(**changes: Any) -> e.ConfirmationTokenUsed:
    event = e.ConfirmationTokenUsed(confirmation_token_id=CONFIRMATION, at=AT, setup_intent=INTENT)
    return replace(event, **changes)

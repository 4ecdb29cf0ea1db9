"""Tokens of both kinds over a real log: what uses them, what does not, and until when."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest

from service.commands import confirmation_tokens, tokens
from service.commands.configurations import Configurations
from service.commands.confirmation import Confirmation
from service.commands.instruments import Instruments
from service.commands.path import Caller, CommandPath, Reply
from service.commands.setup_intents import SetupIntents
from service.commands.unit import Unit
from service.domain import confirmation_token, token
from service.domain.commands import setup_intent as si
from service.domain.errors import Refused, ResourceMissing, TokenAlreadyUsed, TokenExpired
from service.domain.values import SYSTEM
from service.gateways.simulator import Simulator
from service.ids import IdMaker
from service.keyring import Keyring
from service.store.sqlite import SqliteLog, open_log
from tests import tokens as t
from tests.authenticating import NoViews
from tests.builders import AT, OWNER

DONE: Final = Reply(200, b"")
INLINE: Final = {
    "type": "card",
    "card": {"number": "4242424242424242", "exp_month": 12, "exp_year": 2034},
}


@dataclass
class Merchant:
    """Somebody who makes tokens and uses them, at any instant."""

    log: SqliteLog

    def __post_init__(self) -> None:
        keyring = Keyring(b"k" * 32)
        gateway = Simulator(keyring.fingerprint)
        self.new_id = IdMaker()
        self.path = CommandPath(self.log, NoViews(), 100)
        self.instruments = Instruments(gateway, self.new_id)
        self.intents = SetupIntents(gateway, self.instruments, Configurations(keyring))

    async def does(self, at: int, work: Callable[[Unit], Awaitable[object]]) -> None:
        """Do *work* in one command *at* an instant, or raise what it is refused with."""

        async def whole(unit: Unit) -> Reply:
            await work(unit)
            return DONE

        await self.path.carry_out(Caller(OWNER, SYSTEM, at), whole, _raised)

    async def makes_token(self) -> str:
        name = self.new_id("tok", AT * 1000)

        async def work(unit: Unit) -> None:
            instrument = await self.instruments.tokenize(unit, INLINE, AT, name)
            command = t.create_token(token_id=name, instrument=instrument)
            tokens.create(unit, command)

        await self.does(AT, work)
        return name

    async def makes_confirmation(self, **said: Any) -> str:
        name = self.new_id("ctoken", AT * 1000)
        command = t.create_confirmation(confirmation_token_id=name, instrument=None, **said)

        async def work(unit: Unit) -> None:
            await confirmation_tokens.create(unit, self.instruments, command, INLINE, None)

        await self.does(AT, work)
        return name

    async def redeems(self, name: str, at: int) -> None:
        described = {"type": "card", "card": {"token": name}}
        await self.does(at, lambda unit: self.instruments.make(unit, described, at))

    async def confirms(self, name: str, at: int) -> str:
        intent = self.new_id("seti", at * 1000)
        create = si.Create(
            setup_intent_id=intent, at=at, owner=OWNER, payment_method_types=("card",)
        )
        confirmation = Confirmation(token=name)
        await self.does(
            at, lambda unit: self.intents.create(unit, create, confirmation, confirm=True)
        )
        return intent


async def _raised(refusal: Refused, _: Unit) -> Reply:
    raise refusal


@pytest.fixture
async def merchant(tmp_path: Path) -> AsyncIterator[Merchant]:
    log = open_log(tmp_path)
    yield Merchant(log)
    await log.close()


class TestToken:
    async def test_is_used_up_with_the_payment_method(self, merchant: Merchant) -> None:
        """Both events are one append, so that neither is ever there without the other."""
        name = await merchant.makes_token()
        await merchant.redeems(name, AT + 1)
        (method,) = await merchant.log.streams("pm_")
        used = (await merchant.log.load(name))[-1].event
        assert used == t.token_used(token_id=name, at=AT + 1, used_by=method)
        with pytest.raises(TokenAlreadyUsed):
            await merchant.redeems(name, AT + 2)

    async def test_expires(self, merchant: Merchant) -> None:
        """A day later it makes nothing, and nothing is written."""
        name = await merchant.makes_token()
        head = await merchant.log.head()
        with pytest.raises(TokenExpired):
            await merchant.redeems(name, AT + token.GOOD_FOR_S)
        assert await merchant.log.head() == head


class TestConfirmationToken:
    async def test_is_used_until_it_expires(self, merchant: Merchant) -> None:
        """It confirms until the twelve hours are over, and then nothing is written any more."""
        name = await merchant.makes_confirmation()
        head = await merchant.log.head()
        last = AT + confirmation_token.GOOD_FOR_S - 1
        with pytest.raises(TokenExpired):
            await merchant.confirms(name, last + 1)
        assert await merchant.log.head() == head
        intent = await merchant.confirms(name, last)
        used = (await merchant.log.load(name))[-1].event
        assert used == t.confirmation_used(confirmation_token_id=name, at=last, setup_intent=intent)

    async def test_makes_its_payment_method_when_it_is_used(self, merchant: Merchant) -> None:
        """Before it is used there is no payment method at all."""
        name = await merchant.makes_confirmation()
        assert await merchant.log.streams("pm_") == []
        await merchant.confirms(name, AT)
        assert len(await merchant.log.streams("pm_")) == 1

    @pytest.mark.parametrize("name", ["ctoken_000000000000000000000000", "pm_card_visa", ""])
    async def test_that_is_none_confirms_nothing(self, merchant: Merchant, name: str) -> None:
        """What is no token is missing, whatever it looks like."""
        with pytest.raises(ResourceMissing):
            await merchant.confirms(name, AT)

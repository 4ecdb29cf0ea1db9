"""A merchant whose clock a test moves, over a real log and a real read model."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from service.commands import customers, payment_methods
from service.commands.configurations import Configurations
from service.commands.confirmation import Confirmation
from service.commands.instruments import Instruments
from service.commands.path import Caller, CommandPath, Reply
from service.commands.setup_attempts import SetupAttempts
from service.commands.setup_intents import SetupIntents
from service.commands.unit import Unit
from service.domain.commands import customer as cus
from service.domain.commands import setup_intent as si
from service.domain.errors import Refused
from service.domain.mandate import Mandate
from service.domain.setup_intent import SetupIntent
from service.domain.values import SYSTEM
from service.gateways.simulator import Simulator
from service.keyring import Keyring
from service.runtime.deadlines import Deadlines
from tests import histories as a
from tests.described import form
from tests.read_model import OWNER, House, house
from tests.valkey import Valkey

ACCEPTED = {"customer_acceptance": {"type": "offline"}}
_DONE = Reply(200, b"")


@dataclass
class Timed:
    """One merchant in *house*. *now* is what its clock says, in Unix seconds."""

    house: House
    now: float = float(a.AT)
    keyring: Keyring = field(default_factory=lambda: Keyring(b"m" * 32))

    def __post_init__(self) -> None:
        gateway = Simulator(self.keyring.fingerprint)
        instruments = Instruments(gateway, self.house.new_id)
        views = self.house.model.views
        self.path = CommandPath(self.house.log, views, 100)
        self.intents = SetupIntents(gateway, instruments, Configurations(self.keyring))
        self.attempts = SetupAttempts(gateway, instruments)
        self.deadlines = Deadlines(views, self.path, self.attempts, lambda: self.now)

    @property
    def at(self) -> int:
        return int(self.now)

    async def confirmed(self, type_: str, *, customer: str | None = None, **hash_: Any) -> str:
        """Return a SetupIntent that was confirmed with a payment method of a *type_*."""
        name = self.house.new_id("seti", self.at * 1000)
        create = si.Create(
            setup_intent_id=name,
            at=self.at,
            owner=OWNER,
            payment_method_types=(type_,),
            customer=customer,
        )
        confirm = Confirmation(
            inline=form(type_, **hash_),
            mandate_data=ACCEPTED,
            return_url="https://shop.example/back",
        )
        await self.does(lambda unit: self.intents.create(unit, create, confirm, confirm=True))
        return name

    async def confirmed_with(self, payment_method: str, customer: str) -> str:
        """Return a SetupIntent of *customer* that was confirmed with its *payment_method*."""
        name = self.house.new_id("seti", self.at * 1000)
        create = si.Create(
            setup_intent_id=name,
            at=self.at,
            owner=OWNER,
            payment_method_types=("paypal",),
            customer=customer,
        )
        confirm = Confirmation(named=payment_method, return_url="https://shop.example/back")
        await self.does(lambda unit: self.intents.create(unit, create, confirm, confirm=True))
        return name

    async def customer(self) -> str:
        name = self.house.new_id("cus", self.at * 1000)
        create = cus.Create(customer_id=name, at=self.at, owner=OWNER, attributes={"metadata": {}})

        async def work(unit: Unit) -> None:
            customers.create(unit, create)

        await self.does(work)
        return name

    async def delete_customer(self, name: str) -> None:
        await self.does(lambda unit: customers.delete(unit, name, self.at))

    async def detach(self, name: str) -> None:
        await self.does(lambda unit: payment_methods.detach(unit, name, self.at))

    async def does(self, decisions: Callable[[Unit], Awaitable[None]]) -> None:
        """Carry *decisions* out as the API would have it. Raise what refuses them."""

        async def work(unit: Unit) -> Reply:
            await decisions(unit)
            return _DONE

        await self.path.carry_out(Caller(OWNER, SYSTEM, self.at), work, _raised)

    async def state(self, name: str) -> SetupIntent:
        unit = self.path.unit(Caller(OWNER, SYSTEM, self.at))
        await unit.load(name)
        intent: SetupIntent = unit.state(name)
        return intent

    async def mandate(self, name: str) -> Mandate:
        """Return the mandate that the latest attempt of the intent *name* came to."""
        unit = self.path.unit(Caller(OWNER, SYSTEM, self.at))
        attempt = (await self.state(name)).attempt
        assert attempt is not None
        assert attempt.mandate is not None
        await unit.load(attempt.mandate)
        mandate: Mandate = unit.state(attempt.mandate)
        return mandate

    async def told(self, name: str) -> list[str]:
        """Return the names of everything that happened to *name*."""
        return [recorded.topic for recorded in await self.house.log.load(name)]


async def _raised(refusal: Refused, _: Unit) -> Reply:
    raise refusal


@asynccontextmanager
async def timed_in(directory: Path, valkey: Valkey) -> AsyncIterator[Timed]:
    """Open a merchant's log in *directory*, with its read model in *valkey*."""
    async with house(directory, valkey) as opened:
        await opened.runner.until_whole()
        yield Timed(opened)

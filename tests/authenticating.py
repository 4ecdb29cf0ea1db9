"""A merchant with SetupIntents that wait for their customers, over a real log and its pages."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from aiohttp import ClientResponse, ClientSession, web
from aiohttp.test_utils import TestServer

from service import ids
from service.addresses import Addresses
from service.commands import customers
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
from service.domain.events import Event
from service.domain.recorded import Recorded
from service.domain.setup_intent import SetupIntent
from service.domain.values import SYSTEM, JsonObject, Owner
from service.gateways.simulator import Simulator
from service.ids import IdMaker
from service.keyring import Keyring
from service.pages.house import Pages
from service.pages.routes import routes
from service.store.protocol import Append, EventStore
from service.store.sqlite import open_log
from tests import builders as a
from tests.agreements import ACCEPTANCE
from tests.logs import AT

OWNER: Final = Owner("acct_00000000000000000account", livemode=False)
CHALLENGED: Final = "pm_card_threeDSecure2Required"
DECLINED_AFTERWARDS: Final = "pm_card_threeDSecureRequiredChargeDeclined"
BACK: Final = "https://shop.example/back"
COMPLETE: Final = {"result": "complete"}
FAIL: Final = {"result": "fail"}
ACCEPTED: Final = {"customer_acceptance": ACCEPTANCE}
_DONE: Final = Reply(200, b"")


class NoViews:
    """A read model that is never there."""

    async def write(self, *_: Any) -> bool:
        return False


@dataclass
class Shop:
    """One merchant on *store*. What it asks for is carried out as the API would have it."""

    store: EventStore
    keyring: Keyring = field(default_factory=lambda: Keyring(b"m" * 32))

    def __post_init__(self) -> None:
        new_id = IdMaker()
        gateway = Simulator(self.keyring.fingerprint)
        instruments = Instruments(gateway, new_id)
        configurations = Configurations(self.keyring)
        self.setup_intents = SetupIntents(gateway, instruments, configurations)
        self.pages = Pages(
            path=CommandPath(self.store, NoViews(), 100),
            setup_attempts=SetupAttempts(gateway, instruments),
            keyring=self.keyring,
            addresses=Addresses(self.keyring, ""),
            new_id=new_id,
            clock=lambda: float(AT),
        )

    def pages_at(self, at: int) -> Pages:
        """Return the pages as they are *at* another instant."""
        return replace(self.pages, clock=lambda: float(at))

    async def waiting(
        self,
        instrument: str | JsonObject = CHALLENGED,
        *,
        customer: str | None = None,
        **confirmation: Any,
    ) -> str:
        """Return a new SetupIntent whose first attempt waits for the customer."""
        intent = self.pages.new_id("seti", AT * 1000)
        confirm = _confirmation(instrument, confirmation)
        type_ = "card" if isinstance(instrument, str) else instrument["type"]

        async def work(unit: Unit) -> Reply:
            create = si.Create(
                setup_intent_id=intent,
                at=AT,
                owner=OWNER,
                payment_method_types=(type_,),
                customer=customer,
            )
            await self.setup_intents.create(unit, create, confirm, confirm=True)
            return _DONE

        await self._carry_out(work)
        return intent

    async def live(self) -> str:
        """Return a SetupIntent in live mode that waits, as a real gateway would leave it."""
        intent = self.pages.new_id("seti", AT * 1000)
        attempt = ids.attempt_id(intent, 1)
        history: list[Event] = [
            a.created_with_method(setup_intent_id=intent, livemode=True),
            a.started(setup_intent_id=intent, attempt=attempt, return_url=BACK),
            a.action_required(setup_intent_id=intent, attempt=attempt),
        ]
        await self.put(intent, *history)
        return intent

    async def put(self, stream: str, *history: Event) -> None:
        """Write *history* down as it is, after what is in *stream* already."""
        there = len(await self.history(stream))
        await self.store.append([Append(stream, there, history)], SYSTEM)

    async def confirm(
        self, intent: str, instrument: str | JsonObject = CHALLENGED, **confirmation: Any
    ) -> None:
        async def work(unit: Unit) -> Reply:
            confirm = _confirmation(instrument, confirmation)
            await self.setup_intents.confirm(unit, intent, AT, confirm)
            return _DONE

        await self._carry_out(work)

    async def cancel(self, intent: str) -> None:
        async def work(unit: Unit) -> Reply:
            await self.setup_intents.cancel(unit, intent, AT, None)
            return _DONE

        await self._carry_out(work)

    async def customer(self) -> str:
        name = self.pages.new_id("cus", AT * 1000)

        async def work(unit: Unit) -> Reply:
            attributes: dict[str, Any] = {"metadata": {}}
            create = cus.Create(customer_id=name, at=AT, owner=OWNER, attributes=attributes)
            customers.create(unit, create)
            return _DONE

        await self._carry_out(work)
        return name

    async def delete_customer(self, name: str) -> None:
        async def work(unit: Unit) -> Reply:
            await customers.delete(unit, name, AT)
            return _DONE

        await self._carry_out(work)

    def address(self, intent: str, attempt: int = 1) -> str:
        """Return the path and query of the page of an *attempt*, as clients are told it."""
        return Addresses(self.keyring, "").of(ids.attempt_id(intent, attempt))

    def back(self, intent: str, status: str, to: str = f"{BACK}?") -> str:
        """Return where a customer is sent back to with *status*."""
        secret = self.keyring.client_secret(intent)
        return (
            f"{to}setup_intent={intent}&setup_intent_client_secret={secret}"
            f"&redirect_status={status}"
        )

    async def history(self, intent: str) -> list[Recorded]:
        return await self.store.load(intent)

    async def state(self, intent: str) -> SetupIntent:
        unit = self.pages.path.unit(Caller(OWNER, SYSTEM, AT))
        await unit.load(intent)
        state: SetupIntent = unit.state(intent)
        return state

    async def _carry_out(self, work: Any) -> None:
        await self.pages.path.carry_out(Caller(OWNER, SYSTEM, AT), work, _raised)


def _confirmation(instrument: str | JsonObject, options: JsonObject) -> Confirmation:
    """Return what confirms with a card by its name, or with what else is described."""
    if isinstance(instrument, str):
        return Confirmation(named=instrument, **options)
    return Confirmation(inline=instrument, mandate_data=ACCEPTED, **options)


async def _raised(refusal: Refused, _: Unit) -> Reply:
    raise refusal


@asynccontextmanager
async def shop_in(directory: Path) -> AsyncIterator[Shop]:
    """Open a shop on a log of its own in *directory*."""
    log = open_log(directory)
    try:
        yield Shop(log)
    finally:
        await log.close()


@asynccontextmanager
async def serving(pages: Pages, more: list[web.RouteDef] | None = None) -> AsyncIterator[str]:
    """Serve *pages*, and *more* routes beside them; give the address without a last slash."""
    app = web.Application()
    app.router.add_routes([*routes(pages), *(more or [])])
    server = TestServer(app)
    await server.start_server()
    try:
        yield str(server.make_url("/")).rstrip("/")
    finally:
        await server.close()


async def post(browser: ClientSession, address: str, form: Any) -> tuple[int, str]:
    """Answer the page; return the status, and where it leads or what it says."""
    async with browser.post(address, data=form, allow_redirects=False) as answer:
        return answer.status, answer.headers.get("Location") or await answer.text()


async def get(browser: ClientSession, address: str) -> tuple[ClientResponse, str]:
    """Look at the page; return the answer's head, and what it says."""
    async with browser.get(address) as answer:
        return answer, await answer.text()

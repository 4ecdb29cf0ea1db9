"""One run: all well, then with the sick subscribers, then with everything breaking, then over."""

import asyncio
import random
import sys
from collections import Counter
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Any, Final

from tests.chaos.callers import TYPES, Call, Callers
from tests.chaos.control import BEFORE, Measured, Party, party, slower
from tests.chaos.faults import FAULTS, Faults, Trouble
from tests.chaos.latencies import Latencies, Span
from tests.chaos.ledger import Pair
from tests.chaos.plan import Plan, schedule
from tests.chaos.replays import ENDPOINTS, Replays
from tests.chaos.site import Site
from tests.chaos.subscribers import Subscriber, listening, somebody_elsewhere, the_sick
from tests.chaos.verdict import Aftermath, Check, checks
from tests.e2e.intents import INTENTS
from tests.eventually import eventually

_CATCHES_UP_S: Final = 60.0
_UNHURRIED_S: Final = 0.5
_PAGE: Final = 100
_SICK: Final = "with the sick"
_BROKEN: Final = "between the faults"


@dataclass(frozen=True, slots=True)
class Ran:
    """
    What came of a run: what was kept, what was broken, and how long deliveries took.

    *control* is how long they took where nothing was broken, if anybody looked.
    """

    aftermath: Aftermath
    checks: Sequence[Check]
    latencies: Mapping[str, Latencies]
    control: Mapping[str, Latencies]
    attempts: int
    refusals: Mapping[str, int]
    errors: Mapping[str, int]
    volume: str


@dataclass(slots=True)
class Play:
    """The run of *plan* at a *party*, beside a *control*, if it is timed."""

    plan: Plan
    chance: random.Random
    party: Party
    sick: Sequence[Subscriber]
    replays: Replays
    control: Party | None
    troubles: list[Trouble] = field(default_factory=list)
    unlisted: list[str] = field(default_factory=list)

    @property
    def site(self) -> Site:
        return self.party.site

    @property
    def calling(self) -> Callers:
        return self.party.calling

    @property
    def everybody(self) -> Sequence[Subscriber]:
        return [*self.party.well, *self.sick]

    async def __call__(self) -> Ran:
        for each in (self.party, self.control):
            if each is not None:
                await _subscribe(each.calling, each.well)
        spans = {BEFORE: await self._calm()}
        since = len(self.calling.calls)
        await _subscribe(self.calling, self.sick)
        spans[_SICK] = await self._calm()
        spans[_BROKEN] = await self._trouble()
        aftermath = await self._end(since)
        measured, control = (
            {name: each.latencies(span, self.troubles) for name, span in spans.items()}
            if each is not None
            else {}
            for each in (self.party, self.control)
        )
        promises = [*checks(aftermath), *await self._checks_of_the_house()]
        if control:
            compared = {name: Measured(measured[name], control[name]) for name in spans}
            promise = "who is well hears as soon as if nobody were sick"
            promises.append(Check(promise, slower(compared)))
        return Ran(
            aftermath,
            promises,
            measured,
            control,
            self.site.ledger.attempts(),
            self.calling.refusals,
            Counter(self.site.errors()),
            self.site.volume.kind,
        )

    @asynccontextmanager
    async def _calls(self) -> AsyncIterator[None]:
        """Have the party called while the block runs, and the control in between."""
        async with AsyncExitStack() as stack:
            if self.control is not None:
                late_s = 0.5 / self.plan.per_s
                calls = self.control.calling.calling(self.plan.per_s, late_s)
                await stack.enter_async_context(calls)
            await stack.enter_async_context(self.calling.calling(self.plan.per_s))
            yield

    async def _calm(self) -> Span:
        """Let nothing go wrong for a while."""
        # What nobody listens to is read at leisure: the first event may take its time.
        async with self._calls():
            await asyncio.sleep(_UNHURRIED_S)
        await self._catches_up()
        began = monotonic()
        async with self._calls():
            await asyncio.sleep(self.plan.calm_s)
        return Span(began, monotonic())

    async def _trouble(self) -> Span:
        """Break one thing after the other under load, all of them at least once."""
        began, faults = monotonic(), Faults(self.site, self.plan, self.chance, self.party.well)
        async with self._calls():
            for name in schedule(list(FAULTS), self.chance):
                await asyncio.sleep(self.chance.uniform(*self.plan.between_s))
                await self.replays.copy(self.party.well[0])
                trouble = await faults(name)
                self.troubles.append(trouble)
                if not await self._is_overcome(trouble):
                    break
                sys.stdout.write(f"  {trouble.took_s:6.1f} s  {name}\n")
                sys.stdout.flush()
                if self._is_enough(trouble.ended - began):
                    break
        return Span(began, monotonic())

    def _is_enough(self, took_s: float) -> bool:
        return (
            took_s > self.plan.trouble_s
            and len(self.troubles) >= len(FAULTS)
            and len(self.calling.calls) >= self.plan.cards
        )

    async def _is_overcome(self, trouble: Trouble) -> bool:
        """Wait until the server is well and nobody waits for what was held up, if ever."""
        with suppress(TimeoutError):
            await self.site.is_well_again()
            await self._catches_up()
            # To look through the whole list is a burden of its own, which none of the calm has.
            await self._look_through_the_list(trouble)
            trouble.ended = monotonic()
        return trouble.is_over

    async def _look_through_the_list(self, trouble: Trouble) -> None:
        """Write down what was answered and is not listed: a list is whole, or it is refused."""
        answered = {call.intent for call in self.calling.calls if call.intent is not None}
        listed = {one["id"] for one in await self._everything(INTENTS)}
        self.unlisted += [f"{name} after {trouble.name}" for name in answered - listed]

    async def _catches_up(self) -> None:
        """Wait until everybody who was kept waiting has heard. Others come in meanwhile."""
        left = [call for call in self.calling.calls if call.intent or call.tries > 1]

        def is_told() -> bool:
            if self.site.server.has_died:
                raise AssertionError("the server has died by itself")
            left[:] = [call for call in left if not self._is_told(call)]
            return not left

        await eventually(is_told, within=_CATCHES_UP_S)

    def _is_told(self, call: Call) -> bool:
        """Say whether *call* was answered, and whoever is well has heard of it."""
        name = call.intent
        return name is not None and all(one.told[name] >= len(TYPES) for one in self.party.well)

    async def _end(self, since: int) -> Aftermath:
        """Set the clock right, wait until nothing is open, and mend what was broken."""
        self.site.clock.step_to(0.0)
        await self.replays.have_ended()
        for one in self.sick:
            path = f"{ENDPOINTS}/{one.endpoint_id}"
            await self.calling.post(path, {"disabled": "true"}, f"disable {one.name}")
        # What is open for ever is told by the verdict.
        with suppress(TimeoutError):
            await eventually(lambda: not self.site.ledger.open(), within=_CATCHES_UP_S)
        states = self.site.ledger.states()
        await self.replays.mend(self.sick)
        return await self._aftermath(since, states)

    async def _aftermath(self, since: int, states: Mapping[Pair, str]) -> Aftermath:
        intents = await self._everything(INTENTS)
        types = "&".join(f"types[]={type_}" for type_ in TYPES)
        events = await self._everything(f"/v1/events?{types}")
        return Aftermath(
            calls=self.calling.calls,
            subscribers=self.everybody,
            troubles=self.troubles,
            orders=[(one["id"], one["metadata"]["order"]) for one in intents],
            events={one["id"]: one["data"]["object"]["id"] for one in events},
            states=states,
            since={one.name: 0 if one.is_well else since for one in self.everybody},
            mended=self.site.ledger.states(),
            elsewhere=self.replays.elsewhere,
            copied=self.site.ledger.copied(),
        )

    async def _everything(self, path: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        page: dict[str, Any] = {"has_more": True}
        while page["has_more"]:
            after = f"&starting_after={found[-1]['id']}" if found else ""
            sign = "&" if "?" in path else "?"
            page = await self.calling.get(f"{path}{sign}limit={_PAGE}{after}")
            found += page["data"]
        return found

    async def _checks_of_the_house(self) -> list[Check]:
        """Return whether what the house can be asked, or was asked meanwhile, is so."""
        await self.site.sealed()
        return [
            Check("nobody was answered wrongly", self.calling.wrong),
            Check("what was answered was listed after every fault", self.unlisted),
            Check("replays come to their end", self.replays.unended),
            Check(
                "the views are equal to the log", await self.site.complaints("rebuild", "--check")
            ),
            Check("the log is as it was sealed", await self.site.complaints("verify")),
        ]


async def _subscribe(calling: Callers, newcomers: Sequence[Subscriber]) -> None:
    for one in newcomers:
        form = {"url": one.url}
        form |= {f"enabled_events[{number}]": type_ for number, type_ in enumerate(TYPES)}
        made = await calling.post(ENDPOINTS, form, f"subscribe {one.name}")
        one.secret, one.endpoint_id = made["secret"], made["id"]


async def run(plan: Plan, seed: int, place: Path) -> Ran:
    """Do *plan* as *seed* has it, in *place*, an empty directory."""
    # One for the faults alone: how often callers have to wait is no matter of the seed.
    chance, waits = random.Random(seed), random.Random(seed)  # noqa: S311 - no secrets
    sick, elsewhere = the_sick(), somebody_elsewhere()
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(listening([*sick, elsewhere]))
        here = await stack.enter_async_context(party(place / "site", waits))
        control = party(place / "control", waits) if plan.timed else nullcontext()
        replays = Replays(here.calling, elsewhere)
        return await Play(
            plan, chance, here, sick, replays, await stack.enter_async_context(control)
        )()

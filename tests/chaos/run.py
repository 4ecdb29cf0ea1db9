"""One run: all well, then with the sick subscribers, then with everything breaking, then over."""

import asyncio
import random
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Any, Final

from tests.chaos.callers import EVENTS_OF_EACH, Call, Callers, callers
from tests.chaos.faults import FAULTS, Faults, Trouble
from tests.chaos.latencies import Latencies, Span, latencies
from tests.chaos.plan import Plan, schedule
from tests.chaos.site import Site, site
from tests.chaos.subscribers import Subscriber, subscribers
from tests.chaos.verdict import Aftermath, Check, checks
from tests.e2e.intents import INTENTS
from tests.eventually import eventually

_ENDPOINTS: Final = "/v1/webhook_endpoints"
_TYPE: Final = "setup_intent.succeeded"
_CATCHES_UP_S: Final = 60.0
_UNHURRIED_S: Final = 0.5
_PAGE: Final = 100
_WELL: Final = "without the sick"


@dataclass(frozen=True, slots=True)
class Ran:
    """What came of a run: what was kept, what was broken, and how long deliveries took."""

    aftermath: Aftermath
    checks: Sequence[Check]
    latencies: Mapping[str, Latencies]
    attempts: int
    refusals: Mapping[str, int]
    errors: Mapping[str, int]
    volume: str


@dataclass(slots=True)
class Play:
    """The run of *plan* at *site*, before *everybody*, with *calling* calling."""

    plan: Plan
    chance: random.Random
    site: Site
    calling: Callers
    everybody: Sequence[Subscriber]
    unlisted: list[str] = field(default_factory=list)

    @property
    def well(self) -> list[Subscriber]:
        return [one for one in self.everybody if one.is_well]

    async def __call__(self) -> Ran:
        troubles: list[Trouble] = []
        spans = {_WELL: await self._calm(self.well)}
        since = len(self.calling.calls)
        sick = [one for one in self.everybody if not one.is_well]
        spans["with the sick"] = await self._calm(sick)
        spans["between the faults"] = await self._trouble(troubles)
        await self._end(sick)
        aftermath = await self._aftermath(troubles, since)
        measured = {
            name: latencies(span, self.calling.calls, self.well, troubles)
            for name, span in spans.items()
        }
        promises = [*checks(aftermath), *await self._checks_of_the_house()]
        if self.plan.timed:
            promises.append(_check_of_time(measured))
        return Ran(
            aftermath,
            promises,
            measured,
            self.site.ledger.attempts(),
            self.calling.refusals,
            Counter(self.site.errors()),
            self.site.volume.kind,
        )

    async def _calm(self, newcomers: Sequence[Subscriber]) -> Span:
        """Subscribe *newcomers*, and let nothing go wrong for a while."""
        for one in newcomers:
            form = {"url": one.url, "enabled_events[]": _TYPE}
            made = await self.calling.post(_ENDPOINTS, form, f"subscribe {one.name}")
            one.secret, one.endpoint_id = made["secret"], made["id"]
        # What nobody listens to is read at leisure: the first event may take its time.
        async with self.calling.calling(self.plan.per_s):
            await asyncio.sleep(_UNHURRIED_S)
        await self._catches_up()
        began = monotonic()
        async with self.calling.calling(self.plan.per_s):
            await asyncio.sleep(self.plan.calm_s)
        return Span(began, monotonic())

    async def _trouble(self, troubles: list[Trouble]) -> Span:
        """Break one thing after the other under load, all of them at least once."""
        began, faults = monotonic(), Faults(self.site, self.plan, self.chance, self.well)
        async with self.calling.calling(self.plan.per_s):
            for name in schedule(list(FAULTS), self.chance):
                await asyncio.sleep(self.chance.uniform(*self.plan.between_s))
                trouble = await faults(name)
                troubles.append(trouble)
                if not await self._is_overcome(trouble):
                    break
                sys.stdout.write(f"  {trouble.took_s:6.1f} s  {name}\n")
                sys.stdout.flush()
                if trouble.ended - began > self.plan.trouble_s and len(troubles) >= len(FAULTS):
                    break
        return Span(began, monotonic())

    async def _is_overcome(self, trouble: Trouble) -> bool:
        """Wait until the server is well and nobody waits for what was held up, if ever."""
        with suppress(TimeoutError):
            await self.site.is_well_again()
            await self._catches_up()
            trouble.ended = monotonic()
            await self._look_through_the_list(trouble)
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
        return name is not None and all(one.told[name] >= EVENTS_OF_EACH for one in self.well)

    async def _end(self, sick: Sequence[Subscriber]) -> None:
        """Set the clock right, disable the sick, and wait until nothing is open any more."""
        self.site.clock.step_to(0.0)
        for one in sick:
            path = f"{_ENDPOINTS}/{one.endpoint_id}"
            await self.calling.post(path, {"disabled": "true"}, f"disable {one.name}")
        # What is open for ever is told by the verdict.
        with suppress(TimeoutError):
            await eventually(lambda: not self.site.ledger.open(), within=_CATCHES_UP_S)

    async def _aftermath(self, troubles: Sequence[Trouble], since: int) -> Aftermath:
        intents = await self._everything(INTENTS)
        events = await self._everything(f"/v1/events?type={_TYPE}")
        return Aftermath(
            calls=self.calling.calls,
            subscribers=self.everybody,
            troubles=troubles,
            orders=[(one["id"], one["metadata"]["order"]) for one in intents],
            events={one["id"]: one["data"]["object"]["id"] for one in events},
            states=self.site.ledger.states(),
            since={one.name: 0 if one.is_well else since for one in self.everybody},
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
        """Return whether what the house can be asked to check itself is so."""
        differences = await self.site.complaints("rebuild", "--check")
        return [
            Check("nobody was answered wrongly", self.calling.wrong),
            Check("what was answered was listed after every fault", self.unlisted),
            Check("the views are equal to the log", differences),
        ]


def _check_of_time(measured: Mapping[str, Latencies]) -> Check:
    well = measured[_WELL]
    slower = [name for name, some in measured.items() if not some.is_as_good_as(well)]
    return Check("who is well hears as soon as if nobody were sick", slower)


async def run(plan: Plan, seed: int, place: Path) -> Ran:
    """Do *plan* as *seed* has it, in *place*, an empty directory."""
    # One for the faults alone: how often callers have to wait is no matter of the seed.
    chance, waits = random.Random(seed), random.Random(seed)  # noqa: S311 - no secrets
    async with (
        subscribers() as everybody,
        site(place) as here,
        callers(lambda: here.server.url, waits) as calling,
    ):
        return await Play(plan, chance, here, calling, everybody)()

"""Who looks at endpoints that fail, and when."""

import asyncio
from collections.abc import Iterable
from typing import Final, cast

from service.domain.endpoint_health import Health, Verdict
from service.domain.values import replace
from service.webhooks.disabling import Disabler
from service.webhooks.ledger.protocol import Ledger
from service.webhooks.ledger.values import Endpoint
from service.webhooks.registry import Registry
from tests import deliveries as a

GONE: Final = Health(last_failure_at=1, failing_since=1, failures=2, gone=("evt_1", "evt_2"))


class Slow:
    """A ledger that knows how endpoints fare, and tells it when it is let to."""

    def __init__(self) -> None:
        self.known: dict[str, Health] = {}
        self.asked: list[set[str]] = []
        self.may_tell = asyncio.Event()

    async def health(self, endpoint_ids: Iterable[str]) -> dict[str, Health]:
        asked = set(endpoint_ids)
        self.asked.append(asked)
        told = {name: health for name, health in self.known.items() if name in asked}
        await self.may_tell.wait()
        return told


async def test_what_fails_while_it_looks_is_looked_at_next() -> None:
    """A failure that is written down during a look is not missed, though that look is over."""
    registry, ledger, disabled = Registry(), Slow(), list[str]()
    registry.load([a.ENDPOINT, replace(a.ENDPOINT, id="we_2")], [])

    async def disable(endpoint: Endpoint, _found: Verdict) -> None:
        disabled.append(endpoint.id)

    disabler = Disabler(cast("Ledger", ledger), registry, disable)
    looking = asyncio.create_task(disabler.look_at(["we_1"]))
    await asyncio.sleep(0)
    ledger.known = {"we_1": GONE, "we_2": GONE}
    await disabler.look_at(["we_1"])
    await disabler.look_at(["we_2"])
    ledger.may_tell.set()
    await looking
    assert ledger.asked == [{"we_1"}, {"we_1", "we_2"}]
    assert sorted(disabled) == ["we_1", "we_2"]


async def test_who_is_disabled_already_is_left_alone() -> None:
    """What was disabled or deleted before it was looked at stays as it is."""
    registry, ledger, disabled = Registry(), Slow(), list[str]()
    registry.load([replace(a.ENDPOINT, enabled=False)], [])
    ledger.known = {"we_1": GONE, "we_gone": GONE}
    ledger.may_tell.set()

    async def disable(endpoint: Endpoint, _found: Verdict) -> None:
        disabled.append(endpoint.id)

    await Disabler(cast("Ledger", ledger), registry, disable).look_at(["we_1", "we_gone"])
    assert disabled == []

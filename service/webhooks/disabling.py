"""Endpoints that have failed for too long, and are disabled for it."""

from collections.abc import Awaitable, Callable, Collection, Iterable
from typing import Final, TypeAlias, get_args

import structlog

from service.domain.endpoint_health import Health, Verdict, verdict
from service.domain.events.endpoint import DisabledReason
from service.metrics import ENDPOINTS_DISABLED
from service.store.protocol import StoreUnavailable
from service.webhooks.ledger.protocol import Ledger, LedgerUnavailable
from service.webhooks.ledger.values import Endpoint
from service.webhooks.registry import Registry

Disable: TypeAlias = Callable[[Endpoint, Verdict], Awaitable[None]]

# Each reason is shown from the start on, before there is anything to count.
_COUNTED: Final = {reason: ENDPOINTS_DISABLED.labels(reason) for reason in get_args(DisabledReason)}

log = structlog.get_logger()


class Disabler:
    """Calls *disable* for endpoints of *registry* that *ledger* shows to hear nothing."""

    def __init__(self, ledger: Ledger, registry: Registry, disable: Disable) -> None:
        self._ledger = ledger
        self._registry = registry
        self._disable = disable
        self._wanted: set[str] = set()
        self._looking = False

    async def look_at(self, endpoint_ids: Iterable[str]) -> None:
        """
        Disable those that have to be.

        One look at a time: what fails meanwhile is looked at next, by whoever is looking.
        """
        self._wanted.update(endpoint_ids)
        if self._looking:
            return
        self._looking = True
        try:
            while self._wanted:
                asked, self._wanted = self._wanted, set()
                await self._look(asked)
        finally:
            self._looking = False

    async def _look(self, asked: Collection[str]) -> None:
        # Where it does not come to that, they are as they were: their next failures ask again.
        try:
            for name, health in (await self._ledger.health(asked)).items():
                await self._judge(name, health)
        except (LedgerUnavailable, StoreUnavailable) as reason:
            log.warning("endpoints.not_judged", endpoint_ids=sorted(asked), reason=str(reason))
        except Exception:
            log.exception("endpoints.not_disabled", endpoint_ids=sorted(asked))

    async def _judge(self, name: str, health: Health) -> None:
        found, endpoint = verdict(health), self._registry.get(name)
        if found is not None and endpoint is not None and endpoint.enabled:
            await self._disable(endpoint, found)
            _COUNTED[found.reason].inc()
            log.warning("endpoint.disabled", endpoint_id=name, reason=found.reason)

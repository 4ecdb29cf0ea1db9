"""Endpoints that have failed for too long, and are disabled for it."""

from collections.abc import Awaitable, Callable, Collection
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
        self._busy_with: set[str] = set()

    async def look_at(self, endpoint_ids: Collection[str]) -> None:
        """Disable those that have to be. Each is looked at once at a time."""
        asked = [name for name in endpoint_ids if name not in self._busy_with]
        self._busy_with.update(asked)
        # Where it does not come to that, they are as they were: their next failures ask again.
        try:
            for name, health in (await self._ledger.health(asked)).items():
                await self._judge(name, health)
        except (LedgerUnavailable, StoreUnavailable) as reason:
            log.warning("endpoints.not_judged", endpoint_ids=asked, reason=str(reason))
        except Exception:
            log.exception("endpoints.not_disabled", endpoint_ids=asked)
        finally:
            self._busy_with.difference_update(asked)

    async def _judge(self, name: str, health: Health) -> None:
        found, endpoint = verdict(health), self._registry.get(name)
        if found is not None and endpoint is not None and endpoint.enabled:
            await self._disable(endpoint, found)
            _COUNTED[found.reason].inc()
            log.warning("endpoint.disabled", endpoint_id=name, reason=found.reason)

"""Endpoints that say they are gone for good, and are disabled for it."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Final

import structlog

from service.webhooks.ledger.protocol import Ledger
from service.webhooks.ledger.values import AttemptRow
from service.webhooks.registry import Registry

GONE: Final = 410
_EVENTS: Final = 2
_ATTEMPTS_LOOKED_AT: Final = 16

Disable = Callable[[str], Awaitable[None]]

log = structlog.get_logger()


def is_gone(attempts: Sequence[AttemptRow]) -> bool:
    """
    Say whether an endpoint is gone, by its last *attempts*, newest first.

    It is when it has answered 410 without a break to at least two events: one event may be
    what it will not have.
    """
    refused = set()
    for attempt in attempts:
        if attempt.status != GONE:
            break
        refused.add(attempt.event_id)
    return len(refused) >= _EVENTS


class Undertaker:
    """Calls *disable* for endpoints of *registry* that *ledger* shows to be gone."""

    def __init__(self, ledger: Ledger, registry: Registry, disable: Disable) -> None:
        self._ledger = ledger
        self._registry = registry
        self._disable = disable
        self._busy_with: set[str] = set()

    async def look_at(self, endpoint_id: str) -> None:
        """Disable the endpoint if it is gone. Several 410 at once are looked at once."""
        endpoint = self._registry.get(endpoint_id)
        if endpoint is None or not endpoint.enabled or endpoint_id in self._busy_with:
            return
        self._busy_with.add(endpoint_id)
        try:
            if is_gone(await self._ledger.last_attempts(endpoint_id, _ATTEMPTS_LOOKED_AT)):
                log.warning("endpoint.gone", endpoint_id=endpoint_id)
                await self._disable(endpoint_id)
        except Exception:
            # The endpoint is as it was: its next 410 asks again.
            log.exception("endpoint.not_disabled", endpoint_id=endpoint_id)
        finally:
            self._busy_with.discard(endpoint_id)

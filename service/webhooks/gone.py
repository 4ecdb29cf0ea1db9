"""Endpoints that say they are gone for good, and are disabled for it."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Final

import structlog

from service.webhooks.ledger.protocol import AttemptRow, Ledger
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


async def disable_if_gone(
    endpoint_id: str, ledger: Ledger, registry: Registry, disable: Disable
) -> None:
    """Call *disable* if the endpoint is gone and is not disabled yet."""
    endpoint = registry.get(endpoint_id)
    if endpoint is None or not endpoint.enabled:
        return
    if is_gone(await ledger.last_attempts(endpoint_id, _ATTEMPTS_LOOKED_AT)):
        log.warning("endpoint.gone", endpoint=endpoint_id)
        await disable(endpoint_id)

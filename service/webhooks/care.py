"""
What the dispatcher learns of endpoints, and what follows for their lanes.

Each outcome moves its endpoint's condition. An endpoint whose probe fails keeps what waits for
it, untried, for as long as deliveries are kept waiting: what is older and due is given up
then, and only then, so that no clock that was set wrong, and no standstill of ours, costs an
endpoint that answers anything. (What a standstill comes to is in the ledger: `standstills`.)
"""

from collections.abc import Iterable
from typing import Final

import structlog

from service.domain.schedule import WAITS_MAX_S
from service.metrics import DELIVERIES_GIVEN_UP
from service.webhooks.clocks import Now
from service.webhooks.condition import Condition, effect_of, probing_within, recalled
from service.webhooks.lanes import Lanes
from service.webhooks.ledger.protocol import Ledger, LedgerUnavailable
from service.webhooks.sender import Sender
from service.webhooks.settlement import Settled
from service.webhooks.work import Work

_WAITS_MAX_MS: Final = WAITS_MAX_S * 1000

log = structlog.get_logger()


class Care:
    """Keeps the condition of each endpoint in *lanes*."""

    def __init__(self, ledger: Ledger, sender: Sender, lanes: Lanes) -> None:
        self._ledger = ledger
        self._lanes = lanes
        self._registry = sender.registry
        self._probing = {
            livemode: probing_within(schedule) for livemode, schedule in sender.schedules.items()
        }

    async def recall(self, endpoint_ids: Iterable[str], now: Now) -> None:
        """Take up how endpoints fared before."""
        try:
            known = await self._ledger.health(endpoint_ids)
        except LedgerUnavailable as reason:
            # They are found out again, a few failures each.
            log.warning("endpoints.not_recalled", reason=str(reason))
            return
        for endpoint_id, health in known.items():
            succeeded = health.last_success_at is not None
            condition = recalled(health.failures, now.tick, has_succeeded=succeeded)
            self._lanes.change(endpoint_id, condition, now)

    def begin_anew(self, endpoint_id: str, now: Now) -> None:
        """Hold nothing against an endpoint that was enabled again, or moved."""
        self._lanes.station(endpoint_id).gate.paused_until = 0.0
        self._lanes.change(endpoint_id, Condition(), now)

    def take_in(self, settled: Settled, began: float) -> bool:
        """
        Learn from an attempt that *began* at a tick; say whether it was a probe in vain.

        What a replay sends to another URL says nothing of the endpoint, but of that URL.
        """
        now, origin = settled.over, settled.work.origin
        endpoint_id, attempt = settled.work.endpoint_id, settled.row.attempt
        gate = self._lanes.station(endpoint_id).gates.of(origin)
        before = gate.condition
        effect = effect_of(attempt.kind, attempt.status)
        endpoint = self._registry.get(endpoint_id)
        probing = self._probing[endpoint is not None and endpoint.owner.livemode]
        after = before.after(effect, began, now.tick, probing)
        if settled.paused_until is not None:
            pause = now.tick + (settled.paused_until - now.ms) / 1000
            gate.paused_until = max(gate.paused_until, pause)
        if after is not before:
            self._lanes.change(endpoint_id, after, now, origin)
            _tell(endpoint_id, before, after, elsewhere=origin in self._registry.elsewhere)
        return after.probes > before.probes

    async def give_up_overdue(self, work: Work, now_ms: int) -> None:
        """Give up what has waited for too long where *work* went in vain."""
        endpoint_id, before = work.endpoint_id, now_ms - _WAITS_MAX_MS
        origin = work.origin if work.origin in self._registry.elsewhere else None
        try:
            number = await self._ledger.exhaust(endpoint_id, before, now_ms, origin)
        except LedgerUnavailable as reason:
            # The next probe that fails asks again.
            log.warning("deliveries.not_given_up", endpoint_id=endpoint_id, reason=str(reason))
            return
        if number:
            DELIVERIES_GIVEN_UP.inc(number)
            log.warning("deliveries.given_up", endpoint_id=endpoint_id, number=number)
            self._lanes.leave(endpoint_id)


def _tell(endpoint_id: str, before: Condition, after: Condition, *, elsewhere: bool) -> None:
    if after.is_broken != before.is_broken:
        log.info(
            "breaker.opened" if after.is_broken else "breaker.closed",
            endpoint_id=endpoint_id,
            elsewhere=elsewhere,
            failures=max(before.failures, after.failures),
        )

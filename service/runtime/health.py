"""Whether the house can serve, and how each of its parts is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from projections.runner import Runner
from service.store.protocol import StoreUnavailable
from service.store.seals.follower import SealingFollower
from service.store.sqlite import SqliteLog
from service.webhooks.running import Deliveries


@dataclass(frozen=True, slots=True)
class Health:
    """
    Answers /healthz.

    The house serves as long as its log answers: without views it folds the log, and
    deliveries that cannot be written down wait. Both are told, and neither is a reason to
    take the house out of service.
    """

    log: SqliteLog
    runner: Runner
    deliveries: Deliveries
    sealing: SealingFollower

    async def __call__(self) -> tuple[bool, Mapping[str, Any]]:
        try:
            head = await self.log.head()
        except StoreUnavailable as reason:
            return False, {"log": {"status": "unavailable", "reason": str(reason)}}
        return True, {
            "log": {"status": "ok", "position": head},
            "views": self._views(),
            "deliveries": self._deliveries(head),
            "dispatcher": self.deliveries.dispatcher.standing(),
            "seals": self._seals(head),
        }

    def _views(self) -> Mapping[str, Any]:
        state = self.runner.state()
        return {
            "status": "whole" if state.whole else "catching_up",
            "generation": state.generation,
            "position": state.position,
            "lag": state.lag,
        }

    def _deliveries(self, head: int) -> Mapping[str, Any]:
        position = self.deliveries.follower.position
        stuck = self.deliveries.dispatcher.stuck
        return {
            "status": "held" if stuck else "ok",
            "position": position,
            "lag": max(head - position, 0),
        }

    def _seals(self, head: int) -> Mapping[str, Any]:
        position, broken = self.sealing.position, self.sealing.broken
        return {
            "status": "broken" if broken else "ok",
            "position": position,
            "lag": max(head - position, 0),
        } | ({"reason": broken} if broken else {})

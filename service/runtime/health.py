"""Whether the house can serve, and how each of its parts is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from projections.runner import Runner
from service.store.protocol import StoreUnavailable
from service.store.seals.follower import SealingFollower
from service.store.sqlite import SqliteLog
from service.webhooks.running import Deliveries

_WELL: Final = {"ok", "whole"}

Part = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Health:
    """
    Answers /healthz.

    The house serves as long as its log answers: without views it folds the log, while writes
    are refused it reads, and deliveries that cannot be written down wait. All of it is told,
    and nothing of it is a reason to take the house out of service.
    """

    log: SqliteLog
    runner: Runner
    deliveries: Deliveries
    sealing: SealingFollower

    async def __call__(self) -> tuple[bool, Mapping[str, Any]]:
        try:
            head = await self.log.head()
        except StoreUnavailable as reason:
            log = {"status": "unavailable", "reason": str(reason)}
            return False, {"status": "unavailable", "log": log}
        parts = {
            "log": self._log(head),
            "views": self._views(),
            "deliveries": self._deliveries(head),
            "seals": self._seals(head),
        }
        is_well = all(part["status"] in _WELL for part in parts.values())
        return True, {
            "status": "ok" if is_well else "degraded",
            **parts,
            "dispatcher": self.deliveries.dispatcher.standing(),
        }

    def _log(self, head: int) -> Part:
        refused = self.log.refused
        return {"status": "refusing" if refused else "ok", "position": head} | _why(refused)

    def _views(self) -> Part:
        state = self.runner.state()
        return {
            "status": "whole" if state.whole else "catching_up",
            "generation": state.generation,
            "position": state.position,
            "lag": state.lag,
        }

    def _deliveries(self, head: int) -> Part:
        position, held = self.deliveries.follower.position, self.deliveries.held
        return {"status": "held" if held else "ok"} | _place(position, head) | _why(held)

    def _seals(self, head: int) -> Part:
        broken, delayed = self.sealing.broken, self.sealing.delayed
        status = "broken" if broken else "delayed" if delayed else "ok"
        return {"status": status} | _place(self.sealing.position, head) | _why(broken or delayed)


def _place(position: int, head: int) -> Part:
    return {"position": position, "lag": max(head - position, 0)}


def _why(reason: str | None) -> Part:
    return {"reason": reason} if reason else {}

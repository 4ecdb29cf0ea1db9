"""
What is sent again: to somebody elsewhere while things are broken, and to the sick at the end.

Whoever hears elsewhere takes its time, so that replays are under way at almost every fault. A
replay sends everything there is by then; the next begins when it has ended.
"""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Final

from tests.chaos.callers import TYPES, Callers
from tests.chaos.subscribers import Subscriber
from tests.eventually import eventually

ENDPOINTS: Final = "/v1/webhook_endpoints"
_REPLAYS: Final = "/seti/v1/replays"
_ENDS_WITHIN_S: Final = 300.0
# Events may have happened by a clock that was ahead.
_AHEAD_S: Final = 7200


@dataclass(slots=True)
class Replays:
    """Replays that *calling* asks for; *unended* tells of those that did not end."""

    calling: Callers
    elsewhere: Subscriber
    unended: list[str] = field(default_factory=list)
    _under_way: dict[str, Any] | None = None
    _numbers: Iterator[int] = field(default_factory=count)

    async def copy(self, one: Subscriber) -> None:
        """Have what *one* has heard of sent elsewhere, unless that is under way already."""
        self.elsewhere.secret = one.secret
        if self._under_way is None or await self._has_ended(self._under_way):
            form = {"url": self.elsewhere.url, "types[]": TYPES[-1], "states[]": "all"}
            self._under_way = await self._begin(one, form)

    async def have_ended(self) -> None:
        """Wait until nothing is on its way elsewhere."""
        if self._under_way is not None:
            await self._end([self._under_way])

    async def mend(self, sick: Sequence[Subscriber]) -> None:
        """Let the *sick* be well, and have them told of all that they have not heard of."""
        begun = []
        for one in sick:
            one.recover()
            path = f"{ENDPOINTS}/{one.endpoint_id}"
            await self.calling.post(path, {"disabled": "false"}, f"enable {one.name}")
            wanted = {"states[0]": "failed", "states[1]": "parked"}
            begun.append(await self._begin(one, wanted))
        await self._end(begun)

    async def _begin(self, one: Subscriber, form: dict[str, str]) -> dict[str, Any]:
        until = str(int(time.time()) + _AHEAD_S)
        asked = {"endpoint": one.endpoint_id, "since": "0", "until": until, **form}
        return await self.calling.post(_REPLAYS, asked, f"replay {next(self._numbers)}")

    async def _has_ended(self, replay: dict[str, Any]) -> bool:
        found = await self.calling.get(f"{_REPLAYS}/{replay['id']}")
        return bool(found["status"] == "completed")

    async def _end(self, replays: Sequence[dict[str, Any]]) -> None:
        async def have_ended() -> bool:
            return all([await self._has_ended(each) for each in replays])

        try:
            await eventually(have_ended, within=_ENDS_WITHIN_S)
        except TimeoutError:
            found = [await self.calling.get(f"{_REPLAYS}/{each['id']}") for each in replays]
            self.unended += [str(each) for each in found if each["status"] != "completed"]

"""
The list of a SetupIntent's attempts, folded from its stream: few, and kept nowhere else.

Documented never to be an error: an unknown SetupIntent has no attempts.
"""

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any, Final, cast

from msgspec import UNSET

from projections.fold import show
from projections.setup_attempt import attempts
from service.api import listing, presenting, sight
from service.api.answers import json_reply
from service.api.call import Call
from service.commands.aside import folded
from service.commands.path import Reply
from service.domain.errors import ResourceMissing
from service.domain.events import SetupIntentEvent
from service.domain.recorded import Recorded
from service.domain.values import Owner
from service.wire.expand import expansion_of
from service.wire.params.setup_intents import SetupAttemptListParams

KIND: Final = "setup_attempt"


async def list_all(call: Call) -> Reply:
    given = call.params(SetupAttemptListParams)
    expansion = expansion_of(KIND, given.expand, in_list=True).get("data", {})
    since, until = listing.bounds(given.created)
    found = [
        one
        for one in reversed(await _attempts(call, given.setup_intent))
        if (since is None or one["created"] >= since) and (until is None or one["created"] < until)
    ]
    page, has_more = _cut(found, given)
    seen = sight.now(call)
    shown = [await presenting.present(call, dict(one), expansion, seen) for one in page]
    return listing.page_of(call, [json_reply(one).body for one in shown], has_more=has_more)


async def _attempts(call: Call, intent: str) -> list[dict[str, Any]]:
    history = await call.house.store.load(intent) if intent.startswith("seti_") else []
    return await folded(partial(_attempts_of, call.owner), history)


def _attempts_of(owner: Owner, history: Sequence[Recorded]) -> list[dict[str, Any]]:
    shown = show(history[:1])
    if shown is None or shown.owner != owner:
        return []
    events = (recorded.event for recorded in history)
    return attempts(cast("Iterable[SetupIntentEvent]", events))


def _cut(
    found: list[dict[str, Any]], given: SetupAttemptListParams
) -> tuple[list[dict[str, Any]], bool]:
    size = given.page_size
    names = [one["id"] for one in found]
    if given.ending_before is not UNSET:
        end = _place(names, given.ending_before, "ending_before")
        return found[max(0, end - size) : end], end > size
    start = 0
    if given.starting_after is not UNSET:
        start = _place(names, given.starting_after, "starting_after") + 1
    return found[start : start + size], len(found) > start + size


def _place(names: list[str], cursor: str, param: str) -> int:
    if cursor not in names:
        raise ResourceMissing("setupattempt", cursor, param=param)
    return names.index(cursor)

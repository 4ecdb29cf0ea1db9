"""What an attempt's caller is answered: the SetupIntent, or the error that the attempt came to."""

from collections.abc import Iterable
from typing import Any

import msgspec

from service.api import presenting
from service.api.call import Call
from service.api.carrying import Answer, the_object
from service.commands.path import Reply
from service.commands.unit import Unit
from service.domain.events import SetupIntentSetupFailed, SetupVerificationFailed
from service.domain.recorded import Recorded
from service.wire.expand import Expansion


def outcome(call: Call, name: str, expansion: Expansion) -> Answer:
    """Return the answer that shows the intent *name*, or why its attempt did not go on."""
    shows = the_object(call, name, expansion)

    async def answer(unit: Unit) -> Reply:
        error = _error(unit.decided)
        if error is None:
            return await shows(unit)
        error["setup_intent"] = msgspec.Raw(await presenting.body_of_unit(call, unit, name, {}))
        status = 402 if error["type"] == "card_error" else 400
        return presenting.of_error(call, {"error": dict(sorted(error.items()))}, status)

    return answer


def _error(decided: Iterable[Recorded]) -> dict[str, Any] | None:
    for recorded in decided:
        match recorded.event:
            case SetupIntentSetupFailed(error=error, payment_method_snapshot=snapshot):
                return {**error, "payment_method": snapshot}
            case SetupVerificationFailed(error=error):
                return dict(error)
            case _:
                continue
    return None

"""What a client does that follows the links of the document, from an intent's making to its end."""

from typing import Any, Final

import schemathesis
from hypothesis.stateful import run_state_machine_as_test
from schemathesis import GenerationMode
from schemathesis.core.transport import Response

from tests.contract.fuzzing import Fuzzer, steady, told_at
from tests.contract.likely import VALUES
from tests.contract.living import only

JOURNEYS: Final = 120
STEPS: Final = 8
OPERATIONS: Final = [
    f"setup_intents.{each}" for each in ("create", "retrieve", "confirm", "cancel")
]
CREATE: Final = "POST /v1/setup_intents"
CONFIRM: Final = "POST /v1/setup_intents/{intent}/confirm"
CANCEL: Final = "POST /v1/setup_intents/{intent}/cancel"

# What there is to say on the way; most else would only be turned down.
SAID: Final = {
    "cancellation_reason": ["duplicate", "abandoned"],
    "confirm": ["true", "false"],
    "expand": VALUES["expand"],
    "payment_method": ["pm_card_visa", "pm_card_threeDSecure2Required", "pm_card_chargeDeclined"],
    "payment_method_types": [["card"]],
    "usage": ["on_session", "off_session"],
    "use_stripe_sdk": ["true"],
}

Trail = list[tuple[str, int]]


def trails_of(fuzzer: Fuzzer) -> list[Trail]:
    """Let schemathesis follow the links, and return what was answered on each journey."""
    told = only(told_at(fuzzer.url), SAID)
    schema: Any = schemathesis.openapi.from_dict(told).include(operation_id=OPERATIONS)
    schema.config.generation.update(modes=[GenerationMode.POSITIVE])
    machine: Any = schema.as_state_machine()
    trails: list[Trail] = []

    class Journey(machine):  # type: ignore[misc] # It is made at run time.
        def setup(self) -> None:
            trails.append([])

        def get_call_kwargs(self, _: Any) -> dict[str, Any]:
            return fuzzer.sending

        def validate_response(self, response: Response, case: Any, **_: Any) -> None:
            fuzzer.check(case, response)
            trails[-1].append((case.operation.label, response.status_code))

    run_state_machine_as_test(
        Journey, settings=steady(max_examples=JOURNEYS, stateful_step_count=STEPS)
    )
    return trails


def leads(trail: Trail, *operations: str) -> bool:
    """Tell whether *operations* were carried out on the *trail* one after another."""
    done = iter([operation for operation, status in trail if status == 200])
    return all(operation in done for operation in operations)


def test_links_lead_through_a_life(fuzzer: Fuzzer) -> None:
    """Wherever the links lead, answers fit their schemas; some lead from create to cancel."""
    trails = trails_of(fuzzer)
    assert any(leads(trail, CREATE, CONFIRM) for trail in trails)
    assert any(leads(trail, CREATE, CANCEL) for trail in trails)
    assert any(leads(trail, CREATE, CONFIRM, CANCEL) for trail in trails)

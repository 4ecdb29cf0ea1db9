"""Which events a replay sends once more, by how their deliveries stand."""

import pytest

from service.domain.announcements import PING
from service.domain.replays import (
    ALL,
    CANCELED,
    COMPLETED,
    FAILED,
    NEVER_ATTEMPTED,
    PARKED,
    PAUSED,
    RUNNING,
    WHICH,
    Replay,
    Stands,
)
from service.domain.values import replace
from tests.builders import OWNER

REPLAY = Replay(
    id="rp_1",
    owner=OWNER,
    endpoint_id="we_1",
    url=None,
    dry_run=False,
    created_at=0,
    since=100,
    until=200,
    after=0,
    upto=9,
    types=("customer.created",),
    states=(ALL,),
    reached=0,
)

# Who wants an event whose delivery stands so; whoever wants all wants it as well.
WANTED: list[tuple[Stands | None, set[str]]] = [
    (None, {NEVER_ATTEMPTED}),
    (Stands("parked", attempted=False, subscribers=1), {NEVER_ATTEMPTED, PARKED}),
    (Stands("parked", attempted=True, subscribers=1), {PARKED}),
    (Stands("exhausted", attempted=True, subscribers=1), {FAILED}),
    (Stands("blocked", attempted=True, subscribers=1), {FAILED}),
    (Stands("delivered", attempted=True, subscribers=1), set()),
    (Stands("pending", attempted=True, subscribers=1), set()),
    (Stands("pending", attempted=False, subscribers=1), set()),
]


@pytest.mark.parametrize("states", WHICH)
@pytest.mark.parametrize(("live", "by"), WANTED)
def test_wants_events_by_their_deliveries(live: Stands | None, by: set[str], states: str) -> None:
    """What has failed, is parked or was never tried goes out to who asks for that, or for all."""
    assert replace(REPLAY, states=(states,)).wants(live) is (states in {ALL, *by})


@pytest.mark.parametrize(
    ("type_", "at", "taken"),
    [
        ("customer.created", 99, False),
        ("customer.created", 100, True),
        ("customer.created", 199, True),
        ("customer.created", 200, False),
        ("customer.updated", 150, False),
        (PING, 150, False),
    ],
)
def test_looks_at_its_types_in_its_time(*, type_: str, at: int, taken: bool) -> None:
    """Its first second is in, its last is not; other types are passed over, and pings always."""
    assert REPLAY.takes(type_, at) is taken
    assert not replace(REPLAY, types=("*",)).takes(PING, at)


@pytest.mark.parametrize(
    ("status", "finished"),
    [(RUNNING, False), (PAUSED, False), (COMPLETED, True), (CANCELED, True)],
)
def test_ends_once(*, status: str, finished: bool) -> None:
    """What is paused may go on; what is completed or canceled may not."""
    assert replace(REPLAY, status=status).finished is finished

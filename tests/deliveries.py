"""Rows of the ledger, as tests need them."""

from collections.abc import Iterable
from typing import Any, Final

from service.domain.values import Owner, replace
from service.webhooks.ledger.protocol import Ledger
from service.webhooks.ledger.values import (
    START,
    AttemptRow,
    Due,
    DuePlace,
    Endpoint,
    EndpointChange,
    FanOut,
    NewDelivery,
    Settlement,
    State,
    Stretch,
)
from service.webhooks.outcome import Kind

OWNER: Final = Owner("acct_1", livemode=False)
ENDPOINT: Final = Endpoint(
    id="we_1",
    owner=OWNER,
    url="http://127.0.0.1:9/hook",
    enabled_events=frozenset({"*"}),
    enabled=True,
    api_version=None,
    since=1,
)
OPEN: Final = NewDelivery(
    event_id="evt_1",
    endpoint_id="we_1",
    position=2,
    type="customer.created",
    state=State.OPEN,
    due_at=1000,
    subscribers=1,
)
AGAIN: Final = replace(OPEN, origin="rsd_1")
ATTEMPT: Final = AttemptRow(
    event_id="evt_1",
    endpoint_id="we_1",
    number=1,
    started_at=1000,
    took_ms=12.5,
    dns_ms=None,
    connect_ms=1.5,
    first_byte_ms=11.0,
    address="127.0.0.1",
    kind=Kind.DELIVERED,
    status=200,
    detail=None,
    excerpt=b"ok",
)
SUCCESS: Final = Settlement(attempt=ATTEMPT, state=State.DELIVERED, next_number=1, due_at=1000)
FAILURE: Final = Settlement(
    attempt=replace(ATTEMPT, kind=Kind.STATUS, status=500),
    state=State.OPEN,
    next_number=2,
    due_at=6000,
)


def fan_out(
    after: int,
    upto: int,
    deliveries: Iterable[NewDelivery] = (),
    *,
    tried_anew: bool = False,
    **changes: Endpoint | None,
) -> FanOut:
    """Return a batch; *changes* are of endpoints by id, all at position *upto*."""
    return FanOut(
        after=after,
        upto=upto,
        deliveries=tuple(deliveries),
        changes=tuple(EndpointChange(upto, id_, to, tried_anew) for id_, to in changes.items()),
    )


def again(settlement: Settlement) -> Settlement:
    """Return *settlement* as that of `AGAIN`."""
    return replace(settlement, attempt=replace(settlement.attempt, origin=AGAIN.origin))


def numbered(settlement: Settlement, number: int, **changes: Any) -> Settlement:
    """Return *settlement* as the answer to attempt *number*."""
    return replace(settlement, attempt=replace(settlement.attempt, number=number), **changes)


async def due_in(
    ledger: Ledger, start: DuePlace = START, limit: int = 10, *, endpoint: str = ENDPOINT.id
) -> list[Due]:
    """Return what is open for an *endpoint*, whatever its origin."""
    lanes = [Stretch(endpoint, start, limit, replay) for replay in (False, True)]
    return [due for rows in await ledger.due(lanes) for due in rows]

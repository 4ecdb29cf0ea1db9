"""Deliveries and attempts as rows of the ledger, read back."""

from typing import Any

from service.webhooks.ledger.values import AttemptRow, DeliveryRow, State
from service.webhooks.outcome import Kind


def delivery_of(row: tuple[Any, ...]) -> DeliveryRow:
    names = DeliveryRow.__struct_fields__
    columns = dict(zip(names, row, strict=True))
    return DeliveryRow(**columns | {"state": State(columns["state"])})


def attempt_of(row: tuple[Any, ...]) -> AttemptRow:
    columns = dict(zip(AttemptRow.__struct_fields__, row, strict=True))
    return AttemptRow(**columns | {"kind": Kind(columns["kind"])})

"""How the figures are shown: a table for people, JSON for whoever compares two runs."""

import json
from statistics import median
from typing import Any

from rich.table import Table

from tests.bench.rows import Row, Rows


def table(rows: Rows) -> Table:
    """Return a line for each row that was measured."""
    shown = Table("", "per second", "of the floor", "goal", "p50 ms", "p99 ms")
    for row in rows:
        if row.rates:
            shown.add_row(*_cells(row, rows.floor.rate))
    return shown


def _cells(row: Row, floor: float) -> tuple[str, ...]:
    times = (row.p50_ms, row.p99_ms)
    return (
        row.name,
        f"{row.rate:,.0f}",
        # Deliveries and events are not requests: a ratio would compare unlike things.
        "" if row.goal.per_second else f"{row.rate / floor:.3f}",
        _goal(row, floor),
        *(f"{median(column):.1f}" if column else "" for column in times),
    )


def _goal(row: Row, floor: float) -> str:
    if row.goal.of_floor is not None:
        return _verdict(f"{row.goal.of_floor:.2f}", reached=row.rate / floor >= row.goal.of_floor)
    if row.goal.per_second is not None:
        return _verdict(f"{row.goal.per_second:,.0f}/s", reached=row.rate >= row.goal.per_second)
    return ""


def _verdict(goal: str, *, reached: bool) -> str:
    return f"{goal} {'reached' if reached else 'missed'}"


def as_json(rows: Rows) -> str:
    """Return every round of every row."""
    return json.dumps({row.name: _figures(row, rows.floor.rate) for row in rows if row.rates})


def _figures(row: Row, floor: float) -> dict[str, Any]:
    return {
        "per_second": row.rate,
        "of_floor": row.rate / floor,
        "rounds": row.rates,
        "p50_ms": row.p50_ms,
        "p99_ms": row.p99_ms,
    }

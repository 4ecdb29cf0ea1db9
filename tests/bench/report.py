"""How the figures are shown: a table for people, JSON for whoever compares two runs."""

import json
from statistics import median
from typing import Any

from rich.table import Table

from tests.bench.rows import Row, Rows


def table(rows: Rows) -> Table:
    """Return a line for each row that was measured."""
    shown = Table("", "per second", "of its floor", "goal", "p50 ms", "p99 ms")
    for row in rows:
        if row.rates:
            shown.add_row(*_cells(row))
    return shown


def _cells(row: Row) -> tuple[str, ...]:
    times = (row.p50_ms, row.p99_ms)
    share = row.share
    return (
        row.name,
        f"{row.rate:,.0f}{row.unit}",
        "" if share is None else f"{share:.3f}",
        _goal(row),
        *(f"{median(column):.1f}" if column else "" for column in times),
    )


def _goal(row: Row) -> str:
    goal, share = row.goal, row.share
    if goal.of_floor is not None and share is not None:
        return _verdict(f"{goal.of_floor:.2f}", reached=share >= goal.of_floor)
    if goal.at_most is not None and share is not None:
        return _verdict(f"{goal.at_most:.2f}", reached=share <= goal.at_most)
    if goal.per_second is not None:
        return _verdict(f"{goal.per_second:,.0f}/s", reached=row.rate >= goal.per_second)
    if goal.p99_ms is not None:
        return _verdict(f"{goal.p99_ms:.0f} ms", reached=median(row.p99_ms) <= goal.p99_ms)
    return ""


def _verdict(goal: str, *, reached: bool) -> str:
    return f"{goal} {'reached' if reached else 'missed'}"


def as_json(rows: Rows) -> str:
    """Return every round of every row."""
    return json.dumps({row.name: _figures(row) for row in rows if row.rates})


def _figures(row: Row) -> dict[str, Any]:
    return {
        "measured": f"{row.rate}{row.unit or '/s'}",
        "of_floor": row.share,
        "rounds": row.rates,
        "p50_ms": row.p50_ms,
        "p99_ms": row.p99_ms,
    }

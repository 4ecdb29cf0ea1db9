"""
What a start makes of the time since something was last done: clocks set back, and standstills.

Deliveries wait for an endpoint so long, and are given up. While nothing of ours ran, no endpoint
could have had them, so that time is not counted. That it was long is told by the latest instant
at which anything was made or attempted: where something is open, and Seti runs, something is
attempted once a day at least. So a quiet day may be taken for a standstill, and what waits be
kept for a day longer; never the other way around. Standstills that follow one another within the
time that deliveries wait are added up.
"""

import sqlite3

from service.domain.schedule import WAITS_MAX_S
from service.webhooks.ledger.statements import NAMED
from service.webhooks.ledger.writes import transaction


def begin(connection: sqlite3.Connection, at: int) -> None:
    """Write down that it is *at* now, at a start: see `Ledger.begin`."""
    with transaction(connection):
        ((told_at,),) = connection.execute(NAMED["told_at"])
        if told_at > at:
            connection.execute(NAMED["set_due_back"], {"by": told_at - at})
            connection.execute(NAMED["set_clock_back"], {"by": told_at - at})
            connection.execute(NAMED["set_standstill_back"], {"at": at})
        ((alive_at,),) = connection.execute(NAMED["alive_at"], {"at": at})
        if 0 < alive_at < at:
            before = at - WAITS_MAX_S * 1000
            lasted = {"at": at, "lasted_ms": at - alive_at, "before": before}
            connection.execute(NAMED["stand_still"], lasted)
        connection.execute(NAMED["tell_clock"], (at,))


def without(connection: sqlite3.Connection, before: int) -> int:
    """Return the instant that is as long ago as *before*, the last standstill not counted."""
    row = connection.execute(NAMED["standstill"]).fetchone()
    ended_at, lasted_ms = row or (0, 0)
    return int(before - lasted_ms if before < ended_at else before)
